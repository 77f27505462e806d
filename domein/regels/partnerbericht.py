"""Welk feit een partner moet horen, en welke velden dat bericht heeft (art. 9.2 lid 3 Bi).

De inhoud staat als gegevens in `domein/regeling/partnerberichten.toml`; wat een partner mag zien in zijn afspraak.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.regels.uitvoerder import uitvoerder_van
from domein.stand import AANMELDING, Stand


@dataclass(frozen=True, slots=True)
class Berichtvorm:
    soort: str
    naam: str
    velden: frozenset[str]
    artikel: str
    antwoord_werkdagen: int | None = None


@cache
def berichtvormen() -> Mapping[str, Berichtvorm]:
    """De vormen uit het gegevensbestand, op soort."""
    tekst = files("domein.regeling").joinpath("partnerberichten.toml").read_text(encoding="utf-8")
    rijen: list[dict[str, Any]] = tomllib.loads(tekst)["bericht"]
    vormen = [
        Berichtvorm(r["soort"], r["naam"], frozenset(r["velden"]), r["artikel"], r.get("antwoord_werkdagen"))
        for r in rijen
    ]
    return MappingProxyType({vorm.soort: vorm for vorm in vormen})


# Wat de aanbieder van een lopende aanmelding hoort, per soort feit.
_VOOR_DE_AANBIEDER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "verlengd": "wijziging_termijn",
        "gepauzeerd": "pauze",
        "hervat": "hervatting",
        "verhuisd": "verhuizing",
        "voldaan": "einde",
        "vrijgesteld": "einde",
        "ontheven": "einde",
        "termijn_overschreden": "einde",
        "plicht_beeindigd": "einde",
    }
)


def te_berichten(g: Gebeurtenis, stand: Stand) -> Iterator[tuple[str, str]]:
    """Geef (soort bericht, partner) voor dit feit; niets als geen partner het hoeft te horen."""
    if isinstance(g.gegevens, s.StapGeopend) and (g.stap or "").startswith(AANMELDING):
        yield "aanmelding", g.gegevens.partner
        return
    if isinstance(g.gegevens, s.OverdrachtAangeboden):
        yield "overdracht", g.gegevens.naar_partner
        return
    soort = "wijziging_pip" if _wijzigt_pip(g) else _VOOR_DE_AANBIEDER.get(g.soort)
    if soort is None or (soort == "einde" and stand.einde is None):
        return
    for partner in sorted(aanbieders(stand)):
        yield soort, partner


def _wijzigt_pip(g: Gebeurtenis) -> bool:
    return isinstance(g.gegevens, s.PipVastgesteld) and g.gegevens.grond != "eerste"


def aanbieders(stand: Stand) -> set[str]:
    """De partners bij wie lessen lopen of nog moeten stoppen."""
    nummers = {*stand.te_stoppen, *([stand.acceptatie.nummer] if stand.acceptatie else [])}
    gevonden = (uitvoerder_van(stand, f"{AANMELDING}{nummer}") for nummer in nummers)
    return {wie.partner for wie in gevonden if wie is not None}
