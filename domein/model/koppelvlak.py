"""Wat de API en het inlezen in het portaal bewaren: tokens, antwoorden op verzoeken, en een bestand dat nog wacht."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from domein.model.basis import Tabel


class Apitoken(Tabel, table=True):
    """Een token waarmee het systeem van een partner zich bewijst; van het token zelf staat hier alleen een hash.

    De naam wordt nooit opnieuw gebruikt: zij staat in het logboek.
    """

    naam: str = Field(primary_key=True, max_length=40)
    token_hash: str = Field(unique=True, max_length=64)
    partner: str = Field(max_length=60)
    rechten: list[str] = Field(default_factory=list[str], sa_type=JSON)
    reden: str
    gemaakt_op: datetime
    gemaakt_door: str = Field(max_length=60)
    vervalt_op: datetime
    gebruikt_op: datetime | None = None
    ingetrokken_op: datetime | None = None
    ingetrokken_door: str | None = Field(default=None, max_length=60)
    intrekreden: str | None = None


class Idempotentie(Tabel, table=True):
    """Het antwoord op een verzoek dat iets veranderde, om hetzelfde te geven als het verzoek nog eens komt.

    Deze rij, wat het verzoek deed en het antwoord komen in één transactie. Van de inhoud staat hier een vingerafdruk
    met een sleutel: een BSN is er niet uit terug te rekenen.
    """

    __table_args__: ClassVar[Any] = (UniqueConstraint("partner", "sleutel"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    partner: str = Field(max_length=60)
    sleutel: str = Field(max_length=64)  # hash van de Idempotency-Key
    vingerafdruk: str = Field(max_length=64)
    gemaakt_op: datetime = Field(index=True)
    status: int = 0
    antwoord: dict[str, Any] = Field(default_factory=dict[str, Any], sa_type=JSON)


class Importbestand(Tabel, table=True):
    """Een bestand dat iemand bekeek en nog moet bevestigen; daarna alleen wat er per rij gebeurde.

    De sleutel staat niet hier maar in het formulier op zijn scherm: wie alleen de database heeft, leest niets.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    medewerker: str = Field(max_length=60)
    soort: str = Field(max_length=20)
    naam: str = Field(max_length=200)
    cijfertekst: bytes
    vervalt_op: datetime = Field(index=True)
    gedaan_op: datetime | None = None
    verslag: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]], sa_type=JSON)
