"""De aanmelding bij de taalaanbieder en de start van de lessen."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="aanbieder", persist_result=False)
async def aanbieder(stap_id: UUID) -> None:
    """Meld een inburgeraar aan bij een taalaanbieder.

    1. Geef de aanmelding aan de aanbieder die volgens de afspraken aan de beurt is.
    2. Wacht tot hij haar accepteert of weigert, en later: tot de lessen beginnen.
    3. Leg het vast; na een weigering volgt een aanmelding bij een ander.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
