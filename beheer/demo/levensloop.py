"""Het draaiboek van de voorbeeldregio: wat behandelaars antwoorden en wat DUO en de BRP melden, op welke dag."""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from domein.fouten import OngeldigBestand


@dataclass(frozen=True, slots=True)
class Regel:
    """Eén gebeurtenis in het draaiboek: op deze dag antwoordt iemand, of komt er een feit binnen."""

    kenmerk: str  # van de persoon
    volgorde: int
    op: date
    soort: str
    stap: str | None
    geldig_op: date
    gegevens: dict[str, Any]
    rest: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Levensloop:
    kenmerk: str
    demo: int  # 1: loopt ook in de demo in het klein; 2: alleen in de hele; 0: pas als er om meer is gevraagd
    koers: str
    regels: tuple[Regel, ...]
    koppeling: str | None = None  # rij in koppelingen.csv, waarmee het dossier dan begint
    binnen: date | None = None  # dag waarop de rij binnenkomt; anders is dat de dag van de kennisgeving


def _regel(kenmerk: str, volgorde: int, ruw: dict[str, Any]) -> Regel:
    bekend = {"op", "stap", "uitkomst", "soort", "geldig_op", "gegevens"}
    return Regel(
        kenmerk=kenmerk,
        volgorde=volgorde,
        op=ruw["op"],
        soort=ruw.get("uitkomst") or ruw["soort"],
        stap=ruw.get("stap"),
        geldig_op=ruw.get("geldig_op", ruw["op"]),
        gegevens=dict(ruw.get("gegevens", {})),
        rest={naam: waarde for naam, waarde in ruw.items() if naam not in bekend},
    )


def lees_levenslopen(bestand: Path) -> list[Levensloop]:
    """Lees het draaiboek; OngeldigBestand met de plaats als het niet te lezen is."""
    try:
        inhoud = tomllib.loads(bestand.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fout:
        raise OngeldigBestand(f"{bestand.name} is niet te lezen: {fout}.", "Verbeter het draaiboek.") from fout
    lopen: list[Levensloop] = []
    for persoon in cast("list[dict[str, Any]]", inhoud["persoon"]):
        kenmerk = str(persoon["kenmerk"])
        ruw = [*persoon.get("feiten", []), *persoon.get("stappen", [])]
        regels = sorted((_regel(kenmerk, n, r) for n, r in enumerate(ruw)), key=lambda r: (r.op, r.volgorde))
        demo, koers = int(persoon.get("demo", 0)), str(persoon["koers"])
        lopen.append(Levensloop(kenmerk, demo, koers, tuple(regels), persoon.get("koppeling"), persoon.get("binnen")))
    return lopen


def lees_verwacht(bestand: Path) -> dict[str, dict[str, str]]:
    """Lees de met de hand geschreven verwachtingen, per persoon."""
    with bestand.open(encoding="utf-8-sig", newline="") as invoer:
        return {rij["kenmerk"]: rij for rij in csv.DictReader(invoer)}


def kies(lopen: list[Levensloop], aantal: int | None) -> list[Levensloop]:
    """Kies personen voor de demo: eerst die van de kleine, dan die van de hele, dan de rest.

    Zonder aantal zijn het alle personen.
    """
    if aantal is None:
        return lopen
    op_rang = sorted(lopen, key=lambda loop: loop.demo or 9)  # gelijken houden hun volgorde
    gekozen = {loop.kenmerk for loop in op_rang[:aantal]}
    return [loop for loop in lopen if loop.kenmerk in gekozen]
