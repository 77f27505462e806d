"""Honderden levens van vijf jaar door de echte handelingen; na elke handeling gelden I1 tot en met I4 en I7.

Loopt een leven mis, dan staat erbij met welk zaadje en wat er gebeurde. Alleen dat leven opnieuw:

    PROEF_ZAAD=17 .venv/bin/python -m pytest tests/eigenschappen/test_wandelingen.py

`regie test` loopt 420 levens, altijd dezelfde. De lange proef (`regie test --zwaar`) loopt er 10.000; met
PROEF_VANAF=20001 neemt zij andere.
"""

import os
from collections import Counter

import pytest

from domein.gebeurtenissen.soorten import SOORTEN
from tests.eigenschappen.wandeling.wandelaar import Wandeling
from tests.eigenschappen.wandeling.wereld import wereld

_EEN = os.environ.get("PROEF_ZAAD")
_VANAF = int(os.environ.get("PROEF_VANAF", "1"))
PER_PROEF = 500
# Hier gaat geen feit over maar een handeling over het archief; zie tests/integratie/bewaren.
BEWAREN = {"vernietiging_geblokkeerd", "blokkade_opgeheven", "dossier_vernietigd"}


def test_in_elk_leven_gelden_de_invarianten_na_elke_handeling() -> None:
    """Een wandelaar die nergens komt of veel geweigerd ziet, bewijst niets: daarom komt bijna elke soort voor."""
    if _EEN is not None:
        _loop(range(int(_EEN), int(_EEN) + 1))
        return
    soorten, gedaan, geweigerd = _loop(range(1, 421))
    # Zonder nieuwe regeling valt er niets te herplannen, en dan wordt er ook niets vastgelegd.
    ontbreekt = set(SOORTEN) - set(+soorten) - BEWAREN - {"dossier_herplant"}
    assert len(ontbreekt) <= 4, ontbreekt
    assert geweigerd.total() < gedaan.total() / 8, geweigerd.most_common(10)


@pytest.mark.zwaar
@pytest.mark.parametrize("begin", range(_VANAF, _VANAF + 10_000, PER_PROEF))
def test_ook_in_tienduizend_levens(begin: int) -> None:
    _loop(range(begin, begin + PER_PROEF))


def test_hetzelfde_zaadje_geeft_hetzelfde_leven() -> None:
    een, ander = (Wandeling(wereld(), 42).loop().regels for _ in range(2))
    assert een == ander
    assert len(een) > 20


def _loop(zaden: range) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Loop deze levens; geef hoe vaak elke soort gebeurtenis voorkwam, en wat lukte en werd geweigerd."""
    soorten: Counter[str] = Counter()
    gedaan: Counter[str] = Counter()
    geweigerd: Counter[str] = Counter()
    for zaad in zaden:
        wandeling = Wandeling(wereld(), zaad).loop()
        soorten.update(g.soort for beeld in wandeling.beelden for g in beeld.gebeurtenissen)
        soorten["persoon_gewist"] += sum(beeld.gewist for beeld in wandeling.beelden)  # daarna is niets meer te lezen
        gedaan += wandeling.gedaan
        geweigerd += wandeling.geweigerd
    return soorten, gedaan, geweigerd
