"""De punten waarop de valproef een proces laat vallen, gevonden door mee te kijken.

Een punt ligt vóór en na elke commit die iets schreef, elke beurt in een gesprek met de mailserver en elke vraag aan
het bord. Niemand houdt een lijst bij: nieuw gedrag geeft vanzelf nieuwe punten.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from adapters import postbode
from adapters.postgesprek import Gesprek
from domein.handelingen.bordpoort import Bord
from tests.hulp.nepbord import Nepbord

_LEZEND: Final = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SHOW")
_BORD: Final = tuple(naam for naam, wat in vars(Bord).items() if iscoroutinefunction(wat))  # wat de ronde kan vragen


class Punten:
    """Telt de punten, en doodt het eigen proces op het gekozen punt (SIGKILL: niets wordt nog opgeruimd)."""

    def __init__(self, val_op: int | None = None) -> None:
        self.namen: list[str] = []
        self._val_op = val_op

    def punt(self, naam: str) -> None:
        if len(self.namen) == self._val_op:
            os.kill(os.getpid(), signal.SIGKILL)
        self.namen.append(naam)

    def om(self, naam: str, doe: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(doe)
        def om_heen(*args: Any, **rest: Any) -> Any:
            self.punt(f"voor {naam}")
            uit = doe(*args, **rest)
            self.punt(f"na {naam}")
            return uit

        return om_heen

    def om_async(self, naam: str, doe: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(doe)
        async def om_heen(*args: Any, **rest: Any) -> Any:
            self.punt(f"voor {naam}")
            uit = await doe(*args, **rest)
            self.punt(f"na {naam}")
            return uit

        return om_heen

    def commit(self) -> Callable[..., Any]:
        """Een commit telt als er iets was geschreven; lezen verandert niets en kan ook niets verliezen."""
        echt = DefaultDialect.do_commit

        def do_commit(dialect: Any, verbinding: Any) -> None:
            if not verbinding.info.pop("schreef", False):
                echt(dialect, verbinding)
                return
            self.punt("voor commit")
            echt(dialect, verbinding)
            self.punt("na commit")

        return do_commit


def _merk_schrijven(verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
    if not opdracht.lstrip()[:7].upper().startswith(_LEZEND):
        verbinding.connection.info["schreef"] = True


@contextmanager
def kijk_mee(val_op: int | None = None) -> Iterator[Punten]:
    """Kijk mee met alles wat dit proces naar buiten doet."""
    punten = Punten(val_op)
    lappen: list[Any] = [
        patch.object(DefaultDialect, "do_commit", punten.commit()),
        patch.object(Gesprek, "zeg", punten.om("smtp zeg", Gesprek.zeg)),
        patch.object(Gesprek, "hoor", punten.om_async("smtp hoor", Gesprek.hoor)),
        patch.object(Gesprek, "neem_afscheid", punten.om_async("smtp afscheid", Gesprek.neem_afscheid)),
        patch.object(postbode, "open_gesprek", punten.om_async("smtp open", postbode.open_gesprek)),
        patch.object(Nepbord, "_zet", punten.om("bord zet", Nepbord._zet)),
        *(patch.object(Nepbord, n, punten.om_async(f"bord {n}", getattr(Nepbord, n))) for n in _BORD),
    ]
    event.listen(Engine, "before_cursor_execute", _merk_schrijven)
    for lap in lappen:
        lap.start()
    try:
        yield punten
    finally:
        for lap in reversed(lappen):
            lap.stop()
        event.remove(Engine, "before_cursor_execute", _merk_schrijven)
