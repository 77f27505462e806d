"""Wanneer de post te lang blijft liggen: een pauze van een dag, of mail die op een werkdag twee uur te laat is."""

from datetime import UTC, datetime, timedelta

import pytest

from domein.regels.poststilstand import Poststoring, poststoring

DINSDAG = datetime(2026, 5, 12, 12, tzinfo=UTC)
ZATERDAG = datetime(2026, 5, 16, 12, tzinfo=UTC)
HEMELVAART = datetime(2026, 5, 14, 12, tzinfo=UTC)


def voor(nu: datetime, **duur: float) -> datetime:
    return nu - timedelta(**duur)


@pytest.mark.parametrize(
    ("nu", "pauze", "wacht", "verwacht"),
    [
        pytest.param(DINSDAG, None, None, None, id="alles-weg"),
        pytest.param(DINSDAG, None, voor(DINSDAG, minutes=119), None, id="net-niet-twee-uur"),
        pytest.param(DINSDAG, None, voor(DINSDAG, hours=2), Poststoring.WACHT, id="twee-uur"),
        pytest.param(ZATERDAG, None, voor(ZATERDAG, hours=30), None, id="in-het-weekend-kijkt-niemand"),
        pytest.param(HEMELVAART, None, voor(HEMELVAART, hours=30), None, id="op-een-feestdag-ook-niet"),
        pytest.param(DINSDAG, voor(DINSDAG, hours=23), voor(DINSDAG, hours=23), None, id="pauze-van-vandaag"),
        pytest.param(DINSDAG, voor(DINSDAG, days=1), None, Poststoring.PAUZE, id="pauze-van-een-dag"),
        pytest.param(ZATERDAG, voor(ZATERDAG, days=3), None, Poststoring.PAUZE, id="een-vergeten-pauze-ook-zaterdag"),
    ],
)
def test_de_post_blijft_te_lang_liggen(
    nu: datetime, pauze: datetime | None, wacht: datetime | None, verwacht: Poststoring | None
) -> None:
    assert poststoring(pauze, wacht, nu) is verwacht
