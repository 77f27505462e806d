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
