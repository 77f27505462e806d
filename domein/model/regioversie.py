"""Eén geladen versie van de samenwerkingsafspraken van een regio."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from domein.model.basis import Tabel


class Regioversie(Tabel, table=True):
    """Een geladen versie wijzigt nooit; een verbetering is een nieuwe versie (regel 8)."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("regio", "versie"), UniqueConstraint("regio", "laadnummer"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    regio: str = Field(max_length=60)
    versie: str = Field(max_length=60)
    geldig_van: date
    inhoud: dict[str, Any] = Field(default_factory=dict[str, Any], sa_type=JSON)
    sha256: str = Field(max_length=64)
    geladen_op: datetime
    laadnummer: int  # de volgorde van laden per regio; twee versies kunnen op hetzelfde moment van de klok zijn geladen
    door: str = Field(max_length=100)
