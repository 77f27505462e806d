"""De hulp van elke opdracht, ook die eronder, is helemaal in het Nederlands."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from cyclopts import App

from beheer.hoofd import hoofd, maak_app

ENGELS: Final = re.compile(
    r"\b(Arguments|Parameters|Commands|Usage|Options|ARGS|COMMAND|OPTIONS|required|default|choices|BOOL|STR|INT|PATH|DATE)\b"
)


def alle(app: App, pad: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield pad
    for naam in app:
        if not naam.startswith("-"):
            yield from alle(app[naam], (*pad, naam))


OPDRACHTEN: Final = list(alle(maak_app()))


def test_er_zijn_opdrachten_onder_opdrachten() -> None:
    assert ("stap", "verzet") in OPDRACHTEN
    assert ("bulk", "ongedaan") in OPDRACHTEN


@pytest.mark.parametrize("pad", OPDRACHTEN, ids=lambda pad: "-".join(pad) or "regie")
def test_de_hulp_is_in_het_nederlands(pad: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd([*pad, "--help"]) == 0
    uit = capsys.readouterr().out
    assert uit.startswith("Gebruik: regie")
    assert not ENGELS.findall(uit)
