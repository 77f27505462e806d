"""The pre-warmed worker against a real server: each way a run can end is reported as the stock worker does."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.states import Cancelling

from adapters.prefect import inrichting
from adapters.prefect.werker import CAN_FORK, PRIVATE, RegieWorker
from beheer.dienst import Dienst
from tests.keten.conftest import Prefect

FLOWS = Path(__file__).parent / "proef"


def test_wat_wij_van_prefect_lenen_bestaat_nog() -> None:
    """Fails first when Prefect changes: read its runner package before you raise the pin."""
    from importlib import import_module
    from inspect import signature

    for naam in PRIVATE:
        module, _, ding = naam.rpartition(".")
        assert hasattr(import_module(module), ding), naam
    from prefect.runner._flow_run_executor import FlowRunExecutorContext
    from prefect.runner._starter_engine import EngineCommandStarter

    maken = set(signature(FlowRunExecutorContext.create_executor).parameters)
    assert {"flow_run", "starter", "resolve_flow", "propose_submitting"} <= maken
    assert {"command", "cwd", "env", "stream_output", "control_channel"} <= set(
        signature(EngineCommandStarter).parameters
    )
    assert callable(FlowRunExecutorContext._handle_cancellation_observer_failure)
    assert CAN_FORK


@dataclass
class Proef:
    client: PrefectClient
    werker: Dienst
    pool: str

    async def start(self, naam: str) -> UUID:
        flow_id = await self.client.create_flow_from_name(naam)
        deployment = await self.client.create_deployment(
            flow_id=flow_id,
            name=self.pool,
            entrypoint=f"proefflows.{naam}",
            work_pool_name=self.pool,
            pull_steps=[],
            enforce_parameter_schema=False,
        )
        return (await self.client.create_flow_run_from_deployment(deployment)).id

    async def tot(self, run_id: UUID, *soorten: StateType) -> FlowRun:
        einde = time.monotonic() + 40
        while True:
            run = await self.client.read_flow_run(run_id)
            if run.state and run.state.type in soorten:
                return run
            if time.monotonic() > einde:
                pytest.fail(f"{run.state}; {self.werker.logboek.read_text()[-2000:]}")
            await asyncio.sleep(0.1)

    async def hervat(self, run_id: UUID) -> None:
        """Resume with an answer; the server refuses while a run that just suspended has not stored its form yet."""
        einde = time.monotonic() + 40
        while time.monotonic() < einde:
            run = await self.client.read_flow_run(run_id)
            if run.state and run.state.is_paused():
                antwoord = await self.client.resume_flow_run(run_id, run_input={"uitkomst": "ja"})
                if antwoord.status is SetStateStatus.ACCEPT:
                    return
        pytest.fail(f"niet te hervatten; {self.werker.logboek.read_text()[-2000:]}")

    async def einde(self, naam: str) -> FlowRun:
        klaar = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED)
        return await self.tot(await self.start(naam), *klaar)

    async def kind(self, run_id: UUID) -> int:
        await self.tot(run_id, StateType.RUNNING)
        while (run := await self.client.read_flow_run(run_id)).infrastructure_pid is None:
            await asyncio.sleep(0.1)
        return int(run.infrastructure_pid)


@pytest.fixture
async def proef(prefect_server: Prefect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Proef]:
    thuis, api_url = prefect_server.thuis, prefect_server.api_url
    for naam, waarde in inrichting.basis_omgeving(thuis, api_url).items():
        monkeypatch.setenv(naam, waarde)
    pool = f"proef-{tmp_path.name}"
    omgeving = {
        **inrichting.werker_omgeving(thuis, api_url, pols=0.2),
        "PYTHONPATH": str(FLOWS),
        "REGIE_WARME_MODULES": "proefflows",
    }
    opdracht = ["-m", "prefect", "worker", "start", "--type", "regie", "--pool", pool, "--limit", "4"]
    async with PrefectClient(api_url) as client:
        template = RegieWorker.get_default_base_job_template()
        await client.create_work_pool(WorkPoolCreate(name=pool, type=RegieWorker.type, base_job_template=template))
        werker = Dienst("werker", opdracht, omgeving, tmp_path / "werker.log")
        werker.start()
        try:
            yield Proef(client, werker, pool)
        finally:
            await werker.stop()
            await client.delete_work_pool(pool)


async def test_elk_einde_wordt_goed_gemeld(proef: Proef) -> None:
    goed, stuk, verloopt, uitgang = await asyncio.gather(
        *(proef.einde(naam) for naam in ("goed", "stuk", "verloopt", "uitgang"))
    )
    assert goed.state is not None
    assert goed.state.type is StateType.COMPLETED
    assert "een regel van het kind" in proef.werker.logboek.read_text()
    assert stuk.state is not None
    assert stuk.state.type is StateType.FAILED
    assert "code_42" in (stuk.state.message or "")
    assert verloopt.state is not None
    assert verloopt.state.name == "TimedOut"
    assert uitgang.state is not None
    assert uitgang.state.type is StateType.CRASHED


async def test_een_run_wacht_en_gaat_na_het_antwoord_verder(proef: Proef) -> None:
    run = await proef.tot(await proef.start("wacht"), StateType.PAUSED)
    await proef.hervat(run.id)
    await proef.tot(run.id, StateType.COMPLETED)


async def test_een_run_die_wordt_hervat_voor_haar_kind_weg_is_gaat_ook_verder(proef: Proef) -> None:
    # Prefect's worker stops for good on this: the run still holds its place in the limit.
    run_ids = [await proef.start("wacht") for _ in range(4)]
    await asyncio.gather(*(proef.hervat(run_id) for run_id in run_ids))
    for run_id in run_ids:
        await proef.tot(run_id, StateType.COMPLETED)


async def test_een_gedood_kind_is_een_gecrashte_run_en_de_werker_gaat_door(proef: Proef) -> None:
    run_id = await proef.start("traag")
    os.kill(await proef.kind(run_id), signal.SIGKILL)
    await proef.tot(run_id, StateType.CRASHED)
    assert (await proef.einde("goed")).state_type is StateType.COMPLETED


async def test_annuleren_stopt_het_kind(proef: Proef) -> None:
    run_id = await proef.start("traag")
    pid = await proef.kind(run_id)
    await asyncio.sleep(1)  # the engine arms its cancellation bridge after it reports Running
    await proef.client.set_flow_run_state(run_id, Cancelling())
    await proef.tot(run_id, StateType.CANCELLED)
    assert not Path(f"/proc/{pid}").exists()


async def test_een_gevallen_vorkproces_komt_terug(proef: Proef) -> None:
    await proef.einde("goed")
    assert proef.werker.proces is not None
    vorken = [
        pid
        for pid in _kinderen(proef.werker.proces.pid)
        if "multiprocessing.forkserver" in Path(f"/proc/{pid}/cmdline").read_text()
    ]
    assert len(vorken) == 1
    os.kill(vorken[0], signal.SIGKILL)
    assert (await proef.einde("goed")).state_type is StateType.COMPLETED


def _kinderen(pid: int) -> list[int]:
    return [int(kind) for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
