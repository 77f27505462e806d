"""Wat de bewaking bijhoudt: wie de ronde draait, wat een mens moet weten, en welk dagwerk is gedaan."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event
from sqlmodel import Field

from domein.model.basis import Tabel


class Lease(Tabel, table=True):
    """Wie iets nu alleen mag doen. `nummer` stijgt bij elke nieuwe houder: een oude houder valt zo op."""

    naam: str = Field(primary_key=True, max_length=60)
    houder: str = Field(max_length=200)
    tot: datetime
    nummer: int = 1


class Signaal(Tabel, table=True):
    """Iets waar een mens naar moet kijken; per soort, dossier en stap hoogstens één open signaal."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    soort: str = Field(max_length=60)
    ernst: str = Field(max_length=20)
    dossier_id: UUID | None = Field(default=None, foreign_key="dossier.id", index=True)
    stap_id: UUID | None = Field(default=None, foreign_key="stap.id", index=True)
    melding: str
    sinds: datetime
    opgelost_op: datetime | None = None
    # Lege kolommen tellen in een unieke sleutel niet mee: vandaar een afgeleide, leeg na de oplossing.
    open_sleutel: str | None = Field(default=None, unique=True, max_length=200)


class Dagwerk(Tabel, table=True):
    """Dagelijks werk dat voor deze dag is gedaan; de sleutel maakt twee keer onmogelijk."""

    soort: str = Field(primary_key=True, max_length=60)
    dag: date = Field(primary_key=True)
    uitgevoerd_op: datetime


def _zet_open_sleutel(_mapper: Any, _connection: Any, signaal: Signaal) -> None:
    open_ = signaal.opgelost_op is None
    signaal.open_sleutel = f"{signaal.soort}/{signaal.dossier_id}/{signaal.stap_id}" if open_ else None


event.listen(Signaal, "before_insert", _zet_open_sleutel)
event.listen(Signaal, "before_update", _zet_open_sleutel)
