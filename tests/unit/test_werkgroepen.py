"""De groepen van de werkvoorraad: wat te laat is, wat aan de beurt is, en wat nieuw is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domein.handelingen.werkvoorraad import Groep, groep_van, is_nieuw

MAANDAG = date(2026, 1, 12)
RUIM = MAANDAG + timedelta(days=60)


def dag(over: int) -> date:
    return MAANDAG + timedelta(days=over)


@pytest.mark.parametrize(
    ("over", "groep"),
    [(-1, Groep.TE_LAAT), (0, Groep.VANDAAG), (1, Groep.DEZE_WEEK), (6, Groep.DEZE_WEEK), (7, Groep.LATER)],
)
def test_zonder_streefdag_telt_de_uiterste_dag(over: int, groep: Groep) -> None:
    assert groep_van(dag(over), MAANDAG) is groep


@pytest.mark.parametrize(
    ("over", "groep"),
    [(-1, Groep.STREEFDAG_VOORBIJ), (0, Groep.VANDAAG), (6, Groep.DEZE_WEEK), (7, Groep.LATER)],
)
def test_met_een_ruime_uiterste_dag_zegt_de_streefdag_wanneer_een_taak_aan_de_beurt_is(over: int, groep: Groep) -> None:
    assert groep_van(RUIM, MAANDAG, dag(over)) is groep


def test_te_laat_is_alleen_wat_na_de_uiterste_dag_nog_open_is() -> None:
    assert groep_van(dag(-1), MAANDAG, dag(-1)) is Groep.TE_LAAT
    assert groep_van(dag(0), MAANDAG, dag(-1)) is Groep.VANDAAG
    assert groep_van(dag(0), MAANDAG, dag(3)) is Groep.VANDAAG  # een streefdag na de uiterste dag verandert niets


def test_nieuw_is_wat_vandaag_of_op_de_vorige_werkdag_openging() -> None:
    nu = datetime(2026, 1, 12, 9, tzinfo=UTC)
    assert [is_nieuw(nu - timedelta(days=n), MAANDAG) for n in (0, 1, 3, 4)] == [True, True, True, False]
    assert not is_nieuw(None, MAANDAG)
