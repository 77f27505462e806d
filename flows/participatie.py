"""Het PVT en de module arbeidsmarkt en participatie (art. 6 Wet inburgering 2021)."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="participatie", persist_result=False)
async def participatie(stap_id: UUID) -> None:
    """Rond het PVT of de MAP af.

    1. Geef de taak aan wie het traject volgens de afspraken begeleidt.
    2. Wacht op de ondertekening of het eindgesprek.
    3. Leg het vast; daarmee staat ook de melding aan DUO klaar.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
