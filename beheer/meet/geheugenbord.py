"""Een bord in het geheugen om de ronde aan te meten: het telt hoe vaak en hoeveel er wordt gevraagd.

Het antwoordt in tijd die met het antwoord meegroeit en niet met het aantal runs, zoals een index dat doet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from domein.handelingen.bordpoort import RunOpdracht, RunStand, Toestand
from domein.regels.ronde import SPELING

_KAPOT: Final = (Toestand.MISLUKT, Toestand.GECRASHT)
_BEZIG: Final = (Toestand.IN_WACHTRIJ, Toestand.LOOPT, *_KAPOT)


@dataclass(slots=True)
class Geheugenbord:
    """Implementeert de poort `Bord`; `toen` is hoe laat het op het bord is."""

    toen: datetime
    alle: dict[UUID, RunStand] = field(default_factory=dict[UUID, RunStand])
    vragen: int = 0
    gelezen: int = 0
    _beweegt: set[UUID] = field(default_factory=set[UUID])

    def nu(self) -> datetime:
        return self.toen

    async def open_runs(self) -> Sequence[RunStand]:
        return self._antwoord(run for run in self.alle.values() if not run.toestand.ten_einde)

    async def kapotte_runs(self) -> Sequence[RunStand]:
        return self._antwoord(run for run in self.alle.values() if run.toestand in _KAPOT)

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        self._beweegt = {run_id for run_id in self._beweegt if self._is_beweging(run_id, sinds)}
        return self._antwoord(self.alle[run_id] for run_id in self._beweegt)

    def _is_beweging(self, run_id: UUID, sinds: datetime) -> bool:
        run = self.alle.get(run_id)
        if run is None:
            return False
        if run.toestand is Toestand.GEPLAND:
            return run.gepland_op is None or run.gepland_op <= self.toen + SPELING
        return run.toestand in _BEZIG or run.sinds >= sinds

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        return {run.run_id: run for run in self._antwoord(self.alle[i] for i in run_ids if i in self.alle)}

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        run_id = uuid4()
        toestand = Toestand.WACHT if opdracht.wachtend else Toestand.GEPLAND
        self.zet(RunStand(run_id, opdracht.stap_id, toestand, self.toen, opdracht.tijdstip, opdracht.naam))
        return run_id

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        self._wijzig(run_id, Toestand.GEPLAND, tijdstip)

    async def wek(self, run_id: UUID) -> None:
        self._wijzig(run_id, Toestand.GEPLAND, self.toen)

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        del reden
        self._wijzig(run_id, Toestand.GEANNULEERD)

    def zet(self, run: RunStand) -> None:
        """Zet een run neer zoals zij is, ook als wat een mens of de worker deed."""
        self.alle[run.run_id] = run
        self._beweegt.add(run.run_id)

    def zet_neer(self, runs: Iterable[RunStand]) -> None:
        """Zet veel runs neer die al lang zo staan."""
        for run in runs:
            self.alle[run.run_id] = run
            if self._is_beweging(run.run_id, self.toen - timedelta(days=1)):
                self._beweegt.add(run.run_id)

    def _wijzig(self, run_id: UUID, toestand: Toestand, op: datetime | None = None) -> None:
        if (oud := self.alle.get(run_id)) is not None:
            self.zet(RunStand(run_id, oud.stap_id, toestand, self.toen, op or oud.gepland_op, oud.naam))

    def _antwoord(self, runs: Iterable[RunStand]) -> list[RunStand]:
        gevonden = list(runs)
        self.vragen += 1
        self.gelezen += len(gevonden)
        return gevonden
