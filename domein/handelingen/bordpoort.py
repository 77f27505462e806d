"""Het bord: waar coördinatoren de stappen als runs zien. Voor het domein een poort; Prefect vult haar in.

Het bord is nooit de enige plek waar iets staat: elke run is opnieuw te maken uit de rij van haar stap.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Toestand(StrEnum):
    """Hoe een run op het bord staat."""

    GEPLAND = "gepland"
    IN_WACHTRIJ = "in_wachtrij"
    LOOPT = "loopt"
    WACHT = "wacht"  # op een mens
    KLAAR = "klaar"
    MISLUKT = "mislukt"
    GECRASHT = "gecrasht"
    GEANNULEERD = "geannuleerd"

    @property
    def ten_einde(self) -> bool:
        return self in {Toestand.KLAAR, Toestand.MISLUKT, Toestand.GECRASHT, Toestand.GEANNULEERD}


@dataclass(frozen=True, slots=True)
class RunOpdracht:
    """Vraag om een run. Alleen codes en verwijzingen: het bord bewaart alles wat het krijgt."""

    stap_id: UUID
    generatie: int
    poging: int
    stroom: str
    naam: str
    tags: tuple[str, ...]
    tijdstip: datetime  # UTC
    wachtend: bool = False  # meteen wachtend op een mens, zonder iets uit te voeren
    formulier: str | None = None  # de stapvorm waarvan het formulier getoond wordt

    @property
    def sleutel(self) -> str:
        """De sleutel die het bord behoedt voor een tweede run voor hetzelfde."""
        return f"stap-{self.stap_id}-g{self.generatie}-p{self.poging}"


@dataclass(frozen=True, slots=True)
class RunStand:
    """Wat het bord over een run zegt; `sinds` en `gepland_op` zijn echte tijd, ook bij een stille klok."""

    run_id: UUID
    stap_id: UUID
    toestand: Toestand
    sinds: datetime
    gepland_op: datetime | None
    naam: str


class BordOnbereikbaar(Exception):
    """Het bord antwoordt niet. Niets gaat verloren: de volgende ronde doet het werk."""


class RunGeweigerd(Exception):
    """Het bord antwoordt, maar weigert iets over deze ene run. `code`: de HTTP-status die het gaf."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code

    @property
    def van_de_server(self) -> bool:
        """Een fout aan hun kant: gaat alles zo, dan ligt het aan het bord en niet aan de run."""
        return self.code >= 500


class Bord(Protocol):
    """Alle methoden zijn veilig om twee keer te doen en geven BordOnbereikbaar als het bord zwijgt.

    Wat over één run gaat (`maak`, `verzet`, `wek`, `beeindig`) geeft RunGeweigerd als het bord alleen dat weigert.
    """

    def nu(self) -> datetime:
        """Geef de echte tijd in UTC: het bord kent geen andere, ook als onze klok stilstaat."""
        ...

    async def open_runs(self) -> Sequence[RunStand]:
        """Geef alle runs van stappen die nog niet ten einde zijn."""
        ...

    async def kapotte_runs(self) -> Sequence[RunStand]:
        """Geef alle runs van stappen die mislukt of gecrasht zijn."""
        ...

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        """Geef de runs waaraan nu iets gebeurt of sinds dat moment iets begon of eindigde.

        Wat aan de beurt is of loopt, wat mislukte of crashte, wat sindsdien begon, en wat sindsdien is geannuleerd. Wat
        al langer op een mens wacht, of later gepland staat, hoort er niet bij: de vraag kost even veel bij elk aantal.
        """
        ...

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        """Geef deze runs; wat het bord niet kent, ontbreekt."""
        ...

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        """Maak de run, of geef de run die met deze sleutel al bestaat."""
        ...

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        """Zet de run op dit tijdstip; zij houdt haar id."""
        ...

    async def wek(self, run_id: UUID) -> None:
        """Laat de run nu (opnieuw) lopen."""
        ...

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        """Sluit de run af als geannuleerd."""
        ...
