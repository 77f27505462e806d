"""De toestanden van een stap: één tabel met elke toegestane overgang en de aanleiding (regel 4).

Wat er niet in staat, is geweigerd.
"""

from typing import Final, Literal

from domein.begrippen import Stapstatus
from domein.fouten import OvergangNietToegestaan

GEPLAND, OPEN, KLAAR = Stapstatus.GEPLAND, Stapstatus.OPEN, Stapstatus.KLAAR
OVERGESLAGEN, VERVALLEN = Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN

Aanleiding = Literal["plan", "openen", "uitkomst", "mens", "heropenen"]

OVERGANGEN: Final[frozenset[tuple[Stapstatus, Stapstatus, Aanleiding]]] = frozenset(
    {
        (GEPLAND, OPEN, "openen"),
        (OPEN, KLAAR, "uitkomst"),
        (GEPLAND, KLAAR, "uitkomst"),  # het gebeurde voordat wij erom vroegen: een feit mag altijd worden vastgelegd
        (GEPLAND, OVERGESLAGEN, "mens"),
        (OPEN, OVERGESLAGEN, "mens"),
        # De stap was al eens overgeslagen, en dat telt weer: haar uitkomst werd doorgehaald, of wat haar liet
        # vervallen.
        (KLAAR, OVERGESLAGEN, "mens"),
        (VERVALLEN, OVERGESLAGEN, "mens"),
        (GEPLAND, VERVALLEN, "plan"),
        (OPEN, VERVALLEN, "plan"),  # met een bericht dat de taak vervalt
        # Een doorhaling maakte de stap weer nodig; het is dezelfde stap, met een hogere generatie.
        (VERVALLEN, GEPLAND, "plan"),
        (VERVALLEN, KLAAR, "uitkomst"),  # zij verviel bij ons, maar bleek toch gedaan
        (OVERGESLAGEN, KLAAR, "uitkomst"),  # wij sloegen haar over, maar het feit kwam toch (ook: doorhaling terug)
        (KLAAR, GEPLAND, "heropenen"),  # alleen omdat een mens heropent of de uitkomst doorhaalt; nooit door het plan
        (OVERGESLAGEN, GEPLAND, "heropenen"),
    }
)


def controleer(van: Stapstatus, naar: Stapstatus, aanleiding: Aanleiding) -> None:
    """Laat de overgang toe, of weiger haar met OvergangNietToegestaan."""
    if (van, naar, aanleiding) not in OVERGANGEN:
        raise OvergangNietToegestaan(
            f"Een stap die {van.value} is, kan niet {naar.value} worden door {aanleiding}.",
            "Kijk met 'regie stap lijst' hoe de stap er nu voor staat.",
        )
