"""De 342 gemeenten als referentiegegeven.

Bron: CBS/Kadaster; zie domein/regeling/gemeenten.md.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Gemeente:
    """Een gemeente; de arbeidsmarktregio is alleen een indeling voor cijfers."""

    code: str
    naam: str
    arbeidsmarktregio_code: str
    arbeidsmarktregio: str
    provincie: str


@cache
def alle_gemeenten() -> Mapping[str, Gemeente]:
    """Geef alle gemeenten op code."""
    tekst = files("domein.regeling").joinpath("gemeenten.csv").read_text(encoding="utf-8")
    gemeenten = (
        Gemeente(
            code=rij["gemeentecode"],
            naam=rij["gemeentenaam"],
            arbeidsmarktregio_code=rij["arbeidsmarktregio_code"],
            arbeidsmarktregio=rij["arbeidsmarktregio_naam"],
            provincie=rij["provincie"],
        )
        for rij in csv.DictReader(StringIO(tekst))
    )
    return MappingProxyType({gemeente.code: gemeente for gemeente in gemeenten})


def gemeente(code: str) -> Gemeente | None:
    """Zoek een gemeente op haar code (GM0512)."""
    return alle_gemeenten().get(code)


def gemeentenaam(code: str) -> str:
    """Geef de naam bij een code; bij een onbekende code de code zelf."""
    gevonden = gemeente(code)
    return gevonden.naam if gevonden else code
