"""De envelop om elke gebeurtenis: twee tijden, een bron, een actor en een plaats in de keten."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domein.begrippen import Verificatie


class Gegevens(BaseModel):
    """De inhoud van een gebeurtenis; elke soort heeft haar eigen velden."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_max_length=4000)


@dataclass(frozen=True, slots=True)
class Actor:
    """Wie het deed, en hoe zeker wij dat weten (regel 14)."""

    code: str
    verificatie: Verificatie = Verificatie.ZELFVERKLAARD


SYSTEEM = Actor("systeem", Verificatie.SYSTEEM)


@dataclass(frozen=True, slots=True)
class NieuweGebeurtenis:
    """Wat wordt vastgelegd; de opslag geeft volgnummer, moment en plaats in de keten."""

    soort: str
    geldig_op: date
    gegevens: Gegevens
    actor: Actor
    reden: str = ""
    stap: str | None = None
    bron: str = "regie"
    bronkenmerk: str | None = None
    bronversie: int = 1


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """Een vastgelegde gebeurtenis. `geldig_op` is wanneer zij geldt, `vastgelegd_op` (UTC) wanneer wij haar kenden."""

    id: UUID
    dossier_id: UUID
    volgnummer: int
    soort: str
    geldig_op: date
    vastgelegd_op: datetime
    gegevens: Gegevens
    actor: Actor
    reden: str = ""
    stap: str | None = None
    bron: str = "regie"
    bronkenmerk: str | None = None
    bronversie: int = 1
