"""Hoe zwaar een open stap weegt als het werk over een team wordt verdeeld.

Geen wet maar beleid. De standaard is een ruwe schatting van de uren per stap; een regio zet
onder `[weging]` haar eigen getallen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import Field

from domein.begrippen import Doelgroep, Stapsoort
from domein.regio.onderdelen import Onderdeel

Gewicht = Annotated[float, Field(gt=0, le=100)]

# Uren: intake en PIP samen 6 tot 10, een gesprek met verslag 1 tot 1,5 (aanname, geen bron).
STANDAARD_STAP: Final[Mapping[Stapsoort, float]] = MappingProxyType(
    {
        Stapsoort.REGISTRATIE: 0.5,
        Stapsoort.INTAKE: 5.0,
        Stapsoort.PIP: 3.0,
        Stapsoort.VOORTGANG: 1.5,
        Stapsoort.MAP: 2.0,
        Stapsoort.DUO: 0.5,
        Stapsoort.BEGELEIDING: 2.0,
        Stapsoort.ONTZORGEN: 2.0,
        Stapsoort.EINDGESPREK: 1.5,
        Stapsoort.VERHUIZING: 2.0,
    }
)
STANDAARD_OVERIG: Final = 1.0
# Per voltijdsplaats ongeveer twee keer zoveel gezinsmigranten als asielstatushouders (aanname).
STANDAARD_DOELGROEP: Final[Mapping[Doelgroep, float]] = MappingProxyType(
    {Doelgroep.ASIELSTATUSHOUDER: 2.0, Doelgroep.GEZINSMIGRANT: 1.0, Doelgroep.OVERIGE_MIGRANT: 1.0}
)


class Weging(Onderdeel):
    """De gewichten van een regio; wat zij niet noemt, houdt de standaard."""

    stappen: dict[Stapsoort, Gewicht] = Field(default_factory=dict[Stapsoort, Gewicht])
    doelgroepen: dict[Doelgroep, Gewicht] = Field(default_factory=dict[Doelgroep, Gewicht])

    def gewicht(self, stap: Stapsoort, doelgroep: Doelgroep | None = None) -> float:
        """Geef het gewicht van een stap; zonder doelgroep telt die niet mee."""
        van_stap = self.stappen.get(stap, STANDAARD_STAP.get(stap, STANDAARD_OVERIG))
        if doelgroep is None:
            return van_stap
        return van_stap * self.doelgroepen.get(doelgroep, STANDAARD_DOELGROEP.get(doelgroep, STANDAARD_OVERIG))
