"""Geen aantal onder de 5 in een memo, en ook geen dat uit de rest is te rekenen."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.regels.celonderdrukking import NIET_GENOEMD, ONDER_DE_GRENS, onderdruk

HOOGSTE = 60


def rijen(*waarden: int) -> list[str]:
    groep = onderdruk("Groep", {f"cel {n}": waarde for n, waarde in enumerate(waarden)})
    return [aantal for _, aantal in groep.rijen]


def mogelijk(gepubliceerd: list[str]) -> list[set[int]]:
    """Elke waarde die elke cel kan hebben voor een lezer die de regels kent; los van hoe de regel het uitrekent."""
    *cellen, totaal = gepubliceerd
    vakken = {ONDER_DE_GRENS: range(5), NIET_GENOEMD: range(5, HOOGSTE)}
    keuzes = [vakken.get(cel) or range(int(cel), int(cel) + 1) for cel in cellen]
    uit: list[set[int]] = [set() for _ in cellen]
    for waarden in product(*keuzes):
        geheel = sum(waarden)
        past = geheel < 5 if totaal == ONDER_DE_GRENS else totaal == NIET_GENOEMD or geheel == int(totaal)
        if past:
            for gevonden, waarde in zip(uit, waarden, strict=True):
                gevonden.add(waarde)
    return uit


@pytest.mark.parametrize(
    ("waarden", "verwacht"),
    [
        pytest.param((8, 9, 7), ["8", "9", "7", "24"], id="niets-kleins"),
        pytest.param((8, 2, 3), ["8", ONDER_DE_GRENS, ONDER_DE_GRENS, "13"], id="twee-kleine-dekken-elkaar"),
        pytest.param(
            (8, 2, 9), [NIET_GENOEMD, ONDER_DE_GRENS, "9", "19"], id="een-kleine-neemt-de-kleinste-andere-mee"
        ),
        pytest.param((8, 0, 0), [NIET_GENOEMD, ONDER_DE_GRENS, ONDER_DE_GRENS, "8"], id="samen-nul-is-nul"),
        pytest.param((4, 4), [ONDER_DE_GRENS, ONDER_DE_GRENS, NIET_GENOEMD], id="samen-het-hoogste-is-het-hoogste"),
        pytest.param((5, 0), ["5", ONDER_DE_GRENS, NIET_GENOEMD], id="dan-maar-geen-totaal"),
        pytest.param((1, 2), [ONDER_DE_GRENS] * 3, id="ook-het-totaal-is-klein"),
        pytest.param((3,), [ONDER_DE_GRENS], id="een-cel-heeft-geen-totaal"),
        pytest.param((7,), ["7"], id="een-grote-cel"),
    ],
)
def test_wat_er_wel_en_niet_staat(waarden: tuple[int, ...], verwacht: list[str]) -> None:
    assert rijen(*waarden) == verwacht


@given(st.lists(st.integers(min_value=0, max_value=12), min_size=2, max_size=4))
def test_een_weggelaten_cel_is_nooit_uit_te_rekenen(waarden: list[int]) -> None:
    gepubliceerd = rijen(*waarden)
    for waarde, tekst, kan in zip(waarden, gepubliceerd[:-1], mogelijk(gepubliceerd), strict=True):
        assert waarde in kan  # wat er staat, is waar
        if tekst in (ONDER_DE_GRENS, NIET_GENOEMD):
            assert len(kan) >= 2


@given(st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=12))
def test_er_staat_nooit_een_getal_onder_de_grens_en_een_groot_getal_klopt(waarden: list[int]) -> None:
    gepubliceerd = rijen(*waarden)
    getallen = [int(tekst) for tekst in gepubliceerd if tekst.isdigit()]
    assert all(getal >= 5 for getal in getallen)
    for waarde, tekst in zip(waarden, gepubliceerd, strict=False):
        assert tekst in (str(waarde), NIET_GENOEMD if waarde >= 5 else ONDER_DE_GRENS)
