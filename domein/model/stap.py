"""Een stap: werk dat voor één dossier moet gebeuren, met zijn dagen, zijn uitvoerder en zijn waarom."""

from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint, event, text
from sqlalchemy.orm.attributes import get_history
from sqlmodel import Field

from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.model.basis import Tabel, keuzelijst

_OPEN: Final = text("status = 'open'")
_ALS_OPEN: Final[Any] = {"postgresql_where": _OPEN, "sqlite_where": _OPEN}


class Stap(Tabel, table=True):
    """Het kenmerk is definitief en wordt nooit hergebruikt (regel 6)."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("dossier_id", "kenmerk"),
        Index(None, "status", "start"),  # de ronde: wat komt aan de beurt
        Index(None, "status", "medewerker", "stapsoort"),  # de werkvoorraad van één persoon
        Index(None, "bord_bij", "status", "run_id", "start"),  # de ronde: waar nog naar gekeken moet worden
        Index(None, "status", "bord_bij", "id"),  # en de greep uit de rest
        Index(None, "gemeente", "status", "stapsoort", "partner", "streef", "id"),  # een cel van het regiobord
        Index(None, "status", "partner"),  # en die van een team
        # Open werk op de laatste dag: een team of de regio leest de dringendste zonder de rest te sorteren.
        Index("ix_stap_open_laatste_dag", text("coalesce(uiterst, streef)"), "id", **_ALS_OPEN),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dossier_id: UUID = Field(foreign_key="dossier.id")
    gemeente: str = Field(index=True, max_length=6)  # herhaald uit het dossier, voor de inzage
    kenmerk: str = Field(max_length=120)
    stapsoort: Stapsoort = Field(sa_type=keuzelijst(Stapsoort))
    titel: str
    status: Stapstatus = Field(default=Stapstatus.GEPLAND, sa_type=keuzelijst(Stapstatus))
    start: date
    streef: date
    uiterst: date | None = None
    rol: Rol = Field(sa_type=keuzelijst(Rol))
    waarom: str = ""
    artikel: str = ""
    besluit: bool = False  # alleen iemand met mandaat mag deze stap beantwoorden (regel 15)
    generatie: int = 1  # stijgt alleen bij heropenen of een aanvaarde verplaatsing (regel 7)
    partner: str | None = Field(default=None, max_length=60, index=True)
    medewerker: str | None = Field(default=None, max_length=60)
    afspraak: str | None = Field(default=None, max_length=120)
    afsprakenversie: str | None = Field(default=None, max_length=60)
    regeling: str = Field(default="", max_length=60)
    geopend_op: datetime | None = None
    afgerond_op: datetime | None = None
    uitkomst: str | None = Field(default=None, max_length=60)
    vervallen_waarom: str | None = None

    # De run die de stap in Prefect laat zien; altijd opnieuw te maken uit deze rij.
    run_id: UUID | None = Field(default=None, index=True)
    run_generatie: int = 0
    run_poging: int = 0
    run_gepland_op: datetime | None = None
    run_opnieuw_na: datetime | None = None
    # Of het bord klopte toen de ronde voor het laatst keek. Elke verandering hieronder zet dit uit.
    bord_bij: bool = False


_DOET_ERTOE: Final = ("status", "start", "generatie", "run_id", "run_generatie", "run_gepland_op")


def _kijk_opnieuw(_mapper: Any, _connection: Any, stap: Stap) -> None:
    if any(get_history(stap, naam).has_changes() for naam in _DOET_ERTOE):
        # Wat wegviel zonder ooit een run te hebben, hoeft de ronde niet te zien.
        stap.bord_bij = stap.run_id is None and stap.status not in (Stapstatus.GEPLAND, Stapstatus.OPEN)


event.listen(Stap, "before_update", _kijk_opnieuw)
