"""Het dossier zelf: bijzonderheden beoordelen, het einde van de termijn verwerken, het dossier sluiten."""

from uuid import UUID

from prefect import flow

from tasks.stappen import leg_vast, open_stap, wacht_op


@flow(name="registratie", persist_result=False)
async def registratie(stap_id: UUID) -> None:
    """Laat een mens iets aan het dossier beoordelen of afsluiten.

    1. Geef de taak aan wie de administratie van dit dossier doet.
    2. Wacht op het oordeel, op wat DUO meldt, of op het nakijken.
    3. Leg het vast; het plan volgt daaruit.
    """
    stap = await open_stap(stap_id)
    while not stap.afgerond:
        uitkomst = await wacht_op(stap)
        stap = await leg_vast(stap, uitkomst)
