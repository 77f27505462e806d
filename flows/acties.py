"""Handelingen van beheer, als knop in Prefect."""

from prefect import flow

from tasks.beheer import doe_ronde


@flow(name="ronde-nu", persist_result=False)
async def ronde_nu() -> None:
    """Breng nu het bord in overeenstemming met de dossiers, zonder te wachten op de supervisor."""
    await doe_ronde()
