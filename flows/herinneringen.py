"""Het dagwerk: waarnemen voor wie er niet is, herinneren, melden wat te laat is, en de overzichten."""

from datetime import date

from prefect import flow

from tasks.beheer import maak_overzicht, zet_beheerbericht_klaar
from tasks.dagwerk import zet_herinneringen_klaar
from tasks.na_elkaar import doe_na_elkaar


@flow(name="herinneringen", persist_result=False)
async def herinneringen(dag: date | None = None) -> None:
    """Zet de waarneming, herinneringen, escalaties, vroege waarschuwingen en overzichten van een dag klaar.

    Daarna het bericht aan het beheer (niets als alles goed is) en het dagoverzicht op het bord. Die komen ook als er
    eerder iets mislukte: juist dan.

    Args:
        dag: De dag waarvoor; leeg is vandaag. Een dag die al gedaan is, blijft zoals zij is.
    """
    await doe_na_elkaar(
        lambda: zet_herinneringen_klaar(dag),
        lambda: zet_beheerbericht_klaar(dag),
        lambda: maak_overzicht(dag),
    )
