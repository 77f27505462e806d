"""Wat de beheerpagina's van de database vragen: aantallen en korte lijsten, nooit alles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domein.model import Bericht, Lease, Stap


class Postnood(StrEnum):
    """Waarom een mens naar een bericht moet kijken."""

    ONZEKER = "onzeker"  # misschien aangekomen: iemand beslist
    VAST = "vast"  # wacht al te lang
    MISLUKT = "mislukt"  # niet te bezorgen


class Stapnood(StrEnum):
    """Waarom ops naar een stap moet kijken."""

    KAPOT = "kapot"  # de run bleef mislukken, of iemand stopte haar
    ZONDER_RUN = "zonder-run"  # open, en in Prefect niet te zien
    NIET_GEOPEND = "niet-geopend"  # had al open moeten zijn
    TE_LAAT = "te-laat"  # open na haar laatste dag


@dataclass(frozen=True, slots=True)
class Peil:
    """De momenten waaraan wordt gemeten wat te lang duurt."""

    vandaag: date
    post_voor: datetime
    geopend_voor: datetime


class Beheerruimte(Protocol):
    """Een deel van `Ruimte`."""

    def tel_post(self, nood: Postnood, peil: Peil) -> int: ...

    def post_in_nood(self, nood: Postnood, peil: Peil, grens: int) -> list[Bericht]:
        """De oudste eerst."""
        ...

    def tel_stappen_in_nood(self, nood: Stapnood, peil: Peil) -> int:
        """Niet voor KAPOT (dat zijn signalen) en TE_LAAT (dat telt het regiobord)."""
        ...

    def stappen_in_nood(self, nood: Stapnood, peil: Peil, grens: int) -> Sequence[tuple[Stap, str]]:
        """Stappen met de referentie van hun dossier, het dringendst eerst; niet voor KAPOT."""
        ...

    def tel_signalen(self) -> Mapping[str, int]:
        """Hoeveel open signalen er zijn, per soort."""
        ...

    def lease(self, naam: str) -> Lease | None: ...
