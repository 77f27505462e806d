"""Een proef die niets ziet is niets waard: wat wij weghalen of verdubbelen, moet zij melden."""

from collections.abc import Callable
from sqlite3 import connect

import pytest

from tests.valproef.proef import Valproef
from tests.valproef.wereld import Plaats


def _sql(opdracht: str) -> Callable[[Plaats], None]:
    def bederf(plaats: Plaats) -> None:
        with connect(plaats.map / "regie.db") as verbinding:
            verbinding.execute(opdracht)

    return bederf


@pytest.mark.parametrize(
    ("bederf", "melding"),
    [
        pytest.param(_sql("DELETE FROM bericht WHERE soort = 'taak'"), "mist", id="mail-weg"),
        pytest.param(_sql("UPDATE stap SET status = 'vervallen' WHERE kenmerk LIKE 'intake/%'"), "I3", id="stap-weg"),
        pytest.param(_sql("UPDATE bericht SET status = 'wachtend', aanvaard_op = NULL"), "ontvangen", id="mail-dubbel"),
    ],
)
def test_de_proef_ziet_wat_weg_of_dubbel_is(
    op_sqlite: Valproef, bederf: Callable[[Plaats], None], melding: str
) -> None:
    opname = op_sqlite.neem_op(1, daden=0, vooraf=0)
    (stuk,) = opname.stukken
    assert {"voor commit", "na commit", "voor smtp zeg", "na smtp hoor", "voor bord maak"} <= set(stuk.punten)
    fouten = op_sqlite.val(stuk, len(stuk.punten) - 1, bederf)
    assert any(melding in fout for fout in fouten), fouten
