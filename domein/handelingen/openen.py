"""Een stap openen: wie doet haar vandaag, en die persoon een taak geven (regel 5)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapGeopend
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.situatie import START, aanbieder_van, last_bij, situatie_bij, vraag_bij
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van, kies_medewerker
from domein.regels.samenwerking import Toewijzing, behandelaar, zoek_antwoord
from domein.regels.uitvoerder import uitvoerder_van
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.stand import Opening, Stand, vouw

GEEN_UITVOERDER: Final = "geen_uitvoerder"


@dataclass(frozen=True, slots=True)
class GeopendeStap:
    """De stap na (een poging tot) openen; twee keer openen geeft twee keer hetzelfde."""

    stap_id: UUID
    kenmerk: str
    status: Stapstatus
    generatie: int
    wacht_omdat: str = ""


@dataclass(frozen=True, slots=True)
class _Keuze:
    medewerker: Medewerker
    partner: str
    afspraak: str
    waarom: str
    gat: bool = False


def open_stap(omgeving: Omgeving, stap_id: UUID) -> GeopendeStap:
    """Open een stap die aan de beurt is. Een stap die al open of klaar is, blijft zoals zij is.

    Is haar dag nog niet gekomen of is het kantoor vandaag dicht, dan gebeurt er niets; `wacht_omdat` zegt waarom.
    Wijzen de afspraken niemand aan, dan krijgt de regiocoordinator de taak, met een signaal erbij.
    """

    def werk(ruimte: Ruimte) -> GeopendeStap:
        stap = ruimte.stap(stap_id)
        if stap.status is not Stapstatus.GEPLAND:
            return _toestand(stap)
        vandaag = omgeving.klok.vandaag()
        if stap.start > vandaag:
            return _toestand(stap, f"de stap begint op {stap.start}")
        stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
        regio = regio_op(ruimte, omgeving, vandaag)
        keuze = _kies(ruimte, regio, stap, stand, vandaag)
        if keuze is None:
            meld_signaal(
                ruimte,
                omgeving,
                GEEN_UITVOERDER,
                "fout",
                f"Niemand kan '{stap.titel}' doen; ook geen coordinator.",
                stap,
            )
            return _toestand(stap, "er is niemand aangewezen")
        partner = regio.partner(keuze.partner)
        if partner is not None and not kantoorkalender_van(partner).is_open(vandaag):
            return _toestand(stap, f"het kantoor van {keuze.partner} is vandaag dicht")
        _leg_opening_vast(ruimte, omgeving, stap, stand, keuze, regio.versie)
        if keuze.gat:
            meld_signaal(ruimte, omgeving, GEEN_UITVOERDER, "waarschuwing", keuze.waarom, stap)
        else:
            los_op(ruimte, omgeving, GEEN_UITVOERDER, stap)
        return _toestand(ruimte.stap(stap_id))

    return in_ruimte(omgeving, werk)


def _toestand(stap: Stap, wacht_omdat: str = "") -> GeopendeStap:
    return GeopendeStap(stap.id, stap.kenmerk, stap.status, stap.generatie, wacht_omdat)


def _leg_opening_vast(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, stand: Stand, keuze: _Keuze, versie: str) -> None:
    vandaag = omgeving.klok.vandaag()
    nieuwe: list[NieuweGebeurtenis] = []
    if stap.rol is Rol.KLANTMANAGER and stand.klantmanager is None and not keuze.gat:
        eigen = KlantmanagerToegewezen(medewerker=keuze.medewerker.code, partner=keuze.partner)
        nieuwe.append(
            NieuweGebeurtenis("klantmanager_toegewezen", vandaag, eigen, SYSTEEM, reden="eerste taak in het dossier")
        )
    opening = StapGeopend(
        generatie=stap.generatie, partner=keuze.partner, medewerker=keuze.medewerker.code,
        afspraak=keuze.afspraak, afsprakenversie=versie, waarom=keuze.waarom,
    )  # fmt: skip
    nieuwe.append(
        NieuweGebeurtenis(
            "stap_geopend",
            vandaag,
            opening,
            SYSTEEM,
            reden=f"de stap begint op {stap.start}",
            stap=stap.kenmerk,
        )
    )
    leg_vast(ruimte, omgeving, stap.dossier_id, nieuwe)


def geweigerd_door(stand: Stand) -> frozenset[str]:
    """De partners die de aanmelding weigerden: zij krijgen haar niet opnieuw."""
    return frozenset(
        wie.partner
        for nummer in stand.weigeringen
        if (wie := uitvoerder_van(stand, f"aanbieder/aanmelding/{nummer}")) is not None
    )


def wijs_aan(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> Toewijzing | str:
    """Geef de toewijzing volgens de afspraken van deze dag, of waarom er geen is."""
    vraag = vraag_bij(ruimte, regio, stap, stand, op)
    if vraag is None:
        return "Van dit dossier is nog geen gemeente bekend."
    uitgesloten = geweigerd_door(stand) if stap.kenmerk.startswith("aanbieder/aanmelding/") else ()
    antwoord = zoek_antwoord(regio, vraag, situatie_bij(ruimte, regio, stap, stand, vraag, uitgesloten))
    return antwoord if isinstance(antwoord, Toewijzing) else antwoord.waarom


def _kies(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, vandaag: date) -> _Keuze | None:
    vast = stand.toegewezen.get(stap.kenmerk)
    if vast is not None and (wie := regio.medewerker(vast.medewerker)) is not None:
        return _Keuze(wie, vast.partner, "", "Met de hand toegewezen.")
    toewijzing = wijs_aan(ruimte, regio, stap, stand, vandaag)
    if isinstance(toewijzing, Toewijzing):
        eigen = _eigen(stap, stand)
        if (aanbieder := _bij_aanbieder(regio, stap, stand, toewijzing)) is not None:
            return aanbieder
        last = last_bij(ruimte, regio, toewijzing.uitvoerder, toewijzing.rol, vandaag)
        wie = behandelaar(regio, toewijzing, op=vandaag, eigen=eigen, last=last)
        if wie is not None:
            return _Keuze(
                wie,
                toewijzing.uitvoerder if not stap.besluit else wie.partner,
                toewijzing.afspraak,
                toewijzing.waarom,
            )
        reden = f"Bij {toewijzing.uitvoerder} is niemand met de rol {toewijzing.rol}."
    else:
        reden = toewijzing
    for partner in regio.partners:
        last = last_bij(ruimte, regio, partner.code, Rol.REGIOCOORDINATOR, vandaag)
        wie = kies_medewerker(regio, partner.code, Rol.REGIOCOORDINATOR, vandaag, None, last)
        if wie is not None:
            return _Keuze(wie, partner.code, "", f"{reden} Daarom krijgt de regiocoordinator de taak.", gat=True)
    return None


def _bij_aanbieder(regio: Regio, stap: Stap, stand: Stand, toewijzing: Toewijzing) -> _Keuze | None:
    """De lessen starten bij wie de aanmelding accepteerde, tenzij zijn afspraak zegt dat iedereen overgaat."""
    bestaand, deed = aanbieder_van(stap, stand), _van_aanmelding(stap, stand)
    wie = regio.medewerker(deed.medewerker) if deed else None
    if bestaand is None or wie is None:
        return None
    if toewijzing.uitvoerder == bestaand.partner:
        return _Keuze(wie, bestaand.partner, toewijzing.afspraak, toewijzing.waarom)
    if regio.afspraak(bestaand.afspraak) is None:
        # De oude afspraak is uit het bestand gehaald: dan zegt niets dat deze persoon overgaat.
        return _Keuze(wie, bestaand.partner, toewijzing.afspraak, "De aanbieder die de aanmelding accepteerde.")
    return None


def _eigen(stap: Stap, stand: Stand) -> str | None:
    """Wie dit dossier al deed: de klantmanager, of de aanbieder die de aanmelding kreeg."""
    if stap.kenmerk.startswith(START):
        deed = _van_aanmelding(stap, stand)
        return deed.medewerker if deed else None
    return stand.klantmanager if stap.rol is Rol.KLANTMANAGER else None


def _van_aanmelding(stap: Stap, stand: Stand) -> Opening | None:
    """Wie de aanmelding met hetzelfde nummer had; na een overdracht is dat de nieuwe aanbieder."""
    return uitvoerder_van(stand, f"aanbieder/aanmelding/{stap.kenmerk.rsplit('/', 1)[-1]}")
