"""Een verhuizing naar een andere gemeente: overdragen, overnemen, en niets kwijtraken (art. 15 lid 4 en 35 Wi)."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="verhuizing", persist_result=False)
async def verhuizing(stap_id: UUID) -> None:
    """Voer één stap van een verhuizing uit.

    1. Geef haar aan de oude of de nieuwe gemeente, en mail de behandelaar.
    2. Wacht tot het dossier is opgevraagd, geleverd of overgenomen.
    3. Leg het vast; de inburgeringstermijn loopt ondertussen door (art. 11 lid 3 Wi).
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
