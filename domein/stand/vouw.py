"""De vouw zelf: welke gebeurtenissen gelden, in welke volgorde, en wat daaruit volgt.

De vouw leest op (geldig_op, rang van de soort, volgnummer); een vervolg komt nooit vóór zijn begin. Een doorgehaalde
gebeurtenis doet niet mee, en van één feit uit een bron telt alleen de nieuwste bronversie (regels 1, 10 en 11 van het
ontwerp).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN
from domein.gebeurtenissen.vervolg import Sleutel, begin_van, vervolg_van
from domein.stand.staphandelingen import STAPHANDELINGEN
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import AANMELDING, GESPREK, Pip, Stand

_LEGE_STAND: Final = Stand()  # zij verandert nooit; elke vouw begint met een kopie


def geldende(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Gebeurtenis]:
    """Geef de gebeurtenissen die nu gelden, in de volgorde van de vouw.

    Een doorhaling telt alleen als zij zelf niet is doorgehaald: zo wordt een doorhaling ongedaan gemaakt.
    """
    alle = sorted(gebeurtenissen, key=lambda g: g.volgnummer)
    weg: set[UUID] = set()
    for g in reversed(alle):  # een doorhaling wijst altijd terug, dus van achter naar voren is genoeg
        if isinstance(g.gegevens, s.Doorgehaald) and g.id not in weg:
            weg.add(g.gegevens.gebeurtenis)
    nieuwste: dict[tuple[str, str], int] = {}
    for g in alle:
        if g.bronkenmerk is not None and g.id not in weg:
            sleutel = (g.bron, g.bronkenmerk)
            nieuwste[sleutel] = max(nieuwste.get(sleutel, 0), g.bronversie)
    over = [
        g
        for g in alle
        if g.id not in weg and (g.bronkenmerk is None or nieuwste[(g.bron, g.bronkenmerk)] == g.bronversie)
    ]
    begonnen = _begonnen(over)
    return sorted(over, key=lambda g: (_telt_vanaf(g, begonnen), SOORTEN[g.soort].rang, g.volgnummer))


def _begonnen(gelden: Iterable[Gebeurtenis]) -> Mapping[Sleutel, date]:
    """Geef per begin de eerste dag waarop het geldt."""
    uit: dict[Sleutel, date] = {}
    for g in gelden:
        begin = begin_van(g.soort, g.gegevens)
        if begin is not None:
            uit[begin] = min(uit.get(begin, g.geldig_op), g.geldig_op)
    return uit


def _telt_vanaf(g: Gebeurtenis, begonnen: Mapping[Sleutel, date]) -> date:
    volgt_op = vervolg_van(g.soort, g.gegevens)
    return g.geldig_op if volgt_op is None else max(g.geldig_op, begonnen.get(volgt_op, g.geldig_op))


def _gesprek(g: Gebeurtenis) -> int | None:
    """Geef het nummer van het gesprek dat hiermee openging of gebeurde, of None."""
    match g.gegevens:
        case s.GesprekGevoerd(nummer=nummer) | s.GesprekNietVerschenen(nummer=nummer):
            return nummer
        case s.StapGeopend() if g.stap is not None and g.stap.startswith(GESPREK):
            return int(g.stap.removeprefix(GESPREK))
        case _:
            return None


def _tel_gesprekken(pips: tuple[Pip, ...], gelden: Sequence[Gebeurtenis]) -> tuple[Pip, ...]:
    """Zet bij elk PIP de gesprekken die er al waren: op volgorde van vastlegging, niet van dagtekening."""
    gesprekken = [(nummer, g.volgnummer) for g in gelden if (nummer := _gesprek(g)) is not None]
    vastgelegd = iter([g.volgnummer for g in gelden if isinstance(g.gegevens, s.PipVastgesteld)])
    return tuple(
        pip if pip.elders else replace(pip, eerder_geopend=_eerder(gesprekken, next(vastgelegd))) for pip in pips
    )


def _ronde_vanaf(stand: Stand, gelden: Sequence[Gebeurtenis]) -> int:
    """Een aanmelding die al bij een aanbieder lag toen de nieuwe ronde werd vastgelegd, is van de vorige (regel 6)."""
    if not stand.ronde_volgnummer:
        return stand.ronde_vanaf
    geopend = [
        int(g.stap.removeprefix(AANMELDING))
        for g in gelden
        if isinstance(g.gegevens, s.StapGeopend)
        and g.stap is not None
        and g.stap.startswith(AANMELDING)
        and g.volgnummer < stand.ronde_volgnummer
    ]
    return max((stand.ronde_vanaf, *geopend))


def _eerder(gesprekken: Sequence[tuple[int, int]], moment: int) -> frozenset[int]:
    return frozenset(nummer for nummer, bij in gesprekken if bij < moment)


def _hoogste(gebeurtenissen: Iterable[Gebeurtenis], tot_nu: Mapping[str, int] | None = None) -> Mapping[str, int]:
    """Geef per soort het hoogste nummer ooit; ook van wat is doorgehaald: een nummer komt nooit terug (regel 6)."""
    hoogste: dict[str, int] = dict(tot_nu or {})
    for g in gebeurtenissen:
        nummer = getattr(g.gegevens, "nummer", None)
        if nummer is not None:
            hoogste[g.soort] = max(hoogste.get(g.soort, 0), nummer)
    return MappingProxyType(hoogste)


@dataclass(frozen=True, slots=True)
class Vouwing:
    """Een gevouwen dossier, met wat nodig is om er een nieuwe gebeurtenis bij te vouwen."""

    stand: Stand
    aantal: int  # zo veel gebeurtenissen zijn er gelezen, ook de doorgehaalde
    gelden: tuple[Gebeurtenis, ...]
    kaal: Stand  # voor wat pas aan het einde van alle gebeurtenissen is te zien


def vouw(gebeurtenissen: Sequence[Gebeurtenis]) -> Stand:
    """Vouw gebeurtenissen tot de stand; de volgorde van het argument maakt niet uit."""
    return begin_vouw(gebeurtenissen).stand


def begin_vouw(gebeurtenissen: Sequence[Gebeurtenis]) -> Vouwing:
    """Vouw gebeurtenissen, en onthoud hoe: `vouw_verder` hoeft ze dan niet nog eens te lezen."""
    gelden = tuple(geldende(gebeurtenissen))
    kaal = _verwerk(wijzig(_LEGE_STAND, hoogste=_hoogste(gebeurtenissen)), gelden)
    return Vouwing(_af(kaal, gelden), len(gebeurtenissen), gelden, kaal)


def vouw_verder(vouwing: Vouwing, eerder: Sequence[Gebeurtenis], nieuwe: Sequence[Gebeurtenis]) -> Vouwing:
    """Vouw nieuwe gebeurtenissen bij `vouwing`, de vouw van `eerder`; hetzelfde als alles samen opnieuw vouwen.

    Verandert een nieuwe gebeurtenis iets aan wat eerder gold of aan de volgorde, dan begint de vouw van voren af aan.
    """
    if not nieuwe or not _komt_achteraan(vouwing, eerder, nieuwe):
        return begin_vouw((*eerder, *nieuwe))
    gelden = (*vouwing.gelden, *nieuwe)
    kaal = _verwerk(wijzig(vouwing.kaal, hoogste=_hoogste(nieuwe, vouwing.kaal.hoogste)), nieuwe)
    return Vouwing(_af(kaal, gelden), len(eerder) + len(nieuwe), gelden, kaal)


def _komt_achteraan(vouwing: Vouwing, eerder: Sequence[Gebeurtenis], nieuwe: Sequence[Gebeurtenis]) -> bool:
    """Zeg of de nieuwe in deze volgorde na alle andere komen, en geen van de andere anders laten tellen.

    Een doorhaling, een feit uit een bron en het begin waar een ander feit op volgt, kunnen dat wel; een vervolg
    kan een andere dag krijgen. Die zijn zeldzaam: dan is opnieuw vouwen goed.
    """
    if vouwing.aantal != len(eerder):
        return False
    vorige = vouwing.gelden[-1] if vouwing.gelden else None
    if vorige is not None and vervolg_van(vorige.soort, vorige.gegevens) is not None:
        return False
    for g in nieuwe:
        if isinstance(g.gegevens, s.Doorgehaald) or g.bronkenmerk is not None:
            return False
        if begin_van(g.soort, g.gegevens) is not None or vervolg_van(g.soort, g.gegevens) is not None:
            return False
        if vorige is not None and _plaats(g) < _plaats(vorige):
            return False
        vorige = g
    return True


def _plaats(g: Gebeurtenis) -> tuple[date, int, int]:
    return g.geldig_op, SOORTEN[g.soort].rang, g.volgnummer


def _verwerk(stand: Stand, gelden: Iterable[Gebeurtenis]) -> Stand:
    for g in gelden:
        stand = verwerk(g.gegevens, stand, g)
        if g.stap is not None and g.soort not in STAPHANDELINGEN:
            stand = wijzig(stand, afgerond=met(stand.afgerond, g.stap, (g.soort, g.geldig_op)))
    return stand


def _af(kaal: Stand, gelden: Sequence[Gebeurtenis]) -> Stand:
    return wijzig(kaal, pips=_tel_gesprekken(kaal.pips, gelden), ronde_vanaf=_ronde_vanaf(kaal, gelden))
