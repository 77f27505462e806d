"""Een concept van een besluit haalt zijn stap naar voren; de dagen van de wet blijven staan."""

from datetime import date

from tests.unit.kernbouw import Dossier

VELDEN = {"besluitsoort": "pip", "voor": "pip/vaststellen/1", "uitkomst": "pip_vastgesteld", "velden": {}}


def _met_concept(op: str) -> Dossier:
    return Dossier().feit("besluit_concept", op, nummer=1, **VELDEN)


def test_de_stap_begint_op_de_dag_van_het_concept_en_zegt_waarom() -> None:
    zonder, met = (d.stap("pip/vaststellen/1") for d in (Dossier(), _met_concept("2026-01-30")))
    assert zonder.start > date(2026, 1, 30)
    assert (met.start, met.streef, met.uiterst) == (date(2026, 1, 30), zonder.streef, zonder.uiterst)
    assert met.waarom.endswith("Het concept van het besluit ligt er sinds 30 januari 2026; tekenen kan dus al.")


def test_een_concept_in_het_weekend_opent_de_stap_op_maandag() -> None:
    assert _met_concept("2026-01-31").stap("pip/vaststellen/1").start == date(2026, 2, 2)


def test_een_later_of_ingetrokken_concept_verandert_de_stap_niet() -> None:
    gewoon = Dossier().stap("pip/vaststellen/1")
    assert _met_concept(gewoon.start.isoformat()).stap("pip/vaststellen/1") == gewoon
    weg = _met_concept("2026-01-30").feit("besluit_ingetrokken", "2026-02-02", nummer=1, redencode="opnieuw")
    assert weg.stap("pip/vaststellen/1") == gewoon


def test_een_concept_haalt_alleen_zijn_eigen_stap_naar_voren() -> None:
    anders = [s for s in _met_concept("2026-01-30").plan.stappen if s.kenmerk != "pip/vaststellen/1"]
    assert anders == [s for s in Dossier().plan.stappen if s.kenmerk != "pip/vaststellen/1"]
