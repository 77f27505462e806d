"""Wat het systeem van een partner met zijn token ziet: zijn dossiers, één dossier, en wat daarin gebeurde.

Elk dossier dat zo de deur uit gaat, staat eerst in het logboek. Een vreemd en een onbekend dossier zien er gelijk uit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domein.begrippen import Stapstatus, Tokenrecht, Verificatie
from domein.fouten import AchterDeWand, OnbekendDossier
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, Doorgehaald
from domein.handelingen.apitokens import Tokenhouder
from domein.handelingen.dossier_bekijken import bekijk_dossier
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import UITVOERING
from domein.handelingen.portaalpoort import NieuweLogregel
from domein.handelingen.toegang import partnertoegang_in
from domein.model import Dossier, Logsoort, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.tijdlijn import Termijnbalk, Tijdlijn
from domein.regels.toegang import Grond, Toegang
from domein.regels.uitkomsten import Uitkomst, uitkomsten_voor
from domein.regio.soorten import Gegevensgroep


@dataclass(frozen=True, slots=True)
class Regel:
    """Een dossier in een lijst: waarnaar het wijst, en of er iets nieuws in gebeurde."""

    referentie: str
    gemeente: str
    status: str
    laatste_gebeurtenis: int
    open_taken: int


@dataclass(frozen=True, slots=True)
class Bladzij:
    regels: tuple[Regel, ...]
    volgende: str | None = None  # hierna begint de volgende bladzij; None als dit de laatste is


@dataclass(frozen=True, slots=True)
class Partnertaak:
    """Een open taak van de partner zelf. Een besluit heeft geen uitkomsten: dat neemt een persoon met mandaat."""

    stap: Stap
    uitkomsten: tuple[Uitkomst, ...]


@dataclass(frozen=True, slots=True)
class Partnerdossier:
    referentie: str
    gemeente: str
    status: str
    einde: str
    laatste_gebeurtenis: int
    feiten: Mapping[str, Any]
    persoon: Mapping[str, Any]
    termijnen: Sequence[Termijnbalk]
    taken: tuple[Partnertaak, ...]


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """Een gebeurtenis zoals de partner haar ziet. `staat`: geldt, doorgehaald of vervangen."""

    volgnummer: int
    soort: str
    titel: str
    geldig_op: date
    vastgelegd_op: datetime
    staat: str
    stap: str
    door: str
    reden: str
    betreft: int | None = None  # het nummer van wat deze gebeurtenis doorhaalt


@dataclass(frozen=True, slots=True)
class Verloop:
    referentie: str
    gebeurtenissen: tuple[Gebeurd, ...]
    laatste: int  # hier is alles tot en met dit nummer bekeken, ook wat niet te zien is
    meer: bool


def dossierlijst(omgeving: Omgeving, houder: Tokenhouder, route: str, *, na: str, aantal: int) -> Bladzij:
    """Geef de dossiers van deze partner, op referentie. Een bladzij kan korter zijn; `volgende` beslist."""

    def werk(ruimte: Ruimte) -> Bladzij:
        gevonden = ruimte.dossiers_van_partner(houder.partner, na, aantal + 1)
        blad = gevonden[:aantal]
        ruimte.lees_vooruit([dossier.id for dossier in blad])
        regels: list[Regel] = []
        for dossier in blad:
            toegang = _toegang(ruimte, omgeving, houder, dossier)
            if toegang is not None:
                kaal = replace(toegang, groepen=frozenset({Gegevensgroep.REFERENTIE}))
                ruimte.schrijf_in_logboek(logregel(omgeving, houder, route, Logsoort.GEZIEN, dossier, kaal))
                regels.append(_regel(ruimte, houder, dossier))
        return Bladzij(tuple(regels), blad[-1].referentie if len(gevonden) > aantal else None)

    return in_ruimte(omgeving, werk)


def bekijk(omgeving: Omgeving, houder: Tokenhouder, referentie: str, route: str) -> Partnerdossier:
    """Geef het dossier zover de afspraken het laten zien; OnbekendDossier, of PersoonGewist als er niets meer is."""
    dossier, toegang = _open(omgeving, houder, referentie, route)
    beeld = bekijk_dossier(omgeving, dossier, toegang.groepen, bsn_grondslag=toegang.bsn_grondslag)
    with omgeving.magazijn.ruimte() as ruimte:
        eigen = _eigen_taken(ruimte, houder, dossier)
    taken = (Partnertaak(stap, () if stap.besluit else uitkomsten_voor(stap.kenmerk)) for stap in eigen)
    return Partnerdossier(
        dossier.referentie, dossier.gemeente, dossier.status.value, dossier.einde or "", dossier.laatste_volgnummer,
        beeld.feiten, beeld.persoon, beeld.tijdlijn.termijnen, tuple(taken),
    )  # fmt: skip


def gebeurtenissen_na(
    omgeving: Omgeving, houder: Tokenhouder, referentie: str, route: str, *, na: int, aantal: int
) -> Verloop:
    """Geef wat er na dit volgnummer in het dossier gebeurde, op volgorde van vastleggen.

    De nummers hebben geen gaten en komen nooit door elkaar: wie het laatste nummer onthoudt, mist niets.
    """
    dossier, toegang = _open(omgeving, houder, referentie, route)
    met_reden = Grond.KLANTMANAGER in toegang.gronden
    tijdlijn = bekijk_dossier(omgeving, dossier, toegang.groepen, met_reden=met_reden).tijdlijn
    with omgeving.magazijn.ruimte() as ruimte:
        alle = ruimte.gebeurtenissen(dossier.id)
    # Wat erbij kwam nadat de tijdlijn is gelezen, komt de volgende keer.
    nieuw = [g for g in alle if na < g.volgnummer <= dossier.laatste_volgnummer][: aantal + 1]
    blad = nieuw[:aantal]
    zichtbaar = (een for g in blad if (een := _gebeurd(g, alle, tijdlijn, met_reden=met_reden)) is not None)
    laatste = blad[-1].volgnummer if blad else min(na, dossier.laatste_volgnummer)
    return Verloop(dossier.referentie, tuple(zichtbaar), laatste, len(nieuw) > aantal)


def logregel(
    omgeving: Omgeving, houder: Tokenhouder, route: str, soort: Logsoort, dossier: Dossier | None,
    toegang: Toegang | None,
) -> NieuweLogregel:  # fmt: skip
    """Maak de regel voor het logboek: het systeem is wie er keek of schreef."""
    return NieuweLogregel(
        naam=route,
        verwerking=UITVOERING,
        soort=soort,
        actor=houder.actor,
        verificatie=Verificatie.TOKEN,
        begonnen_op=omgeving.klok.nu(),
        partner=houder.partner,
        betrokkene=dossier.referentie if dossier else None,
        dossier_id=dossier.id if dossier else None,
        gronden=", ".join(sorted(toegang.gronden)) if toegang else "",
        gegevens=", ".join(sorted(toegang.groepen)) if toegang else "",
        gelukt=soort is not Logsoort.GEWEIGERD,
    )


def noteer_achter_de_wand(omgeving: Omgeving, houder: Tokenhouder, route: str, fout: AchterDeWand) -> None:
    """Schrijf op dat dit systeem een dossier vroeg dat de database het niet laat zien."""
    kaal = logregel(omgeving, houder, route, Logsoort.GEWEIGERD, None, None)
    geweigerd = replace(kaal, betrokkene=fout.referentie, dossier_id=fout.dossier_id)
    in_ruimte(omgeving, lambda ruimte: ruimte.schrijf_in_logboek(geweigerd))


def _open(omgeving: Omgeving, houder: Tokenhouder, referentie: str, route: str) -> tuple[Dossier, Toegang]:
    def werk(ruimte: Ruimte) -> tuple[Dossier, Toegang | None]:
        dossier = ruimte.dossier_bij(referentie)
        toegang = _toegang(ruimte, omgeving, houder, dossier)
        soort = Logsoort.GEZIEN if toegang is not None else Logsoort.GEWEIGERD
        ruimte.schrijf_in_logboek(logregel(omgeving, houder, route, soort, dossier, toegang))
        return dossier, toegang

    dossier, toegang = in_ruimte(omgeving, werk)
    if toegang is None:  # pas na het bewaren: de weigering blijft staan
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    return dossier, toegang


def _toegang(ruimte: Ruimte, omgeving: Omgeving, houder: Tokenhouder, dossier: Dossier) -> Toegang | None:
    """De toegang van de partner; het BSN alleen als ook het token dat mag."""
    toegang = partnertoegang_in(ruimte, omgeving, houder.partner, dossier)
    if toegang is None or Tokenrecht.BSN_LEZEN in houder.rechten:
        return toegang
    return replace(toegang, groepen=toegang.groepen - {Gegevensgroep.BSN}, bsn_grondslag=False)


def _eigen_taken(ruimte: Ruimte, houder: Tokenhouder, dossier: Dossier) -> list[Stap]:
    open_ = [s for s in ruimte.stappen(dossier.id) if s.status is Stapstatus.OPEN and s.partner == houder.partner]
    return sorted(open_, key=lambda stap: (stap.streef, stap.kenmerk))


def _regel(ruimte: Ruimte, houder: Tokenhouder, dossier: Dossier) -> Regel:
    return Regel(
        dossier.referentie, dossier.gemeente, dossier.status.value, dossier.laatste_volgnummer,
        len(_eigen_taken(ruimte, houder, dossier)),
    )  # fmt: skip


def _gebeurd(g: Gebeurtenis, alle: Sequence[Gebeurtenis], tijdlijn: Tijdlijn, *, met_reden: bool) -> Gebeurd | None:
    """Geef de gebeurtenis als zij te zien is; een doorhaling is te zien als te zien is wat zij doorhaalt."""
    op_nummer = {regel.volgnummer: regel for regel in tijdlijn.gebeurd}
    betreft = None
    if isinstance(g.gegevens, Doorgehaald):
        doel = g.gegevens.gebeurtenis
        betreft = next((een.volgnummer for een in alle if een.id == doel), None)
        if betreft not in op_nummer:
            return None
        staat = "geldt"
    elif (regel := op_nummer.get(g.volgnummer)) is not None:
        staat = "geldt" if regel.soort.value == "gebeurd" else regel.soort.value
    else:
        return None
    return Gebeurd(
        g.volgnummer, g.soort, SOORTEN[g.soort].label, g.geldig_op, g.vastgelegd_op, staat, g.stap or "",
        g.actor.code, g.reden if met_reden else "", betreft,
    )  # fmt: skip
