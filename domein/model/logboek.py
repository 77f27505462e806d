"""Wie welk dossier zag of veranderde, wanneer en waarvoor: er komt alleen bij, en elke rij bewijst de vorige."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlmodel import Field

from domein.begrippen import Verificatie
from domein.model.basis import Tabel, keuzelijst


class Logsoort(StrEnum):
    """Wat iemand deed."""

    GEZIEN = "gezien"
    GEWIJZIGD = "gewijzigd"
    MEEGENOMEN = "meegenomen"  # een brief, een export, een uitnodiging
    GEWEIGERD = "geweigerd"
    AANGEMELD = "aangemeld"
    AFGEMELD = "afgemeld"


class Logregel(Tabel, table=True):
    """De velden van het Logboek Dataverwerkingen, en wie, waarom en wat. Zonder iets van de persoon.

    Zonder verwijzing naar `dossier`: het bewijs blijft als een dossier er niet meer is.
    """

    volgnummer: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(default_factory=uuid4, unique=True)
    trace_id: str = Field(max_length=32)  # dezelfde voor alles wat bij één verzoek hoort
    operatie_id: str = Field(max_length=16)
    status: str = Field(max_length=10)  # OK of ERROR
    naam: str = Field(max_length=120)  # de pagina of handeling, als route: nooit met een link of code erin
    begonnen_op: datetime
    geeindigd_op: datetime
    verwerking: str = Field(max_length=120)  # de activiteit in het register van verwerkingen (AVG art. 30)
    betrokkene: str | None = Field(default=None, max_length=20, index=True)  # de referentie van het dossier
    dossier_id: UUID | None = Field(default=None, index=True)
    soort: Logsoort = Field(sa_type=keuzelijst(Logsoort))
    actor: str = Field(max_length=100, index=True)
    partner: str = Field(default="", max_length=60)
    verificatie: Verificatie = Field(sa_type=keuzelijst(Verificatie))
    gronden: str = Field(default="", max_length=200)  # waarom dit mocht
    gegevens: str = Field(default="", max_length=400)  # welke gegevensgroepen op de pagina stonden
    vorige_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Logboekhoofd(Tabel, table=True):
    """De laatste rij van het logboek; wie schrijft, houdt haar vast, zodat de keten nooit splitst."""

    naam: str = Field(primary_key=True, max_length=20)
    volgnummer: int = 0
    hash: str = Field(default="", max_length=64)
