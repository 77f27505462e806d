"""De rij van een gebeurtenis: de envelop leesbaar, de inhoud versleuteld, met haar plaats in de keten."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from domein.begrippen import Verificatie
from domein.model.basis import Tabel, keuzelijst


class GebeurtenisRij(Tabel, table=True):
    """Alleen toevoegen, nooit wijzigen (regel 1, 11 en 12)."""

    __tablename__: ClassVar[str] = "gebeurtenis"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("dossier_id", "volgnummer"),
        UniqueConstraint("bron", "bronkenmerk", "bronversie"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dossier_id: UUID = Field(foreign_key="dossier.id")
    volgnummer: int
    soort: str = Field(max_length=60)
    geldig_op: date
    vastgelegd_op: datetime
    bron: str = Field(max_length=60)
    bronkenmerk: str | None = Field(default=None, max_length=200)
    bronversie: int = 1
    actor: str = Field(max_length=100)
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    stap_kenmerk: str | None = Field(default=None, max_length=120)
    cijfertekst: bytes
    vorige_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
