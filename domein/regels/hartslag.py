"""Staat de ronde stil, en moet iemand dat nu horen?

Beleid van deze software, geen wet: één alarm als de ronde te lang niets goed deed, daarna elke dag één zolang het
duurt, en één bericht als zij weer loopt.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

HERHAAL_NA: Final = timedelta(hours=24)


class Oordeel(StrEnum):
    """Wat de bewaker nu moet doen."""

    GOED = "goed"
    ALARM = "alarm"  # nu melden
    GEMELD = "gemeld"  # staat stil, en dat is al gemeld
    HERSTELD = "hersteld"  # loopt weer; dat nog één keer melden


def staat_stil(laatst: datetime | None, begonnen: datetime, nu: datetime, grens: timedelta) -> bool:
    """Zeg of de laatste goede ronde te lang geleden is; was er nog geen, dan telt het begin van het bewaken."""
    return nu - (laatst or begonnen) > grens


def oordeel(
    laatst: datetime | None, begonnen: datetime, nu: datetime, grens: timedelta, gemeld_op: datetime | None
) -> Oordeel:
    """Geef wat de bewaker nu moet doen; `gemeld_op` is het laatste alarm waarop nog geen herstel volgde."""
    return vervolg(nu, gemeld_op, stil=staat_stil(laatst, begonnen, nu, grens))


def vervolg(nu: datetime, gemeld_op: datetime | None, *, stil: bool) -> Oordeel:
    """Geef wat er te melden is over iets dat stilstaat of niet, met één alarm per dag en één bericht bij herstel."""
    if not stil:
        return Oordeel.GOED if gemeld_op is None else Oordeel.HERSTELD
    if gemeld_op is None or nu - gemeld_op >= HERHAAL_NA:
        return Oordeel.ALARM
    return Oordeel.GEMELD
