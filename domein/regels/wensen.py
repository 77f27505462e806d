"""Een wens van de persoon over de behandelaar: wie past, hoe lang wij wachten, en wat daarna.

De wens komt van de persoon zelf en wordt nooit afgeleid uit herkomst. Een collega die past gaat
voor. Is er na de afgesproken wachttijd niemand, of zou wachten de wettelijke termijn breken, dan
gaat het zonder: met een tolk als het om de taal ging. Geen wet maar beleid van de regio.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Rol
from domein.regels.bezetting import (
    GEEN_LAST,
    Bezetting,
    bezet,
    kantoorkalender_van,
    lichtste,
    of_vervanger,
    team_van,
)
from domein.regels.kalender import Kantoorkalender, voluit
from domein.regels.samenwerking_vraag import Uitgesproken
from domein.regio.model import Regio
from domein.regio.onderdelen import Wens
from domein.regio.partijen import Medewerker
from domein.regio.soorten import Wenssoort

TOLK: Final = "tolk"
_OVER_DE_BEHANDELAAR: Final = (Wenssoort.TAAL, Wenssoort.GESLACHT_BEHANDELAAR)
_NAMEN: Final = {Wenssoort.TAAL: "taal", Wenssoort.GESLACHT_BEHANDELAAR: "geslacht van de behandelaar"}


@dataclass(frozen=True, slots=True)
class Wenskeuze:
    """De behandelaar, of tot wanneer wij wachten; in een zin waarom.

    tolk: bij het gesprek hoort een tolk. ondersteuner: wie de taal spreekt en meekomt.
    """

    medewerker: Medewerker | None
    waarom: str
    wacht_tot: date | None = None
    tolk: bool = False
    ondersteuner: Medewerker | None = None


@dataclass(frozen=True, slots=True)
class _Zaak:
    """Een uitgesproken wens met wat de regio daarover afsprak."""

    wens: Wens
    uitgesproken: Uitgesproken

    def past_bij(self, medewerker: Medewerker) -> bool:
        if self.uitgesproken.soort is Wenssoort.TAAL:
            return self.uitgesproken.waarde in medewerker.talen
        return medewerker.geslacht is not None and medewerker.geslacht == self.uitgesproken.waarde

    @property
    def naam(self) -> str:
        return f"{_NAMEN[self.uitgesproken.soort]} ({self.uitgesproken.waarde})"


def kies_bij_wensen(
    regio: Regio,
    partner: str,
    rol: Rol,
    wensen: Sequence[Wens],
    uitgesproken: Iterable[Uitgesproken],
    op: date,
    *,
    uiterste_start: date | None = None,
    eigen: str | None = None,
    last: Mapping[str, float] = GEEN_LAST,
) -> Wenskeuze:
    """Kies de behandelaar bij wat de persoon vroeg.

    `wensen` zijn de wensen van de afspraak: alleen daarop wordt gewacht. `uiterste_start` is de
    laatste dag waarop de stap kan beginnen zonder een wettelijke termijn te breken. De eigen
    behandelaar blijft; een wens daarover vraagt een overdracht en geen stille wissel.
    """
    zaken = _zaken(wensen, uitgesproken)
    gewoon = bezet(regio, partner, rol, op, eigen, last)
    if not zaken or _is_eigen(gewoon, eigen):
        return _met_hulp(regio, zaken, gewoon.medewerker, gewoon.waarom, op)
    team = team_van(regio, partner, rol, op)
    aanwezig = [m for m in team if m.afwezig_op(op) is None]
    bereikbaar = {v.code: v for m in team if (v := of_vervanger(regio, m, rol, op)) is not None}
    if passend := [m for m in bereikbaar.values() if all(z.past_bij(m) for z in zaken)]:
        gekozen = lichtste(passend, last)
        return Wenskeuze(gekozen, f"{gekozen.code} past bij de wens over {_noem(zaken)}.")
    reden, wacht_tot = _wachten(regio, partner, team, zaken, op, uiterste_start)
    if wacht_tot is not None:
        return Wenskeuze(None, reden, wacht_tot=wacht_tot)
    gekozen = _zo_goed_mogelijk(aanwezig, zaken, last) or gewoon.medewerker
    if gekozen is None:
        return Wenskeuze(None, gewoon.waarom)
    daarna = " met een tolk" if _met_tolk(zaken, gekozen) else ""
    return _met_hulp(regio, zaken, gekozen, f"{reden}; daarom doet {gekozen.code} het{daarna}.", op)


def _is_eigen(gewoon: Bezetting, eigen: str | None) -> bool:
    """Zeg of de taak naar de eigen behandelaar ging, of naar diens vervanger."""
    wie = gewoon.medewerker.code if gewoon.medewerker else None
    return eigen is not None and eigen in (wie, gewoon.vervangt)


def _met_hulp(regio: Regio, zaken: Sequence[_Zaak], medewerker: Medewerker | None, waarom: str, op: date) -> Wenskeuze:
    return Wenskeuze(
        medewerker,
        waarom,
        tolk=_met_tolk(zaken, medewerker),
        ondersteuner=_ondersteuner(regio, zaken, medewerker, op),
    )


def _zo_goed_mogelijk(
    aanwezig: Sequence[Medewerker], zaken: Sequence[_Zaak], last: Mapping[str, float]
) -> Medewerker | None:
    """Kies wie bij de meeste wensen past, en daarbinnen wie het minst heeft."""
    meeste = max((_aantal(zaken, m) for m in aanwezig), default=0)
    kandidaten = [m for m in aanwezig if _aantal(zaken, m) == meeste]
    return lichtste(kandidaten, last) if kandidaten else None


def _zaken(wensen: Sequence[Wens], uitgesproken: Iterable[Uitgesproken]) -> tuple[_Zaak, ...]:
    afgesproken = {wens.soort: wens for wens in wensen if wens.soort in _OVER_DE_BEHANDELAAR}
    return tuple(_Zaak(afgesproken[u.soort], u) for u in uitgesproken if u.soort in afgesproken)


def _wachten(
    regio: Regio,
    partner: str,
    team: Sequence[Medewerker],
    zaken: Sequence[_Zaak],
    op: date,
    uiterste_start: date | None,
) -> tuple[str, date | None]:
    """Geef waarom er (niet meer) wordt gewacht, en tot welke dag nog wel."""
    gevonden = regio.partner(partner)
    kalender = kantoorkalender_van(gevonden) if gevonden else Kantoorkalender()
    grens = min(kalender.tel_werkdagen(z.uitgesproken.op, z.wens.max_werkdagen) for z in zaken)
    over = _noem(zaken)
    if not any(all(z.past_bij(m) for z in zaken) for m in team):
        return f"Bij {partner} werkt niemand die past bij de wens over {over}", None
    if uiterste_start is not None and op >= uiterste_start and op < grens:
        return f"Wachten op de wens over {over} zou de wettelijke termijn breken, en die gaat voor", None
    if op >= grens:
        return f"De wachttijd voor de wens over {over} is voorbij sinds {voluit(grens)}", None
    tot = min(grens, uiterste_start) if uiterste_start is not None else grens
    terug = _eerste_dag_terug(team, zaken, op, tot)
    wacht_tot = kalender.eerstvolgende_open_dag(terug) if terug else tot
    return f"Wij wachten tot {voluit(min(wacht_tot, tot))} op iemand die past bij de wens over {over}.", min(
        wacht_tot, tot
    )


def _eerste_dag_terug(team: Sequence[Medewerker], zaken: Sequence[_Zaak], op: date, tot: date) -> date | None:
    dagen = (op + timedelta(days=n) for n in range(1, (tot - op).days))
    passend = [m for m in team if all(z.past_bij(m) for z in zaken)]
    return next((dag for dag in dagen if any(m.afwezig_op(dag) is None and m.in_dienst_op(dag) for m in passend)), None)


def _aantal(zaken: Sequence[_Zaak], medewerker: Medewerker) -> int:
    return sum(z.past_bij(medewerker) for z in zaken)


def _taal(zaken: Sequence[_Zaak], medewerker: Medewerker | None) -> _Zaak | None:
    """Geef de wens over de taal als deze medewerker die taal niet spreekt."""
    for zaak in zaken:
        if zaak.uitgesproken.soort is Wenssoort.TAAL and medewerker is not None and not zaak.past_bij(medewerker):
            return zaak
    return None


def _met_tolk(zaken: Sequence[_Zaak], medewerker: Medewerker | None) -> bool:
    zaak = _taal(zaken, medewerker)
    return zaak is not None and zaak.wens.daarna == TOLK


def _ondersteuner(regio: Regio, zaken: Sequence[_Zaak], medewerker: Medewerker | None, op: date) -> Medewerker | None:
    """Zoek wie de taal spreekt en meekomt, bij welke partner ook; eerst bij de eigen partner."""
    zaak = _taal(zaken, medewerker)
    if zaak is None or zaak.wens.ondersteuner is None or medewerker is None:
        return None
    rol = zaak.wens.ondersteuner
    kan = [
        m
        for m in regio.medewerkers
        if rol in m.rollen and zaak.past_bij(m) and m.in_dienst_op(op) and m.afwezig_op(op) is None
    ]
    return min(kan, key=lambda m: (m.partner != medewerker.partner, m.code), default=None)


def _noem(zaken: Sequence[_Zaak]) -> str:
    return " en ".join(zaak.naam for zaak in zaken)
