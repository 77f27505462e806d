"""Hoeveel nieuwe inburgeraars een gemeente verwacht: de toets zet dit naast de capaciteit."""

from types import MappingProxyType
from typing import Final, Self

from pydantic import Field, model_validator

from domein.begrippen import Doelgroep, Leerroute
from domein.regio.onderdelen import Gemeentecode, Onderdeel

# Landelijke planning voor asielstatushouders uit 2019 (SZW); geen wet, en in elke regio anders.
PLANNING: Final = MappingProxyType({Leerroute.B1: 60, Leerroute.ONDERWIJS: 25, Leerroute.Z: 15})


class Instroom(Onderdeel):
    """De verwachte instroom van een gemeente in een jaar, met de verdeling over de leerroutes in procenten."""

    gemeente: Gemeentecode
    jaar: int = Field(ge=2022, le=2100)
    aantal: int = Field(ge=0)
    doelgroep: Doelgroep = Doelgroep.ASIELSTATUSHOUDER
    leerroutes: dict[Leerroute, int] = Field(default_factory=lambda: dict(PLANNING))
    bron: str = ""

    @model_validator(mode="after")
    def _procenten(self) -> Self:
        if Leerroute.ONBEKEND in self.leerroutes or any(deel < 0 for deel in self.leerroutes.values()):
            raise ValueError("verdeel de instroom over b1, onderwijs en z, met hele procenten vanaf 0")
        if sum(self.leerroutes.values()) != 100:
            raise ValueError("de leerroutes van de instroom zijn samen geen 100 procent")
        return self
