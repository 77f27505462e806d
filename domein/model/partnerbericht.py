"""Een bericht aan het systeem van een partner. De inhoud staat er niet in: die wordt gemaakt bij het verzenden."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from domein.begrippen import Berichtstatus
from domein.model.basis import Tabel, keuzelijst


class Partnerbericht(Tabel, table=True):
    """Eén keer per oorzaak en partner; op volgorde van `volgnummer` binnen dossier en partner."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("dossier_id", "partner", "soort", "gebeurtenis"),
        UniqueConstraint("dossier_id", "partner", "volgnummer"),
        Index(None, "status", "volgende_poging"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dossier_id: UUID = Field(foreign_key="dossier.id")
    partner: str = Field(max_length=60)
    soort: str = Field(max_length=60)
    gebeurtenis: int  # het volgnummer van het feit dat de oorzaak is
    volgnummer: int
    stapsoort: str = Field(max_length=30)  # onder welke afspraak de partner dit mag zien
    status: Berichtstatus = Field(default=Berichtstatus.WACHTEND, sa_type=keuzelijst(Berichtstatus))
    pogingen: int = 0
    volgende_poging: datetime | None = None
    lease_tot: datetime | None = None
    lease_nummer: int = 0
    aangemaakt_op: datetime
    aanvaard_op: datetime | None = None
    antwoord_uiterlijk: date | None = None
    antwoord: str | None = None
