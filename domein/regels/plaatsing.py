"""Blijft iemand bij de partner die hij heeft? Ja, tot een genoemde gebeurtenis hem losmaakt.

Eindigt het contract, dan zegt de oude afspraak zelf wat er gebeurt: uitdienen, overdragen, of de
klantmanager kiest. Geen wet maar beleid; wie midden in een cursus zit, wisselt niet vanzelf.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domein.regels.kalender import voluit
from domein.regels.samenwerking_partner import partnercodes
from domein.regels.samenwerking_vraag import Bestaand, Losmaker, Situatie, Vraag
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.soorten import Overgangsregime


class Uitslag(StrEnum):
    """Wat er met een bestaande plaatsing gebeurt."""

    BLIJVEN = "blijven"
    LOSLATEN = "loslaten"
    KIEZEN = "kiezen"


@dataclass(frozen=True, slots=True)
class Oordeel:
    """De uitslag en de reden; `zelfde_mag`: de nieuwe afspraak mag dezelfde partner aanwijzen als zij hem noemt."""

    uitslag: Uitslag
    reden: str
    zelfde_mag: bool = False


_LOS: Final = {
    Losmaker.ROUTEWISSEL: "na een wijziging van de leerroute",
    Losmaker.WEIGERING: "na een weigering door {partner}",
    Losmaker.KEURMERK_VERLOREN: "omdat {partner} zijn keurmerk kwijt is",
    Losmaker.UITZONDERING: "omdat de klantmanager de plaatsing bij {partner} beëindigde",
}
# Na deze gebeurtenissen is dezelfde partner geen mogelijkheid meer.
NIET_TERUG: Final = frozenset({Losmaker.WEIGERING, Losmaker.KEURMERK_VERLOREN, Losmaker.UITZONDERING})


def beoordeel(regio: Regio, bestaand: Bestaand, vraag: Vraag, situatie: Situatie) -> Oordeel:
    """Zeg of de persoon blijft, loskomt, of dat de klantmanager kiest; altijd met de reden."""
    oud = regio.afspraak(bestaand.afspraak)
    if reden := situatie.uitgesloten.get(bestaand.partner):
        return Oordeel(Uitslag.LOSLATEN, f"omdat {bestaand.partner} niet meer kan ({reden})")
    if regio.partner(bestaand.partner) is None:
        return Oordeel(Uitslag.LOSLATEN, f"omdat {bestaand.partner} niet meer in de regio werkt")
    if bestaand.los is not None and (reden := _LOS.get(bestaand.los)):
        return Oordeel(Uitslag.LOSLATEN, reden.format(partner=bestaand.partner))
    if bestaand.los is Losmaker.VERHUIZING:
        return _verhuisd(regio, vraag)
    if oud is None or oud.rol is None or vraag.stap not in oud.stappen:
        # Zonder de oude afspraak is niet te zeggen wie betaalt en wie wat ziet.
        reden = f"omdat afspraak {bestaand.afspraak} niet meer in de afspraken staat"
        return Oordeel(Uitslag.LOSLATEN, reden, zelfde_mag=True)
    if vraag.gemeente not in regio.gemeenten_van(oud):
        return _verhuisd(regio, vraag)
    if oud.leerroutes and vraag.leerroute not in oud.leerroutes:
        return Oordeel(Uitslag.LOSLATEN, _LOS[Losmaker.ROUTEWISSEL])
    return _naar_contract(regio, oud, bestaand, vraag)


def _verhuisd(regio: Regio, vraag: Vraag) -> Oordeel:
    """College, klantmanager en betaler wisselen; de aanbieder blijft als hij ook hier is afgesproken."""
    return Oordeel(Uitslag.LOSLATEN, f"na de verhuizing naar {regio.gemeentenaam(vraag.gemeente)}", zelfde_mag=True)


def _naar_contract(regio: Regio, oud: Samenwerkingsafspraak, bestaand: Bestaand, vraag: Vraag) -> Oordeel:
    periode = regio.periode_van(oud)
    peil = vraag.peildag(oud.peildatumsoort, regio.kop.geldig_van).dag
    genoemd = bestaand.partner in partnercodes(regio, oud.kandidaten(), vraag.gemeente)
    if bestaand.los is not Losmaker.CONTRACT_EINDE and periode.bevat(peil) and genoemd:
        return Oordeel(Uitslag.BLIJVEN, "waar de persoon al is geplaatst")
    eind = f"afspraak {oud.regel_id} op {voluit(periode.tot)} eindigt" if genoemd else "de afspraak is gewijzigd"
    match oud.overgangsregime:
        case Overgangsregime.UITDIENEN:
            return Oordeel(Uitslag.BLIJVEN, f"waar de persoon uitdient nu {eind}")
        case Overgangsregime.OVERDRAGEN:
            return Oordeel(Uitslag.LOSLATEN, f"omdat {eind} en iedereen dan overgaat")
        case Overgangsregime.KEUZE_KLANTMANAGER:
            return Oordeel(Uitslag.KIEZEN, f"omdat {eind} en de klantmanager nog kiest tussen blijven en overgaan")
