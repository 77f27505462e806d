"""Tabellen op het scherm: op de breedte van een terminal, en onverkort in een pijp of een bestand."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

Rij = Mapping[str, Any]
KORT: Final = 20  # een cel tot deze breedte wordt nooit afgebroken
TUSSENRUIMTE: Final = 2


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
    """Een tabel als zij past; op een smal scherm elk onderdeel onder elkaar."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    scherm = Console(highlight=False)
    breedtes = _breedtes(koppen, cellen)
    if sum(min(breedte, KORT) + TUSSENRUIMTE for breedte in breedtes) > scherm.width:
        _onder_elkaar(koppen, cellen)
        return
    # Zonder kaders: goed voor te lezen door hulpsoftware en te kopieren.
    raster = Table(box=None, padding=(0, TUSSENRUIMTE, 0, 0), header_style="bold")
    for kop, breedte in zip(koppen, breedtes, strict=True):
        raster.add_column(kop, overflow="fold", no_wrap=breedte <= KORT)
    for rij in cellen:
        raster.add_row(*(Text(tekst) for tekst in rij))
    scherm.print(raster)


def _onder_elkaar(koppen: Sequence[str], cellen: Sequence[Sequence[str]]) -> None:
    kolom = max(map(len, koppen)) + TUSSENRUIMTE
    for nummer, rij in enumerate(cellen):
        if nummer:
            print()
        for kop, tekst in zip(koppen, rij, strict=True):
            if tekst:
                print(f"{kop.ljust(kolom)}{tekst}")


def _breedtes(koppen: Sequence[str], cellen: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, kolom)) for kolom in zip(koppen, *cellen, strict=True)]


def _kaal(koppen: Sequence[str], cellen: Sequence[Sequence[str]]) -> None:
    breedtes = _breedtes(koppen, cellen)
    for rij in (koppen, *cellen):
        print("  ".join(tekst.ljust(breedte) for tekst, breedte in zip(rij, breedtes, strict=True)).rstrip())
