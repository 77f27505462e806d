"""Meldingen aan DUO: de gemeente voert ze in het portaal van DUO in."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="duo-signaal", persist_result=False)
async def duo_signaal(stap_id: UUID) -> None:
    """Meld een feit aan DUO en bewaak de bevestiging.

    1. Geef de melding aan wie voor de gemeente invoert.
    2. Wacht op de referentie van DUO, of op de bevestiging na navraag.
    3. Leg haar vast; wat later verandert, geeft een nieuwe melding.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
