"""Duizenden levens van vijf jaar door de echte handelingen; na elke handeling gelden I1 tot en met I4 en I7.

Loopt een leven mis, dan staat erbij met welk zaadje en wat er gebeurde. Alleen dat leven opnieuw:

    PROEF_ZAAD=17 .venv/bin/python -m pytest tests/eigenschappen/test_wandelingen.py

`regie test` loopt 300 levens, altijd dezelfde; de lange proef (`regie test --zwaar`) 10.000. Met PROEF_VANAF=20001
begint zij bij een ander zaadje.
"""

import os
from collections import Counter

import pytest

from domein.gebeurtenissen.soorten import SOORTEN
from tests.eigenschappen.wandeling.wandelaar import Wandeling
from tests.eigenschappen.wandeling.wereld import wereld

PER_PROEF = 100
_EEN = os.environ.get("PROEF_ZAAD")
_VANAF = int(os.environ.get("PROEF_VANAF", "1"))


def _loop(zaden: range) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Loop deze levens; geef hoe vaak elke soort gebeurtenis voorkwam, en wat lukte en werd geweigerd."""
    soorten: Counter[str] = Counter()
    gedaan: Counter[str] = Counter()
    geweigerd: Counter[str] = Counter()
    for zaad in zaden:
        wandeling = Wandeling(wereld(), zaad).loop()
        soorten.update(g.soort for beeld in wandeling.beelden for g in beeld.gebeurtenissen)
        gedaan += wandeling.gedaan
        geweigerd += wandeling.geweigerd
    return soorten, gedaan, geweigerd


def _zaden(tot: int) -> list[range]:
    if _EEN is not None:
        return [range(int(_EEN), int(_EEN) + 1)]
    return [range(begin, begin + PER_PROEF) for begin in range(_VANAF, _VANAF + tot, PER_PROEF)]


@pytest.mark.parametrize("zaden", _zaden(300), ids=str)
def test_in_elk_leven_gelden_de_invarianten_na_elke_handeling(zaden: range) -> None:
    soorten, gedaan, geweigerd = _loop(zaden)
    if _EEN is None:
        # Een wandelaar die nergens komt of bijna alles geweigerd ziet, bewijst niets.
        assert set(SOORTEN) - set(soorten) == set()
        assert geweigerd.total() < gedaan.total() / 4
