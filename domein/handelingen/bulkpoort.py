"""Wat een handeling in bulk van de database vraagt."""

from typing import Protocol
from uuid import UUID

from domein.model import Bulk, Bulkregel


class Bulkruimte(Protocol):
    """Een deel van `Ruimte`."""

    def bulk(self, bulk_id: str) -> Bulk | None: ...

    def bulken(self) -> list[Bulk]:
        """Alle handelingen in bulk, de jongste eerst."""
        ...

    def bulkregels(self, bulk_id: str, dossier_id: UUID | None = None) -> list[Bulkregel]:
        """De regels van een bulk op volgorde, desgewenst van één dossier."""
        ...
