"""De naslag over berichten aan partners zegt hetzelfde als de gegevens waaruit de berichten worden gemaakt."""

import re
from pathlib import Path

from domein.regels.inzage import VELDEN
from domein.regels.partnerbericht import berichtvormen

NASLAG = Path(__file__).parents[2] / "docs" / "naslag" / "partnerberichten.md"


def test_de_tabel_van_berichten_is_die_van_de_regeling() -> None:
    rijen = [
        [cel.strip() for cel in regel.strip("|").split("|")]
        for regel in NASLAG.read_text(encoding="utf-8").splitlines()
        if regel.startswith("| `") and regel.count("|") == 6
    ]
    gelezen = {
        soort.strip("`"): (naam, set(re.findall(r"`(\w+)`", velden)), antwoord, artikel)
        for soort, naam, velden, antwoord, artikel in rijen
    }
    assert gelezen == {
        v.soort: (
            v.naam,
            set(v.velden),
            f"{v.antwoord_werkdagen} werkdagen" if v.antwoord_werkdagen else "–",
            v.artikel,
        )
        for v in berichtvormen().values()
    }


def test_elke_soort_zegt_wanneer_zij_weggaat() -> None:
    tekst = NASLAG.read_text(encoding="utf-8")
    wanneer = tekst.split("| Soort | Wanneer |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", wanneer)) == set(berichtvormen())


def test_elk_veld_van_een_bericht_is_ingedeeld_in_een_groep_van_de_inzage() -> None:
    ingedeeld = {veld for velden in VELDEN.values() for veld in velden}
    assert {veld for vorm in berichtvormen().values() for veld in vorm.velden} <= ingedeeld
