"""The worker without forking, and Prefect's own work pools: the process does not depend on our worker type."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import anyio
import pytest
from prefect.runner._process_manager import ProcessHandle
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

from adapters.prefect import inrichting, werker
from adapters.prefect.werker import ForkStarter, RegieWorker

STOCK = ProcessWorkerResult(status_code=0, identifier="stock")


@pytest.fixture
def by_stock(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The runs that Prefect's own process worker was given."""
    given: list[Any] = []

    async def run(self: Any, flow_run: Any, configuration: Any, task_status: Any = None) -> ProcessWorkerResult:
        given.append(flow_run)
        return STOCK

    monkeypatch.setattr(ProcessWorker, "run", run)
    return given


async def test_zonder_vorken_doet_prefects_eigen_werker_het(
    monkeypatch: pytest.MonkeyPatch, by_stock: list[Any]
) -> None:
    monkeypatch.setattr(werker, "CAN_FORK", False)
    flow_run = SimpleNamespace(id=uuid4())
    worker = RegieWorker(work_pool_name="proef")
    assert await worker.run(cast("Any", flow_run), ProcessJobConfiguration(env={})) == STOCK
    assert by_stock == [flow_run]


async def test_een_eigen_opdracht_van_de_deployment_gaat_voor(by_stock: list[Any]) -> None:
    flow_run = SimpleNamespace(id=uuid4())
    configuration = ProcessJobConfiguration(env={}, command="python -m prefect.engine")
    configuration._command_configured = True
    assert await RegieWorker(work_pool_name="proef").run(cast("Any", flow_run), configuration) == STOCK
    assert by_stock == [flow_run]


class Channel:
    """The control channel of Prefect's runner, as far as a starter uses it."""

    def __init__(self) -> None:
        self.registered: list[Any] = []

    def register(self, flow_run_id: Any) -> tuple[int, str]:
        self.registered.append(flow_run_id)
        return 4321, "geheim"

    def unregister(self, flow_run_id: Any) -> None:
        self.registered.remove(flow_run_id)


async def test_antwoordt_het_vorkproces_niet_dan_start_deze_ene_run_op_de_gewone_manier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Any] = []

    class Stock:
        async def start(self, flow_run: Any, task_status: Any) -> None:
            started.append(flow_run)
            task_status.started(ProcessHandle(cast("Any", SimpleNamespace(pid=7))))

    def no_fork(self: ForkStarter, flow_run: Any) -> None:
        self._environment(flow_run)
        raise EOFError

    monkeypatch.setattr(ForkStarter, "_fork", no_fork)
    monkeypatch.setattr(werker, "stock_starter", lambda configuration, channel: Stock())
    channel, flow_run = Channel(), SimpleNamespace(id=uuid4())
    starter = ForkStarter(ProcessJobConfiguration(env={}), cast("Any", channel))
    handles: list[Any] = []
    async with anyio.create_task_group() as group:
        handles.append(await group.start(starter.start, flow_run))
    assert (started, [handle.pid for handle in handles]) == ([flow_run], [7])
    assert channel.registered == [], "the child that never came is forgotten"


def test_het_kind_krijgt_wat_de_deployment_zegt_en_het_kanaal_om_te_annuleren() -> None:
    flow_run = SimpleNamespace(id=uuid4())
    configuration = ProcessJobConfiguration(env={"REGIE_MAP": "/ergens", "LEEG": None})
    environment = ForkStarter(configuration, cast("Any", Channel()))._environment(cast("Any", flow_run))
    assert environment["REGIE_MAP"] == "/ergens"
    assert environment["PREFECT__FLOW_RUN_ID"] == str(flow_run.id)
    assert (environment["PREFECT__CONTROL_PORT"], environment["PREFECT__CONTROL_TOKEN"]) == ("4321", "geheim")
    assert "LEEG" not in environment


# prefect.yaml


def test_geen_deployment_hangt_af_van_ons_type_werker() -> None:
    """A pool of Docker or Kubernetes takes them as they are: a module entrypoint, and no variable of one type."""
    for deployment in inrichting.lees_yaml()["deployments"]:
        assert set(deployment["work_pool"]) == {"name", "work_queue_name", "job_variables"}, deployment["name"]
        assert deployment["work_pool"]["job_variables"] == {}, deployment["name"]
        assert deployment["entrypoint"].startswith("flows."), deployment["name"]
        assert not {"type", "command", "build", "push", "pull"} & set(deployment), deployment["name"]
    assert "type: regie" not in inrichting.PREFECT_YAML.read_text(encoding="utf-8")


def test_de_flows_en_taken_noemen_de_werker_niet() -> None:
    wortel = Path(inrichting.PREFECT_YAML).parent
    for bestand in [*wortel.glob("flows/*.py"), *wortel.glob("tasks/*.py")]:
        assert "prefect.werker" not in bestand.read_text(encoding="utf-8"), bestand.name


async def test_een_pool_van_een_ander_type_blijft_zoals_zij_is() -> None:
    class Client:
        asked: tuple[str, ...] = ()

        async def read_work_pool(self, name: str) -> Any:
            self.asked += (name,)
            return SimpleNamespace(name=name, type="kubernetes")

    client, verslag = Client(), inrichting.Inrichtingsverslag()
    await inrichting._pool(cast("Any", client), verslag)
    assert client.asked == (inrichting.POOL,)
    assert (verslag.gelijk, verslag.gemaakt, verslag.gewijzigd) == ([f"pool {inrichting.POOL}"], [], [])
