"""De bestanden van het voorbeeld Avres, gelezen zonder het domein, met een eigen kleine kalender.

De verwachtingen zijn met de hand uit de wet berekend; narekenen gebeurt met opzet zonder de regels van het domein.
"""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

MAP: Final = Path(__file__).parents[2] / "voorbeelden" / "avres"
GEMEENTEN: Final = ("GM0512", "GM1978", "GM1961")

# Algemene termijnenwet art. 3, uitgeschreven: vaste dagen, dagen rond Pasen, en de aangewezen dagen.
PASEN: Final = {2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01", 2030: "04-21"}
AANGEWEZEN: Final = ("2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26")


def _feestdagen() -> frozenset[date]:
    dagen = {date.fromisoformat(dag) for dag in AANGEWEZEN}
    for jaar, pasen in PASEN.items():
        eerste = date.fromisoformat(f"{jaar}-{pasen}")
        dagen |= {eerste + timedelta(days=n) for n in (-2, 1, 39, 50)}
        dagen |= {date.fromisoformat(f"{jaar}-{dag}") for dag in ("01-01", "04-27", "05-05", "12-25", "12-26")}
    return frozenset(dagen)


FEESTDAGEN: Final = _feestdagen()


def is_werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in FEESTDAGEN


def of_daarna(dag: date) -> date:
    """De dag zelf, of de eerste daarna die geen zaterdag, zondag of feestdag is (art. 1 Atw)."""
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    return dag


def _csv(naam: str) -> dict[str, dict[str, str]]:
    with (MAP / naam).open(encoding="utf-8", newline="") as bestand:
        return {rij["kenmerk"]: rij for rij in csv.DictReader(bestand)}


KENNISGEVINGEN: Final = _csv("kennisgevingen.csv")
KOPPELINGEN: Final = _csv("koppelingen.csv")
VERWACHT: Final = _csv("verwacht.csv")
LEVENSLOPEN: Final[dict[str, dict[str, Any]]] = {
    persoon["kenmerk"]: persoon
    for persoon in tomllib.loads((MAP / "levenslopen.toml").read_text(encoding="utf-8"))["persoon"]
}
ALLEN: Final = sorted(KENNISGEVINGEN)
DEMO: Final = [k for k in ALLEN if LEVENSLOPEN[k]["demo"]]


def soort_van(regel: dict[str, Any]) -> str:
    return str(regel.get("uitkomst") or regel["soort"])


def geldt_op(regel: dict[str, Any]) -> date:
    dag: date = regel.get("geldig_op", regel["op"])
    return dag


def geldende(kenmerk: str) -> list[dict[str, Any]]:
    """Alle antwoorden en feiten die gelden, op volgorde van hun dag: niet wat is doorgehaald of geweigerd."""
    persoon = LEVENSLOPEN[kenmerk]
    feiten = persoon["feiten"]
    doorgehaald = {feit["doel"] for feit in feiten if feit["soort"] == "doorhaling"}
    over = [
        feit
        for feit in feiten
        if feit.get("id") not in doorgehaald and feit["soort"] != "doorhaling" and not feit.get("geweigerd")
    ]
    return sorted([*over, *persoon["stappen"], *_getekend(over)], key=geldt_op)


def _getekend(feiten: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Wat een handtekening vastlegt: de inhoud van haar concept, op de dag van de handtekening."""
    besluiten = [feit for feit in feiten if feit["soort"] == "besluit"]
    concepten = [feit for feit in besluiten if feit["handeling"] == "concept"]
    return [
        {"op": feit["op"], "soort": een["wordt"], "stap": een["voor"], "gegevens": een["gegevens"]}
        for feit in besluiten
        if feit["handeling"] == "teken"
        for een in [concepten[feit["nummer"] - 1]]
    ]


def uit(kenmerk: str, *soorten: str) -> list[dict[str, Any]]:
    return [regel for regel in geldende(kenmerk) if soort_van(regel) in soorten]


def dag_of_leeg(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def plus_maanden(dag: date, maanden: int) -> date:
    """Dezelfde dag zo veel maanden later; in dit voorbeeld bestaat die dag altijd."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return dag.replace(year=jaar, month=maand + 1)


def is_asiel(kenmerk: str) -> bool:
    """Zoals DUO de persoon het laatst behandelde."""
    laatste = [feit["gegevens"]["doelgroep"] for feit in uit(kenmerk, "doelgroep_gewijzigd")]
    return (laatste or [KENNISGEVINGEN[kenmerk]["doelgroep"]])[-1] == "asielstatushouder"
