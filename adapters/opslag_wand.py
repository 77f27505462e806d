"""The second wall in one transaction: a role that may do less, and what it may see at most (PostgreSQL, ADR 0014).

Both last until the transaction ends, so nothing reaches the next user of the connection. The login behind the role
keeps its own rights: the wall stops a query that forgot its filter, not someone who can run any SQL.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, event, text
from sqlmodel import Session

from domein.regels.wand import NIETS, Wandzicht

ROL: Final = "regie_portaal"
_OP: Final = text(
    "SELECT set_config('role', :rol, true), set_config('regie.organisatie', :organisatie, true),"
    " set_config('regie.medewerkers', :medewerkers, true), set_config('regie.gemeenten', :gemeenten, true),"
    " set_config('regie.regio', :regio, true), set_config('regie.stappen', :stappen, true)"
)
_ROL: Final = text("SELECT set_config('role', :rol, true)")


class Wand:
    """The wall around one transaction. `handelt`: someone pressed a button, so an act may follow."""

    def __init__(self, sessie: Session, zicht: Wandzicht | None, *, handelt: bool) -> None:
        self._sessie = sessie
        self._waarden = _waarden(zicht or NIETS)
        self._handelt = handelt
        self._staat = True
        event.listen(sessie, "after_begin", self._bij_begin)

    @property
    def staat(self) -> bool:
        return self._staat

    def _bij_begin(self, _sessie: Any, _transactie: Any, verbinding: Connection) -> None:
        if self._staat:
            verbinding.execute(_OP, self._waarden)

    def laat_door(self) -> None:
        """A dossier came through the wall. An act in it may look around: who has least work, who lives with whom."""
        if self._staat and self._handelt:
            self._zet("none")
            self._staat = False

    @contextmanager
    def achterlangs(self) -> Generator[None]:
        """Ask something that tells nothing of a dossier: whether it is there, or how many there are."""
        if not self._staat:
            yield
            return
        with self._sessie.no_autoflush:  # nothing is written past the wall
            self._zet("none")
            yield  # after an error the transaction is over, and with it the role
            self._zet(ROL)

    def _zet(self, rol: str) -> None:
        self._sessie.connection().execute(_ROL, {"rol": rol})


def _waarden(zicht: Wandzicht) -> dict[str, str]:
    return {
        "rol": ROL,
        "organisatie": zicht.organisatie,
        "medewerkers": _lijst(zicht.medewerkers),
        "gemeenten": _lijst(zicht.gemeenten),
        "regio": zicht.regio,
        "stappen": _lijst(map(str, zicht.stappen)),
    }


def _lijst(delen: Iterable[str]) -> str:
    return "\n".join(sorted(delen))
