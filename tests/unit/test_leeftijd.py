"""Leeftijd: vanaf 16 plichtig, op 18 zelf aangeschreven, tot de AOW-leeftijd."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.regeling import regeling
from domein.regels.leeftijd import (
    aow_op,
    is_minderjarig,
    maand_achttien,
    maand_aow,
    meerderjarig_op,
    oud_genoeg,
    verjaardag,
)

GEBOREN = st.dates(date(1930, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("geboren", "jaren", "dag"),
    [
        pytest.param(date(2008, 5, 9), 18, date(2026, 5, 9), id="gewone-dag"),
        pytest.param(date(2008, 2, 29), 16, date(2024, 2, 29), id="schrikkeldag-in-een-schrikkeljaar"),
        pytest.param(date(2008, 2, 29), 18, date(2026, 3, 1), id="schrikkeldag-in-een-gewoon-jaar"),
        pytest.param(date(2007, 12, 31), 18, date(2025, 12, 31), id="laatste-dag-van-het-jaar"),
    ],
)
def test_de_verjaardag_van_een_leeftijd(geboren: date, jaren: int, dag: date) -> None:
    assert verjaardag(geboren, jaren) == dag


@pytest.mark.parametrize(
    ("geboren", "genoeg"),
    [
        pytest.param(date(2010, 3, 6), True, id="vandaag-zestien"),
        pytest.param(date(2010, 3, 7), False, id="morgen-zestien"),
        pytest.param(date(1990, 1, 1), True, id="volwassen"),
    ],
)
def test_artikel_3_wi_wie_jonger_is_dan_zestien_is_niet_plichtig(geboren: date, genoeg: bool) -> None:
    assert oud_genoeg(geboren, date(2026, 3, 6)) is genoeg


def test_een_andere_leeftijd_in_de_regeling_verandert_de_uitkomst() -> None:
    later = regeling().met_getal("leeftijd_vanaf_jaren", 17)
    assert oud_genoeg(date(2009, 6, 1), date(2026, 3, 6))
    assert not oud_genoeg(date(2009, 6, 1), date(2026, 3, 6), later)


def test_alleen_een_minderjarige_krijgt_een_maand_van_achttien_en_nooit_de_dag() -> None:
    assert maand_achttien(date(2008, 5, 9), date(2026, 5, 8)) == date(2026, 5, 1)
    assert maand_achttien(date(2008, 5, 9), date(2026, 5, 9)) is None
    assert is_minderjarig(date(2008, 5, 9), date(2026, 5, 8))
    assert not is_minderjarig(date(2008, 5, 9), date(2026, 5, 9))


@pytest.mark.parametrize(
    ("geboren", "dag"),
    [
        pytest.param(date(1960, 12, 31), date(2027, 12, 31), id="67-jaar-vlak-voor-2028"),
        pytest.param(date(1961, 1, 1), date(2028, 4, 1), id="67-jaar-en-drie-maanden-vanaf-2028"),
        pytest.param(date(1963, 8, 15), date(2030, 11, 15), id="later"),
        pytest.param(date(1950, 1, 1), date(2017, 1, 1), id="al-lang-bereikt"),
    ],
)
def test_artikel_7a_aow_de_leeftijd_geldt_op_de_dag_dat_iemand_haar_bereikt(geboren: date, dag: date) -> None:
    assert aow_op(geboren) == dag


@pytest.mark.parametrize(
    ("op", "maand"),
    [
        pytest.param(date(2022, 11, 14), None, id="een-dag-meer-dan-acht-jaar"),
        pytest.param(date(2022, 11, 15), date(2030, 11, 1), id="precies-acht-jaar"),
        pytest.param(date(2031, 1, 1), date(2030, 11, 1), id="al-voorbij"),
    ],
)
def test_de_aow_maand_is_alleen_bekend_als_zij_binnen_acht_jaar_ligt(op: date, maand: date | None) -> None:
    assert maand_aow(date(1963, 8, 15), op) == maand


def test_een_hogere_aow_leeftijd_is_een_andere_regel_en_geen_andere_code() -> None:
    anders = regeling().met_getal("aow_leeftijd_maanden", 816, vanaf=date(2030, 1, 1))
    assert aow_op(date(1963, 8, 15), anders) == date(2031, 8, 15)
    assert aow_op(date(1961, 1, 1), anders) == date(2028, 4, 1)


def test_een_lagere_aow_leeftijd_geldt_niet_voor_haar_eigen_dag() -> None:
    lager = regeling().met_getal("aow_leeftijd_maanden", 780, vanaf=date(2030, 1, 1))
    assert aow_op(date(1963, 8, 15), lager) == date(2030, 1, 1)


@given(geboren=GEBOREN, op=st.dates(date(2022, 1, 1), date(2040, 1, 1)))
def test_een_maand_is_altijd_een_eerste_dag_en_zegt_niet_de_geboortedag(geboren: date, op: date) -> None:
    for maand in (maand_achttien(geboren, op), maand_aow(geboren, op)):
        assert maand is None or maand.day == 1


@given(geboren=GEBOREN)
def test_een_dag_later_geboren_is_nooit_eerder_oud(geboren: date) -> None:
    morgen = geboren + timedelta(days=1)
    assert meerderjarig_op(geboren) <= meerderjarig_op(morgen)
    assert aow_op(geboren) <= aow_op(morgen)
