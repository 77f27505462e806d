"""Setting up Prefect: the environment of its processes, and what `prefect.yaml` says must exist in it."""

import asyncio
import hashlib
import importlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import httpx
import yaml
from prefect import Flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import (
    DeploymentScheduleCreate,
    GlobalConcurrencyLimitCreate,
    WorkPoolCreate,
)
from prefect.client.schemas.objects import ConcurrencyOptions
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.utilities.callables import parameter_schema

from adapters.prefect.werker import RegieWorker
from domein.handelingen.bordpoort import BordOnbereikbaar

PREFECT_YAML: Final = Path(__file__).resolve().parents[2] / "prefect.yaml"
POOL: Final = "regie"


def basis_omgeving(thuis: Path, api_url: str) -> dict[str, str]:
    """What every process that talks to this Prefect has in its environment."""
    return {
        "PREFECT_HOME": str(thuis),
        "PREFECT_API_URL": api_url,
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",  # no silent second server when ours is down
        "PREFECT_CLI_COLORS": "false",
    }


def server_omgeving(thuis: Path, api_url: str, *, database_url: str = "") -> dict[str, str]:
    """The environment of the Prefect server; `database_url` empty means SQLite in `thuis`."""
    sqlite = not database_url or database_url.startswith("sqlite")
    return {
        **basis_omgeving(thuis, api_url),
        "PREFECT_SERVER_UI_API_URL": api_url,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # On SQLite this service causes thousands of "database is locked"; lateness is ours anyway.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false" if sqlite else "true",
        "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",  # our waits never expire
        # We use no automations, and on SQLite each of these is one more writer in line for the same lock.
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false" if sqlite else "true",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false" if sqlite else "true",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "7",  # a week of daily work on the board is enough
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "2",
        # Ended runs and their logs go after 90 days; without `flow_runs` Prefect keeps them for ever.
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "7776000",
        **({"PREFECT_SERVER_DATABASE_CONNECTION_URL": database_url} if database_url else {}),
    }


def werker_omgeving(thuis: Path, api_url: str, *, pols: float = 0.5) -> dict[str, str]:
    """The environment of the worker; `pols` is the seconds between two looks for work."""
    return {
        **basis_omgeving(thuis, api_url),
        "PREFECT_WORKER_QUERY_SECONDS": str(pols),
        "PREFECT_WORKER_PREFETCH_SECONDS": "1",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # Our flows log codes only, to the worker's own log. A child that ends while it still posts log lines leaves
        # a half-done write behind in the server, which on SQLite holds up everyone for a minute.
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }


async def wacht_tot_gezond(api_url: str, seconden: float = 90.0) -> None:
    """Return once the server answers; BordOnbereikbaar when it does not within the time."""
    einde = time.monotonic() + seconden
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            try:
                if (await client.get(f"{api_url}/health")).is_success:
                    return
            except httpx.HTTPError:
                pass
            if time.monotonic() > einde:
                raise BordOnbereikbaar(f"Prefect did not answer within {seconden:.0f} seconds")
            await asyncio.sleep(0.1)


@dataclass(slots=True)
class Inrichtingsverslag:
    """What was registered now, and what stood there already."""

    gemaakt: list[str] = field(default_factory=list[str])
    gewijzigd: list[str] = field(default_factory=list[str])
    gelijk: list[str] = field(default_factory=list[str])


async def richt_in(client: PrefectClient, bestand: Path = PREFECT_YAML) -> Inrichtingsverslag:
    """Register the pool, the limits and the deployments of the file; doing it again changes nothing."""
    inhoud = lees_yaml(bestand)
    verslag = Inrichtingsverslag()
    try:
        await _pool(client, verslag)
        await _limits(client, inhoud, verslag)
        await asyncio.gather(*(_deployment(client, d, verslag) for d in inhoud["deployments"]))
    except (httpx.HTTPError, OSError) as error:
        raise BordOnbereikbaar(type(error).__name__) from error
    return verslag


def lees_yaml(bestand: Path = PREFECT_YAML) -> dict[str, Any]:
    """Read prefect.yaml, with its anchors filled in."""
    return cast("dict[str, Any]", yaml.safe_load(bestand.read_text(encoding="utf-8")))


def laad_flow(entrypoint: str) -> Flow[..., Any]:
    """Import a flow by its module entrypoint (`flows.intake.intake`)."""
    module, _, name = entrypoint.rpartition(".")
    flow = getattr(importlib.import_module(module), name)
    if not isinstance(flow, Flow):
        raise TypeError(f"{entrypoint} is not a flow")
    return cast("Flow[..., Any]", flow)


async def _pool(client: PrefectClient, verslag: Inrichtingsverslag) -> None:
    try:
        await client.read_work_pool(POOL)
        verslag.gelijk.append(f"pool {POOL}")
    except ObjectNotFound:
        template = RegieWorker.get_default_base_job_template()
        try:
            await client.create_work_pool(
                WorkPoolCreate(
                    name=POOL,
                    type=RegieWorker.type,
                    base_job_template=template,
                    description="Stappen van de regio",
                )
            )
            verslag.gemaakt.append(f"pool {POOL}")
        except ObjectAlreadyExists:
            verslag.gelijk.append(f"pool {POOL}")


async def _limits(client: PrefectClient, inhoud: Mapping[str, Any], verslag: Inrichtingsverslag) -> None:
    for wanted in inhoud["definitions"].get("limieten", []):
        name, limit = wanted["name"], wanted["limit"]
        try:
            existing = await client.read_global_concurrency_limit_by_name(name)
        except ObjectNotFound:
            try:
                await client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=name, limit=limit))
                verslag.gemaakt.append(f"limiet {name}")
            except ObjectAlreadyExists:  # another supervisor starts at the same moment
                verslag.gelijk.append(f"limiet {name}")
            continue
        if existing.limit == limit:
            verslag.gelijk.append(f"limiet {name}")
        else:
            await client.upsert_global_concurrency_limit_by_name(name, limit)
            verslag.gewijzigd.append(f"limiet {name}")


async def _deployment(client: PrefectClient, wanted: Mapping[str, Any], verslag: Inrichtingsverslag) -> None:
    flow = laad_flow(wanted["entrypoint"])
    name = f"{flow.name}/{wanted['name']}"
    schema = parameter_schema(flow).model_dump_for_openapi()
    version = _version(wanted, schema)
    paused, active = None, dict[str, bool]()
    try:
        existing = await client.read_deployment_by_name(name)
        if existing.version == version:
            verslag.gelijk.append(name)
            return
        verslag.gewijzigd.append(name)
        # What ops stopped on the board stays so: registering anew would start it again (Prefect #14973).
        paused = existing.paused
        active = {s.slug: bool(s.active) for s in existing.schedules if s.slug}
    except ObjectNotFound:
        verslag.gemaakt.append(name)
    limit = wanted.get("concurrency_limit")
    options = ConcurrencyOptions(collision_strategy=limit["collision_strategy"]) if limit else None
    await client.create_deployment(
        flow_id=await client.create_flow_from_name(flow.name),
        name=wanted["name"],
        version=version,
        description=wanted["description"],
        tags=wanted["tags"],
        entrypoint=wanted["entrypoint"],
        pull_steps=[],
        work_pool_name=wanted["work_pool"]["name"],
        work_queue_name=wanted["work_pool"]["work_queue_name"],
        job_variables=wanted["work_pool"]["job_variables"],
        parameter_openapi_schema=schema,
        enforce_parameter_schema=wanted["enforce_parameter_schema"],
        concurrency_limit=limit["limit"] if limit else None,
        concurrency_options=options,
        paused=paused,
        schedules=[_schedule(s, active=active.get(s["slug"], bool(s["active"]))) for s in wanted["schedules"]],
    )


def _version(wanted: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    return f"{wanted['version']}+{_sha256(wanted, schema)[:12]}"  # the same file twice changes nothing


def verwachte_versies(bestand: Path = PREFECT_YAML) -> dict[str, str]:
    """By name of a deployment the version that it has in Prefect when it is registered from this code."""
    return {
        wanted["name"]: _version(wanted, parameter_schema(laad_flow(wanted["entrypoint"])).model_dump_for_openapi())
        for wanted in lees_yaml(bestand)["deployments"]
    }


def _schedule(wanted: Mapping[str, Any], *, active: bool) -> DeploymentScheduleCreate:
    return DeploymentScheduleCreate(
        schedule=CronSchedule(cron=wanted["cron"], timezone=wanted["timezone"]),
        active=active,
        slug=wanted["slug"],
    )


def _sha256(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
