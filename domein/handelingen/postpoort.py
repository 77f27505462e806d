"""De poort naar de post: wat wordt bezorgd, wat daarvan terugkomt, en hoeveel er tegelijk weg mag."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple, Protocol
from uuid import UUID

from domein.begrippen import Berichtstatus, Stapstatus

Afloop = Literal[Berichtstatus.AANVAARD, Berichtstatus.UITGESTELD, Berichtstatus.ONBESTELBAAR, Berichtstatus.ONZEKER]


@dataclass(frozen=True, slots=True)
class Poststuk:
    """Alles waaruit een mail ontstaat. Hetzelfde poststuk geeft altijd dezelfde bytes."""

    message_id: str
    adres: str
    onderwerp: str
    tekst: str
    datum: datetime
    html: str | None = None
    agenda: str | None = None
    agenda_methode: str | None = None
    antwoord_aan: str | None = None
    in_antwoord_op: str | None = None
    afmelden: bool = False
    afmeldlink: str | None = None
    retour_token: str = ""


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


@dataclass(frozen=True, slots=True)
class Domeingrens:
    """Hoeveel mail een domein van ons krijgt; None is onbegrensd.

    `per_minuut` geldt over alle verzenders van de installatie samen, `tegelijk` per verzender.
    """

    tegelijk: int | None = None
    per_minuut: int | None = None


@dataclass(frozen=True, slots=True)
class Postgrenzen:
    """De grenzen van deze installatie: `tegelijk` berichten in bezorging, en per domein van de ontvanger."""

    tegelijk: int = 8
    standaard: Domeingrens = Domeingrens()
    per_domein: Mapping[str, Domeingrens] = field(default_factory=dict[str, Domeingrens])

    def voor(self, domein: str) -> Domeingrens:
        return self.per_domein.get(domein, self.standaard)

    @property
    def telt_per_minuut(self) -> bool:
        return any(grens.per_minuut is not None for grens in (self.standaard, *self.per_domein.values()))


ONBEGRENSD: Final = Postgrenzen()


@dataclass(frozen=True, slots=True)
class Claim:
    """Een geclaimd bericht: alleen wie dit nummer nog heeft, mag over het bericht schrijven."""

    id: UUID
    lease_nummer: int


@dataclass(slots=True)
class Geclaimd:
    """Een geclaimd bericht met alles wat een verzender ervan nodig heeft; een momentopname, geen rij om te wijzigen."""

    id: UUID
    lease_nummer: int
    sleutel: str
    soort: str
    dossier_id: UUID | None
    stap_id: UUID | None
    generatie: int
    ontvanger_code: str
    adres: str
    adresdomein: str
    message_id: str
    onderwerp: str
    tekst: str
    html: str | None
    agenda: str | None
    agenda_methode: str | None
    antwoord_aan: str | None
    in_antwoord_op: str | None
    afmelden: bool
    afmeldlink: str | None
    retour_token: str
    pogingen: int
    aangemaakt_op: datetime
    fout_code: str | None
    antwoord: str | None


@dataclass(frozen=True, slots=True)
class Boeking:
    """Wat er over een geclaimd bericht wordt vastgelegd; daarna is de claim voorbij."""

    claim: Claim
    status: Berichtstatus
    code: str | None = None
    antwoord: str | None = None
    aanvaard_op: datetime | None = None
    volgende_poging: datetime | None = None
    onzeker_sinds: datetime | None = None


class Staptoestand(NamedTuple):
    """Wat van een stap bepaalt of een bericht erover nog zin heeft."""

    status: Stapstatus
    generatie: int
    medewerker: str | None
