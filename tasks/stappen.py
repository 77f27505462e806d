"""Opening a step, waiting for its outcome, recording it: the shape that every step flow has."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.flow_runs import asuspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run
from pydantic import ValidationError

from adapters.omgeving import instellingen, omgeving
from adapters.prefect.formulieren import Antwoord, formulier, lees_antwoord
from adapters.wekker import wek_ronde
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import openen
from domein.handelingen.inzien import stap_toestand
from domein.handelingen.uitkomst import geef_uitkomst
from domein.regels.uitkomsten import stapvorm
from tasks.grens import HERHAAL, over_de_grens


@dataclass(frozen=True, slots=True)
class LopendeStap:
    """What a run knows of its step: codes only. `keer` counts the waits of this execution."""

    stap_id: UUID
    kenmerk: str
    status: Stapstatus
    generatie: int
    besluit: bool
    partner: str | None
    keer: int = 1

    @property
    def afgerond(self) -> bool:
        return self.status not in (Stapstatus.GEPLAND, Stapstatus.OPEN)


@task(name="open-stap", cache_policy=NO_CACHE, **HERHAAL)
async def open_stap(stap_id: UUID) -> LopendeStap:
    """Give the step to who does it today and queue the mail, in one transaction; safe to run twice."""

    def work() -> LopendeStap:
        openen.open_stap(omgeving(), stap_id)
        return _read(stap_id)

    stap = await over_de_grens(work)
    await _tag_partner(stap)
    if stap.afgerond and not stap.besluit:
        # Someone else answered while the form was being filled in. That second answer is kept, never dropped.
        for antwoord in await _stored_answers(stap):
            await over_de_grens(partial(_record, stap, antwoord))
    return stap


async def _tag_partner(stap: LopendeStap) -> None:
    """Only at opening do we know who does the step: let a coordinator filter the board on it."""
    tag = f"partner:{stap.partner}"
    tags = [t for t in flow_run.tags if not t.startswith("partner:")]
    if stap.partner is not None and tag not in flow_run.tags:
        async with get_client() as client:
            await client.update_flow_run(UUID(flow_run.id), tags=[*tags, tag])


async def _stored_answers(stap: LopendeStap) -> list[Antwoord]:
    """All answers that Prefect holds for this run. Recording the one we know already changes nothing."""
    form = formulier(stapvorm(stap.kenmerk))
    async with get_client() as client:
        inputs = await client.filter_flow_run_input(UUID(flow_run.id), "suspended-", 100, set())
    answers: list[Antwoord] = []
    for stored in inputs:
        if not stored.key.endswith("-response"):
            continue
        try:
            antwoord = lees_antwoord(form.model_validate_json(stored.value))
        except ValidationError:
            continue  # resumed without an answer
        if antwoord is not None:
            answers.append(antwoord)
    return answers


def _record(stap: LopendeStap, antwoord: Antwoord) -> str:
    """Give the answer to the one act that all doors use; the code of the refusal, if it was refused."""
    actor = Actor(antwoord.medewerkercode, Verificatie.ZELFVERKLAARD)
    try:
        geef_uitkomst(
            omgeving(), stap.stap_id, antwoord.soort, antwoord.datum, antwoord.gegevens, actor,
            generatie=stap.generatie, deur="prefect",
        )  # fmt: skip
    except AlBeantwoord:
        return ""  # kept as a question for a person
    except RegieFout as error:
        return error.code
    return ""


async def wacht_op(stap: LopendeStap) -> Antwoord | None:
    """Suspend until someone answers in Prefect's form, or the ronde wakes the run; give the answer, if any.

    The key differs per execution and per wait: a fixed one fails when a run is started again.
    """
    key = f"wacht-{flow_run.run_count}-{stap.keer}"
    if stap.status is Stapstatus.GEPLAND:  # the office is closed today, or nobody is assigned
        await asuspend_flow_run(key=key, timeout=None)
        return None
    form = formulier(stapvorm(stap.kenmerk), besluit=stap.besluit)
    try:
        antwoord: RunInput = await asuspend_flow_run(wait_for_input=form, key=key, timeout=None)
    except ValidationError:  # resumed without an answer
        return None
    return lees_antwoord(antwoord)


@task(name="leg-vast", cache_policy=NO_CACHE, **HERHAAL)
async def leg_vast(stap: LopendeStap, antwoord: Antwoord | None) -> LopendeStap:
    """Record the answer through the one act that all doors use; give the step as it stands then.

    A refused answer leaves the step open, so the flow asks again. A step that could not open is tried again.
    """

    def work() -> tuple[LopendeStap, str]:
        code = ""
        if antwoord is not None:
            code = _record(stap, antwoord)
        elif stap.status is Stapstatus.GEPLAND:
            openen.open_stap(omgeving(), stap.stap_id)
        wek_ronde(instellingen().map)
        return _read(stap.stap_id), code

    gelezen, geweigerd = await over_de_grens(work)
    if geweigerd:
        get_run_logger().warning("Het antwoord is geweigerd: %s. De stap wacht opnieuw.", geweigerd)
    return replace(gelezen, keer=stap.keer + 1)


def _read(stap_id: UUID) -> LopendeStap:
    nu = stap_toestand(omgeving(), stap_id)
    return LopendeStap(nu.stap_id, nu.kenmerk, nu.status, nu.generatie, nu.besluit, nu.partner)
