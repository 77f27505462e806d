"""Read a file of COA matches (CSV or XLSX) into validated rows."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

from adapters.personenbestand import Bestandsoort, Inleesresultaat, lees_bestand
from domein.registratie_koppeling import EXTRA_KOLOMMEN, KOLOMMEN, TOEGESTAAN, Koppelingsrij

SOORT: Final = Bestandsoort(Koppelingsrij, KOLOMMEN, EXTRA_KOLOMMEN, TOEGESTAAN, "koppelingen")


def lees(pad: Path, vandaag: date, bekende_gemeenten: Collection[str]) -> Inleesresultaat[Koppelingsrij]:
    """Read the file at `pad`; dates after `vandaag` and municipalities outside the region are refused."""
    return lees_bestand(SOORT, pad, vandaag, bekende_gemeenten)
