"""One real Prefect server with one worker for all chain tests; a fresh installation for each test."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as kloktijd
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import SetStateStatus

from adapters import omgeving as omgevingen
from adapters.klok import StilleKlok
from adapters.prefect import inrichting
from adapters.prefect.bord import PrefectBord
from beheer.demo.vullen import lees_voorbeeld, registreer_tot
from beheer.dienst import LOOPBACK, Dienst, claim_poort, webdienst
from domein.handelingen.bordpoort import RunStand, Toestand
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.model import Stap
from domein.ports import Omgeving

BEGIN = date(2026, 1, 5)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass
class Prefect:
    """The running server, and how to start a worker for one installation."""

    thuis: Path
    api_url: str
    server: Dienst

    def werker(self, map_: Path) -> Dienst:
        extra = inrichting.werker_omgeving(self.thuis, self.api_url, pols=0.2)
        opdracht = [
            "-m",
            "prefect",
            "worker",
            "start",
            "--type",
            "regie",
            "--pool",
            inrichting.POOL,
            "--limit",
            "3",
        ]
        return Dienst("werker", opdracht, {"REGIE_MAP": str(map_), **extra}, map_ / "werker.log")


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A real server on SQLite on a free port, stopped at the end."""
    thuis = tmp_path_factory.mktemp("prefect")
    claim = claim_poort(4211)
    poort = claim.nummer
    api_url = f"http://{LOOPBACK}:{poort}/api"
    opdracht = ["-m", "adapters.prefect.server", "start", "--host", LOOPBACK, "--port", str(poort)]
    omgeving = inrichting.server_omgeving(thuis, api_url)
    server = Dienst("prefect", opdracht, omgeving, thuis / "server.log", webdienst(f"{api_url}/health"))
    server.start()
    try:
        asyncio.run(server.wacht_tot_gezond(120))
        yield Prefect(thuis, api_url, server)
    finally:
        asyncio.run(server.stop())
        claim.los()


@dataclass
class Keten:
    """One installation with a worker, and the handles a test needs."""

    prefect: Prefect
    map: Path
    omgeving: Omgeving
    client: PrefectClient
    bord: PrefectBord
    klok: StilleKlok
    werker: Dienst
    dossier_id: UUID

    def zet(self, dag: date) -> None:
        self.klok.zet(datetime.combine(dag, kloktijd(9, 30), AMSTERDAM).astimezone(UTC))

    def stap(self, kenmerk: str) -> Stap:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return next(s for s in ruimte.stappen(self.dossier_id) if s.kenmerk == kenmerk)

    async def ronde(self) -> Rondeverslag:
        return await ronde(self.omgeving, self.bord)

    async def run(self, kenmerk: str) -> RunStand | None:
        run_id = self.stap(kenmerk).run_id
        return (await self.bord.runs([run_id])).get(run_id) if run_id else None

    async def tot(self, wat: Callable[[], Awaitable[bool]], seconden: float = 120.0) -> None:
        """Do rounds until it holds; fails with what stands on the board."""
        einde = time.monotonic() + seconden
        while not await wat():
            if time.monotonic() > einde:
                pytest.fail(f"het gebeurde niet; op het bord: {await self.bord.open_runs()}")
            await self.ronde()
            await asyncio.sleep(0.1)

    async def tot_run(self, kenmerk: str, *toestanden: Toestand) -> RunStand:
        async def bereikt() -> bool:
            run = await self.run(kenmerk)
            return run is not None and run.toestand in toestanden

        await self.tot(bereikt)
        run = await self.run(kenmerk)
        assert run is not None
        return run

    async def antwoord_in_prefect(self, run_id: UUID, invoer: Mapping[str, object]) -> None:
        """Druk op Resume tot de server het aanneemt; hij weigert zolang het formulier van de run niet bewaard is."""

        async def aangenomen() -> bool:
            run = await self.client.read_flow_run(run_id)
            if run.state is None or not run.state.is_paused():
                return False
            antwoord = await self.client.resume_flow_run(run_id, run_input=dict(invoer))
            return antwoord.status is SetStateStatus.ACCEPT

        await self.tot(aangenomen)

    async def in_prefect(self, kenmerk: str) -> FlowRun:
        run_id = self.stap(kenmerk).run_id
        assert run_id is not None
        return await self.client.read_flow_run(run_id)


@pytest.fixture
async def keten(prefect_server: Prefect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Keten]:
    """An installation with one registered person on 5 January 2026, everything running."""
    for naam, waarde in inrichting.basis_omgeving(prefect_server.thuis, prefect_server.api_url).items():
        monkeypatch.setenv(naam, waarde)
    (tmp_path / "instellingen.env").write_text(
        f"REGIE_DEMO=true\nREGIE_KLOKBESTAND={tmp_path / 'klok.json'}\nREGIE_MAP={tmp_path}\n",
        encoding="utf-8",
    )
    klok = StilleKlok(tmp_path / "klok.json")
    klok.zet(datetime.combine(BEGIN, kloktijd(9, 30), AMSTERDAM).astimezone(UTC))
    omgeving = omgevingen.maak_omgeving(omgevingen.instellingen_van(tmp_path))
    voorbeeld = lees_voorbeeld(omgeving, 1)
    dossiers: dict[str, UUID] = {}
    registreer_tot(omgeving, voorbeeld, BEGIN, dossiers)
    werker = prefect_server.werker(tmp_path)
    async with PrefectClient(prefect_server.api_url) as client:
        await inrichting.richt_in(client)
        werker.start()
        bord = PrefectBord(client)
        keten = Keten(prefect_server, tmp_path, omgeving, client, bord, klok, werker, next(iter(dossiers.values())))
        try:
            yield keten
        finally:
            await werker.stop()
            for run in await bord.open_runs():
                await client.delete_flow_run(run.run_id)
            for run in await bord.kapotte_runs():
                await client.delete_flow_run(run.run_id)
