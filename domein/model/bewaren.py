"""Wat blijft als een dossier is vernietigd: de lijst, per dossier één regel bewijs, en de leveringen aan het CBS.

Er staat niets in dat naar een persoon leidt: alleen codes, dagen, aantallen en hashes. Daarom blijven deze tabellen.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from domein.begrippen import Leveringstatus, Lijststatus, Regelstatus, Verificatie
from domein.model.basis import Tabel, keuzelijst


class Vernietigingslijst(Tabel, table=True):
    """Een voorstel om dossiers van één gemeente te vernietigen; een ander dan de maker keurt het goed."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    nummer: str = Field(unique=True, max_length=40)  # 'VL-GM0512-2031-1'
    gemeente: str = Field(max_length=6, index=True)
    peildatum: date
    status: Lijststatus = Field(default=Lijststatus.OPGESTELD, sa_type=keuzelijst(Lijststatus))
    opgesteld_op: datetime
    opgesteld_door: str = Field(max_length=60)
    opgesteld_verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    inhoud_sha256: str = Field(default="", max_length=64)  # van wat is goedgekeurd: een gewijzigde lijst valt op
    besloten_op: datetime | None = None
    besloten_door: str | None = Field(default=None, max_length=60)
    besloten_verificatie: Verificatie | None = Field(default=None, sa_type=keuzelijst(Verificatie))
    besluit_reden: str = ""
    uitgevoerd_op: datetime | None = None
    uitgevoerd_door: str | None = Field(default=None, max_length=60)
    verklaring: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    verklaring_sha256: str = Field(default="", max_length=64)


class Vernietigingsregel(Tabel, table=True):
    """Eén dossier op een lijst; na de vernietiging het bewijs. Zonder lijst: opnieuw toegepast na terugzetten."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("lijst_id", "dossier_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    lijst_id: UUID | None = Field(default=None, foreign_key="vernietigingslijst.id")
    dossier_id: UUID = Field(foreign_key="dossier.id", index=True)
    status: Regelstatus = Field(default=Regelstatus.VOORGESTELD, sa_type=keuzelijst(Regelstatus))
    resultaat: str = Field(default="", max_length=60)
    grond: str = Field(default="", max_length=200)  # het artikel
    einde_op: date | None = None
    bewaren_tot: date | None = None
    waarom: str = ""  # een vaste zin van het systeem: waarom overgeslagen of uitgezonderd
    vernietigd_op: datetime | None = None
    sleutel_id: UUID | None = None
    gebeurtenissen: int = 0
    keten_hoofd: str = Field(default="", max_length=64)


class Swilevering(Tabel, table=True):
    """Een kwartaallevering aan het CBS van één gemeente: dat zij is gemaakt, en wat ermee gebeurde (art. 39 Wi)."""

    __tablename__: ClassVar[str] = "swilevering"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (UniqueConstraint("kwartaal", "gemeente", "versie"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kwartaal: str = Field(max_length=7)  # '2026-K1'
    gemeente: str = Field(max_length=6)
    versie: int = 1
    status: Leveringstatus = Field(default=Leveringstatus.GEMAAKT, sa_type=keuzelijst(Leveringstatus))
    uiterst: date
    rijen: int
    ontbreekt: int  # zoveel verplichte velden zijn leeg
    sha256: str = Field(max_length=64)
    gemaakt_op: datetime
    gemaakt_door: str = Field(max_length=60)
    gemaakt_verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    geleverd_op: date | None = None
    geleverd_door: str | None = Field(default=None, max_length=60)
    antwoord_op: date | None = None
