"""Acts of ops as tasks."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from adapters.omgeving import omgeving
from adapters.prefect.bord import bord
from domein.handelingen.ronde import ronde
from tasks.grens import OnverwachteFout


@task(name="ronde", cache_policy=NO_CACHE, persist_result=False)
async def doe_ronde() -> None:
    """Do one round now. Harmless beside that of the supervisor: the lease lets one at a time."""
    async with bord() as open_bord:
        verslag = await ronde(omgeving(), open_bord)
    get_run_logger().info("ronde: %s", verslag.als_dict())
    if verslag.mislukt:
        raise OnverwachteFout(f"mislukt:{verslag.mislukt}")
