"""Writes the quarterly table as CSV: UTF-8, semicolons, and no cell that a spreadsheet would run as a formula."""

import csv
import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

# What makes a spreadsheet read a cell as a formula, also after leading blanks; a tab or return moves the rest.
FORMULETEKENS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def veilig(cel: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would run."""
    kaal = cel.lstrip(" \u00a0")
    plat = cel.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return f"'{plat}" if kaal.startswith(FORMULETEKENS) else plat


class CsvSchrijver:
    """Implements `Bestandschrijver` for one directory. Files are for their owner alone and appear whole."""

    def __init__(self, map_: Path) -> None:
        self.map = map_

    def __call__(self, naam: str, kolommen: Sequence[str], rijen: Sequence[Mapping[str, str]], *, proef: bool) -> str:
        inhoud = maak_csv(kolommen, rijen)
        if not proef:
            self.map.mkdir(parents=True, exist_ok=True, mode=0o700)
            tijdelijk = self.map / f".{naam}.nieuw"
            nummer = os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(nummer, "wb") as uit:
                uit.write(inhoud)
                uit.flush()
                os.fsync(uit.fileno())
            tijdelijk.replace(self.map / naam)
        return hashlib.sha256(inhoud).hexdigest()


def maak_csv(kolommen: Sequence[str], rijen: Sequence[Mapping[str, str]]) -> bytes:
    """The bytes of the table; equal rows give equal bytes, so the digest says whether a delivery changed."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([veilig(kolom) for kolom in kolommen])
    for rij in rijen:
        schrijver.writerow([veilig(rij.get(kolom, "")) for kolom in kolommen])
    return b"\xef\xbb\xbf" + uit.getvalue().encode()
