"""Welke uiterste dag een handeling breekt: door te laat te komen, of door de laatste stap ervoor over te slaan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domein.begrippen import Rol, Stapsoort
from domein.gebeurtenissen.stapfeiten import StapVerzet
from domein.regels.planvormen import GewensteStap, Plan
from domein.regels.termijnbreuk import breuken, is_aanvaard

UITERST = date(2026, 3, 16)
NIETS: frozenset[str] = frozenset()


def stap(kenmerk: str = "pip/vaststellen/1", streef: date = date(2026, 3, 10), **anders: object) -> GewensteStap:
    gewoon = GewensteStap(
        kenmerk, Stapsoort.PIP, "Stel het PIP vast", streef - timedelta(days=7), streef, UITERST, Rol.MANDAATHOUDER,
        "omdat", "artikel 15 Wi",
    )  # fmt: skip
    return replace(gewoon, **anders)  # pyright: ignore[reportArgumentType]


def plan(*stappen: GewensteStap) -> Plan:
    return Plan(stappen, (), "2026-1")


def test_op_de_uiterste_dag_is_nog_op_tijd_en_een_dag_later_niet() -> None:
    assert breuken(plan(stap()), plan(stap(streef=UITERST)), NIETS) == ()
    (breuk,) = breuken(plan(stap()), plan(stap(streef=UITERST + timedelta(days=1))), NIETS)
    assert (breuk.kenmerk, breuk.uiterst, breuk.dag) == ("pip/vaststellen/1", UITERST, date(2026, 3, 17))


def test_wat_al_te_laat_was_breekt_alleen_als_het_nog_later_wordt() -> None:
    laat = stap(streef=date(2026, 3, 20))
    assert breuken(plan(laat), plan(laat), NIETS) == ()
    assert breuken(plan(laat), plan(stap(streef=date(2026, 3, 18))), NIETS) == ()
    assert len(breuken(plan(laat), plan(stap(streef=date(2026, 3, 27))), NIETS)) == 1


def test_een_stap_die_er_nog_niet_was_kwam_niet_door_de_handeling_te_laat() -> None:
    assert breuken(plan(), plan(stap(streef=date(2026, 3, 20))), NIETS) == ()


@pytest.mark.parametrize(
    ("rest", "breekt"),
    [
        pytest.param((), True, id="niemand-meer"),
        pytest.param((stap("pip/verhuizing/1"),), False, id="een-ander-voor-dezelfde-dag"),
        pytest.param((stap("pip/verhuizing/1", uiterst=date(2026, 5, 1)),), True, id="een-ander-voor-een-andere-dag"),
        pytest.param((stap("pip/verhuizing/1", wettelijk=False),), True, id="alleen-beleid"),
    ],
)
def test_overslaan_breekt_als_niemand_meer_iets_doet_voor_die_dag(rest: tuple[GewensteStap, ...], breekt: bool) -> None:
    gevonden = breuken(plan(stap(), *rest), plan(*rest), frozenset({"pip/vaststellen/1"}))
    assert bool(gevonden) is breekt
    assert all(breuk.dag is None for breuk in gevonden)


def test_een_uiterste_dag_van_beleid_mag_met_overslaan_vervallen() -> None:
    beleid = stap(wettelijk=False)
    assert breuken(plan(beleid), plan(), frozenset({beleid.kenmerk})) == ()


def test_aanvaard_geldt_niet_meer_als_de_termijn_daarna_korter_wordt() -> None:
    verzet = StapVerzet(dag=date(2026, 3, 27), getoetst_aan=UITERST, aanvaard=True)
    assert is_aanvaard(verzet, UITERST)
    assert is_aanvaard(verzet, UITERST + timedelta(days=30))
    assert not is_aanvaard(verzet, UITERST - timedelta(days=1))
    assert not is_aanvaard(verzet.model_copy(update={"aanvaard": False}), UITERST)
