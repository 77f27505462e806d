"""Een feit dat van buiten komt, is soms het antwoord op een stap die nog openstaat."""

import pytest

from domein.regels.uitkomsten import stap_voor_feit

OPGAVE = "aanbieder/uren/3/1"


@pytest.mark.parametrize(
    ("waarden", "stap"),
    [
        pytest.param({}, OPGAVE, id="lesuren"),
        pytest.param({"urensoort": "cursus"}, OPGAVE, id="lesuren-met-soort"),
        pytest.param({"urensoort": "participatie"}, None, id="participatie"),
        pytest.param({"urensoort": "eerder_onderwijs"}, None, id="eerder-onderwijs"),
    ],
)
def test_alleen_uren_les_beantwoorden_de_opgave_van_de_aanbieder(waarden: dict[str, str], stap: str | None) -> None:
    """Participatie-uren meldt de gemeente zelf (art. 3.14 Bi); de aanbieder levert zijn opgave dan nog."""
    assert stap_voor_feit("uren_gemeld", [OPGAVE, "map/1"], waarden) == stap


@pytest.mark.parametrize(
    ("grond", "stap"),
    [
        pytest.param("aow", "registratie/aow/1", id="aow"),
        pytest.param("verblijfsrecht", "registratie/verblijfsgat/1", id="verblijfsrecht"),
        pytest.param("overlijden", None, id="overlijden"),
        pytest.param("vertrek", None, id="vertrek"),
        pytest.param("naturalisatie", None, id="naturalisatie"),
    ],
)
def test_het_einde_van_de_plicht_beantwoordt_alleen_de_stap_over_die_grond(grond: str, stap: str | None) -> None:
    """Anders werd een overlijden een AOW-einde, en ging er nog post over een overledene uit."""
    for kenmerken in (["registratie/aow/1", "registratie/verblijfsgat/1"], [stap or "registratie/aow/1"]):
        assert stap_voor_feit("plicht_beeindigd", kenmerken, {"grond": grond}) == stap
