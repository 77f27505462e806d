"""Kill -9 op elk punt van importeren, openen, antwoorden, herplannen, verzenden en de ronde, op PostgreSQL."""

import pytest

from tests.valproef.proef import Valproef
from tests.valproef.verslag import loop_alles, loop_steekproef

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_wie_valt_verliest_niets_en_doet_niets_dubbel(op_postgres: Valproef, zaad: int) -> None:
    loop_steekproef(op_postgres, zaad)


@pytest.mark.zwaar
@pytest.mark.parametrize("zaad", range(1, 21))
def test_op_geen_enkel_punt_gaat_iets_verloren(op_postgres: Valproef, zaad: int) -> None:
    loop_alles(op_postgres, zaad)
