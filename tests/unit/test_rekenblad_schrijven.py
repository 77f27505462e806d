"""Een bestand uit het bord doet in een rekenprogramma niets uit zichzelf."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from adapters.rekenblad_schrijven import schrijf_csv, schrijf_xlsx, veilige_tekst

GEVAARLIJK = [
    "=1+1",
    "+31 6",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "|cmd",
    "%0A",
    '=HYPERLINK("x")',
]


def _uit_csv(inhoud: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("tekst", GEVAARLIJK)
def test_een_formule_wordt_tekst(tekst: str) -> None:
    assert veilige_tekst(tekst).startswith("'")
    (_, (cel,)) = _uit_csv(schrijf_csv(["Naam"], [[tekst]]))
    assert cel.startswith("'")
    blad = load_workbook(io.BytesIO(schrijf_xlsx("Blad", ["Naam"], [[tekst]]))).active
    assert blad is not None
    assert (blad["A2"].data_type, blad["A2"].quotePrefix) == ("s", True)
    kop = load_workbook(io.BytesIO(schrijf_xlsx("Blad", [tekst], []))).active
    assert kop is not None
    assert kop["A1"].data_type == "s"


def test_getallen_datums_en_gewone_tekst_blijven_wat_zij_zijn() -> None:
    rij = ["Gorinchem", 12, -3, 10.5, date(2026, 3, 31), None, True]
    assert _uit_csv(schrijf_csv(list("abcdefg"), [rij]))[1] == [
        "Gorinchem", "12", "-3", "10,5", "2026-03-31", "", "ja",
    ]  # fmt: skip
    blad = load_workbook(io.BytesIO(schrijf_xlsx("Termijnen: a/b?", list("abcdefg"), [rij]))).active
    assert blad is not None
    assert blad.title == "Termijnen  a b"
    assert [cel.value for cel in blad[2]][:4] == ["Gorinchem", 12, -3, 10.5]
    assert blad["E2"].is_date
    assert blad["A2"].quotePrefix is False


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_geen_enkele_tekst_begint_na_het_schrijven_als_een_formule(teksten: list[str]) -> None:
    for cel in _uit_csv(schrijf_csv(["k"] * len(teksten), [teksten]))[1]:
        assert not cel.lstrip().startswith(("=", "+", "-", "@"))
