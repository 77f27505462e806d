"""Read a file of DUO notices (CSV or XLSX) into validated rows."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

from adapters.personenbestand import (
    MAX_BYTES,
    MAX_RIJEN,
    Bestandsoort,
    Inleesresultaat,
    gemaskeerd,
    lees_bestand,
    schone_bestandsnaam,
)
from domein.registratie_invoer import EXTRA_KOLOMMEN, KOLOMMEN, TOEGESTAAN, Kennisgevingsrij

SOORT: Final = Bestandsoort(Kennisgevingsrij, KOLOMMEN, EXTRA_KOLOMMEN, TOEGESTAAN, "kennisgevingen")


def lees(pad: Path, vandaag: date, bekende_gemeenten: Collection[str]) -> Inleesresultaat[Kennisgevingsrij]:
    """Read the file at `pad`; dates after `vandaag` and municipalities outside the region are refused."""
    return lees_bestand(SOORT, pad, vandaag, bekende_gemeenten)


__all__ = ["MAX_BYTES", "MAX_RIJEN", "Inleesresultaat", "gemaskeerd", "lees", "schone_bestandsnaam"]
