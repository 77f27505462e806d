"""Een meting: een waarde, de basis uit dezelfde ronde, en of hun verhouding het doel haalt."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Meting:
    """`verhouding` is basis gedeeld door waarde: hoe vaak zo snel (of zo klein) als de basis.

    Bij richting "min" is de verhouding minstens het doel, bij "max" hooguit.
    """

    onderdeel: str
    maat: str
    waarde: float
    basis: float
    doel: float
    richting: Literal["min", "max"] = "min"

    @property
    def verhouding(self) -> float:
        return self.basis / self.waarde if self.waarde else float("inf")

    @property
    def gehaald(self) -> bool:
        return self.verhouding >= self.doel if self.richting == "min" else self.verhouding <= self.doel

    def als_dict(self) -> dict[str, Any]:
        """Geef de vorm van `regie meet --json`."""
        return {
            "onderdeel": self.onderdeel,
            "maat": self.maat,
            "waarde": _rond(self.waarde),
            "basis": _rond(self.basis),
            "verhouding": _rond(self.verhouding),
            "doel": self.doel,
            "richting": self.richting,
            "gehaald": self.gehaald,
        }


def _rond(getal: float) -> float:
    """Vier cijfers die ertoe doen: meer is schijn bij een gemeten tijd."""
    return float(f"{getal:.4g}")
