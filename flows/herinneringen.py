"""Het dagwerk: herinneren wat bijna moet, en melden wat te laat is."""

from datetime import date

from prefect import flow

from tasks.dagwerk import zet_herinneringen_klaar


@flow(name="herinneringen", persist_result=False)
async def herinneringen(dag: date | None = None) -> None:
    """Zet de herinneringen, escalaties en vroege waarschuwingen van een dag klaar.

    Args:
        dag: De dag waarvoor; leeg is vandaag. Een dag die al gedaan is, blijft zoals zij is.
    """
    await zet_herinneringen_klaar(dag)
