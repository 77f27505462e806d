"""Wat het portaal van de opslag vraagt: aanmeldingen, sessies, concepten en het logboek."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domein.begrippen import Verificatie
from domein.model import Logregel, Logsoort, Sessie, Stap


@dataclass(frozen=True, slots=True)
class Bewaard:
    """Een concept zoals het is bewaard, bij welke generatie van de taak."""

    velden: Mapping[str, str]
    generatie: int
    bewaard_op: datetime


@dataclass(frozen=True, slots=True)
class NieuweLogregel:
    """Wat er in het logboek bij komt; de opslag geeft het nummer en de plaats in de keten."""

    naam: str
    verwerking: str
    soort: Logsoort
    actor: str
    verificatie: Verificatie
    begonnen_op: datetime
    partner: str = ""
    betrokkene: str | None = None
    dossier_id: UUID | None = None
    gronden: str = ""
    gegevens: str = ""
    gelukt: bool = True
    trace_id: str = ""


@dataclass(frozen=True, slots=True)
class Logvraag:
    """Welke regels van het logboek iemand wil zien."""

    betrokkene: str = ""
    actor: str = ""
    soort: Logsoort | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None
    voor_nummer: int | None = None  # om terug te bladeren
    grens: int = 100


@dataclass(frozen=True, slots=True)
class Werkvraag:
    """Welke open taken iemand wil zien; leeg is alles. `van` is één persoon, `partner` een hele organisatie."""

    van: str = ""
    partner: str = ""
    gemeente: str = ""
    stapsoort: str = ""
    referentie: str = ""
    grens: int = 200


class Portaalpoort(Protocol):
    def open_werk(self, vraag: Werkvraag) -> Sequence[tuple[Stap, str]]:
        """Open taken met de referentie van hun dossier, de eerste uiterste dag eerst."""
        ...

    def dossiers_met_vraag(self, dossier_ids: Collection[UUID]) -> frozenset[UUID]:
        """De dossiers waarin een mens nog iets moet beoordelen."""
        ...

    def taken_met_concept(self, medewerker: str) -> frozenset[UUID]: ...

    def sessie_met(self, token_hash: str) -> Sessie | None: ...

    def sessies_van(self, medewerker: str) -> Sequence[Sessie]:
        """De sessies die niet zijn beëindigd, de nieuwste eerst."""
        ...

    def zie_sessie(self, sessie_id: UUID, nu: datetime) -> None:
        """Onthoud dat de sessie nu is gebruikt."""
        ...

    def beeindig_sessies(self, medewerker: str, nu: datetime, *, alleen: UUID | None = None) -> int:
        """Beëindig de sessies van deze persoon, of alleen die ene; geef hoeveel."""
        ...

    def aanmeldlinks_sinds(self, medewerker: str, sinds: datetime) -> int: ...

    def gebruik_aanmeldlink(self, code_hash: str, browser_hash: str, nu: datetime) -> tuple[str, bool] | None:
        """Gebruik een link één keer; geef van wie hij is en of hij van de opdrachtregel komt. None: hij geldt niet."""
        ...

    def ruim_aanmeldingen_op(self, voor: datetime) -> int:
        """Vergeet links en sessies van voor dit moment; geef hoeveel."""
        ...

    def concept(self, stap_id: UUID, medewerker: str) -> Bewaard | None: ...

    def bewaar_concept(
        self, stap_id: UUID, medewerker: str, generatie: int, velden: Mapping[str, str], nu: datetime
    ) -> None: ...

    def wis_concept(self, stap_id: UUID, medewerker: str) -> None: ...

    def schrijf_in_logboek(self, *regels: NieuweLogregel) -> None:
        """Zet regels achteraan; wie tegelijk schrijft, wacht."""
        ...

    def logregels(self, vraag: Logvraag) -> Sequence[Logregel]:
        """De regels, de nieuwste eerst."""
        ...

    def heel_logboek(self) -> Iterator[Logregel]:
        """Alle regels op volgorde, ook als er miljoenen zijn."""
        ...

    def logboekhoofd(self) -> tuple[int, str]:
        """Het nummer en de hash van de laatste regel; (0, "") als er geen is."""
        ...
