"""Bewaren en vernietigen in het portaal: wat iemand ziet, wat hij met een lijst kan, en waarom iets niet kan.

Wat kan, zegt de handeling zelf: het beeld probeert haar zonder iets te bewaren.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domein.begrippen import Lijststatus, Regelstatus
from domein.fouten import OnbekendDossier, PersoonGewist, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bewaren import beoordeel, bewaarrij, vernietigd_rij, voorbij
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import regel
from domein.handelingen.regio import regio_op
from domein.handelingen.vernietigen import Vernietigingsverslag, lees_verklaring, vernietig
from domein.handelingen.vernietigingslijst import (
    UITVOERDERS,
    OnbekendeLijst,
    keur_goed,
    lijst_rij,
    lijsten,
    vind_lijst,
)
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import archiefgemeenten
from domein.stand import Blokkade, vouw

Rij = dict[str, Any]
BLAD: Final = 50
ARCHIEF = "bewaren-en-vernietigen"  # de activiteit in het register van verwerkingen (AVG art. 30)


@dataclass(frozen=True, slots=True)
class Bewaarbeeld:
    """De geëindigde dossiers en de lijsten van de gemeenten waarvoor iemand mag kijken; nooit wie het is.

    `rijen` is één blad van wat is gekozen, `verder` waar het volgende begint (None: dit was het laatste).
    """

    gemeenten: Sequence[str]
    rijen: Sequence[Rij]
    aantallen: Mapping[str, int]
    verder: int | None
    lijsten: Sequence[Rij]
    mag_opstellen: bool


def mijn_gemeenten(ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde) -> tuple[str, ...]:
    """De gemeenten waarvoor wie is aangemeld vandaag werkt."""
    vandaag = omgeving.klok.vandaag()
    return archiefgemeenten(regio_op(ruimte, omgeving, vandaag), wie.kijker, vandaag)


def bewaarbeeld(
    omgeving: Omgeving, wie: Aangemelde, staat: str = "", gemeente: str = "", begin: int = 0
) -> Bewaarbeeld:
    """Geef wat er bewaard blijft en weg moet, het eerst aflopende eerst, of alleen wat in deze staat is.

    Zonder staat komt wat vernietigd is niet mee. Leest alleen dossiers waarvan de termijn voorbij is, en een blad.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        mijn = mijn_gemeenten(ruimte, omgeving, wie)
        binnen = [code for code in mijn if gemeente in ("", code)]
        blad = _Blad(ruimte, omgeving.klok.vandaag(), binnen)
        rijen = blad.rijen(staat, begin)
        aantallen = blad.aantallen()
    return Bewaarbeeld(
        mijn,
        rijen[:BLAD],
        aantallen,
        begin + BLAD if len(rijen) > BLAD else None,
        list(reversed(lijsten(omgeving, mijn))),
        bool(set(UITVOERDERS) & wie.rollen),
    )


class _Blad:
    """Wat voorbij is staat vooraan en is altijd gelezen; van wat nog blijft, alleen wat op dit blad staat."""

    def __init__(self, ruimte: Ruimte, vandaag: date, gemeenten: Sequence[str]) -> None:
        self._ruimte, self._vandaag, self._gemeenten = ruimte, vandaag, gemeenten
        self._voorbij = [bewaarrij(k, vandaag) for k in voorbij(ruimte, vandaag, gemeenten)]

    def aantallen(self) -> Mapping[str, int]:
        uit = Counter(str(rij["staat"]) for rij in self._voorbij)
        uit["bewaren"] = self._ruimte.tel_bewaren(self._gemeenten, vanaf=self._vandaag)
        uit["vernietigd"] = self._ruimte.tel_vernietigd(self._gemeenten)
        return uit

    def rijen(self, staat: str, begin: int) -> list[Rij]:
        """Een blad, en één rij meer als er nog een volgt."""
        if staat == "vernietigd":
            gevonden = self._ruimte.vernietigde(self._gemeenten, sla_over=begin, grens=BLAD + 1)
            return [vernietigd_rij(regel_, dossier) for regel_, dossier in gevonden]
        vooraan = [rij for rij in self._voorbij if staat in ("", rij["staat"])]
        rijen = vooraan[begin : begin + BLAD + 1]
        if staat not in ("", "bewaren") or len(rijen) > BLAD:
            return rijen
        over = max(begin - len(vooraan), 0)
        blijft = self._ruimte.bewaarblad(
            self._gemeenten, vanaf=self._vandaag, sla_over=over, grens=BLAD + 1 - len(rijen)
        )
        self._ruimte.lees_vooruit([dossier.id for dossier in blijft])
        return rijen + [bewaarrij(k, self._vandaag) for k in beoordeel(self._ruimte, self._vandaag, blijft)]


@dataclass(frozen=True, slots=True)
class Lijstbeeld:
    """Eén lijst. `niet_keuren` en `niet_uitvoeren` zeggen waarom iets niet kan; leeg als het wel kan."""

    lijst: Rij
    niet_keuren: str
    niet_uitvoeren: str
    proef: Vernietigingsverslag | None
    verklaring: Rij | None


def lijst_in(ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, nummer: str) -> str:
    """Geef het nummer zoals het is geschreven; OnbekendeLijst als zij er niet is of niet van zijn gemeenten."""
    lijst = vind_lijst(ruimte, nummer)
    if lijst.gemeente not in mijn_gemeenten(ruimte, omgeving, wie):
        raise OnbekendeLijst(f"Er is geen vernietigingslijst '{nummer[:40]}'.", "Kijk welke lijsten er zijn.")
    return lijst.nummer


def lijstbeeld(omgeving: Omgeving, wie: Aangemelde, nummer: str) -> Lijstbeeld:
    """Geef de lijst, wat deze persoon ermee kan, en na de goedkeuring wat uitvoeren zou doen."""
    with omgeving.magazijn.ruimte() as ruimte:
        gevonden = vind_lijst(ruimte, nummer)
        lijst = lijst_rij(ruimte, gevonden, ruimte.vernietigingsregels(lijst_id=gevonden.id))
    status = Lijststatus(lijst["status"])
    niet_keuren, niet_uitvoeren, proef = "", "", None
    if status is Lijststatus.OPGESTELD:
        niet_keuren = _waarom_niet(lambda: keur_goed(omgeving, nummer, wie.actor, "proef", proef=True))
    if status is Lijststatus.GOEDGEKEURD:
        try:
            proef = vernietig(omgeving, nummer, wie.actor, proef=True)
        except RegieFout as fout:
            niet_uitvoeren = fout.melding
    verklaring = lees_verklaring(omgeving, nummer) if status is Lijststatus.UITGEVOERD else None
    return Lijstbeeld(lijst, niet_keuren, niet_uitvoeren, proef, verklaring)


def _waarom_niet(doe: Callable[[], object]) -> str:
    try:
        doe()
    except RegieFout as fout:
        return fout.melding
    return ""


def noteer_lijst(omgeving: Omgeving, wie: Aangemelde, nummer: str, naam: str) -> tuple[str, Sequence[Dossier]]:
    """Schrijf per dossier op de lijst op dat het is gezien; geef het nummer van de lijst, en de dossiers."""

    def werk(ruimte: Ruimte) -> tuple[str, Sequence[Dossier]]:
        gevonden = lijst_in(ruimte, omgeving, wie, nummer)
        lijst = vind_lijst(ruimte, gevonden)
        dossiers = [ruimte.dossier(r.dossier_id) for r in ruimte.vernietigingsregels(lijst_id=lijst.id)]
        gezien = (regel(omgeving, wie, naam, Logsoort.GEZIEN, een, verwerking=ARCHIEF) for een in dossiers)
        ruimte.schrijf_in_logboek(*gezien)
        return gevonden, dossiers

    return in_ruimte(omgeving, werk)


# een dossier dat is geëindigd, en zijn blokkades


@dataclass(frozen=True, slots=True)
class Bewaardossier:
    dossier: Dossier
    rij: Rij | None
    blokkades: Sequence[Blokkade]


def bewaardossier(omgeving: Omgeving, wie: Aangemelde, referentie: str, naam: str) -> Bewaardossier:
    """Geef een geëindigd dossier van zijn gemeenten, en schrijf op dat het is gezien; anders OnbekendDossier."""

    def werk(ruimte: Ruimte) -> Bewaardossier | None:
        dossier = ruimte.dossier_bij(referentie)
        mag = dossier.gemeente in mijn_gemeenten(ruimte, omgeving, wie) and dossier.einde is not None
        wat = Logsoort.GEZIEN if mag else Logsoort.GEWEIGERD
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, wat, dossier, verwerking=ARCHIEF))
        if not mag:
            return None
        try:
            blokkades = tuple(vouw(ruimte.gebeurtenissen(dossier.id)).blokkades.values())
        except PersoonGewist:
            blokkades = ()
        return Bewaardossier(dossier, None, blokkades)

    gevonden = in_ruimte(omgeving, werk)
    if gevonden is None:  # pas na het bewaren: de weigering blijft staan
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    with omgeving.magazijn.ruimte() as ruimte:
        return Bewaardossier(gevonden.dossier, _rij_van(ruimte, omgeving, gevonden.dossier), gevonden.blokkades)


def _rij_van(ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier) -> Rij | None:
    vandaag = omgeving.klok.vandaag()
    for gevonden in beoordeel(ruimte, vandaag, [dossier]):
        return bewaarrij(gevonden, vandaag)
    weg = (r for r in ruimte.vernietigingsregels(dossier_id=dossier.id) if r.status is Regelstatus.VERNIETIGD)
    return next((vernietigd_rij(regel_, dossier) for regel_ in weg), None)
