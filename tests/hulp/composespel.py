"""Een Compose-bestand lezen: waarden ingevuld, en per container de opdracht, omgeving, peiling en volgorde."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_WAARDE = re.compile(r"\$\$|\$\{(\w+)(?:(:[-?])([^}]*))?\}")


@dataclass(frozen=True)
class Peiling:
    """De healthcheck van een dienst; `grens` is hoe lang Compose op "gezond" wacht voor hij opgeeft."""

    opdracht: list[str]
    grens: float


@dataclass(frozen=True)
class Dienst:
    """Wat Compose over één dienst zegt."""

    naam: str
    opdracht: list[str]
    omgeving: dict[str, str]
    peiling: Peiling | None
    wacht_op: dict[str, str]
    geheimen: dict[str, str]  # pad in de container: naam van het geheim
    volumes: dict[str, str]  # pad in de container: naam van het volume
    tmpfs: list[str] = field(default_factory=list)
    aantal: int = 1
    uit_het_beeld: bool = True  # van ons eigen image, met zijn ingang en zijn omgeving
    profielen: tuple[str, ...] = ()


def lees_compose(pad: Path, waarden: Mapping[str, str]) -> dict[str, Dienst]:
    """Lees de diensten; een KeyError noemt een variabele die moet maar er niet is."""
    alles = _vul_in(yaml.safe_load(pad.read_text(encoding="utf-8")), waarden)
    return {naam: _dienst(naam, d) for naam, d in alles["services"].items()}


def geheimbestanden(pad: Path) -> dict[str, str]:
    """Per geheim de naam van zijn bestand."""
    alles = yaml.safe_load(pad.read_text(encoding="utf-8"))
    return {naam: Path(geheim["file"]).name for naam, geheim in alles["secrets"].items()}


def lees_env(pad: Path) -> dict[str, str]:
    """Lees een .env zoals Compose: NAAM=waarde."""
    regels = [r for r in pad.read_text(encoding="utf-8").splitlines() if "=" in r and not r.startswith("#")]
    return {naam: waarde for naam, _, waarde in (regel.partition("=") for regel in regels)}


def op_volgorde(diensten: Mapping[str, Dienst]) -> Iterator[Dienst]:
    """Elke dienst na wat zij afwacht; anders zoals het bestand ze noemt."""
    gehad: set[str] = set()

    def neem(naam: str) -> Iterator[Dienst]:
        if naam not in gehad:
            gehad.add(naam)
            for eerder in diensten[naam].wacht_op:
                yield from neem(eerder)
            yield diensten[naam]

    for naam in diensten:
        yield from neem(naam)


def _vul_in(deel: Any, waarden: Mapping[str, str]) -> Any:
    if isinstance(deel, dict):
        return {naam: _vul_in(waarde, waarden) for naam, waarde in deel.items()}
    if isinstance(deel, list):
        return [_vul_in(waarde, waarden) for waarde in deel]
    return _WAARDE.sub(lambda m: _een(m, waarden), deel) if isinstance(deel, str) else deel


def _een(vondst: re.Match[str], waarden: Mapping[str, str]) -> str:
    naam, soort, rest = vondst.groups()
    if naam is None:
        return "$"
    if soort == ":-":
        return waarden.get(naam) or rest
    if soort == ":?" and not waarden.get(naam):
        raise KeyError(rest)
    return waarden[naam]


def _dienst(naam: str, d: dict[str, Any]) -> Dienst:
    geheimen = [
        g if isinstance(g, dict) else {"source": g, "target": f"/run/secrets/{g}"} for g in d.get("secrets", [])
    ]
    paren = [v.split(":") for v in d.get("volumes", []) if not v.startswith(".")]
    opdracht = d["command"]
    return Dienst(
        naam,
        [str(woord) for woord in opdracht] if isinstance(opdracht, list) else shlex.split(opdracht),
        {n: str(waarde) for n, waarde in d.get("environment", {}).items()},
        _peiling(d["healthcheck"]) if "healthcheck" in d else None,
        {n: w["condition"] for n, w in d.get("depends_on", {}).items()},
        {g["target"]: g["source"] for g in geheimen},
        {doel: volume for volume, doel, *_ in paren},
        [t.split(":")[0] for t in d.get("tmpfs", [])],
        d.get("deploy", {}).get("replicas", 1),
        uit_het_beeld="regie-inburgering" in d["image"],
        profielen=tuple(d.get("profiles", ())),
    )


def _peiling(h: dict[str, Any]) -> Peiling:
    soort, *woorden = h["test"]
    opdracht = ["sh", "-c", woorden[0]] if soort == "CMD-SHELL" else [str(woord) for woord in woorden]
    grens = _seconden(h.get("start_period", "0s")) + h["retries"] * (_seconden(h["interval"]) + _seconden(h["timeout"]))
    return Peiling(opdracht, grens)


def _seconden(duur: str) -> float:
    return float(duur.removesuffix("s"))
