"""Een bericht in de uitgaande post: geschreven in dezelfde transactie als zijn oorzaak."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field

from domein.begrippen import Berichtstatus
from domein.model.basis import Tabel, keuzelijst


class Bericht(Tabel, table=True):
    """De unieke sleutel (stap, generatie, soort, niveau, ontvanger) zorgt dat niets twee keer ontstaat."""

    __table_args__: ClassVar[Any] = (Index(None, "status", "volgende_poging"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    sleutel: str = Field(unique=True, max_length=300)
    soort: str = Field(max_length=60)
    dossier_id: UUID | None = Field(default=None, foreign_key="dossier.id", index=True)
    stap_id: UUID | None = Field(default=None, foreign_key="stap.id", index=True)
    generatie: int = 0
    niveau: int = 0
    ontvanger_code: str = Field(max_length=60)
    adres: str = Field(max_length=254)
    message_id: str = Field(unique=True, max_length=254)  # vast: elke kopie is hetzelfde bericht (I2)
    onderwerp: str
    tekst: str
    status: Berichtstatus = Field(default=Berichtstatus.WACHTEND, sa_type=keuzelijst(Berichtstatus))
    pogingen: int = 0
    volgende_poging: datetime | None = None
    poging_begonnen_op: datetime | None = None
    lease_tot: datetime | None = None
    lease_nummer: int = 0
    aangemaakt_op: datetime
    aanvaard_op: datetime | None = None
    antwoord: str | None = None
    fout_code: str | None = Field(default=None, max_length=60)
