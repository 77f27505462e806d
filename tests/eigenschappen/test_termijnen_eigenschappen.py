"""Wat voor elke dag en elke soort termijn geldt."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domein.regels.kalender import Kantoorkalender, atw_kalender, plus_jaren, plus_maanden
from domein.regels.termijnen import SOORTEN, bereken

WET = atw_kalender()
DAGEN = st.dates(date(2022, 1, 1), date(2045, 12, 31))
SOORT = st.sampled_from(sorted(SOORTEN))
KANTOREN = st.builds(
    Kantoorkalender,
    extra_gesloten=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=10),
    vrije_weekdagen=st.sampled_from([frozenset({5, 6}), frozenset({4, 5, 6}), frozenset({2, 5, 6})]),
)
KANTOORDAGEN = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(soort=SOORT, vanaf=DAGEN)
def test_een_atw_einde_ligt_op_een_open_dag_en_nooit_voor_het_ruwe_einde(soort: str, vanaf: date) -> None:
    termijn = bereken(soort, vanaf)
    match termijn.soort_einde:
        case "atw":
            assert WET.is_open(termijn.einde)
            tussen = [termijn.ruw + timedelta(days=n) for n in range((termijn.einde - termijn.ruw).days)]
            assert termijn.ruw <= termijn.einde
            assert not any(WET.is_open(dag) for dag in tussen)
        case "maximum":
            assert WET.is_open(termijn.einde)
            assert termijn.anker < termijn.einde <= termijn.ruw
        case "vast":
            assert termijn.anker < termijn.einde == termijn.ruw
        case "achteruit":
            assert termijn.einde == termijn.ruw < termijn.anker


@given(soort=SOORT, een=DAGEN, ander=DAGEN)
def test_een_later_anker_geeft_nooit_een_eerder_einde(soort: str, een: date, ander: date) -> None:
    vroeg, laat = sorted((een, ander))
    assert bereken(soort, vroeg).einde <= bereken(soort, laat).einde


@given(vanaf=DAGEN)
def test_in_twee_weken_zitten_altijd_twee_werkdagen(vanaf: date) -> None:
    """Daarom hoeft artikel 2 Algemene termijnenwet niet apart te worden geteld."""
    assert sum(WET.is_open(vanaf + timedelta(days=n)) for n in range(1, 15)) >= 2


@given(kantoor=KANTOREN, dag=KANTOORDAGEN, aantal=st.integers(-60, 60))
def test_werkdagen_optellen_en_terugtellen_geeft_hetzelfde_aantal(
    kantoor: Kantoorkalender, dag: date, aantal: int
) -> None:
    andere = kantoor.tel_werkdagen(dag, aantal)
    assert kantoor.werkdagen_tussen(dag, andere) == aantal
    assert aantal == 0 or kantoor.is_open(andere)


@given(kantoor=KANTOREN, dag=KANTOORDAGEN)
def test_de_open_dag_ernaast_is_de_dichtstbijzijnde(kantoor: Kantoorkalender, dag: date) -> None:
    later, eerder = kantoor.eerstvolgende_open_dag(dag), kantoor.laatste_open_dag_tot(dag)
    assert kantoor.is_open(later)
    assert kantoor.is_open(eerder)
    assert eerder <= dag <= later
    assert (eerder == later) == kantoor.is_open(dag)
    assert kantoor.werkdagen_tussen(eerder, later) == (0 if eerder == later else 1)


@given(dag=DAGEN, maanden=st.integers(-240, 240))
def test_maanden_tellen_geeft_dezelfde_dag_of_de_laatste_van_de_maand(dag: date, maanden: int) -> None:
    uitkomst = plus_maanden(dag, maanden)
    nummer = dag.year * 12 + dag.month - 1 + maanden
    assert (uitkomst.year, uitkomst.month) == (nummer // 12, nummer % 12 + 1)
    assert uitkomst.day == min(dag.day, monthrange(uitkomst.year, uitkomst.month)[1])


@given(dag=DAGEN, jaren=st.integers(-20, 20))
def test_een_jaar_is_twaalf_maanden(dag: date, jaren: int) -> None:
    assert plus_jaren(dag, jaren) == plus_maanden(dag, 12 * jaren)
