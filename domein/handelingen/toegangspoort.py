"""Wat een lijst van de opslag vraagt om te zien welke dossiers iemand mag zien."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from domein.begrippen import Stapsoort, Stapstatus
    from domein.model import Dossier


@dataclass(frozen=True, slots=True)
class Stapspoor:
    """Van een stap alleen wat over de toegang beslist."""

    kenmerk: str
    stapsoort: Stapsoort
    status: Stapstatus
    partner: str | None
    medewerker: str | None
    afspraak: str | None
    besluit: bool


class Toegangsruimte(Protocol):
    """Een deel van `Ruimte`."""

    def sporen(self, dossier_ids: Collection[UUID]) -> Mapping[UUID, tuple[Dossier, Sequence[Stapspoor]]]:
        """Elk dossier met zijn open stappen en genomen besluiten, in twee vragen; wat er niet is, ontbreekt.

        Een andere stap geeft niemand toegang (`domein.regels.toegang`).
        """
        ...
