"""De API voor systemen van partners: `/v1`, volgens de NL API Design Rules, met een token per partner.

Zij is een deur naar dezelfde handelingen als de pagina's. Een sessie van het portaal telt hier niet, een token telt
nergens anders: een browser kan dus nooit ongemerkt iets doen.
"""

from typing import Final

VERSIE: Final = "1.0.0"
BEGIN: Final = "/v1"
