"""De voortgangsgesprekken die het PIP afspreekt."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="voortgang", persist_result=False)
async def voortgang(stap_id: UUID) -> None:
    """Voer een voortgangsgesprek zoals het PIP het heeft afgesproken.

    1. Geef het gesprek aan de partner die het volgens de afspraken voert, en mail de behandelaar.
    2. Wacht op de uitkomst.
    3. Leg haar vast; het plan volgt daaruit.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
