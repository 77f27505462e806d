"""Read the cells of one XLSX sheet as text, with the guards that a file from outside needs.

An XLSX is a zip of XML: both can be small on disk and huge in memory, and a cell may hold a formula whose
shown value is not what is stored. Limits come first, values second.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook  # pyright: ignore[reportUnknownVariableType]

MAX_UITGEPAKT: Final = 60 * 1024 * 1024
MAX_VERHOUDING: Final = 200
MAX_DELEN: Final = 500
MAX_KOLOMMEN: Final = 60
# Blank but formatted rows count for nothing, yet they take time to walk.
MAX_LEGE_RIJEN: Final = 20_000


class Onleesbaar(Exception):
    """The file as a whole cannot be read; `rij` and `kolom` say where, when that is known."""

    def __init__(self, melding: str, toegestaan: str, *, rij: int = 0, kolom: str = "") -> None:
        super().__init__(melding)
        self.melding = melding
        self.toegestaan = toegestaan
        self.rij = rij
        self.kolom = kolom


class Weigering(str):
    """The text of a cell that must not be used; the reader reports it among the other errors of its row."""

    __slots__ = ("melding", "toegestaan")
    melding: str
    toegestaan: str

    @classmethod
    def van(cls, melding: str, toegestaan: str) -> "Weigering":
        cel = cls("geweigerd")
        cel.melding, cel.toegestaan = melding, toegestaan
        return cel


def lees_xlsx(inhoud: bytes, max_rijen: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of the only filled sheet."""
    _keur_zip(inhoud)
    try:
        boek: Any = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
    except Exception:  # a broken workbook raises anything from KeyError to ParseError
        raise Onleesbaar(
            "Dit Excel-bestand is beschadigd.", "een XLSX-bestand dat Excel zonder melding opent"
        ) from None
    try:
        yield from _rijen(_enige_blad(boek), max_rijen)
    except Onleesbaar:
        raise
    except Exception:  # a broken sheet: as above
        raise Onleesbaar("Het werkblad is beschadigd.", "een XLSX-bestand dat Excel zonder melding opent") from None
    finally:
        boek.close()


def _enige_blad(boek: Any) -> Any:
    gevuld = [blad for blad in boek.worksheets if _heeft_inhoud(blad)]
    if not gevuld:
        raise Onleesbaar("Het bestand is leeg.", "een kop met kolomnamen en een rij per persoon")
    if len(gevuld) > 1:
        raise Onleesbaar("Er staan gegevens op meer dan één werkblad.", "één gevuld werkblad")
    return gevuld[0]


def _keur_zip(inhoud: bytes) -> None:
    te_groot = Onleesbaar("Het uitgepakte Excel-bestand is onredelijk groot.", "een bestand met alleen deze gegevens")
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            if len(delen) > MAX_DELEN or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
                raise te_groot
            for deel in delen:
                if deel.file_size > MAX_VERHOUDING * max(deel.compress_size, 1024):
                    raise te_groot
                if deel.filename.lower().endswith((".bin", ".exe")) and "vba" in deel.filename.lower():
                    raise Onleesbaar("Dit bestand bevat macro's.", "een XLSX-bestand zonder macro's")
                # The sizes in the directory are a claim: read no further than it says.
                with archief.open(deel) as stroom:
                    tekst = stroom.read(deel.file_size + 1)
                if len(tekst) > deel.file_size:
                    raise te_groot
                if deel.filename.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in tekst:
                    raise Onleesbaar(
                        "Dit Excel-bestand bevat een niet toegestane definitie.", "een gewoon XLSX-bestand"
                    )
            if not any(deel.filename == "xl/workbook.xml" for deel in delen):
                raise Onleesbaar("Dit is geen Excel-werkmap.", "een CSV- of XLSX-bestand")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Onleesbaar(
            "Dit Excel-bestand is beschadigd of beveiligd.", "een XLSX-bestand zonder wachtwoord"
        ) from None


def _heeft_inhoud(blad: Any) -> bool:
    # Hide the size that the sheet claims: it may be wrong or a million rows.
    blad.reset_dimensions()
    for nummer, cellen in enumerate(blad.iter_rows(values_only=True)):
        if any(cel not in (None, "") for cel in cellen):
            return True
        if nummer > MAX_LEGE_RIJEN:
            return False
    return False


def _rijen(blad: Any, max_rijen: int) -> Iterator[tuple[int, list[str]]]:
    gevuld = 0
    for nummer, cellen in enumerate(blad.iter_rows(), start=1):
        if nummer > max_rijen + MAX_LEGE_RIJEN:
            raise Onleesbaar("Het werkblad heeft te veel rijen.", f"hoogstens {max_rijen - 1} rijen")
        tekst = [_tekst(cel) for cel in cellen]
        while tekst and not tekst[-1].strip():
            tekst.pop()
        if len(tekst) > MAX_KOLOMMEN:
            raise Onleesbaar("Deze rij heeft te veel kolommen.", f"hoogstens {MAX_KOLOMMEN} kolommen", rij=nummer)
        gevuld = max(gevuld, len(tekst))
        if tekst:
            # Empty cells at the end of a row are not stored; give each row the width seen so far.
            yield nummer, tekst + [""] * (gevuld - len(tekst))


def _tekst(cel: Any) -> str:
    waarde = cel.value
    if waarde is None:
        return ""
    if cel.data_type == "f":
        return Weigering.van("Deze cel bevat een formule.", "de waarde zelf (Plakken speciaal, Waarden)")
    if cel.data_type == "e":
        return Weigering.van("Deze cel bevat een foutwaarde van Excel.", "een waarde")
    return _als_tekst(waarde)


def _als_tekst(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return waarde.date().isoformat() if waarde.time().isoformat() == "00:00:00" else waarde.isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
