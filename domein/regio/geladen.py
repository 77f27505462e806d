"""Een gelezen en goedgekeurde regio, klaar om te bewaren."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from domein.regio.bevinding import Bevinding
from domein.regio.model import Regio


@dataclass(frozen=True, slots=True)
class GeladenRegio:
    """De regio, haar inhoud als JSON (om te bewaren) en de vingerafdruk van wat er geschreven staat.

    `Regio.model_validate(inhoud)` geeft dezelfde regio terug. `meldingen` zijn de
    waarschuwingen; met een fout bestaat deze waarde niet.
    """

    regio: Regio
    inhoud: Mapping[str, Any]
    sha256: str
    bron: str
    meldingen: tuple[Bevinding, ...] = ()

    @property
    def code(self) -> str:
        """De code van de regio."""
        return self.regio.code

    @property
    def versie(self) -> str:
        """De versie die het bestand draagt."""
        return self.regio.versie

    @property
    def geldig_van(self) -> date:
        """De eerste dag waarop deze versie geldt."""
        return self.regio.kop.geldig_van

    @classmethod
    def uit_opslag(cls, inhoud: Mapping[str, Any], sha256: str, bron: str = "opslag") -> Self:
        """Bouw de regio weer op uit de bewaarde inhoud; zij was al goedgekeurd."""
        return cls(regio=Regio.model_validate(inhoud), inhoud=inhoud, sha256=sha256, bron=bron)
