"""Wanneer de bewaker iemand waarschuwt dat de ronde stilstaat."""

from datetime import UTC, datetime, timedelta

import pytest

from domein.regels.hartslag import HERHAAL_NA, Oordeel, oordeel

NU = datetime(2026, 5, 4, 12, tzinfo=UTC)
GRENS = timedelta(minutes=15)


def voor(**geleden: float) -> datetime:
    return NU - timedelta(**geleden)


@pytest.mark.parametrize(
    ("laatst", "begonnen", "gemeld_op", "verwacht"),
    [
        pytest.param(voor(minutes=1), voor(days=9), None, Oordeel.GOED, id="loopt"),
        pytest.param(voor(minutes=15), voor(days=9), None, Oordeel.GOED, id="net-op-de-grens"),
        pytest.param(voor(minutes=15, seconds=1), voor(days=9), None, Oordeel.ALARM, id="net-erover"),
        pytest.param(voor(hours=2), voor(days=9), voor(hours=1), Oordeel.GEMELD, id="al-gemeld"),
        pytest.param(voor(days=2), voor(days=9), NU - HERHAAL_NA, Oordeel.ALARM, id="een-dag-later-opnieuw"),
        pytest.param(voor(minutes=1), voor(days=9), voor(hours=1), Oordeel.HERSTELD, id="loopt-weer"),
        pytest.param(None, voor(minutes=5), None, Oordeel.GOED, id="net-gestart"),
        pytest.param(None, voor(minutes=16), None, Oordeel.ALARM, id="nooit-een-ronde"),
        pytest.param(voor(days=1), voor(minutes=1), None, Oordeel.ALARM, id="bewaker-net-gestart-ronde-lang-stil"),
        pytest.param(NU + timedelta(hours=1), voor(days=9), None, Oordeel.GOED, id="klok-teruggezet"),
    ],
)
def test_het_oordeel(
    laatst: datetime | None, begonnen: datetime, gemeld_op: datetime | None, verwacht: Oordeel
) -> None:
    assert oordeel(laatst, begonnen, NU, GRENS, gemeld_op) is verwacht
