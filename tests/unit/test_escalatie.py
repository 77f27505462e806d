"""De ladder van herinneren en escaleren: elk hoogstens één keer, nooit terug, nooit op de openingsdag."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.regels.escalatie import Escalatiebeleid, OpenStap, Tredesoort, bereikte_trede, ladder
from domein.regels.kalender import Kantoorkalender

BELEID = Escalatiebeleid()
KANTOOR = Kantoorkalender()
STAP = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 3, 16), uiterst=date(2026, 3, 30))
HERINNERING = (Tredesoort.HERINNERING.value, 1)
ESCALATIE = (Tredesoort.ESCALATIE.value, 1)


@pytest.mark.parametrize(
    ("dag", "al", "verwacht"),
    [
        pytest.param(date(2026, 3, 22), set(), None, id="te-vroeg"),
        pytest.param(date(2026, 3, 23), set(), Tredesoort.HERINNERING, id="een-week-vooraf"),
        pytest.param(date(2026, 3, 24), {HERINNERING}, None, id="maar-een-keer"),
        pytest.param(date(2026, 4, 1), {HERINNERING}, None, id="twee-werkdagen-te-laat"),
        pytest.param(date(2026, 4, 2), {HERINNERING}, Tredesoort.ESCALATIE, id="drie-werkdagen-te-laat"),
        pytest.param(date(2026, 4, 20), {HERINNERING, ESCALATIE}, None, id="ook-escalatie-een-keer"),
        pytest.param(date(2026, 4, 20), set(), Tredesoort.ESCALATIE, id="na-stilstand-alleen-de-hoogste"),
        pytest.param(date(2026, 4, 20), {ESCALATIE}, None, id="de-lagere-komt-nooit-meer"),
    ],
)
def test_welke_trede_er_vandaag_geldt(dag: date, al: set[tuple[str, int]], verwacht: Tredesoort | None) -> None:
    trede = bereikte_trede(STAP, dag, BELEID, KANTOOR, al)
    assert (trede.soort if trede else None) == verwacht


def test_zonder_uiterste_dag_telt_de_streefdatum() -> None:
    stap = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 3, 16))
    assert [trede.vanaf for trede in ladder(stap, BELEID, KANTOOR)] == [date(2026, 3, 9), date(2026, 3, 19)]


def test_een_korte_taak_wordt_op_de_laatste_dag_herinnerd() -> None:
    stap = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 3, 4))
    assert ladder(stap, BELEID, KANTOOR)[0].vanaf == date(2026, 3, 4)


def test_een_taak_die_te_laat_ontstaat_krijgt_geen_herinnering_en_nog_geen_escalatie() -> None:
    stap = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 2, 2))
    [escalatie] = ladder(stap, BELEID, KANTOOR)
    assert (escalatie.soort, escalatie.vanaf) == (Tredesoort.ESCALATIE, date(2026, 3, 5))


def test_kantoor_dicht_telt_niet_als_werkdag() -> None:
    stap = OpenStap(geopend=date(2026, 6, 1), streef=date(2026, 6, 15))
    dicht = Kantoorkalender(extra_gesloten=frozenset({date(2026, 6, 17)}))
    assert ladder(stap, BELEID, KANTOOR)[-1].vanaf == date(2026, 6, 18)
    assert ladder(stap, BELEID, dicht)[-1].vanaf == date(2026, 6, 19)


DAGEN = st.dates(date(2024, 1, 1), date(2032, 12, 31))
STAPPEN = st.builds(
    lambda geopend, streef, extra: OpenStap(
        geopend,
        geopend + timedelta(days=streef),
        None if extra is None else geopend + timedelta(days=streef + extra),
    ),
    DAGEN,
    st.integers(-60, 200),
    st.none() | st.integers(0, 60),
)


@given(stap=STAPPEN, verschil=st.integers(0, 400), later=st.integers(0, 400))
def test_de_escalatie_loopt_nooit_terug(stap: OpenStap, verschil: int, later: int) -> None:
    dag = stap.geopend + timedelta(days=verschil)
    eerst = bereikte_trede(stap, dag, BELEID, KANTOOR)
    daarna = bereikte_trede(stap, dag + timedelta(days=later), BELEID, KANTOOR)
    if eerst is not None:
        assert daarna is not None
        assert daarna.vanaf >= eerst.vanaf


@given(stap=STAPPEN, gaten=st.lists(st.integers(1, 90), min_size=1, max_size=30))
def test_elke_trede_komt_hoogstens_een_keer_en_nooit_op_de_openingsdag(stap: OpenStap, gaten: list[int]) -> None:
    gedaan: list[tuple[str, int]] = []
    dag = stap.geopend
    assert bereikte_trede(stap, dag, BELEID, KANTOOR) is None
    for gat in gaten:
        dag += timedelta(days=gat)
        if trede := bereikte_trede(stap, dag, BELEID, KANTOOR, gedaan):
            gedaan.append((trede.soort.value, trede.niveau))
    assert len(gedaan) == len(set(gedaan))
    assert gedaan in ([], [HERINNERING], [ESCALATIE], [HERINNERING, ESCALATIE])
