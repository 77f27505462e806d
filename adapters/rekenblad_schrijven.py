"""Write a table as CSV or XLSX that no spreadsheet program will execute.

A text that begins like a formula is shown as text: in CSV with an apostrophe in front (there is no other way), in XLSX
by its type, with the apostrophe as a property of the cell so that it also stays text when somebody edits it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cel = str | int | float | bool | date | None
# Also the full-width forms: some programs fold them to the plain ones. A tab or return may hide what comes after it.
_FORMULE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_STUUR: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F], "")
_BREEDST: Final = 80


def veilige_tekst(tekst: str) -> str:
    """Text that a spreadsheet program takes as text."""
    schoon = tekst.translate(_STUUR)
    return f"'{schoon}" if schoon.lstrip(" \u00a0\ufeff").startswith(_FORMULE) else schoon


def schrijf_csv(koppen: Sequence[str], rijen: Iterable[Sequence[Cel]]) -> bytes:
    """CSV as Dutch Excel opens it: UTF-8 with a mark, semicolons, a comma as decimal sign."""
    doel = io.StringIO(newline="")
    schrijver = csv.writer(doel, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    schrijver.writerow([veilige_tekst(kop) for kop in koppen])
    for rij in rijen:
        schrijver.writerow([_csv_waarde(cel) for cel in rij])
    return doel.getvalue().encode("utf-8-sig")


def _csv_waarde(cel: Cel) -> str:
    if cel is None:
        return ""
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    if isinstance(cel, float):
        return str(cel).replace(".", ",")
    if isinstance(cel, int | date):
        return cel.isoformat() if isinstance(cel, date) else str(cel)
    return veilige_tekst(cel)


def schrijf_xlsx(titel: str, koppen: Sequence[str], rijen: Iterable[Sequence[Cel]]) -> bytes:
    """One sheet with a frozen header row. Numbers and dates keep their type; text never becomes a formula."""
    boek = Workbook(write_only=True)
    blad: Any = boek.create_sheet(_bladnaam(titel))
    alle = [list(rij) for rij in rijen]
    for nummer, kop in enumerate(koppen):
        breedte = max([len(kop), *(len(str(rij[nummer] or "")) for rij in alle)])
        blad.column_dimensions[get_column_letter(nummer + 1)].width = min(breedte + 2, _BREEDST)
    blad.freeze_panes = "A2"
    blad.append([_tekstcel(blad, kop, kop=True) for kop in koppen])
    for rij in alle:
        blad.append([_cel(blad, cel) for cel in rij])
    doel = io.BytesIO()
    boek.save(doel)
    return doel.getvalue()


def _cel(blad: Any, cel: Cel) -> Any:
    if isinstance(cel, str):
        return _tekstcel(blad, cel)
    if isinstance(cel, bool):
        return _tekstcel(blad, "ja" if cel else "nee")
    return cel.replace(tzinfo=None) if isinstance(cel, datetime) else cel


def _tekstcel(blad: Any, tekst: str, *, kop: bool = False) -> Any:
    schoon = tekst.translate(_STUUR)
    cel: Any = WriteOnlyCell(blad, value=schoon)
    cel.data_type = "s"  # openpyxl would make "=1+1" a formula
    if veilige_tekst(schoon) != schoon:
        cel.quotePrefix = True
    if kop:
        cel.font = Font(bold=True)
    return cel


def _bladnaam(titel: str) -> str:
    """Excel refuses some characters and more than 31 of them."""
    return "".join(" " if teken in r"[]:*?/\'" else teken for teken in titel).strip()[:31] or "Blad"
