"""De gronden per soort besluit: wat er is onderzocht voordat iemand tekent. Gegevens, geen code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from domein.begrippen import Besluitsoort


@dataclass(frozen=True, slots=True)
class Grond:
    """Eén vraag van de lijst. `altijd`: zij is niet met 'niet van toepassing' te beantwoorden."""

    code: str
    vraag: str
    artikel: str
    altijd: bool = False
    alleen: Literal["asiel", ""] = ""


@cache
def alle_gronden() -> Mapping[Besluitsoort, tuple[Grond, ...]]:
    """De gronden die met deze software meekomen; een fout in het bestand is een TypeError of KeyError bij het laden."""
    inhoud = tomllib.loads(files("domein.regeling").joinpath("besluitgronden.toml").read_text(encoding="utf-8"))
    return MappingProxyType({soort: tuple(Grond(**rij) for rij in inhoud[soort.value]) for soort in Besluitsoort})


def gronden_voor(soort: Besluitsoort, *, asiel: bool) -> tuple[Grond, ...]:
    """Geef de gronden die bij dit besluit over deze persoon zijn te beantwoorden."""
    return tuple(grond for grond in alle_gronden()[soort] if asiel or grond.alleen != "asiel")
