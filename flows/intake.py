"""De brede intake: oproepen, het gesprek, en de intake zonder de persoon (art. 14 Wet inburgering 2021)."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="intake", persist_result=False)
async def intake(stap_id: UUID) -> None:
    """Voer één stap van de brede intake uit.

    1. Geef de oproep of het gesprek aan de klantmanager, en mail hem.
    2. Wacht tot de oproep weg is, het gesprek is gevoerd, of de persoon niet kwam.
    3. Leg het vast; wie niet komt, krijgt volgens het plan een volgende oproep.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
