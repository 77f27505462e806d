"""De deuren van de demo: een antwoord gaat alleen door een formulier dat alles kan vragen wat het zegt."""

from datetime import date
from typing import Any

import pytest

from beheer.demo.deuren import past_door
from beheer.demo.levensloop import Regel

DAG = date(2026, 3, 18)


def regel(stap: str, soort: str, gegevens: dict[str, Any], **rest: str) -> Regel:
    return Regel("DUO-2026-0001", 0, DAG, soort, stap, DAG, gegevens, rest)


GEWOON = regel("voortgang/1", "gesprek_gevoerd", {"op_koers": True})
MEER = regel("registratie/duo-besluit/1", "ontheven", {"grond": "medisch", "onderdelen": ["participatie"]})
NAAST_WERK = regel("pip/vaststellen/1", "pip_vastgesteld", {"leerroute": "b1", "lestijd": "avond"})
ONBEKEND = regel("tolk/afzeggen/1/intake/gesprek/1", "tolk_afgezegd", {"redencode": "gesprek-vervallen"})
MET_REDEN = regel("cursus/eigen/1", "eigen_cursus_gemeld", {"keurmerk": False}, reden="nog geen andere cursus")


@pytest.mark.parametrize(
    ("antwoord", "deur", "past"),
    [
        pytest.param(GEWOON, "link", True, id="gewoon-link"),
        pytest.param(GEWOON, "prefect", True, id="gewoon-prefect"),
        pytest.param(MEER, "link", True, id="meer-antwoorden"),
        pytest.param(NAAST_WERK, "link", True, id="les-naast-werk"),
        pytest.param(ONBEKEND, "link", False, id="veld-dat-het-formulier-niet-vraagt"),
        pytest.param(ONBEKEND, "opdrachtregel", True, id="de-opdrachtregel-kan-alles"),
        pytest.param(MET_REDEN, "link", True, id="een-reden-mag-in-het-portaal"),
        pytest.param(MET_REDEN, "prefect", False, id="geen-vrije-tekst-in-prefect"),
    ],
)
def test_een_antwoord_gaat_alleen_door_een_deur_waar_het_past(antwoord: Regel, deur: str, *, past: bool) -> None:
    assert past_door(antwoord, deur) is past
