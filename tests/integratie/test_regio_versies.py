"""Versies van een regio: een kapot bestand vervangt nooit een werkend, en elke versie blijft te vragen."""

from pathlib import Path
from typing import Any

import pytest

from tests.integratie.beheer_hulp import AVRES, Regie

TEKST = (AVRES / "regio.toml").read_text(encoding="utf-8")
WIE = ("regio", "wie", "--gemeente", "GM0512", "--stap", "aanmelding", "--leerroute", "b1", "--op")
KAPOT = {
    "geen-toml": ('code = "avres"', "code = avres"),
    "onbekende-kolom": ("fte = 0.8", "ftee = 0.8"),
    "onbekende-partner": ('uitvoerder = "taalschool-de-merwede"', 'uitvoerder = "taalschool-de-maas"'),
    "geen-adres": ('postbus = "inburgering@avres.example"\n', ""),
    "gat": ('stappen = ["pvt"]', 'stappen = ["pvt"]\nleerroutes = ["b1"]'),
    "gat-in-de-tijd": ('stappen = ["pvt"]', 'stappen = ["pvt"]\ngeldig_tot = 2029-12-31'),
    "tegenspraak": (
        'regel_id = "duo"\nverband = "uitvoering"\nstappen = ["duo"]',
        'regel_id = "duo"\nverband = "uitvoering"\nstappen = ["pvt"]',
    ),
}


def schrijf(map_: Path, *vervang: tuple[str, str]) -> str:
    tekst = TEKST
    for oud, nieuw in vervang:
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw)
    map_.mkdir(exist_ok=True)
    (map_ / "regio.toml").write_text(tekst, encoding="utf-8")
    return str(map_)


def versies(regie: Regie, *opties: str, code: int = 0) -> list[dict[str, Any]]:
    return regie.json("regio", "versies", "--regio", "avres", *opties, code=code)


@pytest.mark.parametrize("fout", KAPOT)
def test_een_kapot_bestand_vervangt_nooit_een_werkend(regie: Regie, tmp_path: Path, fout: str) -> None:
    regie("regio", "laad", str(AVRES))
    voor = regie.json(*WIE, "2026-03-02"), versies(regie)
    kapot = schrijf(tmp_path / "kapot", ('versie = "2022-1"', 'versie = "2026-1"'), KAPOT[fout])
    regie("regio", "laad", kapot, code=1)
    assert "Er is niets bewaard of vervangen." in regie.err
    assert "regel " in regie.err
    assert (regie.json(*WIE, "2026-03-02"), versies(regie)) == voor


def test_een_versie_verandert_nooit_onder_haar_eigen_naam(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    anders = schrijf(tmp_path / "anders", ("bedrag = 11600", "bedrag = 11700"))
    regie("regio", "laad", anders, code=1)
    assert "bestaat al met een andere inhoud" in regie.err
    assert regie.json(*WIE, "2026-03-02")["tarief"]["bedrag"] == "11600"


def test_oude_versies_blijven_en_op_elke_dag_is_te_vragen_welke_geldt(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    nieuw = schrijf(
        tmp_path / "nieuw",
        ('versie = "2022-1"', 'versie = "2027-1"'),
        ("geldig_van = 2022-01-01", "geldig_van = 2027-01-01"),
        ('uitvoerder = "taalschool-de-merwede"', 'uitvoerder = "taalhuis-lingestroom"'),
        ('fallback = ["taalhuis-lingestroom"]', "fallback = []"),
    )
    regie("regio", "laad", nieuw)
    assert [v["versie"] for v in versies(regie)] == ["2022-1", "2027-1"]
    for dag, versie, wie in (
        ("2026-12-31", "2022-1", "taalschool-de-merwede"),
        ("2027-01-01", "2027-1", "taalhuis-lingestroom"),
    ):
        (geldt,) = versies(regie, "--op", dag)
        assert (geldt["versie"], geldt["van_kracht"]) == (versie, True)
        assert regie.json(*WIE, dag)["uitvoerder"] == wie
    assert versies(regie, "--op", "2021-12-31", code=1) == []


def test_het_verschil_tussen_een_geladen_versie_en_een_bestand(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    nieuw = schrijf(
        tmp_path / "nieuw",
        ('versie = "2022-1"', 'versie = "2027-1"'),
        ('betaler = "inburgeraar"', 'betaler = "gemeente"'),
        ('regel_id = "pvt"', 'regel_id = "pvt"\nbetaler = "avres"'),
    )
    verschil = regie.json("regio", "verschil", "2022-1", nieuw)
    (verandering,) = verschil["veranderingen"]
    assert verandering["anders"] == ["betaler"]
    assert (verandering["oud"]["betaler"], verandering["nieuw"]["betaler"]) == ("gemeente", "avres")
    assert verandering["gemeenten"] == ["GM0512", "GM1961", "GM1978"]
    assert verschil["samenvatting"][0]["stap"] == "pvt"
    assert regie.json("regio", "verschil", "avres@2022-1", str(AVRES))["veranderingen"] == []
    regie("regio", "verschil", "2099-1", nieuw, code=1)
    assert "geen geladen versie '2099-1'" in regie.err
