"""De vorm van een antwoord: een uitkomst met haar vragen. Eén bron voor portaal, Prefect en opdrachtregel."""

from dataclasses import dataclass
from typing import Literal

Veldtype = Literal["datum", "ja_nee", "getal", "keuze", "meerkeuze", "code", "tekst"]


@dataclass(frozen=True, slots=True)
class Veld:
    """Een vraag op een formulier. `keuzes` zijn paren (waarde, label); een korte tekst past op één regel."""

    naam: str
    label: str
    type: Veldtype
    verplicht: bool = True
    keuzes: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    hulp: str = ""
    kort: bool = False


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """Een mogelijk antwoord op een stap; `datumlabel` zegt welke dag er wordt gevraagd (`geldig_op`)."""

    soort: str
    label: str
    datumlabel: str = "Datum"
    uitleg: str = ""
    velden: tuple[Veld, ...] = ()
