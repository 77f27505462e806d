"""Throw-away flows for the worker tests; imported by the worker, not by pytest."""

import asyncio
import os

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.flow_runs import asuspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run


class Antwoord(RunInput):
    uitkomst: str


@task(cache_policy=NO_CACHE, persist_result=False)
async def iets() -> None:
    print("een regel van het kind", flush=True)


@flow(persist_result=False)
async def goed() -> None:
    await iets()


@flow(persist_result=False)
async def stuk() -> None:
    raise RuntimeError("code_42")


@flow(persist_result=False)
async def wacht() -> None:
    antwoord = await asuspend_flow_run(wait_for_input=Antwoord, key=f"wacht-{flow_run.run_count}-1", timeout=None)
    assert antwoord.uitkomst == "ja"


@flow(persist_result=False)
async def traag() -> None:
    await asyncio.sleep(120)


@flow(persist_result=False, timeout_seconds=1)
async def verloopt() -> None:
    await asyncio.sleep(120)


@flow(persist_result=False)
async def uitgang() -> None:
    os._exit(7)
