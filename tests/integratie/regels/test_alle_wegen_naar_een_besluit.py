"""Geen weg naar een besluit gaat langs één persoon waar wet of mandaat er twee vraagt: alle wegen, echt gelopen."""

from typing import Any

import pytest

from domein.begrippen import Besluitsoort
from tests.integratie.regels.wegen import A, B, Wegen

TWEE = {Besluitsoort.MAATREGEL, Besluitsoort.BESLISSING_OP_BEZWAAR}


@pytest.mark.parametrize("tweede_persoon", [False, True], ids=["een-mag", "twee-nodig"])
@pytest.mark.parametrize("soort", Besluitsoort)
def test_geen_weg_breekt_de_regel_van_twee_personen(soort: Besluitsoort, tweede_persoon: bool) -> None:
    tocht = Wegen(soort, tweede_persoon=tweede_persoon).loop()
    assert tocht.gebroken == []
    # Wie nergens komt, bewijst niets: het besluit is genomen, op elke manier die mag.
    namen = {A.code, B.code}
    if soort in TWEE:
        assert tocht.besloten == {(B.code, True)}, "A meldde, of nam het bestreden besluit"
    elif tweede_persoon:
        assert tocht.besloten == {(naam, True) for naam in namen}
    else:
        assert tocht.besloten == {(naam, met) for naam in namen for met in (True, False)}
    assert tocht.toestanden > 10
    assert tocht.gelukt > 40


@pytest.mark.parametrize(
    ("waar", "wat", "soort", "waarom"),
    [
        pytest.param("domein.handelingen.besluiten.niet_zelf", "", Besluitsoort.PIP, "dezelfde", id="tekenen-pip"),
        pytest.param("domein.handelingen.besluiten.niet_zelf", "", Besluitsoort.MAATREGEL, "zelf", id="melder-tekent"),
        pytest.param(
            "domein.handelingen.besluiten.niet_zelf", "", Besluitsoort.BESLISSING_OP_BEZWAAR, "zelf", id="eigen-besluit"
        ),
        pytest.param("domein.regels.besluitgang.twee_personen", False, Besluitsoort.WEIGERING, "dezelfde", id="tabel"),
        pytest.param(
            "domein.handelingen.mandaat.twee_personen", False, Besluitsoort.PIP, "zonder concept", id="in-een-keer"
        ),
        pytest.param(
            "domein.handelingen.uitkomst._GEEN_BESLUIT", {}, Besluitsoort.WEIGERING, "geen mens kent", id="token"
        ),
    ],
)
def test_zonder_de_toets_vindt_de_tocht_een_weg_langs_een_persoon(
    waar: str, wat: Any, soort: Besluitsoort, waarom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Een tocht die niets vindt als de toets weg is, bewijst niets als zij er is."""
    wegen = Wegen(soort, tweede_persoon=waarom != "geen mens kent")
    monkeypatch.setattr(waar, wat if isinstance(wat, dict) else lambda *_: wat)
    assert any(waarom in een for een in wegen.loop(tot_het_breekt=True).gebroken)
