"""Een handeling van ops op veel stappen of dossiers tegelijk, met per regel hoe ver zij is.

Alleen codes, verwijzingen en dagen. De eigen woorden van wie het deed, staan versleuteld bij elke gebeurtenis.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from domein.begrippen import Verificatie
from domein.model.basis import Tabel, keuzelijst


class Bulk(Tabel, table=True):
    """De vraag. De regels liggen bij het begin vast: wie hem hervat, krijgt dezelfde stappen."""

    id: str = Field(primary_key=True, max_length=60)
    handeling: str = Field(max_length=30)
    vingerafdruk: str = Field(max_length=64)
    keuze: dict[str, Any] = Field(default_factory=dict[str, Any], sa_type=JSON)
    waarden: dict[str, Any] = Field(default_factory=dict[str, Any], sa_type=JSON)
    door: str = Field(max_length=100)
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    begonnen_op: datetime
    klaar_op: datetime | None = None


class Bulkregel(Tabel, table=True):
    """Eén stap of dossier uit een bulk. `uitslag` is leeg zolang zij nog moet; daarna verandert zij niet meer.

    Behalve na een onvoorziene fout (code `onverwacht:…`): dan probeert wie hervat het opnieuw.
    """

    __table_args__: ClassVar[Any] = (Index(None, "bulk_id", "dossier_id"),)

    bulk_id: str = Field(foreign_key="bulk.id", primary_key=True, max_length=60)
    volgorde: int = Field(primary_key=True)
    dossier_id: UUID = Field(foreign_key="dossier.id")
    stap_id: UUID | None = Field(default=None, foreign_key="stap.id")
    ongedaan: list[int] = Field(default_factory=list[int], sa_type=JSON)  # bij doorhalen: welke gebeurtenissen
    uitslag: str | None = Field(default=None, max_length=20)
    code: str = Field(default="", max_length=60)
    waarom: str = ""
    uitweg: str = ""
    gebeurtenissen: list[int] = Field(default_factory=list[int], sa_type=JSON)
    berichten: list[str] = Field(default_factory=list[str], sa_type=JSON)  # ids, om ze samen te voegen
    afgerond_op: datetime | None = None
