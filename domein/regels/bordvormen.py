"""De vorm van een figuur op het regiobord: een tabel met een titel, die ook een plaatje en een bestand kan worden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Waarde = int | float | str | None
Plaatje = Literal["", "gestapeld", "staven"]
GEEN_WIJZER: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Bordrij:
    """Een rij: haar naam, de waarden, en waar een waarde naar verwijst (de keuzes waarmee zij is opgeteld)."""

    naam: str
    waarden: tuple[Waarde, ...]
    wijzers: tuple[Mapping[str, str], ...] = ()
    toelichting: str = ""

    def wijzer(self, kolom: int) -> Mapping[str, str]:
        """Geef de keuzes achter een waarde; leeg als er niets achter zit of als de waarde nul is."""
        waarde = self.waarden[kolom]
        kan = isinstance(waarde, int) and waarde > 0 and kolom < len(self.wijzers)
        return self.wijzers[kolom] if kan else GEEN_WIJZER


@dataclass(frozen=True, slots=True)
class Figuur:
    """Een figuur: `kolommen` noemt eerst de kop van de rijnamen. `plaatje` zegt hoe zij te tekenen is."""

    code: str
    titel: str
    uitleg: str
    kolommen: tuple[str, ...]
    rijen: tuple[Bordrij, ...]
    plaatje: Plaatje = ""
    getekend: tuple[int, ...] = ()  # de waarden die in het plaatje staan; leeg: allemaal
    leeg: str = "Er is niets te tellen."
    kanttekening: str = ""

    @property
    def iets_te_tekenen(self) -> bool:
        return bool(self.plaatje) and any(self.deel(rij, n) for rij in self.rijen for n in self.te_tekenen)

    @property
    def te_tekenen(self) -> tuple[int, ...]:
        return self.getekend or tuple(range(len(self.kolommen) - 1))

    def deel(self, rij: Bordrij, kolom: int) -> int:
        waarde = rij.waarden[kolom]
        return waarde if isinstance(waarde, int) else 0


@dataclass(frozen=True, slots=True)
class Bordzicht:
    """Wat iemand van het bord mag zien.

    `alles`: elk aantal, want hij mag elk dossier zien. Zo niet, dan ziet hij de aantallen van zijn eigen organisatie
    (`partner`), en van de regio alleen wat niet naar een mens leidt.
    """

    alles: bool
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Bordkeuze:
    """Waarop iemand het bord versmalt; leeg is alles."""

    gemeente: str = ""
    partner: str = ""
    stap: str = ""

    def als_velden(self) -> Mapping[str, str]:
        paren = {"gemeente": self.gemeente, "partner": self.partner, "stap": self.stap}
        return {naam: waarde for naam, waarde in paren.items() if waarde}


@dataclass(frozen=True, slots=True)
class Regiobord:
    """Het hele bord op een dag."""

    figuren: tuple[Figuur, ...]
    kengetallen: tuple[tuple[str, str, str], ...] = ()  # naam, waarde, toelichting
    beperkt: bool = False
    keuzes: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    def figuur(self, code: str) -> Figuur | None:
        return next((figuur for figuur in self.figuren if figuur.code == code), None)
