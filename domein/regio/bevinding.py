"""Wat er mis of opvallend is aan een regio, met plaats en uitweg."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domein.fouten import OngeldigBestand


class Ernst(StrEnum):
    """Een fout houdt het laden tegen; de rest niet."""

    FOUT = "fout"
    WAARSCHUWING = "waarschuwing"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Plek:
    """Een plaats in de gegevens: de hoeveelste rij van welke tabel, welke kolom."""

    tabel: str = ""
    nummer: int | None = None
    kenmerk: str = ""
    kolom: str = ""


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Een bevinding; `plaats` is de leesbare plaats, met bestand en regel als die bekend zijn."""

    soort: str
    ernst: Ernst
    melding: str
    uitweg: str
    plek: Plek = Plek()
    plaats: str = ""

    def als_dict(self) -> Mapping[str, str]:
        """Geef de vorm die `toets` en `dokter` tonen."""
        return {
            "soort": self.soort,
            "ernst": self.ernst.value,
            "plaats": self.plaats,
            "melding": self.melding,
            "uitweg": self.uitweg,
        }


def lijst(woorden: Iterable[str]) -> str:
    """Schrijf een lijst leesbaar en op volgorde."""
    return ", ".join(sorted(woorden)) or "(geen)"


class RegioOngeldig(OngeldigBestand):
    """Het regiobestand is geweigerd; er is niets bewaard of vervangen."""

    code = "ongeldige_regio"

    def __init__(self, bron: str, bevindingen: tuple[Bevinding, ...]) -> None:
        fouten = [b for b in bevindingen if b.ernst is Ernst.FOUT]
        regels = [f"{b.plaats}: {b.melding} {b.uitweg}".strip() for b in fouten]
        aantal = "1 fout" if len(fouten) == 1 else f"{len(fouten)} fouten"
        super().__init__(
            f"De regio in {bron} is niet geladen: {aantal}.\n" + "\n".join(regels),
            "Verbeter het bestand en probeer het opnieuw. Er is niets bewaard of vervangen.",
        )
        self.bevindingen = bevindingen
