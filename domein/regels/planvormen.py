"""Wat een plan is: gewenste stappen en termijnen, elk met hun waarom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regeling import Regeling
from domein.regeling import regeling as standaardregeling
from domein.regels.kalender import Kantoorkalender
from domein.regels.termijnen import Termijn

DAG: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kader:
    """Waarmee een plan rekent naast de stand: de regels en de kantoordagen. Nooit de dag van vandaag (regel 2)."""

    regeling: Regeling = field(default_factory=standaardregeling)
    kantoor: Kantoorkalender = field(default_factory=Kantoorkalender)

    def werkdag(self, dag: date) -> date:
        """Geef deze dag, of de eerste werkdag daarna."""
        return self.kantoor.eerstvolgende_open_dag(dag)

    def volgende_werkdag(self, dag: date) -> date:
        return self.kantoor.eerstvolgende_open_dag(dag + DAG)

    def werkdagen_na(self, dag: date, aantal: int) -> date:
        return self.kantoor.tel_werkdagen(dag, aantal)

    def streef(self, start: date, werkdagen: int, uiterst: date | None) -> date:
        """Geef de dag die wij nastreven: zoveel werkdagen na de start, maar nooit na een uiterste dag die nog komt."""
        gewoon = self.werkdagen_na(start, werkdagen)
        if uiterst is None:
            return gewoon
        return max(min(gewoon, self.kantoor.laatste_open_dag_tot(uiterst)), start)


@dataclass(frozen=True, slots=True)
class GewensteStap:
    """Een stap die er moet zijn. Het kenmerk is haar identiteit en blijft bij elke verschuiving gelijk (regel 6).

    start: de eerste dag waarop zij opent; streef: de dag die wij nastreven; uiterst: de dag die de wet of het
    beleid als laatste noemt, of None. inhoud: wat een melding aan DUO zou zeggen, om een latere wijziging te zien.
    """

    kenmerk: str
    stapsoort: Stapsoort
    titel: str
    start: date
    streef: date
    uiterst: date | None
    rol: Rol
    waarom: str
    artikel: str
    besluit: bool = False
    inhoud: str = ""
    wettelijk: bool = True  # de uiterste dag noemt de wet; zo niet, dan schuift zij mee met een pauze
    gemeente: str | None = None  # alleen als een andere gemeente dan die van het dossier de stap doet


@dataclass(frozen=True, slots=True)
class Plan:
    stappen: tuple[GewensteStap, ...]
    termijnen: tuple[Termijn, ...]
    regeling: str

    def stap(self, kenmerk: str) -> GewensteStap | None:
        return next((stap for stap in self.stappen if stap.kenmerk == kenmerk), None)

    def termijn(self, soort: str) -> Termijn | None:
        return next((termijn for termijn in self.termijnen if termijn.soort == soort), None)


Stappen = Iterable[GewensteStap]
