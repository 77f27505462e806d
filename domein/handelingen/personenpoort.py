"""Wat een lijst met namen, en zoeken op persoon, van de opslag vragen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from domein.ports import Persoon


@dataclass(frozen=True, slots=True)
class Zoekkring:
    """In welke dossiers iemand op naam zoekt.

    `medewerkers`: hun lopende dossiers en hun open taken. `partner`: de open taken van een hele organisatie.
    `gemeenten`: waar een open taak op een besluit wacht. In het archief is dat wat iemand kan mogen nalezen: de
    beëindigde dossiers van deze medewerkers of van de organisatie, en in deze gemeenten elk genomen besluit.
    """

    medewerkers: frozenset[str]
    partner: str = ""
    gemeenten: frozenset[str] = field(default_factory=frozenset[str])


class Personenruimte(Protocol):
    """Een deel van `Ruimte`."""

    def personen(self, dossier_ids: Collection[UUID]) -> Mapping[UUID, Persoon]:
        """De personen bij deze dossiers, in twee vragen; wie is gewist, ontbreekt."""
        ...

    def te_doorzoeken(self, kring: Zoekkring, grens: int) -> Sequence[UUID]:
        """De dossiers in deze kring; hoogstens één meer dan de grens, en dan zijn het er te veel."""
        ...

    def te_doorzoeken_archief(self, kring: Zoekkring, grens: int) -> Sequence[UUID]:
        """Wat in deze kring is na te lezen en nog niet is vernietigd; ook hier hoogstens één meer dan de grens."""
        ...
