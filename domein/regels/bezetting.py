"""Binnen een partner: wie van de medewerkers krijgt de taak, en wanneer is het kantoor open.

Geen wet maar werkafspraak: de eigen klantmanager eerst, dan de vervanger, dan wie het minst heeft.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from domein.begrippen import Rol
from domein.regels.kalender import Kantoorkalender
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker, Partner

GEEN_LAST: Final[Mapping[str, int]] = MappingProxyType({})
_JAREN: Final = range(2020, 2061)  # waarvoor de jaarlijkse sluitingsdagen worden uitgeschreven


def kies_medewerker(
    regio: Regio,
    partner: str,
    rol: Rol,
    op: date,
    eigen: str | None = None,
    last: Mapping[str, int] = GEEN_LAST,
) -> Medewerker | None:
    """Kies wie bij deze partner de taak krijgt, of None als er niemand is.

    De eigen behandelaar houdt de taak zolang hij er werkt en aanwezig is; is hij afwezig, dan
    zijn vervanger (en diens vervanger). Anders wie per voltijdsplaats het minst open heeft
    staan; bij gelijke last beslist de code. Een vrije deeltijddag is geen afwezigheid.
    """
    team = [m for m in regio.medewerkers_van(partner) if rol in m.rollen and m.in_dienst_op(op)]
    vast = next((m for m in team if m.code == eigen), None)
    if vast is not None and (gekozen := of_vervanger(regio, vast, rol, op)) is not None:
        return gekozen
    aanwezig = [m for m in team if m.afwezig_op(op) is None]
    if not aanwezig:
        vervangers = (of_vervanger(regio, m, rol, op) for m in sorted(team, key=lambda m: m.code))
        aanwezig = [m for m in vervangers if m is not None]
    return min(aanwezig, key=lambda m: (last.get(m.code, 0) / m.fte, m.code), default=None)


def of_vervanger(regio: Regio, medewerker: Medewerker, rol: Rol, op: date) -> Medewerker | None:
    """Geef de medewerker zelf, of de eerste aanwezige in de rij van vervangers met dezelfde rol."""
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


@lru_cache(maxsize=256)
def kantoorkalender_van(partner: Partner) -> Kantoorkalender:
    """Maak de kantoorkalender van een partner: zijn vrije weekdagen en sluitingsdagen."""
    gesloten = set(partner.gesloten_dagen)
    for periode in partner.gesloten_perioden:
        aantal = (periode.tot - periode.van).days + 1
        gesloten.update(periode.van + timedelta(days=n) for n in range(aantal))
    for maand, dag in (map(int, tekst.split("-")) for tekst in partner.jaarlijks_gesloten):
        gesloten.update(datum for jaar in _JAREN if (datum := _dag(jaar, maand, dag)) is not None)
    return Kantoorkalender(
        extra_gesloten=frozenset(gesloten),
        vrije_weekdagen=frozenset(weekdag.nummer for weekdag in partner.gesloten_weekdagen),
    )


def _dag(jaar: int, maand: int, dag: int) -> date | None:
    try:
        return date(jaar, maand, dag)
    except ValueError:  # 29 februari in een gewoon jaar
        return None
