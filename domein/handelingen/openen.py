"""Een stap openen: wie doet haar vandaag, en die persoon een taak geven (regel 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Dossierstatus, Rol, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapGeopend
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.situatie import aanbieder_van, last_bij, situatie_bij, uitgesproken_wensen, vraag_bij
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import GEEN_LAST, houdt_zelf, kantoorkalender_van, kies_medewerker, of_vervanger
from domein.regels.kalender import datum
from domein.regels.opvolging import heeft_mandaat
from domein.regels.samenwerking import Toewijzing, behandelaar, zoek_antwoord
from domein.regels.stappen.overdracht import AANVAARDEN
from domein.regels.uitvoerder import uitvoerder_van
from domein.regels.verzoekbehandelaar import behandelaar_van_verzoek, volgt_klantmanager
from domein.regels.wensen import kies_bij_wensen
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.stand import AANMELDING, Opening, Stand, Vouwing, begin_vouw

GEEN_UITVOERDER: Final = "geen_uitvoerder"
LESSEN: Final = ("aanbieder/wachtlijst/", "aanbieder/uren/", "aanbieder/stop/")


@dataclass(frozen=True, slots=True)
class GeopendeStap:
    """De stap na (een poging tot) openen; twee keer openen geeft twee keer hetzelfde."""

    stap_id: UUID
    kenmerk: str
    status: Stapstatus
    generatie: int
    wacht_omdat: str = ""


@dataclass(frozen=True, slots=True)
class Keuze:
    medewerker: Medewerker
    partner: str
    afspraak: str
    waarom: str
    gat: bool = False


@dataclass(frozen=True, slots=True)
class Wacht:
    """Er is iemand, maar de persoon vroeg om een ander: tot de afgesproken dag wordt daarop gewacht."""

    waarom: str


def open_stap(omgeving: Omgeving, stap_id: UUID) -> GeopendeStap:
    """Open een stap die aan de beurt is. Een stap die al open of klaar is, blijft zoals zij is.

    Is haar dag nog niet gekomen of is het kantoor vandaag dicht, dan gebeurt er niets; `wacht_omdat` zegt waarom.
    Wijzen de afspraken niemand aan, dan krijgt de regiocoordinator de taak, met een signaal erbij.
    """
    return in_ruimte(omgeving, lambda ruimte: open_in(ruimte, omgeving, stap_id))


def open_in(ruimte: Ruimte, omgeving: Omgeving, stap_id: UUID) -> GeopendeStap:
    """Open een stap binnen een transactie; zie `open_stap`."""
    stap = ruimte.stap(stap_id)
    if stap.status is not Stapstatus.GEPLAND:
        return _toestand(stap)
    vandaag = omgeving.klok.vandaag()
    if stap.start > vandaag:
        return _toestand(stap, f"de stap begint op {datum(stap.start)}")
    vouwing = begin_vouw(ruimte.gebeurtenissen(stap.dossier_id))
    stand = vouwing.stand
    regio = regio_op(ruimte, omgeving, vandaag)
    begin = _met_huisgenoot(ruimte, stap, stand)
    keuze = kies_behandelaar(ruimte, regio, stap, begin, vandaag)
    if isinstance(keuze, Wacht):
        return _toestand(stap, keuze.waarom)
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
    _leg_opening_vast(ruimte, omgeving, stap, vouwing, keuze, regio.versie)
    if keuze.gat:
        meld_signaal(ruimte, omgeving, GEEN_UITVOERDER, "waarschuwing", keuze.waarom, stap)
    else:
        los_op(ruimte, omgeving, GEEN_UITVOERDER, stap)
    return _toestand(ruimte.stap(stap_id))


def _toestand(stap: Stap, wacht_omdat: str = "") -> GeopendeStap:
    return GeopendeStap(stap.id, stap.kenmerk, stap.status, stap.generatie, wacht_omdat)


def _met_huisgenoot(ruimte: Ruimte, stap: Stap, stand: Stand) -> Stand:
    """Een huishouden heeft één klantmanager: wie er nog geen heeft, begint bij die van een huisgenoot.

    Hij krijgt de taak alleen als hij werkt bij wie de afspraken noemen; daar kijkt `kies_behandelaar` naar.
    """
    if stap.rol is not Rol.KLANTMANAGER or stand.klantmanager is not None or stand.huishouden is None:
        return stand
    for dossier in ruimte.huisgenoten(stand.huishouden):
        loopt = dossier.status is Dossierstatus.LOPEND and dossier.gemeente == stap.gemeente
        if dossier.id != stap.dossier_id and loopt and dossier.klantmanager is not None:
            return replace(stand, klantmanager=dossier.klantmanager)
    return stand


def _leg_opening_vast(
    ruimte: Ruimte, omgeving: Omgeving, stap: Stap, vouwing: Vouwing, keuze: Keuze, versie: str
) -> None:
    vandaag = omgeving.klok.vandaag()
    nieuwe: list[NieuweGebeurtenis] = []
    eerste = stap.rol is Rol.KLANTMANAGER and vouwing.stand.klantmanager is None and not keuze.gat
    if eerste and not volgt_klantmanager(stap.kenmerk):  # wie een verzoek behandelt, voert daarmee het dossier niet
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
            reden=f"de stap begint op {datum(stap.start)}",
            stap=stap.kenmerk,
        )
    )
    leg_vast(ruimte, omgeving, stap.dossier_id, nieuwe, vooraf=vouwing)


def geweigerd_door(stand: Stand) -> frozenset[str]:
    """De partners die de aanmelding weigerden of wegvielen: zij krijgen haar niet opnieuw."""
    weigerden = (
        wie.partner
        for nummer in stand.weigeringen
        if (wie := uitvoerder_van(stand, f"aanbieder/aanmelding/{nummer}")) is not None
    )
    return frozenset((*weigerden, *(uitval.partner for uitval in stand.uitval.values())))


def wijs_aan(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> Toewijzing | str:
    """Geef de toewijzing volgens de afspraken van deze dag, of waarom er geen is."""
    vraag = vraag_bij(ruimte, regio, stap, stand, op)
    if vraag is None:
        return "Van dit dossier is nog geen gemeente bekend."
    uitgesloten = geweigerd_door(stand) if stap.kenmerk.startswith(AANMELDING) else ()
    antwoord = zoek_antwoord(regio, vraag, situatie_bij(ruimte, regio, stap, stand, vraag, uitgesloten))
    return antwoord if isinstance(antwoord, Toewijzing) else antwoord.waarom


def kies_behandelaar(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, vandaag: date) -> Keuze | Wacht | None:
    """Kies wie deze stap vandaag doet: wie met de hand is aangewezen, wie de lessen geeft, of wie de afspraken noemen.

    Is er niemand, dan krijgt de regiocoordinator de taak; None als ook die er niet is.
    """
    vast = stand.toegewezen.get(stap.kenmerk)
    if (
        vast is not None
        and stap.status is not Stapstatus.OPEN
        and (met_de_hand := _aangewezen(regio, stap, vast, vandaag))
    ):
        return met_de_hand
    if (bekend := _al_bekend(regio, stap, stand, vandaag)) is not None:
        return bekend
    toewijzing = wijs_aan(ruimte, regio, stap, stand, vandaag)
    if isinstance(toewijzing, Toewijzing):
        eigen = stand.klantmanager if stap.rol is Rol.KLANTMANAGER else None
        if (aanbieder := _bij_aanbieder(regio, stap, stand, vandaag, toewijzing)) is not None:
            return aanbieder
        houdt = not stand.wensen and houdt_zelf(regio, toewijzing.uitvoerder, toewijzing.rol, vandaag, eigen)
        last = GEEN_LAST if houdt else last_bij(ruimte, regio, toewijzing.uitvoerder, toewijzing.rol, vandaag)
        wie, wacht = _bij_wens(regio, stap, stand, vandaag, toewijzing, eigen, last)
        if wacht is not None:
            return wacht
        if wie is not None:
            return Keuze(
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
            return Keuze(wie, partner.code, "", f"{reden} Daarom krijgt de regiocoordinator de taak.", gat=True)
    return None


def _al_bekend(regio: Regio, stap: Stap, stand: Stand, vandaag: date) -> Keuze | None:
    """Wie het doet zonder dat de afspraken erover gaan: een aanbod, een verzoek, of lessen die al lopen."""
    if (ontvanger := _ontvanger(regio, stap, stand)) is not None:
        return ontvanger
    if volgt_klantmanager(stap.kenmerk):
        van, partner = stand.klantmanager, stand.klantmanager_partner
        voert = behandelaar_van_verzoek(regio, stap.gemeente, van, partner, vandaag)
        return Keuze(voert.medewerker, voert.partner, "", voert.waarom) if voert is not None else None
    return _lesgever(regio, stap, stand, vandaag) if stap.kenmerk.startswith(LESSEN) else None


def _aangewezen(regio: Regio, stap: Stap, vast: Opening, vandaag: date) -> Keuze | None:
    """Wie met de hand is aangewezen; is hij daarna afwezig geworden, dan zijn vervanger die het mag."""
    wie = regio.medewerker(vast.medewerker)
    afwezig = wie.afwezig_op(vandaag) if wie is not None else None
    if wie is not None and afwezig is not None and vast.op < afwezig.van:
        rol = Rol.MANDAATHOUDER if stap.besluit else stap.rol
        vervanger = of_vervanger(regio, wie, rol, vandaag)
        mag = not stap.besluit or (
            vervanger is not None and heeft_mandaat(regio, stap.gemeente, stap.stapsoort, vervanger.code, vandaag)
        )
        if vervanger is not None and mag:
            waarom = f"{vervanger.code} vervangt {wie.code}, die met de hand was aangewezen."
            return Keuze(vervanger, vervanger.partner if stap.besluit else vast.partner, "", waarom)
    return Keuze(wie, vast.partner, "", "Met de hand toegewezen.") if wie is not None else None


def _ontvanger(regio: Regio, stap: Stap, stand: Stand) -> Keuze | None:
    """Een aangeboden dossier gaat naar wie het is aangeboden, ook bij een andere organisatie."""
    if not stap.kenmerk.startswith(AANVAARDEN):
        return None
    overdracht = stand.overdrachten.get(int(stap.kenmerk.removeprefix(AANVAARDEN)))
    wie = regio.medewerker(overdracht.naar_medewerker) if overdracht else None
    return Keuze(wie, overdracht.naar_partner, "", "Het dossier is aan u aangeboden.") if overdracht and wie else None


def _bij_wens(
    regio: Regio, stap: Stap, stand: Stand, vandaag: date, toewijzing: Toewijzing, eigen: str | None,
    last: Mapping[str, float],
) -> tuple[Medewerker | None, Wacht | None]:  # fmt: skip
    """Wie het doet, of waarop nog wordt gewacht; de streefdag van de stap gaat voor op een wens."""
    afspraak = regio.afspraak(toewijzing.afspraak)
    besluit = toewijzing.rol is Rol.MANDAATHOUDER and toewijzing.ondertekenaar is not None
    if not stand.wensen or besluit or afspraak is None or not afspraak.wensen:
        return behandelaar(regio, toewijzing, op=vandaag, eigen=eigen, last=last), None
    keuze = kies_bij_wensen(
        regio, toewijzing.uitvoerder, toewijzing.rol, afspraak.wensen, uitgesproken_wensen(stand), vandaag,
        uiterste_start=stap.streef, eigen=eigen, last=last,
    )  # fmt: skip
    return keuze.medewerker, Wacht(keuze.waarom) if keuze.wacht_tot is not None else None


def _lesgever(regio: Regio, stap: Stap, stand: Stand, vandaag: date) -> Keuze | None:
    """Wat over lopende lessen gaat, doet wie de aanmelding had, ook als de afspraken intussen anders zijn."""
    deed = uitvoerder_van(stand, f"{AANMELDING}{stap.kenmerk.rsplit('/', 1)[-1]}")
    wie = regio.medewerker(deed.medewerker) if deed is not None else None
    if deed is None or wie is None:
        return None
    aanwezig = kies_medewerker(regio, deed.partner, Rol.AANBIEDER, vandaag, wie.code)
    return Keuze(aanwezig or wie, deed.partner, deed.afspraak, "De aanbieder die de aanmelding kreeg.")


def _bij_aanbieder(regio: Regio, stap: Stap, stand: Stand, vandaag: date, toewijzing: Toewijzing) -> Keuze | None:
    """De lessen starten bij wie de aanmelding accepteerde, tenzij zijn afspraak zegt dat iedereen overgaat."""
    bestaand, lesgever = aanbieder_van(stap, stand), _lesgever(regio, stap, stand, vandaag)
    if bestaand is None or lesgever is None:
        return None
    if toewijzing.uitvoerder == bestaand.partner:
        return Keuze(lesgever.medewerker, bestaand.partner, toewijzing.afspraak, toewijzing.waarom)
    if regio.afspraak(bestaand.afspraak) is None:
        # De oude afspraak is uit het bestand gehaald: dan zegt niets dat deze persoon overgaat.
        waarom = "De aanbieder die de aanmelding accepteerde."
        return Keuze(lesgever.medewerker, bestaand.partner, toewijzing.afspraak, waarom)
    return None
