"""De twee kalenders (Algemene termijnenwet, artikelen 1 en 3) en het tellen van werkdagen."""

from datetime import date, timedelta

import pytest

from domein.regels.kalender import (
    AtwKalender,
    Kantoorkalender,
    atw_kalender,
    jaren_bekend,
    plus_jaren,
    plus_maanden,
    voluit,
)

WET = atw_kalender()
KANTOOR = Kantoorkalender()


def sluitingen_door_de_week(jaar: int) -> dict[date, str]:
    dagen = (date(jaar, 1, 1) + timedelta(days=n) for n in range(366))
    return {
        dag: reden
        for dag in dagen
        if dag.year == jaar and dag.weekday() < 5 and (reden := WET.sluiting(dag)) is not None
    }


def test_de_wet_kent_in_2026_precies_deze_feestdagen_door_de_week() -> None:
    assert sluitingen_door_de_week(2026) == {
        date(2026, 1, 1): "Nieuwjaarsdag",
        date(2026, 1, 2): "een aangewezen feestdag",
        date(2026, 4, 3): "Goede vrijdag",
        date(2026, 4, 6): "Tweede paasdag",
        date(2026, 4, 27): "Koningsdag",
        date(2026, 5, 5): "Bevrijdingsdag",
        date(2026, 5, 14): "Hemelvaartsdag",
        date(2026, 5, 15): "een aangewezen feestdag",
        date(2026, 5, 25): "Tweede pinksterdag",
        date(2026, 12, 25): "Eerste kerstdag",
    }


@pytest.mark.parametrize(
    "dag",
    [
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    ],
    ids=date.isoformat,
)
def test_een_aangewezen_dag_sluit_de_wet_maar_niet_het_kantoor(dag: date) -> None:
    assert WET.sluiting(dag) == "een aangewezen feestdag"
    assert AtwKalender().is_open(dag)
    assert KANTOOR.is_open(dag)


@pytest.mark.parametrize("jaar", [2025, 2026, 2027, 2028, 2030])
def test_5_mei_sluit_de_wet_elk_jaar(jaar: int) -> None:
    assert not WET.is_open(date(jaar, 5, 5))


@pytest.mark.parametrize(("jaar", "open_"), [(2020, False), (2025, False), (2026, True), (2027, True), (2028, True)])
def test_5_mei_sluit_het_kantoor_alleen_in_een_lustrumjaar(jaar: int, open_: bool) -> None:
    dag = date(jaar, 5, 5)
    assert dag.weekday() < 5
    assert KANTOOR.is_open(dag) == open_


@pytest.mark.parametrize(
    ("dag", "wet", "kantoor"),
    [
        pytest.param(date(2026, 4, 3), False, False, id="goede-vrijdag"),
        pytest.param(date(2025, 4, 26), False, False, id="koningsdag-op-zaterdag-als-27-april-zondag-is"),
        pytest.param(date(2025, 4, 28), True, True, id="maandag-na-die-koningsdag"),
        pytest.param(date(2031, 4, 26), False, False, id="koningsdag-2031"),
        pytest.param(date(2026, 12, 28), True, True, id="maandag-na-kerst"),
        pytest.param(date(2026, 12, 31), True, True, id="oudjaarsdag"),
        pytest.param(date(2026, 3, 7), False, False, id="zaterdag"),
        pytest.param(date(2026, 3, 8), False, False, id="zondag"),
    ],
)
def test_de_wet_en_het_kantoor_verschillen(dag: date, wet: bool, kantoor: bool) -> None:
    assert (WET.is_open(dag), KANTOOR.is_open(dag)) == (wet, kantoor)


def test_het_weekend_gaat_voor_de_naam_van_een_feestdag() -> None:
    assert WET.sluiting(date(2026, 12, 26)) == "een zaterdag"
    assert WET.sluiting(date(2026, 4, 5)) == "een zondag"


def test_vooruit_en_achteruit_naar_een_open_dag() -> None:
    assert WET.eerstvolgende_open_dag(date(2026, 5, 14)) == date(2026, 5, 18)
    assert WET.laatste_open_dag_tot(date(2026, 5, 17)) == date(2026, 5, 13)
    assert WET.eerstvolgende_open_dag(date(2026, 5, 13)) == date(2026, 5, 13)
    assert KANTOOR.eerstvolgende_open_dag(date(2026, 5, 14)) == date(2026, 5, 15)
    assert KANTOOR.laatste_open_dag_tot(date(2026, 5, 17)) == date(2026, 5, 15)


def test_een_eigen_sluitingsdag_sluit_alleen_dat_kantoor() -> None:
    dag = date(2026, 12, 24)
    assert not Kantoorkalender(frozenset({dag})).is_open(dag)
    assert KANTOOR.is_open(dag)
    assert WET.is_open(dag)


def test_een_kantoor_kan_een_vaste_vrije_weekdag_hebben() -> None:
    zonder_vrijdag = Kantoorkalender(vrije_weekdagen=frozenset({4, 5, 6}))
    assert zonder_vrijdag.eerstvolgende_open_dag(date(2026, 3, 6)) == date(2026, 3, 9)
    with pytest.raises(ValueError, match="nooit open"):
        Kantoorkalender(vrije_weekdagen=frozenset(range(7)))


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        pytest.param(date(2026, 3, 6), 0, date(2026, 3, 6), id="nul-is-de-dag-zelf"),
        pytest.param(date(2026, 3, 6), 1, date(2026, 3, 9), id="vrijdag-plus-een"),
        pytest.param(date(2026, 3, 7), 1, date(2026, 3, 9), id="zaterdag-plus-een"),
        pytest.param(date(2026, 4, 2), 3, date(2026, 4, 9), id="over-goede-vrijdag-en-pasen"),
        pytest.param(date(2026, 3, 9), -1, date(2026, 3, 6), id="terug-over-het-weekend"),
    ],
)
def test_werkdagen_tellen(dag: date, aantal: int, verwacht: date) -> None:
    assert KANTOOR.tel_werkdagen(dag, aantal) == verwacht


@pytest.mark.parametrize(
    ("dag", "maanden", "verwacht"),
    [
        pytest.param(date(2026, 8, 31), 6, date(2027, 2, 28), id="31-augustus"),
        pytest.param(date(2027, 8, 31), 6, date(2028, 2, 29), id="31-augustus-voor-een-schrikkeljaar"),
        pytest.param(date(2026, 11, 30), 3, date(2027, 2, 28), id="30-november"),
        pytest.param(date(2026, 2, 28), 3, date(2026, 5, 28), id="28-februari-blijft-28"),
        pytest.param(date(2026, 3, 31), -1, date(2026, 2, 28), id="achteruit"),
        pytest.param(date(2026, 12, 15), 1, date(2027, 1, 15), id="over-de-jaargrens"),
    ],
)
def test_een_ontbrekende_dag_wordt_de_laatste_van_de_maand(dag: date, maanden: int, verwacht: date) -> None:
    assert plus_maanden(dag, maanden) == verwacht


def test_29_februari_wordt_28_in_een_gewoon_jaar() -> None:
    assert plus_jaren(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert plus_jaren(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_een_dag_voluit_volgt_de_nederlandse_namen() -> None:
    assert voluit(date(2026, 5, 15)) == "vrijdag 15 mei 2026"
    assert voluit(date(2026, 3, 1)) == "zondag 1 maart 2026"


def test_tot_en_met_2028_is_besloten_welke_dagen_zijn_aangewezen() -> None:
    assert jaren_bekend() == 2028
