"""Het persoonlijk plan inburgering en participatie (art. 15 Wet inburgering 2021)."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="plan", persist_result=False)
async def plan(stap_id: UUID) -> None:
    """Laat het PIP vaststellen binnen zijn termijn.

    1. Geef de taak aan een mandaathouder van de gemeente.
    2. Wacht op het besluit. Dat valt in het portaal of de opdrachtregel, nooit in het formulier van Prefect.
    3. Het besluit ankert de termijn, de gesprekken en de meldingen aan DUO.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
