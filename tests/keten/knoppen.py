"""Druk op een knop in Prefect, en lees wat haar run laat zien."""

import json
from typing import Any

from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterKey
from prefect.client.schemas.objects import FlowRun

from tests.keten.conftest import Keten


async def druk(keten: Keten, deployment: str, parameters: dict[str, Any]) -> FlowRun:
    """Druk op Run en wacht tot de run ten einde is."""
    gevonden = await keten.client.read_deployment_by_name(deployment)
    run = await keten.client.create_flow_run_from_deployment(gevonden.id, parameters=parameters)

    async def ten_einde() -> bool:
        nu = await keten.client.read_flow_run(run.id)
        return nu.state is not None and nu.state.is_final()

    await keten.tot(ten_einde)
    return await keten.client.read_flow_run(run.id)


async def getoond(keten: Keten, run: FlowRun) -> tuple[str, list[dict[str, str]]]:
    """De omschrijving en de rijen van het ene artefact van deze run."""
    # Prefect zelf legt bij een mislukte run ook een artefact neer: het soort van haar fout.
    filter_ = ArtifactFilter(
        flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]), key=ArtifactFilterKey(any_=[f"ops-{run.id}"])
    )
    (gevonden,) = await keten.client.read_artifacts(artifact_filter=filter_)
    return gevonden.description or "", json.loads(str(gevonden.data))


async def tabel(keten: Keten, run: FlowRun) -> list[tuple[str, str, str]]:
    """Wat de run laat zien: per stap de uitslag, in codes en verwijzingen."""
    _, rijen = await getoond(keten, run)
    return [(rij["dossier"], rij["stap"], rij["uitslag"]) for rij in rijen]
