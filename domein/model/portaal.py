"""Wat het portaal bewaart: aanmeldingen, sessies en concepten. Van elk geheim staat hier alleen een hash."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from domein.begrippen import Verificatie
from domein.model.basis import Tabel, keuzelijst


class Aanmeldlink(Tabel, table=True):
    """Een link om één keer mee aan te melden, in de browser die erom vroeg.

    `browser_hash` is leeg bij een link van de opdrachtregel: wie daarbij kan, kan al bij de database.
    """

    __table_args__: ClassVar[Any] = (Index(None, "medewerker", "gemaakt_op"),)

    code_hash: str = Field(primary_key=True, max_length=64)
    medewerker: str = Field(max_length=60)
    browser_hash: str = Field(default="", max_length=64)
    gemaakt_op: datetime
    vervalt_op: datetime
    gebruikt_op: datetime | None = None


class Sessie(Tabel, table=True):
    """Eén aanmelding van één persoon. De rechten staan er niet in: die volgen elke keer uit de afspraken."""

    __table_args__: ClassVar[Any] = (Index(None, "medewerker", "beeindigd_op"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    medewerker: str = Field(max_length=60)
    partner: str = Field(max_length=60)
    rollen: list[str] = Field(default_factory=list[str], sa_type=JSON)  # die van de aanmelding
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    bewijs: str = Field(max_length=64)  # staat in elk formulier van deze sessie (tegen verzoeken van elders)
    begonnen_op: datetime
    gezien_op: datetime
    vervalt_op: datetime  # ook wie blijft werken meldt zich daarna opnieuw aan
    beeindigd_op: datetime | None = None


class Concept(Tabel, table=True):
    """Een antwoord dat iemand nog niet verstuurde; versleuteld met de sleutel van het dossier."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("stap_id", "medewerker"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    stap_id: UUID = Field(foreign_key="stap.id")
    medewerker: str = Field(max_length=60)
    generatie: int
    cijfertekst: bytes
    bewaard_op: datetime
