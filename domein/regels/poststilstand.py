"""Gaat de post weg, of moet het beheer horen dat zij blijft liggen?

Beleid van deze software, geen wet. Het dagelijkse bericht aan het beheer gaat zelf met de post mee: staat die stil, dan
zegt het niets. Daarom kijkt de bewaker er ook naar, buiten de post om.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domein.regels.kalender import Kantoorkalender

PAUZE_MAG: Final = timedelta(days=1)  # zo lang mag iemand de post stilzetten zonder dat het beheer het hoort
WACHTEN_MAG: Final = timedelta(hours=2)  # zo lang mag mail blijven liggen die aan de beurt is, op een werkdag
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


class Poststoring(StrEnum):
    """Waarom er geen post weggaat."""

    PAUZE = "pauze"  # iemand zette haar stil, of er is een reservekopie teruggezet
    WACHT = "wacht"  # er ligt mail die allang weg had moeten zijn


def poststoring(pauze_sinds: datetime | None, wacht_sinds: datetime | None, nu: datetime) -> Poststoring | None:
    """Geef waarom de post te lang blijft liggen, of None.

    `wacht_sinds`: wanneer de oudste mail die nu weg mag, aan de beurt kwam. Tijdens een pauze telt alleen de pauze.
    """
    if pauze_sinds is not None:
        return Poststoring.PAUZE if nu - pauze_sinds >= PAUZE_MAG else None
    werkdag = Kantoorkalender().is_open(nu.astimezone(_AMSTERDAM).date())
    te_lang = wacht_sinds is not None and nu - wacht_sinds >= WACHTEN_MAG
    return Poststoring.WACHT if te_lang and werkdag else None
