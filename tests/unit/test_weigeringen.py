"""Elke weigering en twijfel woord voor woord; en met een reden mag alles wat alleen vreemd is."""

import pytest

from tests.unit.weigeringen import GEVALLEN, GOUD, Geval, oordeel, opgeschreven

TWIJFEL = [geval for geval in GEVALLEN if oordeel(geval).startswith("vraagt een reden")]


def test_de_weigeringen_staan_er_woord_voor_woord_zo() -> None:
    assert opgeschreven() == GOUD.read_text(encoding="utf-8")


@pytest.mark.parametrize("geval", TWIJFEL, ids=[geval[0] for geval in TWIJFEL])
def test_wat_zelden_klopt_mag_met_een_reden(geval: Geval) -> None:
    assert oordeel(geval, "zo is het") == "mag"


def test_wat_niet_kan_mag_ook_met_een_reden_niet() -> None:
    geweigerd = [geval for geval in GEVALLEN if oordeel(geval).startswith("geweigerd")]
    assert len(geweigerd) > 40
    assert [geval[0] for geval in geweigerd if oordeel(geval, "zo is het") == "mag"] == []
