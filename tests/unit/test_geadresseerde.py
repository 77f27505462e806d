"""Naar wie een brief gaat: tot de achttiende verjaardag naar de vertegenwoordiger, daarna naar de inburgeraar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.ports import Persoon
from domein.regels.geadresseerde import Geadresseerde, geadresseerde

GEBOREN = date(2008, 5, 9)
ACHTTIEN = date(2026, 5, 9)
ZELF = {"taal": "ti", "kanaal": "telefoon", "telefoon": "0612345678"}


def persoon(geboren: date = GEBOREN, **gegevens: str) -> Persoon:
    return Persoon("999990019", "Test Persoon", geboren, {**ZELF, **gegevens})


@pytest.mark.parametrize(
    ("soort", "email", "verwacht"),
    [
        pytest.param("ouder", "", Geadresseerde("vertegenwoordiger", "ouder", "post", "ti"), id="ouder-per-post"),
        pytest.param("voogd", "v@post.example", Geadresseerde("vertegenwoordiger", "voogd", "email", "nl"), id="voogd"),
        pytest.param("nidos", "", Geadresseerde("vertegenwoordiger", "nidos", "post", "nl"), id="nidos"),
    ],
)
def test_tot_achttien_gaat_een_brief_naar_de_vertegenwoordiger(soort: str, email: str, verwacht: Geadresseerde) -> None:
    wie = persoon(vertegenwoordiger_soort=soort, vertegenwoordiger_email=email)
    assert geadresseerde(wie, ACHTTIEN - timedelta(days=1)) == verwacht


def test_op_de_achttiende_verjaardag_gaat_de_brief_naar_de_inburgeraar_zelf() -> None:
    wie = persoon(vertegenwoordiger_soort="nidos")
    assert geadresseerde(wie, ACHTTIEN) == Geadresseerde("zelf", None, "telefoon", "ti")


def test_wie_op_een_schrikkeldag_is_geboren_is_in_een_gewoon_jaar_op_1_maart_achttien() -> None:
    wie = persoon(date(2008, 2, 29), vertegenwoordiger_soort="ouder")
    assert geadresseerde(wie, date(2026, 2, 28)).aan == "vertegenwoordiger"
    assert geadresseerde(wie, date(2026, 3, 1)).aan == "zelf"


def test_een_kind_zonder_vertegenwoordiger_vraagt_om_een_mens() -> None:
    assert geadresseerde(persoon(), ACHTTIEN - timedelta(days=1)).soort == "onbekend"


def test_zonder_vastgelegd_kanaal_is_het_post_in_het_nederlands() -> None:
    kaal = Persoon("999990019", "Test Persoon", date(1990, 1, 1))
    assert geadresseerde(kaal, ACHTTIEN) == Geadresseerde("zelf", None, "post", "nl")


@given(op=st.dates(date(2022, 1, 1), date(2040, 1, 1)))
def test_de_wissel_is_een_keer_en_gaat_nooit_terug(op: date) -> None:
    wie = persoon(vertegenwoordiger_soort="voogd")
    assert (geadresseerde(wie, op).aan == "zelf") is (op >= ACHTTIEN)
