"""The storage as the portal sees it: every transaction behind the second wall, for whoever the request is from.

The portal says who looks, once, at its gate; the pages know nothing of it, so a new page cannot forget it. Without
anyone, the wall shows no dossier at all.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Final

from adapters.opslag import SqlMagazijn, SqlRuimte
from domein.ports import Omgeving
from domein.regels.wand import Wandzicht


@dataclass(frozen=True, slots=True)
class _Blik:
    zicht: Wandzicht | None = None
    handelt: bool = False


_NIEMAND: Final = _Blik()
_BLIK: Final[ContextVar[_Blik]] = ContextVar("regie_blik", default=_NIEMAND)


def kijk_als(zicht: Wandzicht, *, handelt: bool) -> None:
    """From here on in this request: what may be seen at most, and whether it is allowed to change anything."""
    _BLIK.set(_Blik(zicht, handelt))


@contextmanager
def niemand() -> Generator[None]:
    """Begin a request without anyone; what was set in it is forgotten at its end."""
    merk = _BLIK.set(_NIEMAND)
    try:
        yield
    finally:
        _BLIK.reset(merk)


class Wandmagazijn:
    """Implements the port `Magazijn` for PostgreSQL, behind the wall."""

    def __init__(self, magazijn: SqlMagazijn) -> None:
        self._magazijn = magazijn

    def ruimte(self) -> AbstractContextManager[SqlRuimte]:
        blik = _BLIK.get()
        return self._magazijn.ruimte_achter_wand(blik.zicht, handelt=blik.handelt)

    def schoon_op(self) -> bool:
        return self._magazijn.schoon_op()


def met_wand(omgeving: Omgeving) -> Omgeving:
    """The environment for the portal. SQLite knows no wall: there the rules of the domain stand alone."""
    magazijn = omgeving.magazijn
    if not isinstance(magazijn, SqlMagazijn) or magazijn.engine.dialect.name != "postgresql":
        return omgeving
    return replace(omgeving, magazijn=Wandmagazijn(magazijn))
