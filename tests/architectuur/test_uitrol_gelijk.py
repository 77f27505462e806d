"""Compose en Kubernetes zeggen hetzelfde: dezelfde opdracht, omgeving, geheimen en peiling voor elke dienst."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.architectuur.test_uitrol import DIENSTEN, STUKKEN, UITROL, WERK, containers, pod

# Dienst in Compose: waar zij in Kubernetes staat. PostgreSQL komt daar van buiten.
ZELFDE = {
    "redis": ("redis", "redis"),
    "prefect-database": ("prefect", "database"),
    "prefect": ("prefect", "prefect"),
    "prefect-diensten": ("prefect-diensten", "diensten"),
    "opzichter": ("opzichter", "opzichter"),
    "werker": ("werker", "werker"),
    "portaal": ("portaal", "portaal"),
    "bewaker": ("bewaker", "bewaker"),
    "reservekopie": ("reservekopie", "reservekopie"),
}
# De kubelet peilt de worker van buiten de pod; het adres voor een browser is per plek anders.
VAN_DE_PLEK = {"PREFECT_WORKER_WEBSERVER_HOST", "PREFECT_SERVER_UI_API_URL"}


def in_kubernetes(dienst: str) -> tuple[dict[str, Any], dict[str, Any]]:
    stuk_naam, container_naam = ZELFDE[dienst]
    stuk = next(s for s in WERK if s["metadata"]["name"] == stuk_naam)
    return stuk, next(c for c in containers(stuk) if c["name"] == container_naam)


def omgeving(container: dict[str, Any]) -> dict[str, str]:
    kaarten = [bron["configMapRef"]["name"] for bron in container.get("envFrom", [])]
    uit: dict[str, str] = {}
    for stuk in STUKKEN:
        if stuk["kind"] == "ConfigMap" and stuk["metadata"]["name"] in kaarten:
            uit |= stuk["data"]
    return uit


def geheimen_uit_leesmij() -> dict[str, set[str]]:
    """Per Secret de namen van haar bestanden, uit de opdrachten die LEESMIJ.md geeft."""
    tekst = (UITROL / "LEESMIJ.md").read_text(encoding="utf-8").replace("\\\n", " ")
    return {
        naam: {bestand.split("=")[0] for bestand in re.findall(r"--from-file=(\S+)", rest)}
        for naam, rest in re.findall(r"create secret generic (\S+) (.+)", tekst)
    }


def test_elke_dienst_en_elke_container_doet_mee() -> None:
    assert set(ZELFDE) == set(DIENSTEN) - {"postgres"}
    assert set(ZELFDE.values()) == {(s["metadata"]["name"], c["name"]) for s in WERK for c in containers(s)}


@pytest.mark.parametrize("dienst", ZELFDE)
def test_de_opdracht_is_dezelfde(dienst: str) -> None:
    _, container = in_kubernetes(dienst)
    assert DIENSTEN[dienst]["command"] == (container.get("args") or container["command"])


@pytest.mark.parametrize("dienst", ZELFDE)
def test_de_omgeving_is_dezelfde(dienst: str) -> None:
    _, container = in_kubernetes(dienst)
    hier, daar = DIENSTEN[dienst].get("environment", {}), omgeving(container)
    assert set(hier) == set(daar)
    vast = {naam for naam, waarde in hier.items() if "${" not in waarde} - VAN_DE_PLEK
    assert {naam: hier[naam] for naam in vast} == {naam: daar[naam] for naam in vast}


@pytest.mark.parametrize("dienst", ZELFDE)
def test_de_geheimen_zijn_dezelfde(dienst: str) -> None:
    """Zonder een geheim dat bij een instelling hoort weigert een dienst te starten."""
    stuk, container = in_kubernetes(dienst)
    secrets = {v["name"]: v["secret"]["secretName"] for v in pod(stuk)["volumes"] if "secret" in v}
    daar = {m["mountPath"]: secrets[m["name"]] for m in container["volumeMounts"] if m["name"] in secrets}
    hier: dict[str, set[str]] = {}
    for geheim in DIENSTEN[dienst].get("secrets", []):
        pad = Path(geheim["target"])
        hier.setdefault(str(pad.parent), set()).add(pad.name)
    assert set(hier) == set(daar)
    bestanden = geheimen_uit_leesmij()
    for map_, namen in hier.items():
        assert namen <= bestanden[daar[map_]]
    if "REGIE_SMTP_GEBRUIKER" in DIENSTEN[dienst].get("environment", {}):
        assert "regie_smtp_wachtwoord" in hier["/run/geheimen/regie"]


@pytest.mark.parametrize("dienst", [naam for naam in ZELFDE if "healthcheck" in DIENSTEN[naam]])
def test_de_peiling_is_dezelfde(dienst: str) -> None:
    _, container = in_kubernetes(dienst)
    woorden = DIENSTEN[dienst]["healthcheck"]["test"]
    peilingen = [
        container[soort] for soort in ("startupProbe", "readinessProbe", "livenessProbe") if soort in container
    ]
    opdrachten = [p["exec"]["command"] for p in peilingen if "exec" in p]
    paden = {p["httpGet"]["path"] for p in peilingen if "httpGet" in p}
    if adres := re.search(r"127\.0\.0\.1:\d+(/[a-z/]+)", woorden[-1]):
        assert paden == {adres[1]}
    else:
        eigen = ["sh", "-c", woorden[1].replace("$$", "$")] if woorden[0] == "CMD-SHELL" else woorden[1:]
        assert opdrachten
        assert all(opdracht == eigen for opdracht in opdrachten)


def test_wie_in_een_volume_schrijft_is_er_de_eigenaar_van() -> None:
    """Een nieuw volume krijgt de eigenaar van de map in het image; is die map er niet, dan is het van root."""
    dockerfile = (UITROL / "Dockerfile").read_text(encoding="utf-8")
    gemaakt = re.search(r"install -d -o 10001 -g 10001 -m 0700 (.+)", dockerfile)
    assert gemaakt is not None
    volumes = {
        volume.split(":")[1]
        for naam, dienst in DIENSTEN.items()
        if naam not in {"postgres", "redis"}
        for volume in dienst.get("volumes", [])
    }
    assert volumes <= set(gemaakt[1].split())
