"""The worker `regie`: each flow run in a child forked from a process that has imported everything already.

Start it with `prefect worker start --type regie --pool regie`. It is Prefect's own process worker with
another way to make the child; state, cancellation, crash and time-out handling stay Prefect's. What it takes
from Prefect's private modules is in `PRIVATE`, guarded by a test that fails first when Prefect changes.

It falls back to the stock process command when the system cannot fork, when the deployment sets a command of
its own, and for the run at hand when the fork server does not answer.
"""

import logging
import multiprocessing
import multiprocessing.forkserver
import warnings
from contextlib import AsyncExitStack
from functools import cache
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

import anyio
import anyio.abc
import anyio.to_thread
from prefect.flows import load_flow_from_flow_run
from prefect.logging import get_logger
from prefect.runner._flow_run_executor import FlowRunExecutorContext
from prefect.runner._process_manager import ProcessHandle
from prefect.runner._starter_engine import EngineCommandStarter
from prefect.utilities.processutils import command_to_string, get_sys_executable
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult
from typing_extensions import override

from adapters.prefect.kind import run_engine

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun
    from prefect.runner._control_channel import ControlChannel

PRIVATE: Final = (
    "prefect.runner._flow_run_executor.FlowRunExecutorContext",
    "prefect.runner._process_manager.ProcessHandle",
    "prefect.runner._starter_engine.EngineCommandStarter",
)
CAN_FORK: Final = "forkserver" in multiprocessing.get_all_start_methods()
NO_LIMIT: Final = 1000
SECONDS_TO_FINISH: Final = 8  # what a run under way gets when the worker is told to stop
_WARM: Final = "adapters.prefect.warm"


class ForkStarter:
    """Start a flow run in a forked child (the `ProcessStarter` protocol of Prefect's runner)."""

    def __init__(self, configuration: ProcessJobConfiguration, channel: "ControlChannel") -> None:
        self._configuration = configuration
        self._channel = channel

    async def start(
        self,
        flow_run: "FlowRun",
        task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        """Fork, report the handle, and return once the child has exited."""
        try:
            child = await anyio.to_thread.run_sync(self._fork, flow_run, limiter=_one_at_a_time())
        except (OSError, EOFError) as error:
            self._channel.unregister(flow_run.id)
            _logger().warning("The fork server does not answer (%r); using the stock command.", error)
            await stock_starter(self._configuration, self._channel).start(flow_run, task_status)
            return
        task_status.started(ProcessHandle(cast(Any, child)))
        try:
            await anyio.wait_readable(child.sentinel)
        except anyio.get_cancelled_exc_class():
            # The worker stops. A step takes seconds: letting it end beats a crashed run to repair.
            with anyio.move_on_after(SECONDS_TO_FINISH, shield=True):
                await anyio.wait_readable(child.sentinel)
            raise
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(child.join, 0, limiter=_one_at_a_time())

    def _fork(self, flow_run: "FlowRun") -> ForkServerProcess:
        directory = str(self._configuration.working_dir or Path.cwd())
        child = multiprocessing.get_context("forkserver").Process(
            target=run_engine,
            args=(self._environment(flow_run), directory, self._configuration.stream_output),
            name=f"flow-run-{flow_run.id}",
            daemon=False,
        )
        child.start()
        return child

    def _environment(self, flow_run: "FlowRun") -> dict[str, str]:
        environment: dict[str, str | None] = {
            **self._configuration.env,
            "PREFECT__FLOW_RUN_ID": str(flow_run.id),
            "PREFECT__ENABLE_CANCELLATION_AND_CRASHED_HOOKS": "false",  # the worker runs them
        }
        try:
            port, token = self._channel.register(flow_run.id)
        except RuntimeError:
            pass  # no listener: Prefect then cancels by killing, as its own starters do
        else:
            environment |= {"PREFECT__CONTROL_PORT": str(port), "PREFECT__CONTROL_TOKEN": token}
        return {key: value for key, value in environment.items() if value is not None}


def stock_starter(configuration: ProcessJobConfiguration, channel: "ControlChannel") -> EngineCommandStarter:
    """Prefect's own way: a new interpreter that runs `prefect.engine`."""
    return EngineCommandStarter(
        command=command_to_string([get_sys_executable(), "-m", "prefect.engine"]),
        cwd=configuration.working_dir,
        env=configuration.env,
        stream_output=configuration.stream_output,
        control_channel=channel,
    )


class _SharedContext(FlowRunExecutorContext):
    """One executor context for all runs of this worker: a client and two websockets less for each run.

    When its cancellation watch is lost, later runs get a context of their own, as with the stock worker.
    """

    usable = True

    @override
    def _handle_cancellation_observer_failure(self, flow_run_ids: set[Any]) -> None:
        self.usable = False
        super()._handle_cancellation_observer_failure(flow_run_ids)  # pyright: ignore[reportUnknownMemberType]


class _OncePerRun:
    """The worker's limit, which says "full" instead of failing when a run is still on its way out.

    A run that is resumed before the child of its previous execution has exited comes back while it holds its
    place; anyio then raises RuntimeError, and Prefect's worker stops for good. The next look finds it again.
    """

    def __init__(self, limiter: anyio.CapacityLimiter) -> None:
        self._limiter = limiter
        self._held: set[object] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._limiter, name)

    def acquire_on_behalf_of_nowait(self, borrower: object) -> None:
        if borrower in self._held:
            raise anyio.WouldBlock
        self._limiter.acquire_on_behalf_of_nowait(borrower)
        self._held.add(borrower)

    def release_on_behalf_of(self, borrower: object) -> None:
        self._held.discard(borrower)
        self._limiter.release_on_behalf_of(borrower)


class RegieWorker(ProcessWorker):
    """Run flow runs in children of a warm process."""

    type = "regie"
    _display_name = "Regie"
    _description = "Voert stappen uit in een voorverwarmd proces: als 'process', met minder rekentijd."
    _logo_url = ""
    _documentation_url = ""

    @override
    async def setup(self) -> None:
        await super().setup()
        # Without a limit the same run could be started twice at once, so there always is one.
        limiter = self._limiter or anyio.CapacityLimiter(NO_LIMIT)
        self._limiter = cast(anyio.CapacityLimiter, _OncePerRun(limiter))

    @override
    async def __aenter__(self) -> Self:
        self._context: _SharedContext | None = None
        if CAN_FORK:
            # Entered first and left last: runs under way still need it while the worker stops.
            self._context = _SharedContext()
            await self._context.__aenter__()
            multiprocessing.forkserver.set_forkserver_preload([_WARM])
            multiprocessing.forkserver.ensure_running()  # warm before the first run arrives
        try:
            await super().__aenter__()
        except BaseException:
            await self._leave_context()
            raise
        return self

    @override
    async def __aexit__(self, *exc_info: Any) -> None:
        try:
            await super().__aexit__(*exc_info)
        finally:
            await self._leave_context()

    async def _leave_context(self) -> None:
        if self._context is not None:
            await self._context.__aexit__(None, None, None)
            self._context = None

    @override
    async def run(
        self,
        flow_run: "FlowRun",
        configuration: ProcessJobConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ProcessWorkerResult:
        """Run one flow run and give its exit code; the caller turns that into a state."""
        if not CAN_FORK or configuration._command_configured:  # pyright: ignore[reportPrivateUsage]
            return await super().run(flow_run, configuration, task_status)
        async with AsyncExitStack() as stack:
            shared = self._context
            context: FlowRunExecutorContext
            if shared is not None and shared.usable:
                context = shared
            else:
                context = await stack.enter_async_context(FlowRunExecutorContext())
            return await _run_in(context, flow_run, configuration, task_status or anyio.TASK_STATUS_IGNORED)


async def _run_in(
    context: FlowRunExecutorContext,
    flow_run: "FlowRun",
    configuration: ProcessJobConfiguration,
    task_status: anyio.abc.TaskStatus[int],
) -> ProcessWorkerResult:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        executor = context.create_executor(
            flow_run,
            ForkStarter(configuration, context.control_channel),
            resolve_flow=load_flow_from_flow_run,
            propose_submitting=False,  # the worker did that
        )
    execution = None

    async def execute(*, task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED) -> None:
        nonlocal execution
        execution = await executor.submit(task_status=task_status)

    async with anyio.create_task_group() as group:
        handle = await group.start(execute)
        task_status.started(cast(int, handle.pid))
    if execution is None or execution.status_code is None:
        raise RuntimeError("Failed to start flow run process.")
    return ProcessWorkerResult(status_code=execution.status_code, identifier=str(execution.handle.pid))


@cache
def _one_at_a_time() -> anyio.CapacityLimiter:
    """Starting and reaping children share state in multiprocessing that two threads may not touch at once."""
    return anyio.CapacityLimiter(1)


def _logger() -> "logging.Logger":
    return get_logger("worker.regie")
