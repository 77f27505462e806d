"""Het dagelijkse bericht aan het beheer: wat niet werkt, met een uitweg. Is er niets, dan komt het niet.

Alleen werk van het beheer: wat een coördinator of behandelaar moet doen, staat op het bord (`onderzoek_dag.py`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from domein.handelingen.bericht import zet_overzicht_klaar
from domein.handelingen.berichtsoorten import BEHEERBERICHT
from domein.handelingen.onderzoek import bevinding
from domein.handelingen.onderzoek_dag import DAGELIJKS
from domein.model import Bericht
from domein.ports import Omgeving
from domein.regio.bevinding import Bevinding, Ernst

DAGWERK: Final = "beheer"
ONTVANGER: Final = "beheer"
MEESTE: Final = 20  # zoveel punten noemt het bericht per groep


def vind_dagelijks(omgeving: Omgeving) -> list[Bevinding]:
    """Doe elk dagelijks onderzoek; een onderzoek dat struikelt houdt de andere niet tegen en telt als fout."""
    uit: list[Bevinding] = []
    for naam, onderzoek in DAGELIJKS:
        try:
            uit += onderzoek(omgeving)
        except Exception as fout:  # de tekst van een vreemde fout kan van een persoon zijn: alleen haar soort
            melding = f"Het onderzoek naar {naam} mislukte ({type(fout).__name__})."
            uit.append(bevinding("onderzoek", Ernst.FOUT, naam, melding, "Kijk met 'regie dokter'."))
    return uit


def zet_beheerbericht_klaar(
    omgeving: Omgeving, dag: date, adres: str, portaal: str, ook: Iterable[Bevinding] = ()
) -> Bericht | None:
    """Zet het bericht van deze dag klaar; None als er niets te melden is of deze dag al is gedaan.

    `ook` is wat buiten het domein is gevonden: de schijf, de sleutels, Prefect. Eén keer per dag, ook als niemand
    iets hoefde te horen: een bevinding van na het ontbijt wacht tot morgen, behalve als de ronde stilstaat.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dagwerk_gedaan(DAGWERK, dag):
            return None
    gevonden = [*ook, *vind_dagelijks(omgeving)]
    fouten = [_regel(b) for b in gevonden if b.ernst is Ernst.FOUT]
    waarschuwingen = [_regel(b) for b in gevonden if b.ernst is Ernst.WAARSCHUWING]
    with omgeving.magazijn.ruimte() as ruimte:
        if not ruimte.doe_dagwerk(DAGWERK, dag, omgeving.klok.nu()) or not (fouten or waarschuwingen):
            return None
        gegevens = {
            "dag": dag, "fouten": fouten[:MEESTE], "waarschuwingen": waarschuwingen[:MEESTE], "portaal": portaal,
        }  # fmt: skip
        return zet_overzicht_klaar(
            ruimte, omgeving, soort=BEHEERBERICHT, kenmerk=dag.isoformat(), ontvanger=ONTVANGER, adres=adres,
            gegevens=gegevens,
        )  # fmt: skip


def _regel(b: Bevinding) -> str:
    return f"{b.melding} {b.uitweg}".strip()
