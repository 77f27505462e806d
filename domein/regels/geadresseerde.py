"""Naar wie een brief over een inburgeraar gaat: naar hemzelf, of tot zijn achttiende naar zijn vertegenwoordiger.

Bron: Burgerlijk Wetboek, artikelen 1:233, 1:245 en 1:302 (Nidos is voogd van een kind zonder ouders hier).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

from domein.regeling import Regeling
from domein.regels.leeftijd import is_minderjarig

POST: Final = "post"
NEDERLANDS: Final = "nl"


class Aangeschrevene(Protocol):
    """Wat deze regel van een persoon nodig heeft."""

    @property
    def geboortedatum(self) -> date: ...

    @property
    def gegevens(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Geadresseerde:
    """Aan wie, langs welk kanaal en in welke taal. `soort` is er alleen bij een vertegenwoordiger."""

    aan: Literal["zelf", "vertegenwoordiger"]
    soort: str | None
    kanaal: str
    taal: str


def geadresseerde(persoon: Aangeschrevene, op: date, regels: Regeling | None = None) -> Geadresseerde:
    """Geef naar wie een brief op deze dag gaat; op de achttiende verjaardag is dat de inburgeraar zelf.

    Van een kind zonder vastgelegde vertegenwoordiger is de soort 'onbekend': dan zoekt een mens het uit.
    """
    taal = persoon.gegevens.get("taal", NEDERLANDS)
    if not is_minderjarig(persoon.geboortedatum, op, regels):
        return Geadresseerde("zelf", None, persoon.gegevens.get("kanaal", POST), taal)
    soort = persoon.gegevens.get("vertegenwoordiger_soort", "onbekend")
    kanaal = "email" if persoon.gegevens.get("vertegenwoordiger_email") else POST
    # Een ouder leest de taal van zijn kind; een voogd en Nidos werken in het Nederlands.
    return Geadresseerde("vertegenwoordiger", soort, kanaal, taal if soort == "ouder" else NEDERLANDS)
