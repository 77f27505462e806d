"""De poort naar de post: wat wordt bezorgd, en wat daarvan terugkomt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from domein.begrippen import Berichtstatus

Afloop = Literal[Berichtstatus.AANVAARD, Berichtstatus.UITGESTELD, Berichtstatus.ONBESTELBAAR, Berichtstatus.ONZEKER]


@dataclass(frozen=True, slots=True)
class Poststuk:
    """Alles waaruit een mail ontstaat. Hetzelfde poststuk geeft altijd dezelfde bytes."""

    message_id: str
    adres: str
    onderwerp: str
    tekst: str
    datum: datetime


@dataclass(frozen=True, slots=True)
class Verzenduitkomst:
    """Wat de ontvangende server zei; `code` is kort en vast (`550`, `geen_verbinding`)."""

    status: Afloop
    code: str
    antwoord: str = ""


class Postbode(Protocol):
    """Bezorgt één poststuk bij één ontvanger. Mag tegelijk worden aangeroepen; gooit geen SMTP-fouten."""

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst: ...

    async def sluit(self) -> None:
        """Sluit de verbindingen die nog open staan; daarna mag `bezorg` weer nieuwe openen."""
        ...
