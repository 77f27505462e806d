"""The kinds of message and letter, as `sjablonen/berichtsoorten.toml` declares them.

The file is the agreement between who fills a template and who writes one: both name only these variables.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast

import sjablonen

MAP: Final = Path(sjablonen.__file__ or "sjablonen/__init__.py").parent
BESTAND: Final = MAP / "berichtsoorten.toml"
VAST: Final = frozenset({"taal", "richting", "onderwerp"})  # every template gets these from the writer
DELEN: Final = ("onderwerp.txt.j2", "tekst.txt.j2", "html.j2")

Type = Literal["tekst", "code", "keuze", "dag", "getal", "link", "vlag", "lijst"]
Vorm = Literal["mail", "brief"]


@dataclass(frozen=True, slots=True)
class Variabele:
    """One value that a template may use. `uit_regels`: a sentence of the domain, not of the template."""

    naam: str
    type: Type
    uitleg: str
    voorbeeld: Any
    langst: Any
    leeg_mag: bool
    uit_regels: bool


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """One filled case of a kind, for a preview and for the checks."""

    naam: str
    gegevens: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Berichtsoort:
    """One kind. A `mail` is sent by the system; a `brief` is printed or sent by a person and never stored."""

    naam: str
    wat: str
    ontvanger: str
    vorm: Vorm
    vraagt_iets: bool
    agenda: bool
    afmelden: bool
    talen: tuple[str, ...]
    variabelen: tuple[Variabele, ...]
    stappen: tuple[str, ...]
    varianten: tuple[tuple[str, Mapping[str, Any]], ...]

    @property
    def namen(self) -> frozenset[str]:
        return frozenset(variabele.naam for variabele in self.variabelen)

    def voorbeelden(self) -> tuple[Voorbeeld, ...]:
        """The cases of the previews, each with every variable filled."""
        gewoon = {v.naam: v.voorbeeld for v in self.variabelen}
        return tuple(Voorbeeld(naam, {**gewoon, **anders}) for naam, anders in self.varianten)

    def randgevallen(self) -> tuple[Voorbeeld, ...]:
        """Cases that a template must survive: everything at its longest, and everything empty that may be."""
        langst = {v.naam: v.langst for v in self.variabelen}
        leeg = {v.naam: _leeg(v) for v in self.variabelen}
        # A variant chooses the branch; its own texts stay, the rest is at its longest.
        lange = [Voorbeeld(f"langst {naam}".strip(), {**langst, **anders}) for naam, anders in self.varianten]
        return (*lange, Voorbeeld("leeg", leeg))


def _leeg(variabele: Variabele) -> Any:
    if variabele.type == "lijst":
        return []
    if not variabele.leeg_mag:
        return variabele.voorbeeld
    return None if variabele.type == "dag" else ""


@cache
def berichtsoorten() -> Mapping[str, Berichtsoort]:
    """All kinds, by name. ValueError when the file contradicts itself: it comes with the software."""
    with BESTAND.open("rb") as bestand:
        inhoud = tomllib.load(bestand)
    variabelen = {naam: _variabele(naam, velden) for naam, velden in inhoud["variabele"].items()}
    groepen = cast("dict[str, list[str]]", inhoud["groep"])
    return {naam: _soort(naam, velden, groepen, variabelen) for naam, velden in inhoud["soort"].items()}


def _variabele(naam: str, velden: Mapping[str, Any]) -> Variabele:
    return Variabele(
        naam=naam,
        type=velden["type"],
        uitleg=velden["uitleg"],
        voorbeeld=velden["voorbeeld"],
        langst=velden.get("langst", velden["voorbeeld"]),
        leeg_mag=velden.get("leeg_mag", False),
        uit_regels=velden.get("uit_regels", False),
    )


def _soort(
    naam: str, velden: Mapping[str, Any], groepen: Mapping[str, list[str]], bekend: Mapping[str, Variabele]
) -> Berichtsoort:
    namen = [een for groep in velden.get("groepen", ()) for een in groepen[groep]] + list(velden.get("variabelen", ()))
    varianten = tuple(
        (str(een["naam"]), {sleutel: waarde for sleutel, waarde in een.items() if sleutel != "naam"})
        for een in velden.get("voorbeelden", ({"naam": ""},))
    )
    for _, anders in varianten:
        if vreemd := set(anders) - set(namen):
            raise ValueError(f"{naam}: een voorbeeld noemt {sorted(vreemd)}, en dat is geen variabele")
    return Berichtsoort(
        naam=naam,
        wat=velden["wat"],
        ontvanger=velden["ontvanger"],
        vorm=velden.get("vorm", "mail"),
        vraagt_iets=velden.get("vraagt_iets", False),
        agenda=velden.get("agenda", False),
        afmelden=velden.get("afmelden", False),
        talen=tuple(velden.get("talen", ("nl",))),
        variabelen=tuple(bekend[een] for een in dict.fromkeys(namen)),
        stappen=tuple(velden.get("stappen", ())),
        varianten=varianten,
    )
