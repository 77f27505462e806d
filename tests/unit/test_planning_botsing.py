"""Een gekozen dag die te laat is: de taak daarover is net zo wettelijk als de stap zelf (regel 13)."""

import pytest

from tests.unit.kernbouw import Dossier


@pytest.mark.parametrize(
    ("kenmerk", "wettelijk", "wie_wint"),
    [("pvt/1", True, "De wet gaat voor."), ("voortgang/1", False, "De afspraak gaat voor.")],
)
def test_alleen_een_wettelijke_dag_beroept_zich_op_de_wet(kenmerk: str, wettelijk: bool, wie_wint: str) -> None:
    dossier = Dossier("2026-01-05").intake("2026-01-21").pip("2026-02-25")
    assert dossier.stap(kenmerk).wettelijk is wettelijk
    dossier.feit("stap_verzet", "2026-03-02", kenmerk, dag="2029-03-05")
    (botsing,) = (s for s in dossier.plan.stappen if s.kenmerk.startswith(f"registratie/strijdig/{kenmerk}/"))
    assert botsing.wettelijk is wettelijk
    assert botsing.waarom.endswith(wie_wint)
