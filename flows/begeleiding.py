"""Maatschappelijke begeleiding, ontzorgen en de warme overdracht (art. 13 Wi; art. 56a Participatiewet)."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="begeleiding", persist_result=False)
async def begeleiding(stap_id: UUID) -> None:
    """Voer één stap van de begeleiding uit.

    1. Geef haar aan de begeleider of de klantmanager, en mail hem.
    2. Wacht tot de begeleiding is begonnen, afgerond of voortgezet.
    3. Leg het vast; wat daarna komt, volgt uit het plan.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
