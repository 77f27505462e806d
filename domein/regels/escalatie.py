"""Wanneer een open stap een herinnering krijgt, en wanneer hij naar een ander gaat.

Beleid, geen wet: de wet zegt wanneer iets klaar moet zijn, niet wie wij wanneer waarschuwen. De getallen
staan in `domein/regeling/beleid.toml`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domein.regels.kalender import Kantoorkalender


class Tredesoort(StrEnum):
    """Wat er op een trede gebeurt; de waarde is ook de berichtsoort."""

    HERINNERING = "herinnering"
    ESCALATIE = "escalatie"


@dataclass(frozen=True, slots=True)
class Escalatiebeleid:
    """Hoe lang van tevoren wij herinneren, en na hoeveel werkdagen een ander het hoort."""

    herinnering_dagen_vooraf: int = 7
    escalatie_werkdagen_na: int = 3


@dataclass(frozen=True, slots=True)
class Trede:
    """Eén trede van de ladder: vanaf deze dag geldt zij."""

    soort: Tredesoort
    niveau: int
    vanaf: date


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


def ladder(stap: OpenStap, beleid: Escalatiebeleid, kalender: Kantoorkalender) -> tuple[Trede, ...]:
    """Geef alle treden van deze stap, van laag naar hoog.

    Kwam de taak later dan de herinneringsdag, dan volgt de herinnering op de laatste dag zelf; opent zij
    op of na die dag, dan is de taakmail genoeg. Niemand heet te laat op de dag dat hij de taak krijgt:
    de werkdagen tellen vanaf de latere van beide.
    """
    treden: list[Trede] = []
    vooraf = stap.einde - timedelta(days=beleid.herinnering_dagen_vooraf)
    herinnering = vooraf if vooraf > stap.geopend else stap.einde
    if herinnering > stap.geopend:
        treden.append(Trede(Tredesoort.HERINNERING, 1, herinnering))
    te_laat = kalender.tel_werkdagen(max(stap.einde, stap.geopend), beleid.escalatie_werkdagen_na)
    treden.append(Trede(Tredesoort.ESCALATIE, 1, te_laat))
    return tuple(treden)


def bereikte_trede(
    stap: OpenStap,
    dag: date,
    beleid: Escalatiebeleid,
    kalender: Kantoorkalender,
    al_gedaan: Collection[tuple[str, int]] = (),
) -> Trede | None:
    """Geef de trede die vandaag moet gebeuren, of None.

    Lag het systeem stil, dan geldt alleen de hoogste bereikte trede: niemand krijgt drie mails op een
    ochtend. Wat lager ligt dan wat al gebeurde, komt nooit meer terug.
    """
    bereikt = [trede for trede in ladder(stap, beleid, kalender) if trede.vanaf <= dag]
    if not bereikt or (bereikt[-1].soort.value, bereikt[-1].niveau) in al_gedaan:
        return None
    return bereikt[-1]
