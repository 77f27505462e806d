"""Tabellen op het scherm: op de breedte van een terminal, en onverkort in een pijp of een bestand."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

Rij = Mapping[str, Any]


def tabel(rijen: Sequence[Rij], kolommen: Mapping[str, str], leeg: str = "Er is niets.") -> None:
    """Druk rijen af; `kolommen` is sleutel -> kop. Zonder rijen staat er één zin."""
    if not rijen:
        print(leeg)
        return
    cellen = [[cel(rij.get(sleutel)) for sleutel in kolommen] for rij in rijen]
    if sys.stdout.isatty():
        _op_scherm(list(kolommen.values()), cellen)
    else:
        _kaal(list(kolommen.values()), cellen)


def cel(waarde: Any) -> str:
    """Schrijf een waarde zoals een behandelaar haar leest: ja en nee, ISO-datums, Nederlandse tijd."""
    match waarde:
        case None:
            return ""
        case bool():
            return "ja" if waarde else "nee"
        case datetime():
            return f"{waarde.astimezone(ZoneInfo('Europe/Amsterdam')):%Y-%m-%d %H:%M}"
        case date():
            return waarde.isoformat()
        case Enum():
            return str(waarde.value)
        case _:
            return str(waarde)


def _op_scherm(koppen: Sequence[str], cellen: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Zonder kaders: goed voor te lezen door hulpsoftware en te kopiëren.
    raster = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for kop in koppen:
        raster.add_column(kop, overflow="fold")
    for rij in cellen:
        raster.add_row(*(Text(tekst) for tekst in rij))
    Console(highlight=False).print(raster)


def _kaal(koppen: Sequence[str], cellen: Sequence[Sequence[str]]) -> None:
    breedtes = [max(map(len, kolom)) for kolom in zip(koppen, *cellen, strict=True)]
    for rij in (koppen, *cellen):
        print("  ".join(tekst.ljust(breedte) for tekst, breedte in zip(rij, breedtes, strict=True)).rstrip())
