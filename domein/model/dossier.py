"""Het dossier: één inburgeraar in de regio. Er staat niets in dat naar een persoon leidt."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field

from domein.begrippen import Dossierstatus
from domein.model.basis import Tabel, keuzelijst


class Dossier(Tabel, table=True):
    """De stand van zaken volgt uit de gebeurtenissen; hier staat alleen wat een lijst nodig heeft."""

    __table_args__: ClassVar[Any] = (Index(None, "klantmanager", "status", "referentie"),)  # de eigen dossiers

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    referentie: str = Field(unique=True, max_length=20)  # 'D-7F3K9': wat een mens te zien krijgt
    regio: str = Field(max_length=60)
    gemeente: str = Field(index=True, max_length=6)  # GM-code, bepaalt wie het dossier mag inzien
    status: Dossierstatus = Field(default=Dossierstatus.LOPEND, sa_type=keuzelijst(Dossierstatus), index=True)
    laatste_volgnummer: int = 0
    keten_hoofd: str = Field(default="", max_length=64)  # hash van de laatste gebeurtenis (regel 12)
    regeling: str = Field(default="", max_length=60)
    klantmanager: str | None = Field(default=None, max_length=60)
    huishouden: str | None = Field(default=None, max_length=64, index=True)
    regie_partner: str | None = Field(default=None, max_length=60)
    aangemaakt_op: datetime
    beeindigd_op: date | None = None
    einde: str | None = Field(default=None, max_length=60)
