"""The same runs on our worker and on Prefect's own process worker, beside each other: every end is reported alike."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelling
from prefect.workers.process import ProcessWorker

from adapters.prefect import inrichting
from adapters.prefect.werker import RegieWorker
from beheer.dienst import Dienst
from tests.keten.conftest import Prefect
from tests.keten.test_werker import FLOWS, Proef

EINDEN = ("goed", "stuk", "verloopt", "uitgang")


class Einde(NamedTuple):
    soort: StateType | None
    naam: str
    melding: str


@pytest.fixture
async def beide(prefect_server: Prefect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Proef]]:
    """Our worker and the stock one, each with a pool of its own, on one server."""
    thuis, api_url = prefect_server.thuis, prefect_server.api_url
    for naam, waarde in inrichting.basis_omgeving(thuis, api_url).items():
        monkeypatch.setenv(naam, waarde)
    omgeving = {
        **inrichting.werker_omgeving(thuis, api_url, pols=0.2),
        "PYTHONPATH": str(FLOWS),
        "REGIE_WARME_MODULES": "proefflows",
    }
    proeven: list[Proef] = []
    async with AsyncExitStack() as stapel:
        client = await stapel.enter_async_context(PrefectClient(api_url))
        for worker in (RegieWorker, ProcessWorker):
            pool = f"{worker.type}-{tmp_path.name}"
            template = worker.get_default_base_job_template()
            await client.create_work_pool(WorkPoolCreate(name=pool, type=worker.type, base_job_template=template))
            opdracht = ["-m", "prefect", "worker", "start", "--type", worker.type, "--pool", pool, "--limit", "3"]
            dienst = Dienst(worker.type, opdracht, omgeving, tmp_path / f"{worker.type}.log")
            dienst.start()
            stapel.push_async_callback(client.delete_work_pool, pool)
            stapel.push_async_callback(dienst.stop)
            proeven.append(Proef(client, dienst, pool))
        yield proeven


async def _einde(proef: Proef, run_id: UUID, tot: float = 90.0) -> Einde:
    async with asyncio.timeout(tot):
        while True:
            run = await proef.client.read_flow_run(run_id)
            if run.state is not None and run.state.is_final():
                # Process ids and durations differ by nature.
                return Einde(run.state_type, run.state.name, re.sub(r"\d+(\.\d+)?", "#", run.state.message or ""))
            await asyncio.sleep(0.2)


async def _alles(proef: Proef) -> dict[str, Einde]:
    runs = {naam: await proef.start(naam) for naam in EINDEN}
    uit = {naam: await _einde(proef, run_id) for naam, run_id in runs.items()}
    gedood, geannuleerd = await proef.start("traag"), await proef.start("traag")
    os.kill(await proef.kind(gedood), signal.SIGKILL)
    uit["gedood"] = await _einde(proef, gedood)
    await proef.kind(geannuleerd)
    await asyncio.sleep(1)  # the engine arms its cancellation bridge after it reports Running
    await proef.client.set_flow_run_state(geannuleerd, Cancelling())
    uit["geannuleerd"] = await _einde(proef, geannuleerd)
    return uit


def _eindcodes(proef: Proef) -> list[str]:
    """What the worker says about the exit code of a child, in its own log."""
    tekst = proef.werker.logboek.read_text(encoding="utf-8")
    return sorted(set(re.findall(r"exited with status code:? (-?\d+)", tekst)))


async def test_elk_einde_is_op_beide_werkers_hetzelfde(beide: list[Proef]) -> None:
    regie, stock = await asyncio.gather(*(_alles(proef) for proef in beide))
    assert regie == stock
    assert regie["gedood"].soort is StateType.CRASHED
    assert regie["geannuleerd"].soort is StateType.CANCELLED
    assert _eindcodes(beide[0]) == _eindcodes(beide[1])
    assert {"7", "-9"} <= set(_eindcodes(beide[0]))
    # What a child prints comes through the worker on both.
    assert all("een regel van het kind" in proef.werker.logboek.read_text(encoding="utf-8") for proef in beide)
