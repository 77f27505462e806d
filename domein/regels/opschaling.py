"""Wat een open stap vandaag krijgt: een herinnering, een niveau hoger, of niets. En wanneer een termijn gevaar loopt.

Beleid, geen wet. De dagen en de ontvangers staan in `domein/regeling/opschaling.toml`; hier staat alleen hoe eruit
volgt wat er moet gebeuren. Wie het bericht maakt, staat in `domein/handelingen/herinneren.py`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domein.regels.kalender import DAG, Kantoorkalender
from domein.regels.opschalingsbeleid import Anker, Dagtelling, Ladder, Niveau, Waarschuwing
from domein.regels.termijnen import Termijn, Termijnstaat

_LOOPT: Final = frozenset({Termijnstaat.LOOPT, Termijnstaat.VERLENGD})
_CEL: Final = 5  # een aantal hieronder kan naar één persoon wijzen


class Tredesoort(StrEnum):
    """Wat er op een trede gebeurt; de waarde is ook de berichtsoort."""

    HERINNERING = "herinnering"
    ESCALATIE = "escalatie"


@dataclass(frozen=True, slots=True)
class OpenStap:
    """Wat de regel van een open stap weet."""

    geopend: date
    streef: date
    uiterst: date | None = None

    @property
    def einde(self) -> date:
        """De dag waarop de stap echt klaar moet zijn: de uiterste, of zonder die de streefdatum."""
        return self.uiterst or self.streef


@dataclass(frozen=True, slots=True)
class Trede:
    """Eén trede van de ladder: vanaf deze dag geldt zij. `niveau` telt per soort, vanaf 1."""

    soort: Tredesoort
    niveau: int
    vanaf: date

    @property
    def sleutel(self) -> tuple[str, int]:
        return self.soort.value, self.niveau


@dataclass(frozen=True, slots=True)
class Besluit:
    """De ene trede die vandaag moet, en de lagere die daarmee zijn overgeslagen."""

    trede: Trede
    overgeslagen: tuple[Trede, ...] = ()


def treden(stap: OpenStap, ladder: Ladder, kalender: Kantoorkalender) -> tuple[Trede, ...]:
    """Geef alle treden van deze stap, in de volgorde waarin zij komen.

    Een herinnering valt nooit later dan gevraagd: is het kantoor dicht, dan komt zij op de laatste open dag ervoor.
    Kreeg iemand de taak pas op of na die dag, dan is de taakmail genoeg. Elk niveau komt minstens een dag na het
    vorige.
    """
    uit: list[Trede] = []
    for nummer, dagen in enumerate(ladder.herinneringen, start=1):
        dag = kalender.laatste_open_dag_tot(stap.einde - timedelta(days=dagen))
        if dag > stap.geopend:
            uit.append(Trede(Tredesoort.HERINNERING, nummer, dag))
    vorige: date | None = None
    for niveau in ladder.niveaus:
        dag = _vanaf(stap, niveau, kalender)
        vorige = dag if vorige is None else max(dag, vorige + DAG)
        uit.append(Trede(Tredesoort.ESCALATIE, niveau.nummer, vorige))
    return tuple(sorted(uit, key=lambda trede: (trede.vanaf, trede.soort is Tredesoort.ESCALATIE, trede.niveau)))


def _vanaf(stap: OpenStap, niveau: Niveau, kalender: Kantoorkalender) -> date:
    """Niemand is te laat op de dag dat hij de taak krijgt: er wordt geteld vanaf de latere van einde en opening."""
    anker = stap.geopend if niveau.vanaf is Anker.OPENING else max(stap.einde, stap.geopend)
    if niveau.dagen is Dagtelling.WERKDAGEN:
        return kalender.tel_werkdagen(anker, niveau.na)
    return anker + timedelta(days=niveau.na)


def beslis(
    stap: OpenStap,
    dag: date,
    ladder: Ladder,
    kalender: Kantoorkalender,
    gedaan: Collection[tuple[str, int]] = (),
    *,
    stil: bool = False,
    zonder: Collection[int] = (),
) -> Besluit | None:
    """Geef wat vandaag moet gebeuren, of None.

    Lag het systeem stil, dan geldt alleen de hoogste bereikte trede: niemand krijgt drie mails op een ochtend. Wat
    niet hoger is dan wat al gebeurde, komt nooit meer. `stil`: het dossier staat stil, dus niets. `zonder`: niveaus die
    nu niet gelden, omdat er te weinig dossiers voor zijn.
    """
    if stil:
        return None
    alle = treden(stap, ladder, kalender)
    vorige = max((plek for plek, trede in enumerate(alle) if trede.sleutel in gedaan), default=-1)
    nieuw = [
        trede
        for trede in alle[vorige + 1 :]
        if trede.vanaf <= dag and not (trede.soort is Tredesoort.ESCALATIE and trede.niveau in zonder)
    ]
    return Besluit(nieuw[-1], tuple(nieuw[:-1])) if nieuw else None


# vroeg waarschuwen


@dataclass(frozen=True, slots=True)
class Gevaar:
    """Een termijn die gevaar loopt: na welke week, wat er ontbreekt, en welke weken zijn overgeslagen."""

    week: int
    ontbreekt: str
    overgeslagen: tuple[int, ...] = ()


def loopt_gevaar(
    termijn: Termijn, dag: date, beleid: Waarschuwing, onaf: Collection[str], gedaan: Collection[int] = ()
) -> Gevaar | None:
    """Zeg of deze termijn vandaag een waarschuwing krijgt.

    Alleen als zij nog loopt, en er werk niet klaar is dat na zo veel weken klaar moet zijn. `onaf`: de kenmerken van
    stappen die nog moeten; `gedaan`: de weken die al een waarschuwing kregen. Na stilstand gaat alleen de laatste
    bereikte week uit.
    """
    if termijn.soort != beleid.termijn or termijn.staat(dag) not in _LOOPT:
        return None
    bereikt = [w for w in beleid.weken if termijn.anker + timedelta(weeks=w) <= dag]
    if not bereikt or bereikt[-1] <= max(gedaan, default=0):
        return None
    ontbreekt = [n for n in beleid.nodig if any(k.startswith(n.stap) for k in onaf)]
    mist = {w: next((n.ontbreekt for n in ontbreekt if n.vanaf_week <= w), None) for w in bereikt}
    nu = mist[bereikt[-1]]
    if nu is None:
        return None
    over = tuple(w for w in bereikt[:-1] if w > max(gedaan, default=0) and mist[w] is not None)
    return Gevaar(bereikt[-1], nu, over)


# aantallen


def cel(aantal: int) -> str:
    """Een aantal voor in een mail met cijfers; een klein aantal staat er niet in."""
    return str(aantal) if aantal >= _CEL else f"minder dan {_CEL}"


def totaal(aantallen: Iterable[int]) -> str:
    """Het totaal, zo ruim dat een weggelaten cel er niet uit is te rekenen."""
    alle = list(aantallen)
    zichtbaar = sum(aantal for aantal in alle if aantal >= _CEL)
    if sum(alle) < _CEL:
        return f"minder dan {_CEL} taken"
    if zichtbaar == sum(alle):
        return f"{zichtbaar} taken"
    return f"meer dan {zichtbaar} taken" if zichtbaar else f"{_CEL} of meer taken"
