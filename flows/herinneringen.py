"""Het dagwerk: waarnemen voor wie er niet is, herinneren, melden wat te laat is, en de overzichten."""

from datetime import date

from prefect import flow

from tasks.beheer import maak_overzicht, zet_beheerbericht_klaar
from tasks.dagwerk import zet_herinneringen_klaar


@flow(name="herinneringen", persist_result=False)
async def herinneringen(dag: date | None = None) -> None:
    """Zet de waarneming, herinneringen, escalaties, vroege waarschuwingen en overzichten van een dag klaar.

    Daarna het bericht aan het beheer (niets als alles goed is) en het dagoverzicht op het bord.

    Args:
        dag: De dag waarvoor; leeg is vandaag. Een dag die al gedaan is, blijft zoals zij is.
    """
    await zet_herinneringen_klaar(dag)
    await zet_beheerbericht_klaar(dag)
    await maak_overzicht(dag)
