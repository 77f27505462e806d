"""Wat er na het verzenden van een bericht gebeurde: teruggekomen, beslist door een mens, een adres dat niet werkt."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from domein.begrippen import Bouncesoort, Postkeuze, Verificatie
from domein.model.basis import Tabel, keuzelijst


class Bounce(Tabel, table=True):
    """Een melding dat een aanvaard bericht toch niet aankwam; dezelfde melding telt één keer."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("bericht_id", "kenmerk"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    bericht_id: UUID = Field(foreign_key="bericht.id")
    kenmerk: str = Field(max_length=64)  # hash van de melding
    soort: Bouncesoort = Field(sa_type=keuzelijst(Bouncesoort))
    code: str = Field(max_length=20)  # zoals 5.1.1 (RFC 3463)
    toelichting: str = ""  # wat de andere server zei, zonder adressen
    ontvangen_op: datetime


class Postbeslissing(Tabel, table=True):
    """Wie er over een onzeker bericht besliste, en waarom. Er komt alleen bij."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    bericht_id: UUID = Field(foreign_key="bericht.id", index=True)
    keuze: Postkeuze = Field(sa_type=keuzelijst(Postkeuze))
    door: str = Field(max_length=60)
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    reden: str
    op: datetime


class Adresstand(Tabel, table=True):
    """Een mailadres dat niet werkt. Zolang `hersteld_op` leeg is, gaat er geen mail naartoe."""

    adres: str = Field(primary_key=True, max_length=254)  # in kleine letters
    onbestelbaar_sinds: datetime
    code: str = Field(max_length=60)
    bericht_id: UUID | None = Field(default=None, foreign_key="bericht.id")
    hersteld_op: datetime | None = None
    hersteld_door: str | None = Field(default=None, max_length=60)
    herstel_reden: str | None = None
