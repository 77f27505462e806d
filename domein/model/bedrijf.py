"""Wat het beheer van de installatie bijhoudt: of de post stilstaat, en wanneer een proces het laatst goed liep."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import event
from sqlmodel import Field

from domein.begrippen import Verificatie
from domein.model.basis import Tabel, keuzelijst

OPEN: Final = "open"


class Postpauze(Tabel, table=True):
    """Een tijd waarin geen enkel bericht weggaat. Er is er hoogstens één open; wie hervatte, staat erbij."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    sinds: datetime
    door: str = Field(max_length=60)
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    reden: str
    hervat_op: datetime | None = None
    hervat_door: str | None = Field(default=None, max_length=60)
    hervat_reden: str | None = None
    # Lege kolommen tellen in een unieke sleutel niet mee: gevuld zolang de pauze loopt.
    open_sleutel: str | None = Field(default=OPEN, unique=True, max_length=10)


class Hartslag(Tabel, table=True):
    """Wanneer een proces zijn werk voor het laatst goed deed, in echte tijd: ook bij een klok die stilstaat."""

    naam: str = Field(primary_key=True, max_length=60)
    laatst_op: datetime
    houder: str = Field(max_length=200)


def _zet_open_sleutel(_mapper: Any, _connection: Any, pauze: Postpauze) -> None:
    pauze.open_sleutel = OPEN if pauze.hervat_op is None else None


event.listen(Postpauze, "before_insert", _zet_open_sleutel)
event.listen(Postpauze, "before_update", _zet_open_sleutel)
