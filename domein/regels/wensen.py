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
from domein.regels.bezetting import GEEN_LAST, bezet, kantoorkalender_van, lichtste, team_van
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
    team = team_van(regio, partner, rol, op)
    eigen_zaak = eigen is not None and eigen in (gewoon.vervangt, gewoon.medewerker and gewoon.medewerker.code)
    if not zaken or eigen_zaak:
        ondersteuner = _ondersteuner(regio, zaken, gewoon.medewerker, op)
        return Wenskeuze(
            gewoon.medewerker, gewoon.waarom, tolk=_met_tolk(zaken, gewoon.medewerker), ondersteuner=ondersteuner
        )
    aanwezig = [m for m in team if m.afwezig_op(op) is None]
    passend = [m for m in aanwezig if all(z.past_bij(m) for z in zaken)]
    if passend:
        gekozen = lichtste(passend, last)
        return Wenskeuze(gekozen, f"{gekozen.code} past bij de wens over {_noem(zaken)}.")
    reden, wacht_tot = _wachten(regio, partner, team, zaken, op, uiterste_start)
    if wacht_tot is not None:
        return Wenskeuze(None, reden, wacht_tot=wacht_tot)
    # Zo veel mogelijk wensen tegelijk, en daarbinnen wie het minst heeft.
    meeste = max((_aantal(zaken, m) for m in aanwezig), default=0)
    kandidaten = [m for m in aanwezig if _aantal(zaken, m) == meeste]
    gekozen = lichtste(kandidaten, last) if kandidaten else gewoon.medewerker
    if gekozen is None:
        return Wenskeuze(None, gewoon.waarom)
    tolk = _met_tolk(zaken, gekozen)
    daarna = " met een tolk" if tolk else ""
    return Wenskeuze(
        gekozen,
        f"{reden}; daarom doet {gekozen.code} het{daarna}.",
        tolk=tolk,
        ondersteuner=_ondersteuner(regio, zaken, gekozen, op),
    )


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
