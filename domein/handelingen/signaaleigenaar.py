"""Van wie een signaal is: van het beheer, als het systeem hapert, of van de uitvoering, als een mens iets moet regelen.

Beleid, geen wet. Het bericht aan het beheer noemt alleen het eerste; het tweede staat in het portaal en in de dossiers,
waar de coördinator het ziet. Een soort die hier niet staat, is van het beheer: liever eens te veel gezegd dan nooit.
"""

from typing import Final

from domein.handelingen.openen import GEEN_UITVOERDER
from domein.handelingen.partnerverzending import VAST
from domein.handelingen.stapwijzigingen import GEEN_ADRES
from domein.handelingen.swi import SIGNAAL as SWI_LEVERING
from domein.handelingen.waarneming import GEEN_VERVANGER
from domein.regels.opschaling import Tredesoort

# De afspraken, de bezetting, een partner of de levering van de regio: een coördinator lost het op.
UITVOERING: Final = frozenset(
    {
        GEEN_UITVOERDER, GEEN_VERVANGER, GEEN_ADRES, SWI_LEVERING, VAST,
        *(f"{soort.value}_zonder_ontvanger" for soort in Tredesoort),
    }
)  # fmt: skip
# Hierover zegt het onderzoek van de post en van de adressen al alles.
AL_GENOEMD: Final = frozenset({"post_onzeker", "post_onbestelbaar"})


def is_van_het_beheer(soort: str) -> bool:
    return soort not in UITVOERING | AL_GENOEMD
