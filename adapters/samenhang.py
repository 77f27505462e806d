"""What ties log lines together: the request, round or command that they belong to."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

import structlog

_KENMERK: Final = re.compile(r"[0-9a-f]{8,32}")


@contextmanager
def samenhang(**velden: str) -> Generator[None]:
    """Within this, every log line of this process carries these fields."""
    with structlog.contextvars.bound_contextvars(**velden):
        yield


def nieuw_kenmerk(gegeven: str | None = None) -> str:
    """A reference for a request. One from outside is kept only when it can hold nothing but hexadecimals."""
    return gegeven if gegeven and _KENMERK.fullmatch(gegeven) else uuid4().hex[:16]
