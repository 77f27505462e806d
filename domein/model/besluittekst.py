"""De tekst van een besluit, versleuteld met de sleutel van het dossier: elke versie, en zoals zij is getekend."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from domein.model.basis import Tabel


class Besluittekst(Tabel, table=True):
    """Alleen toevoegen. De gebeurtenis bij deze versie houdt de hash; zonder de sleutel is de tekst weg (regel 12)."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("dossier_id", "besluit", "versie"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dossier_id: UUID = Field(foreign_key="dossier.id")
    besluit: int
    versie: int
    cijfertekst: bytes
    vastgelegd_op: datetime
