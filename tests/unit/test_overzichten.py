"""Wat er in een dagbericht en een weekbericht staat, en op welke dag zij gaan."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.regels.kalender import Kantoorkalender, maand_en_jaar
from domein.regels.overzichten import Taakregel, deel_in, is_maanddag, is_weekdag, vorige_maand, weekstand

DAG = date(2026, 3, 4)  # een woensdag
DAGEN = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def taak(einde: int, wie: str = "km-1", **anders: bool) -> Taakregel:
    op = DAG + timedelta(days=einde)
    return Taakregel(f"Taak {einde}", "D-1", op, op, wie, **anders)


@pytest.mark.parametrize(
    ("regel", "vak"),
    [
        (taak(-1, nieuw=True), "te_laat"),
        (taak(0, nieuw=True), "vandaag"),
        (taak(1, nieuw=True, herinnerd=True), "nieuw"),
        (taak(1, herinnerd=True), "binnenkort"),
    ],
)
def test_elke_taak_staat_op_een_plaats(regel: Taakregel, vak: str) -> None:
    indeling = deel_in([regel], DAG)
    for naam in ("te_laat", "vandaag", "nieuw", "binnenkort"):
        assert getattr(indeling, naam) == ((regel,) if naam == vak else ())
    assert not indeling.leeg


def test_wat_rustig_doorloopt_staat_er_niet_in_en_dan_is_het_leeg() -> None:
    assert deel_in([taak(3), taak(40)], DAG).leeg


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans(), st.booleans()), max_size=20))
def test_geen_taak_staat_er_twee_keer_in_en_het_dringendste_staat_voorop(rij: list[tuple[int, bool, bool]]) -> None:
    taken = [taak(einde, nieuw=nieuw, herinnerd=herinnerd) for einde, nieuw, herinnerd in rij]
    indeling = deel_in(taken, DAG)
    allen = [*indeling.te_laat, *indeling.vandaag, *indeling.nieuw, *indeling.binnenkort]
    assert len(allen) == sum(t.einde <= DAG or t.nieuw or t.herinnerd for t in taken)
    assert list(indeling.te_laat) == sorted(indeling.te_laat, key=lambda t: t.einde)


def test_de_week_van_een_team() -> None:
    taken = [taak(-3, "km-2"), taak(-1), taak(0), taak(4), taak(5)]  # zondag is over vier dagen
    stand = weekstand(taken, ["km-1", "km-2", "km-3"], ["km-3"], DAG)
    assert (stand.aantal_open, stand.aantal_deze_week, stand.leeg) == (5, 2, False)
    assert [(c.code, c.aantal_open, c.aantal_te_laat, c.weg) for c in stand.collegas] == [
        ("km-1", 4, 1, False), ("km-2", 1, 1, False), ("km-3", 0, 0, True)
    ]  # fmt: skip
    assert [t.einde.day for t in stand.te_laat] == [1, 3]
    assert weekstand([], ["km-1"], [], DAG).leeg


@given(DAGEN)
def test_elke_week_en_elke_maand_hebben_precies_een_dag_die_open_is(dag: date) -> None:
    kalender = Kantoorkalender()
    maandag = dag - timedelta(days=dag.weekday())
    week = [maandag + timedelta(days=n) for n in range(7)]
    assert sum(is_weekdag(d, kalender) and kalender.is_open(d) for d in week) == 1
    maand = [d for n in range(31) if (d := dag.replace(day=1) + timedelta(days=n)).month == dag.month]
    assert sum(is_maanddag(d, kalender) for d in maand) == 1


def test_na_tweede_paasdag_gaat_het_weekbericht_op_dinsdag() -> None:
    paasmaandag = date(2026, 4, 6)
    assert not is_weekdag(paasmaandag, Kantoorkalender())
    assert is_weekdag(date(2026, 4, 7), Kantoorkalender())
    assert not is_weekdag(date(2026, 4, 8), Kantoorkalender())


@given(DAGEN)
def test_de_vorige_maand_sluit_aan_op_deze(dag: date) -> None:
    eerste, laatste = vorige_maand(dag)
    assert (eerste.day, laatste + timedelta(days=1)) == (1, dag.replace(day=1))
    assert (eerste.year, eerste.month) == (laatste.year, laatste.month)


def test_de_maand_voluit() -> None:
    assert maand_en_jaar(date(2026, 3, 1)) == "maart 2026"
