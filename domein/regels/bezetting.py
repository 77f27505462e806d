"""Binnen een partner: wie van de medewerkers krijgt de taak, en wanneer is het kantoor open.

Geen wet maar werkafspraak: de eigen klantmanager eerst, dan de vervanger (ook bij een andere
organisatie), dan wie naar gewicht het minst heeft. Is er niemand, dan zegt het antwoord dat:
de regiocoordinator hoort het, en er wordt nooit stil iemand zonder adres gekozen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from domein.begrippen import Doelgroep, Rol, Stapsoort
from domein.regels.kalender import Kantoorkalender, datum
from domein.regio.afspraken import Mandaat
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker, Partner
from domein.regio.weging import Weging

GEEN_LAST: Final[Mapping[str, float]] = MappingProxyType({})
_JAREN: Final = range(2020, 2061)  # waarvoor de jaarlijkse sluitingsdagen worden uitgeschreven


@dataclass(frozen=True, slots=True)
class Bezetting:
    """Wie de taak krijgt, in een zin waarom; `vervangt` is de code van wie er niet is."""

    medewerker: Medewerker | None
    waarom: str
    vervangt: str | None = None


@dataclass(frozen=True, slots=True)
class Werk:
    """Open stappen van een soort bij een medewerker."""

    medewerker: str
    stap: Stapsoort
    doelgroep: Doelgroep | None = None
    aantal: int = 1


def gewogen_last(werk: Iterable[Werk], weging: Weging) -> Mapping[str, float]:
    """Tel per medewerker het gewicht van zijn open stappen."""
    last: dict[str, float] = {}
    for deel in werk:
        gewicht = deel.aantal * weging.gewicht(deel.stap, deel.doelgroep)
        last[deel.medewerker] = last.get(deel.medewerker, 0) + gewicht
    return last


def bezet(
    regio: Regio,
    partner: str,
    rol: Rol,
    op: date,
    eigen: str | None = None,
    last: Mapping[str, float] = GEEN_LAST,
) -> Bezetting:
    """Kies wie bij deze partner de taak krijgt, met de reden.

    De eigen behandelaar houdt de taak zolang hij er werkt en aanwezig is; is hij afwezig, dan
    zijn vervanger (en diens vervanger). Anders wie per voltijdsplaats de minste last heeft; bij
    gelijke last beslist de code. Een vrije deeltijddag is geen afwezigheid.
    """
    team = team_van(regio, partner, rol, op)
    vast = next((m for m in team if m.code == eigen), None)
    if vast is not None and (gekozen := of_vervanger(regio, vast, rol, op)) is not None:
        return _eigen_of_vervanger(vast, gekozen, op)
    aanwezig = [m for m in team if m.afwezig_op(op) is None]
    if aanwezig:
        gekozen = lichtste(aanwezig, last)
        return Bezetting(gekozen, f"{gekozen.code} heeft per voltijdsplaats de minste last ({_last(gekozen, last)}).")
    vervangers = [(m, v) for m in team if (v := of_vervanger(regio, m, rol, op)) is not None]
    if not vervangers:
        reden = "is iedereen afwezig, ook elke vervanger" if team else f"werkt niemand met de rol {rol}"
        return Bezetting(None, f"Bij {partner} {reden}.")
    gekozen = lichtste([vervanger for _, vervanger in vervangers], last)
    afwezig = next(m for m, vervanger in vervangers if vervanger == gekozen)
    return _eigen_of_vervanger(afwezig, gekozen, op)


def houdt_zelf(regio: Regio, partner: str, rol: Rol, op: date, eigen: str | None) -> bool:
    """Zeg of de eigen behandelaar of zijn vervanger de taak krijgt: dan doet de last van het team er niet toe."""
    vast = next((m for m in team_van(regio, partner, rol, op) if m.code == eigen), None)
    return vast is not None and of_vervanger(regio, vast, rol, op) is not None


def kies_medewerker(
    regio: Regio,
    partner: str,
    rol: Rol,
    op: date,
    eigen: str | None = None,
    last: Mapping[str, float] = GEEN_LAST,
) -> Medewerker | None:
    """Kies zoals `bezet`, of None als er niemand is."""
    return bezet(regio, partner, rol, op, eigen, last).medewerker


def team_van(regio: Regio, partner: str, rol: Rol, op: date) -> list[Medewerker]:
    """Geef wie bij de partner deze rol heeft en in dienst is, op code; ook wie afwezig is."""
    team = (m for m in regio.medewerkers_van(partner) if rol in m.rollen and m.in_dienst_op(op))
    return sorted(team, key=lambda m: m.code)


def lichtste(keuze: Iterable[Medewerker], last: Mapping[str, float]) -> Medewerker:
    """Geef wie per voltijdsplaats de minste last heeft; bij gelijke last beslist de code."""
    return min(keuze, key=lambda m: (_last_per_fte(m, last), m.code))


def of_vervanger(regio: Regio, medewerker: Medewerker, rol: Rol, op: date) -> Medewerker | None:
    """Geef de medewerker zelf, of de eerste aanwezige in de rij van vervangers met dezelfde rol.

    Een vervanger mag bij een andere organisatie werken.
    """
    gezien: set[str] = set()
    huidig: Medewerker | None = medewerker
    while huidig is not None and huidig.code not in gezien:
        gezien.add(huidig.code)
        afwezig = huidig.afwezig_op(op)
        if afwezig is None and huidig.in_dienst_op(op) and rol in huidig.rollen:
            return huidig
        volgende = afwezig.vervanger if afwezig else None
        huidig = regio.medewerker(volgende) if volgende else None
    return None


def eerste_houder(regio: Regio, mandaat: Mandaat, op: date) -> str:
    """Kies de eerste houder die er is; is niemand er, dan een vervanger die zelf houder is."""
    houders = [m for code in mandaat.houders if (m := regio.medewerker(code)) is not None]
    for houder in houders:
        gekozen = of_vervanger(regio, houder, Rol.MANDAATHOUDER, op)
        if gekozen is not None and gekozen.code in mandaat.houders:
            return gekozen.code
    return mandaat.houders[0]


@lru_cache(maxsize=256)
def kantoorkalender_van(partner: Partner) -> Kantoorkalender:
    """Maak de kantoorkalender van een partner: zijn vrije weekdagen en sluitingsdagen."""
    gesloten = set(partner.gesloten_dagen)
    for periode in partner.gesloten_perioden:
        aantal = (periode.tot - periode.van).days + 1
        gesloten.update(periode.van + timedelta(days=n) for n in range(aantal))
    for maand, dag in (map(int, tekst.split("-")) for tekst in partner.jaarlijks_gesloten):
        gesloten.update(elk for jaar in _JAREN if (elk := _dag(jaar, maand, dag)) is not None)
    return Kantoorkalender(
        extra_gesloten=frozenset(gesloten),
        vrije_weekdagen=frozenset(weekdag.nummer for weekdag in partner.gesloten_weekdagen),
    )


def _dag(jaar: int, maand: int, dag: int) -> date | None:
    try:
        return date(jaar, maand, dag)
    except ValueError:  # 29 februari in een gewoon jaar
        return None


def _eigen_of_vervanger(vast: Medewerker, gekozen: Medewerker, op: date) -> Bezetting:
    afwezig = vast.afwezig_op(op)
    if gekozen == vast or afwezig is None:
        return Bezetting(gekozen, f"{gekozen.code} is de eigen behandelaar.")
    elders = "" if gekozen.partner == vast.partner else f" van {gekozen.partner}"
    reden = f"{gekozen.code}{elders} vervangt {vast.code}, die tot en met {datum(afwezig.tot)} afwezig is."
    return Bezetting(gekozen, reden, vast.code)


def _last_per_fte(medewerker: Medewerker, last: Mapping[str, float]) -> float:
    return last.get(medewerker.code, 0) / medewerker.fte


def _last(medewerker: Medewerker, last: Mapping[str, float]) -> str:
    return f"{_last_per_fte(medewerker, last):.1f}".replace(".", ",")
