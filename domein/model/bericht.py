"""Een bericht in de uitgaande post: geschreven in dezelfde transactie als zijn oorzaak."""

import secrets
from base64 import b32encode
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Index, event
from sqlalchemy.orm import declared_attr
from sqlmodel import Field

from domein.begrippen import Berichtstatus
from domein.model.basis import Tabel, keuzelijst


def nieuw_retour_token() -> str:
    """Een niet te raden kenmerk voor het retouradres; kleine letters, want servers maken die er toch van."""
    return b32encode(secrets.token_bytes(10)).decode("ascii").lower()


class Bericht(Tabel, table=True):
    """De unieke sleutel (stap, generatie, soort, niveau, ontvanger) zorgt dat niets twee keer ontstaat.

    Elke wijziging is afgeschermd met `lease_nummer`: nam een verzender het bericht nadat u het las, dan is uw
    wijziging geweigerd en begint uw handeling opnieuw.
    """

    __table_args__: ClassVar[Any] = (
        # Wie aan de beurt is, en uit welk domein, staat geheel in deze index: het claimen leest geen enkele tekst.
        Index(None, "status", "volgende_poging", "adresdomein", "aangemaakt_op", "id"),
        Index(None, "adresdomein", "laatste_poging_op"),
    )

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
    html: str | None = None  # dezelfde boodschap als `tekst`, opgemaakt
    agenda: str | None = None  # een uitnodiging of afzegging (iCalendar), zonder namen
    agenda_methode: str | None = Field(default=None, max_length=20)  # REQUEST, CANCEL of PUBLISH
    antwoord_aan: str | None = Field(default=None, max_length=254)  # leeg: het adres van de installatie
    in_antwoord_op: str | None = Field(default=None, max_length=254)  # Message-ID van de eerste mail van de stap
    afmelden: bool = False  # alleen een overzicht is af te melden; een taak niet
    afmeldlink: str | None = None  # getekende link om met één druk af te melden
    hoogstens_eens: bool = False  # onzeker gaat nooit vanzelf opnieuw (DUO)
    retour_token: str = Field(default_factory=nieuw_retour_token, unique=True, max_length=40)
    adresdomein: str = Field(default="", max_length=254)  # volgt uit `adres`; voor de grenzen per domein
    status: Berichtstatus = Field(default=Berichtstatus.WACHTEND, sa_type=keuzelijst(Berichtstatus))
    pogingen: int = 0
    volgende_poging: datetime | None = None
    poging_begonnen_op: datetime | None = None  # gevuld zolang wij niet weten hoe de poging afliep
    laatste_poging_op: datetime | None = None
    onzeker_sinds: datetime | None = None
    lease_tot: datetime | None = None
    lease_nummer: int = 0
    aangemaakt_op: datetime
    aanvaard_op: datetime | None = None
    antwoord: str | None = None
    fout_code: str | None = Field(default=None, max_length=60)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        kolommen = cls.__table__.columns  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]
        return {"version_id_col": kolommen["lease_nummer"], "version_id_generator": False}


def domein_van(adres: str) -> str:
    """Het domein achter het apenstaartje, in kleine letters."""
    return adres.rpartition("@")[2].strip().lower()


def _zet_adresdomein(_mapper: Any, _connection: Any, bericht: Bericht) -> None:
    bericht.adresdomein = domein_van(bericht.adres)


event.listen(Bericht, "before_insert", _zet_adresdomein)
event.listen(Bericht, "before_update", _zet_adresdomein)
