"""Een klok voor de mutatieproef: een mutant die een lus nooit laat eindigen, laat zijn test na tien seconden zakken.

Alleen geladen door `tests/mutaties.py` (zie `[tool.mutmut]`).
"""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

SECONDEN = 10


class DuurtTeLang(Exception):
    """De test is niet op tijd klaar."""


def _te_laat(_signaal: int, _frame: FrameType | None) -> None:
    raise DuurtTeLang


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    signal.signal(signal.SIGALRM, _te_laat)
    signal.alarm(SECONDEN)
    try:
        return (yield)
    finally:
        signal.alarm(0)
