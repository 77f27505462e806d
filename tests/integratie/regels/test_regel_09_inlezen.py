"""Regel 9 bij het inlezen: leest een ander dezelfde rij op hetzelfde moment in, dan verandert de tweede niets."""

import pytest

from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.koppelen import koppel
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from tests.integratie.regels.leven import Leven, rij
from tests.integratie.regels.test_koppelen import GEKOPPELD, coarij
from tests.integratie.regels.test_regel_09_gelijktijdig import BEIDE, met_ander

pytestmark = pytest.mark.parametrize("soort", BEIDE, indirect=True)


def test_regel_09_een_kennisgeving_die_een_ander_net_inlas_was_al_geregistreerd(omgeving: Omgeving) -> None:
    invoer = rij()
    leven = Leven(omgeving).op(invoer.kennisgeving_op)
    ander = met_ander(leven, "bronversies", lambda: registreer(omgeving, [invoer], SYSTEEM))
    (verslag,) = registreer(ander, [invoer], SYSTEEM)
    assert verslag.uitkomst == "ongewijzigd"


def test_regel_09_een_koppeling_die_een_ander_net_inlas_was_al_geregistreerd(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).op(GEKOPPELD)
    ander = met_ander(leven, "bronversies", lambda: koppel(omgeving, [coarij()], SYSTEEM))
    (verslag,) = koppel(ander, [coarij()], SYSTEEM)
    assert verslag.uitkomst == "ongewijzigd"
