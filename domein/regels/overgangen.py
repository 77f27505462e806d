"""De toestanden van een stap: één tabel met elke toegestane overgang en de aanleiding (regel 4).

Wat er niet in staat, is geweigerd.
"""

from typing import Final, Literal

from domein.begrippen import Stapstatus
from domein.fouten import OvergangNietToegestaan

G, O, K, S, V = (
    Stapstatus.GEPLAND, Stapstatus.OPEN, Stapstatus.KLAAR, Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN,
)  # fmt: skip

Aanleiding = Literal["plan", "openen", "uitkomst", "mens", "heropenen"]

OVERGANGEN: Final[frozenset[tuple[Stapstatus, Stapstatus, Aanleiding]]] = frozenset(
    {
        (G, O, "openen"),
        (O, K, "uitkomst"),
        (G, K, "uitkomst"),  # het gebeurde voordat wij erom vroegen: een feit mag altijd worden vastgelegd
        (G, S, "mens"),
        (O, S, "mens"),
        (G, V, "plan"),
        (O, V, "plan"),  # met een bericht dat de taak vervalt
        (
            V,
            G,
            "plan",
        ),  # een doorhaling maakte de stap weer nodig; het is dezelfde stap, met een hogere generatie
        (V, K, "uitkomst"),  # zij verviel bij ons, maar bleek toch gedaan
        (K, G, "heropenen"),  # alleen omdat een mens heropent of de uitkomst doorhaalt; nooit door het plan
        (S, G, "heropenen"),
    }
)


def controleer(van: Stapstatus, naar: Stapstatus, aanleiding: Aanleiding) -> None:
    """Laat de overgang toe, of weiger haar met OvergangNietToegestaan."""
    if (van, naar, aanleiding) not in OVERGANGEN:
        raise OvergangNietToegestaan(
            f"Een stap die {van.value} is, kan niet {naar.value} worden door {aanleiding}.",
            "Kijk met 'regie stap lijst' hoe de stap er nu voor staat.",
        )
