"""Wat een lek is, en wat niet (I5)."""

from datetime import date

import pytest

from domein.handelingen.lekken import Lekzoeker, woorden
from domein.ports import Persoon

ZOEKER = Lekzoeker.voor(
    [
        ("D-AAAAA", Persoon("999993653", "Selam Misale", date(1994, 3, 17))),
        ("D-BBBBB", Persoon("012345672", "Ví Dụ", date(1990, 11, 2))),
        ("D-CCCCC", Persoon("999991425", "Yusuf Al-Mithāl Voorbeeld", date(1979, 6, 30))),
    ]
)


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        pytest.param("bsn 999993653.", "een BSN", id="bsn"),
        pytest.param("bsn999993653x", "een BSN", id="bsn-tussen-letters"),
        pytest.param("9999.93.653", "een BSN", id="bsn-met-punten"),
        pytest.param("999 993 653", "een BSN", id="bsn-met-spaties"),
        pytest.param("12345672", "een BSN", id="bsn-zonder-nul"),
        pytest.param("geboren 1994-03-17", "een geboortedatum", id="iso"),
        pytest.param("geboren 17-03-1994", "een geboortedatum", id="nederlands"),
        pytest.param("2/11/1990", "een geboortedatum", id="schuin"),
        pytest.param("19900211 19901102", "een geboortedatum", id="aaneen"),
        pytest.param("op 30 juni 1979", "een geboortedatum", id="voluit"),
        pytest.param("Beste mevrouw MISALE,", "een naam", id="achternaam"),
        pytest.param("/taak/selam", "een naam", id="in-een-adres"),
        pytest.param("al mithal", "een naam", id="zonder-accent"),
        pytest.param("mevrouw Vi Du komt", "een naam", id="korte-naam"),
    ],
)
def test_een_lek_noemt_de_plaats_en_nooit_de_waarde(tekst: str, wat: str) -> None:
    (melding,) = ZOEKER.zoek("mail 7", tekst)
    assert melding.startswith(f"mail 7: hier staat {wat} uit dossier D-")
    assert not set(woorden(melding)) & {"misale", "selam", "mithal", "yusuf"}
    assert "999993653" not in melding


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("Voer voortgangsgesprek 3 voor D-7F3K9, klaar op 2026-03-17", id="gewone-mail"),
        pytest.param("9999936530 en 1999993653", id="deel-van-een-langer-getal"),
        pytest.param("31-02-1994", id="geen-dag"),
        pytest.param("een voorbeeld van al het werk", id="gewoon-woord-en-kort-naamdeel"),
        pytest.param("vi staat hier, du daar", id="losse-korte-delen"),
        pytest.param("", id="leeg"),
    ],
)
def test_gewone_tekst_is_geen_lek(tekst: str) -> None:
    assert ZOEKER.zoek("log", tekst) == []
