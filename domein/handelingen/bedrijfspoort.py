"""Wat het bedrijf zelf van de database vraagt: de pauze van de post en de hartslag van de diensten."""

from datetime import datetime
from typing import Protocol

from domein.model import Hartslag, Postpauze


class Bedrijfsruimte(Protocol):
    """Een deel van `Ruimte`."""

    def postpauze(self) -> Postpauze | None:
        """De pauze die nu loopt: dan gaat er geen bericht weg."""
        ...

    def zet_hartslag(self, naam: str, houder: str, op: datetime) -> None: ...

    def hartslag(self, naam: str) -> Hartslag | None: ...

    def hartslagen(self, begin: str) -> list[Hartslag]:
        """Die waarvan de naam zo begint, op naam."""
        ...

    def vergeet_hartslag(self, naam: str) -> None:
        """Dit proces is gewoon gestopt, of al lang weg."""
        ...
