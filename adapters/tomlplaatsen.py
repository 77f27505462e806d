"""Line numbers for a TOML file: tomllib keeps none, and an error without a line is hard to find."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TABEL: Final = re.compile(r"^\s*\[(?P<lijst>\[)?\s*(?P<naam>[\w.-]+)\s*\]")
_KOLOM: Final = re.compile(r"^\s*\"?(?P<naam>[\w-]+)\"?\s*(\.[\w.-]+\s*)?=")


@dataclass(frozen=True, slots=True)
class Plaatsen:
    """Where each row (table, nth) and each column of it starts; lines count from 1."""

    rijen: Mapping[tuple[str, int], int]
    kolommen: Mapping[tuple[str, int, str], int]

    def regel(self, tabel: str, nummer: int | None, kolom: str = "") -> int | None:
        """Return the best known line: of the column, else of the row, else of nothing."""
        rij = nummer or 0
        return self.kolommen.get((tabel, rij, kolom)) or self.rijen.get((tabel, rij))

    def aantal(self, tabel: str) -> int:
        """Return how many rows the table has in this file."""
        return sum(1 for naam, _ in self.rijen if naam == tabel)


def zoek_plaatsen(tekst: str) -> Plaatsen:
    """Scan the text for table headers and keys; text inside multi-line strings is skipped."""
    rijen: dict[tuple[str, int], int] = {}
    kolommen: dict[tuple[str, int, str], int] = {}
    tellers: defaultdict[str, int] = defaultdict(int)
    tabel, nummer, binnen = "", 0, ""
    for regel, inhoud in enumerate(tekst.splitlines(), start=1):
        if not binnen:
            if kop := _TABEL.match(inhoud):
                tabel = kop["naam"]
                nummer = tellers[tabel] if kop["lijst"] else 0
                tellers[tabel] += 1
                rijen.setdefault((tabel, nummer), regel)
            elif kolom := _KOLOM.match(inhoud):
                kolommen.setdefault((tabel, nummer, kolom["naam"]), regel)
        binnen = _open_tekst(inhoud, binnen)
    return Plaatsen(rijen, kolommen)


def _open_tekst(inhoud: str, binnen: str) -> str:
    """Return the quotes of a multi-line string that is still open at the end of this line."""
    for teken in ('"""', "'''"):
        if (not binnen or binnen == teken) and inhoud.count(teken) % 2:
            return "" if binnen else teken
    return binnen
