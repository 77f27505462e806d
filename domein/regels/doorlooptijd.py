"""Midden en negentigste percentiel van doorlooptijden, uit aantallen per duur in dagen."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Doorlooptijd:
    """In dagen. De mediaan kan tussen twee dagen vallen; van P90 is negen van de tien korter of even lang."""

    aantal: int
    mediaan: float
    p90: int


def doorlooptijd(per_duur: Mapping[int, int]) -> Doorlooptijd | None:
    """Reken de doorlooptijd uit; None als er niets is geteld."""
    aantal = sum(per_duur.values())
    if aantal <= 0:
        return None
    onder, boven = _op_plaats(per_duur, (aantal + 1) // 2), _op_plaats(per_duur, aantal // 2 + 1)
    return Doorlooptijd(aantal, (onder + boven) / 2, _op_plaats(per_duur, ceil(aantal * 9 / 10)))


def _op_plaats(per_duur: Mapping[int, int], plaats: int) -> int:
    """Geef de duur op deze plaats (vanaf 1) als alle duren op volgorde staan."""
    tot = 0
    for duur in sorted(per_duur):
        tot += per_duur[duur]
        if tot >= plaats:
            return duur
    raise AssertionError("er zijn minder duren dan gezegd")
