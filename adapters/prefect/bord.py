"""The board port over Prefect's API: flow runs as the visible side of steps."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentFlowRunCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, FlowRunPolicy, State, StateType
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound, PrefectHTTPStatusError
from prefect.input.run_input import keyset_from_paused_state
from prefect.states import Cancelled, Scheduled, Suspended, to_state_create

from adapters.klok import EchteKlok
from adapters.prefect.formulieren import formulier
from domein.handelingen.bordpoort import BordOnbereikbaar, RunGeweigerd, RunOpdracht, RunStand, Toestand
from domein.regels.ronde import SPELING, STROMEN

T = TypeVar("T")
PAGE: Final = 200  # the most the server gives at once
CONCURRENT: Final = 4  # SQLite takes one writer; more only queue
EERSTE_SLEUTEL: Final = "wacht-0-1"  # the pause key that a run made as Suspended asks for when it first runs
STEP_FLOWS: Final = tuple(sorted(set(STROMEN.values())))

_STATES: Final = {
    StateType.SCHEDULED: Toestand.GEPLAND,
    StateType.PENDING: Toestand.IN_WACHTRIJ,
    StateType.RUNNING: Toestand.LOOPT,
    StateType.CANCELLING: Toestand.LOOPT,
    StateType.PAUSED: Toestand.WACHT,
    StateType.COMPLETED: Toestand.KLAAR,
    StateType.FAILED: Toestand.MISLUKT,
    StateType.CRASHED: Toestand.GECRASHT,
    StateType.CANCELLED: Toestand.GEANNULEERD,
}
_OPEN: Final = [s for s, toestand in _STATES.items() if not toestand.ten_einde]
_MOVING: Final = [
    StateType.PENDING, StateType.RUNNING, StateType.CANCELLING, StateType.FAILED, StateType.CRASHED,
]  # fmt: skip
_BROKEN: Final = [StateType.FAILED, StateType.CRASHED]
# A proxy or a server that cannot serve anybody now; never about one run.
_NOT_NOW: Final = frozenset({429, 502, 503, 504})


class PrefectBord:
    """`Bord` over one open client; make it with `bord()`."""

    def __init__(self, client: PrefectClient) -> None:
        self._client = client
        self._clock = EchteKlok()
        self._deployments: dict[str, UUID] = {}
        self._slots = asyncio.Semaphore(CONCURRENT)

    def nu(self) -> datetime:
        return self._clock.nu()

    async def open_runs(self) -> Sequence[RunStand]:
        return await self._all(_OPEN)

    async def kapotte_runs(self) -> Sequence[RunStand]:
        return await self._all(_BROKEN)

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        moment, soon = sinds.isoformat(), (self.nu() + SPELING).isoformat()
        # Four narrow questions, each answered from an index; one wide question would read every waiting run.
        found = await self._together(
            [
                self._all(_MOVING),
                self._all([StateType.SCHEDULED], next_scheduled_start_time={"before_": soon}),
                self._all([StateType.PAUSED], start_time={"after_": moment}),
                self._all([StateType.CANCELLED], end_time={"after_": moment}),
            ]
        )
        return list({stand.run_id: stand for part in found for stand in part}.values())

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        ids = list(run_ids)
        pages = [ids[start : start + PAGE] for start in range(0, len(ids), PAGE)]
        found = await self._together(self._page({"id": {"any_": [str(i) for i in page]}}) for page in pages)
        return {stand.run_id: stand for page in found for stand in page}

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        async def make() -> UUID:
            deployment = await self._deployment(opdracht.stroom)
            if not opdracht.wachtend:
                run = await self._client.create_flow_run_from_deployment(
                    deployment,
                    parameters={"stap_id": str(opdracht.stap_id)},
                    name=opdracht.naam,
                    tags=opdracht.tags,
                    idempotency_key=_sleutel(opdracht, deployment),
                    state=Scheduled(scheduled_time=opdracht.tijdstip),
                )
                return run.id
            return await self._make_waiting(deployment, opdracht)

        try:
            return await self._about_run(make)
        except RunGeweigerd as error:
            if error.code != int(httpx.codes.NOT_FOUND):
                raise
        # The deployment we knew was removed or made anew, or all was wiped: look it up again, once.
        self._deployments.pop(opdracht.stroom, None)
        return await self._about_run(make)

    async def _make_waiting(self, deployment: UUID, opdracht: RunOpdracht) -> UUID:
        """Create a run as Suspended. It looks as if it suspended itself: same pause key, same form."""
        state: State[Any] = Suspended(pause_key=EERSTE_SLEUTEL)
        keyset = keyset_from_paused_state(state)
        state.state_details.run_input_keyset = keyset  # pyright: ignore[reportAttributeAccessIssue]
        create = DeploymentFlowRunCreate(
            parameters={"stap_id": str(opdracht.stap_id)},
            name=opdracht.naam,
            tags=list(opdracht.tags),
            idempotency_key=_sleutel(opdracht, deployment),
            state=to_state_create(state),
            # Without this the first execution would suspend again instead of reading the answer.
            empirical_policy=FlowRunPolicy(pause_keys={EERSTE_SLEUTEL}),
        )
        response = await self._client.request(
            "POST",
            "/deployments/{id}/create_flow_run",
            path_params={"id": deployment},
            json=create.model_dump(mode="json", exclude_unset=True),
        )
        run = FlowRun.model_validate(response.json())
        form = formulier(opdracht.formulier) if opdracht.formulier else formulier("", besluit=True)
        try:
            await self._client.create_flow_run_input(run.id, keyset["schema"], _schema_json(form))
        except ObjectAlreadyExists:
            pass
        except PrefectHTTPStatusError as error:
            if error.response.status_code != int(httpx.codes.CONFLICT):
                raise
        return run.id

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        await self._set(run_id, Scheduled(scheduled_time=tijdstip))

    async def wek(self, run_id: UUID) -> None:
        await self._set(run_id, Scheduled(message="Gewekt door de ronde."))

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        await self._set(run_id, Cancelled(message=reden))

    async def _set(self, run_id: UUID, state: State[Any]) -> None:
        async def put() -> None:
            try:
                # Forced: a resume through the rules would look for an answer to the last form.
                await self._client.set_flow_run_state(run_id, state, force=True)
            except ObjectNotFound:
                return  # deleted meanwhile: the next round sees that

        await self._about_run(put)

    async def _all(self, states: list[StateType], **criteria: Any) -> Sequence[RunStand]:
        found: list[RunStand] = []
        criteria["state"] = {"type": {"any_": [s.value for s in states]}}
        while True:
            page = await self._page(criteria, offset=len(found))
            found += page
            if len(page) < PAGE:
                return found

    async def _page(self, criteria: dict[str, Any], offset: int = 0) -> list[RunStand]:
        async def read() -> list[RunStand]:
            runs = await self._client.read_flow_runs(
                flow_run_filter=FlowRunFilter.model_validate(criteria),
                deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=list(STEP_FLOWS))),
                limit=PAGE,
                offset=offset,
            )
            return [stand for run in runs if (stand := _stand(run)) is not None]

        return await self._call(read)

    async def _deployment(self, stroom: str) -> UUID:
        if stroom not in self._deployments:
            try:
                found = await self._client.read_deployments(
                    deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[stroom]))
                )
            except httpx.HTTPStatusError as error:  # a question about all, not about the run
                raise BordOnbereikbaar(type(error).__name__) from error
            if not found:
                raise BordOnbereikbaar(f"deployment {stroom} is not registered")
            self._deployments[stroom] = found[0].id
        return self._deployments[stroom]

    async def _together(self, calls: Iterable[Awaitable[T]]) -> list[T]:
        return list(await asyncio.gather(*calls))

    async def _call(self, work: Callable[[], Awaitable[T]]) -> T:
        async with self._slots:
            try:
                return await work()
            except (httpx.HTTPError, ObjectNotFound, OSError) as error:
                # Its database may have been wiped meanwhile: the ids of before would then be gone.
                self._deployments.clear()
                raise BordOnbereikbaar(type(error).__name__) from error

    async def _about_run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something with one run: a refusal is about that run, silence is about the board."""
        async with self._slots:
            try:
                return await work()
            except ObjectAlreadyExists as error:
                raise RunGeweigerd(int(httpx.codes.CONFLICT)) from error
            except ObjectNotFound as error:
                raise RunGeweigerd(int(httpx.codes.NOT_FOUND)) from error
            except httpx.HTTPStatusError as error:
                if error.response.status_code in _NOT_NOW:
                    raise BordOnbereikbaar(str(error.response.status_code)) from error
                raise RunGeweigerd(error.response.status_code) from error
            except (httpx.HTTPError, OSError) as error:
                self._deployments.clear()
                raise BordOnbereikbaar(type(error).__name__) from error


@asynccontextmanager
async def bord(api_url: str | None = None) -> AsyncGenerator[PrefectBord]:
    """Open the board; BordOnbereikbaar when Prefect does not answer."""
    client = PrefectClient(api_url) if api_url else get_client()
    try:
        async with client as opened:
            yield PrefectBord(opened)
    except (httpx.HTTPError, OSError) as error:
        raise BordOnbereikbaar(type(error).__name__) from error


def _sleutel(opdracht: RunOpdracht, deployment: UUID) -> str:
    """The key holds per deployment: the runs of a deleted one live on, but no worker takes them any more."""
    return f"{opdracht.sleutel}-{deployment.hex[:8]}"


def _stand(run: FlowRun) -> RunStand | None:
    try:
        stap_id = UUID(str(run.parameters.get("stap_id")))
    except ValueError:
        return None  # started by hand with something else: not a run of a step
    state = run.state
    if state is None:
        return RunStand(run.id, stap_id, Toestand.GEPLAND, _utc(run.created), None, run.name)
    toestand = _STATES[state.type]
    planned = run.next_scheduled_start_time or state.state_details.scheduled_time
    return RunStand(
        run.id,
        stap_id,
        toestand,
        _utc(state.timestamp),
        _utc(planned) if planned and toestand is Toestand.GEPLAND else None,
        run.name,
    )


def _utc(moment: datetime | None) -> datetime:
    if moment is None:
        return datetime.fromtimestamp(0, UTC)
    # Prefect gives pendulum's datetimes; adding to those may lose the timezone.
    return datetime.combine(moment.astimezone(UTC).date(), moment.astimezone(UTC).time(), UTC)


_schemas: dict[type[Any], str] = {}


def _schema_json(form: type[Any]) -> str:
    """The schema as Prefect stores it for a form; a test compares it with what a suspending run stores."""
    if form not in _schemas:
        schema = form.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
        if "$defs" in schema:
            schema["definitions"] = schema["$defs"]  # where the page of Prefect looks
        _schemas[form] = json.dumps(schema)
    return _schemas[form]
