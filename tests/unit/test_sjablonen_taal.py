"""De poort voor klare taal: elk Nederlands sjabloon haalt haar, met de langste teksten die er in het echt zijn."""

from pathlib import Path

import pytest

from adapters.leesbaarheid import HOOGSTE_GEMIDDELDE, LANGSTE_ZIN, MINSTE_SCORE, meet
from adapters.sjablonen import Sjablonen
from adapters.sjablonen_soorten import Berichtsoort, berichtsoorten
from adapters.sjablonen_toets import eigen_tekst, klare_taal, termen_uit, toets, toets_soort

BEGRIPPEN = Path(__file__).parents[2] / "docs" / "begrippen.md"
KLAAR = klare_taal(BEGRIPPEN)
ALLE = [pytest.param(soort, id=naam) for naam, soort in berichtsoorten().items()]


@pytest.mark.parametrize("soort", ALLE)
def test_elk_sjabloon_haalt_de_poort(soort: Berichtsoort) -> None:
    assert [b for b in toets_soort(soort, KLAAR) if b.ernst == "fout"] == []


@pytest.mark.parametrize("soort", ALLE)
def test_de_maten_kloppen_los_van_de_toets(soort: Berichtsoort) -> None:
    for geval in (*soort.voorbeelden(), *soort.randgevallen()):
        maat = meet(eigen_tekst(Sjablonen(), soort, geval))
        assert maat.zinnen >= 3
        assert maat.score >= MINSTE_SCORE
        assert maat.gemiddeld <= HOOGSTE_GEMIDDELDE
        assert maat.langste <= LANGSTE_ZIN


def test_de_begrippen_komen_uit_de_lijst() -> None:
    termen = termen_uit(BEGRIPPEN.read_text(encoding="utf-8"))
    assert {"inburgeringstermijn", "leerbaarheidstoets", "samenwerkingsafspraken"} <= termen
    assert "inburgeringstermijn" in KLAAR.toegestaan


def test_geen_vervanging_is_zelf_verboden() -> None:
    for fout, beter in KLAAR.verboden.items():
        assert beter not in KLAAR.verboden, fout
        assert fout == fout.lower()


def test_een_slechte_zin_van_de_regels_is_een_waarschuwing_en_geen_fout() -> None:
    lang = "Dit is een zin met veel te veel woorden die maar door en door gaat en die niemand ooit in een keer leest."
    gevonden = toets(Sjablonen(), KLAAR, [("stap kort", "Dit is kort."), ("stap pip/vaststellen", lang)])
    assert [(b.soort, b.ernst, b.plaats) for b in gevonden if b.soort == "regeltekst"] == [
        ("regeltekst", "waarschuwing", "stap pip/vaststellen"),
        ("regeltekst", "info", "stap kort"),
    ]
