"""De uitrol is geldig volgens eigen gereedschap, verwijst nergens naast, en draait niets met te veel rechten."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from prefect.settings import Settings
from prefect.settings.legacy import _get_settings_fields

from adapters.instellingen import Instellingen
from adapters.prefect import inrichting

WORTEL = Path(__file__).resolve().parents[2]
UITROL = WORTEL / "uitrol"
COMPOSE = UITROL / "compose.yaml"
MANIFESTEN = sorted(pad for pad in (UITROL / "kubernetes").glob("*.yaml") if pad.name != "kustomization.yaml")
VERSIE = "1.32"
WERKLAST = {"Deployment", "StatefulSet", "CronJob"}
# Verschilt per installatie: waar de server staat, en waar hij zijn bestanden zet.
VAN_DE_PLEK = {"PREFECT_HOME", "PREFECT_API_URL", "DO_NOT_TRACK", "PREFECT_SERVER_DATABASE_CONNECTION_URL"}


def stukken() -> list[dict[str, Any]]:
    return [stuk for pad in MANIFESTEN for stuk in yaml.safe_load_all(pad.read_text(encoding="utf-8"))]


STUKKEN = stukken()
DIENSTEN: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


def naam(stuk: dict[str, Any]) -> str:
    return f"{stuk['kind']}/{stuk['metadata']['name']}"


def pod(stuk: dict[str, Any]) -> dict[str, Any]:
    spec = stuk["spec"]["jobTemplate"]["spec"] if stuk["kind"] == "CronJob" else stuk["spec"]
    return spec["template"]["spec"]


def containers(stuk: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from pod(stuk).get("initContainers", [])
    yield from pod(stuk)["containers"]


WERK = [stuk for stuk in STUKKEN if stuk["kind"] in WERKLAST]


def toets_compose(bestand: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(bestand)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


# geldig volgens het gereedschap zelf


def test_compose_is_geldig_volgens_zijn_schema(tmp_path: Path) -> None:
    uitkomst = toets_compose(COMPOSE)
    assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr
    fout = tmp_path / "fout.yaml"
    fout.write_text(COMPOSE.read_text(encoding="utf-8").replace("restart: unless-stopped", "herstart: altijd"), "utf-8")
    assert toets_compose(fout).returncode != 0  # het schema kijkt echt


@pytest.mark.parametrize("stuk", STUKKEN, ids=naam)
def test_elk_manifest_is_geldig_volgens_het_strenge_schema_van_kubernetes(stuk: dict[str, Any]) -> None:
    kubernetes_validate.validate(stuk, VERSIE, strict=True)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(stuk | {"onbekend": True}, VERSIE, strict=True)


def test_de_lijst_van_kustomize_noemt_elk_manifest() -> None:
    lijst = yaml.safe_load((UITROL / "kubernetes" / "kustomization.yaml").read_text(encoding="utf-8"))
    assert sorted(lijst["resources"]) == [pad.name for pad in MANIFESTEN]


def test_met_docker_of_kubectl_bij_de_hand_zegt_dat_hetzelfde(tmp_path: Path) -> None:
    """Waar hun opdrachtregel er is, telt haar oordeel ook; zonder zijn de schema's hierboven de toets."""
    oordelen: list[subprocess.CompletedProcess[str]] = []
    if shutil.which("kubectl"):
        oordelen.append(_draai("kubectl", "kustomize", str(UITROL / "kubernetes")))
    if shutil.which("docker") and _draai("docker", "compose", "version").returncode == 0:
        kopie = tmp_path / "compose.yaml"
        kopie.write_text(re.sub(r"\$\{(\w+):\?[^}]*\}", r"waarde-\1", COMPOSE.read_text(encoding="utf-8")), "utf-8")
        oordelen.append(_draai("docker", "compose", "-f", str(kopie), "config", "--quiet"))
    assert [oordeel.stderr for oordeel in oordelen if oordeel.returncode] == []


def _draai(*woorden: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(woorden), capture_output=True, text=True, check=False)


# zo weinig rechten als kan


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_elke_container_in_compose_is_afgeschermd(dienst: str) -> None:
    d = DIENSTEN[dienst]
    assert d["read_only"] is True
    assert d["user"].split(":")[0] not in {"0", "root"}
    assert d["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in d["security_opt"]
    assert {"cpus", "memory"} <= set(d["deploy"]["resources"]["limits"])
    assert all(str(poort).startswith("127.0.0.1:") for poort in d.get("ports", []))


@pytest.mark.parametrize("stuk", WERK, ids=naam)
def test_elke_pod_in_kubernetes_is_afgeschermd(stuk: dict[str, Any]) -> None:
    streng = pod(stuk)["securityContext"]
    assert streng["runAsNonRoot"] is True
    assert streng["runAsUser"] == 10001
    assert streng["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod(stuk)["automountServiceAccountToken"] is False
    for container in containers(stuk):
        eigen = container["securityContext"]
        assert eigen["readOnlyRootFilesystem"] is True
        assert eigen["allowPrivilegeEscalation"] is False
        assert eigen["capabilities"] == {"drop": ["ALL"]}
        assert {"cpu", "memory"} <= set(container["resources"]["limits"])
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])


@pytest.mark.parametrize("stuk", [s for s in WERK if s["kind"] != "CronJob"], ids=naam)
def test_wie_blijft_draaien_wordt_gepeild(stuk: dict[str, Any]) -> None:
    if stuk["metadata"]["name"] in {"bewaker", "prefect-diensten"}:  # luisteren nergens; vallen zij, dan herstarten zij
        return
    for container in pod(stuk)["containers"]:
        assert "livenessProbe" in container
        assert {"readinessProbe", "startupProbe"} & set(container)


def test_elke_dienst_in_compose_die_luistert_wordt_gepeild() -> None:
    zonder = {naam for naam, d in DIENSTEN.items() if "healthcheck" not in d}
    assert zonder == {"prefect-database", "prefect-diensten", "bewaker", "reservekopie"}


# geen geheim in een bestand van de repository, geen verwijzing naast het doel


def test_er_staat_geen_geheim_in_de_uitrol() -> None:
    for pad in [COMPOSE, UITROL / "voorbeeld.env", *MANIFESTEN]:
        tekst = pad.read_text(encoding="utf-8")
        assert not re.search(r"(?i)(password|wachtwoord|secret|sleutel)\s*[:=]\s*['\"]?[A-Za-z0-9+/]{12,}", tekst), pad
        assert not re.search(r"://[^/\s:]+:[^@\s]+@", tekst), pad
    assert not any(stuk["kind"] == "Secret" for stuk in STUKKEN)


def test_compose_verwijst_alleen_naar_wat_er_is() -> None:
    alles = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    for d in DIENSTEN.values():
        assert set(d.get("depends_on", {})) <= set(DIENSTEN)
        assert set(d["networks"]) <= set(alles["networks"])
        gebruikt = {g if isinstance(g, str) else g["source"] for g in d.get("secrets", [])}
        assert gebruikt <= set(alles["secrets"])
        bronnen = {v.split(":")[0] for v in d.get("volumes", [])}
        assert {bron for bron in bronnen if not bron.startswith(".")} <= set(alles["volumes"])
    genoemd = (UITROL / "LEESMIJ.md").read_text(encoding="utf-8")
    for geheim in alles["secrets"].values():
        assert f"`{Path(geheim['file']).name}`" in genoemd


def test_kubernetes_verwijst_alleen_naar_wat_er_is() -> None:
    def namen(soort: str) -> set[str]:
        return {s["metadata"]["name"] for s in STUKKEN if s["kind"] == soort}

    leesmij = (UITROL / "LEESMIJ.md").read_text(encoding="utf-8")
    geheimen = set(re.findall(r"create secret generic (\S+)", leesmij))
    apps = {s["metadata"]["name"] for s in WERK}
    claims = namen("PersistentVolumeClaim") | {
        f"{sjabloon['metadata']['name']}-{s['metadata']['name']}-{nummer}"
        for s in WERK
        for sjabloon in s["spec"].get("volumeClaimTemplates", [])
        for nummer in range(s["spec"]["replicas"])
    }
    for stuk in WERK:
        delen = pod(stuk)
        volumes = {v["name"] for v in delen["volumes"]}
        volumes |= {c["metadata"]["name"] for c in stuk["spec"].get("volumeClaimTemplates", [])}
        assert delen["serviceAccountName"] in namen("ServiceAccount")
        for v in delen["volumes"]:
            if "secret" in v:
                assert v["secret"]["secretName"] in geheimen
                assert v["secret"]["defaultMode"] == 0o440
            if "persistentVolumeClaim" in v:
                assert v["persistentVolumeClaim"]["claimName"] in claims
        for container in containers(stuk):
            assert {m["name"] for m in container["volumeMounts"]} <= volumes
            assert {b["configMapRef"]["name"] for b in container.get("envFrom", [])} <= namen("ConfigMap")
    for stuk in STUKKEN:
        if stuk["kind"] in {"Service", "PodDisruptionBudget"}:
            kiest = stuk["spec"]["selector"]
            assert kiest.get("matchLabels", kiest)["app"] in apps
        if stuk["kind"] == "NetworkPolicy" and stuk["spec"]["podSelector"]:
            assert stuk["spec"]["podSelector"]["matchLabels"]["app"] in apps
    beleid = {
        s["spec"]["podSelector"].get("matchLabels", {}).get("app") for s in STUKKEN if s["kind"] == "NetworkPolicy"
    }
    assert apps <= beleid  # niemand valt buiten de regels
    assert None in beleid  # en wie geen regel heeft, mag niets


# dezelfde instellingen als `./regie start`


def omgeving_compose(dienst: str) -> dict[str, str]:
    return DIENSTEN[dienst]["environment"]


def omgeving_kubernetes(*kaarten: str) -> dict[str, str]:
    uit: dict[str, str] = {}
    for stuk in STUKKEN:
        if stuk["kind"] == "ConfigMap" and stuk["metadata"]["name"] in kaarten:
            uit |= stuk["data"]
    return uit


@pytest.mark.parametrize("waar", ["compose", "kubernetes"])
def test_prefect_draait_zoals_bij_regie_start(waar: str) -> None:
    compose = waar == "compose"
    server = omgeving_compose("prefect") if compose else omgeving_kubernetes("prefect-client", "prefect-server")
    werker = omgeving_compose("werker") if compose else omgeving_kubernetes("prefect-client", "werker")
    thuis = Path("map")
    for gewenst, staat in (
        (inrichting.server_omgeving(thuis, "x", database_url="postgresql+asyncpg://x"), server),
        (inrichting.werker_omgeving(thuis, "x"), werker),
    ):
        vast = {n: w for n, w in gewenst.items() if n not in VAN_DE_PLEK and n != "PREFECT_SERVER_UI_API_URL"}
        assert {n: staat.get(n) for n in vast} == vast


@pytest.mark.parametrize("waar", ["compose", "kubernetes"])
def test_elke_instelling_bestaat(waar: str) -> None:
    """Een tikfout in een naam geeft geen fout: Prefect en regie nemen dan stil hun standaard."""
    if waar == "compose":
        namen = {n for d in DIENSTEN for n in DIENSTEN[d].get("environment", {})} - {"POSTGRES_PASSWORD_FILE", "PGDATA"}
    else:
        namen = {n for s in STUKKEN if s["kind"] == "ConfigMap" for n in s["data"]}
    van_prefect = set(_get_settings_fields(Settings))
    van_regie = {f"REGIE_{veld.upper()}" for veld in Instellingen.model_fields}
    onbekend = {
        n for n in namen - van_prefect - van_regie if not n.startswith("PREFECT_REDIS_MESSAGING_")
    }  # fmt: skip
    assert onbekend == set()


def test_de_waarden_voor_prefect_zijn_te_lezen(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam_, waarde in omgeving_kubernetes("prefect-client", "prefect-server", "werker").items():
        monkeypatch.setenv(naam_, waarde)
    gelezen = Settings()
    assert gelezen.server.events.retention_period.days == 7
    assert gelezen.server.services.db_vacuum.retention_period.days == 90
    assert gelezen.server.services.db_vacuum.enabled == {"events", "flow_runs"}
    assert gelezen.server.events.messaging_broker == "prefect_redis.messaging"


# het image komt uit het slot


def test_het_image_installeert_uit_een_slot_met_hashes_dat_het_gewone_slot_bevat() -> None:
    def versies(pad: Path) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+==[^ ;\\]+)", pad.read_text(encoding="utf-8"), re.MULTILINE))

    slot = UITROL / "requirements.lock"
    assert versies(WORTEL / "requirements.lock") <= versies(slot)
    assert {regel.split("==")[0] for regel in versies(slot) - versies(WORTEL / "requirements.lock")} == {
        "prefect-redis"
    }
    tekst = slot.read_text(encoding="utf-8")
    assert "://" not in tekst
    assert all("--hash=sha256:" in blok for blok in re.split(r"\n(?=\S)", tekst) if blok.strip())
    dockerfile = (UITROL / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in dockerfile
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)


def test_het_image_krijgt_elk_pakket_en_wat_prefect_leest() -> None:
    gekopieerd = set(
        re.findall(r"^COPY (?:--\S+ )?(.+) \S+$", (UITROL / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    )
    woorden = {woord for regel in gekopieerd for woord in regel.split()}
    mag = {r[1:] for r in (UITROL / "Dockerfile.dockerignore").read_text("utf-8").splitlines() if r.startswith("!")}
    pakketten = {pad.parent.name for pad in WORTEL.glob("*/__init__.py")} - {"tests"}
    assert pakketten | {"prefect.yaml"} <= woorden
    assert {woord for woord in woorden if not woord.startswith("/")} <= mag


@pytest.mark.parametrize("script", ["ingang.sh", "database.sh"])
def test_de_scripts_zijn_gewone_sh(script: str) -> None:
    pad = UITROL / script
    assert pad.stat().st_mode & 0o111
    assert _draai("sh", "-n", str(pad)).returncode == 0


def test_de_ingang_zet_geheimen_uit_bestanden_klaar_en_start_de_opdracht(tmp_path: Path) -> None:
    (tmp_path / "PREFECT_PROEF").write_text("een geheim met spaties\n", encoding="utf-8")
    uitkomst = subprocess.run(
        [str(UITROL / "ingang.sh"), "sh", "-c", 'printf "%s" "$PREFECT_PROEF"; exit 7'],
        env={"PATH": "/usr/bin:/bin", "OMGEVING_UIT_BESTANDEN": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (uitkomst.stdout, uitkomst.returncode) == ("een geheim met spaties", 7)


def test_instellingen_komen_ook_uit_een_map_met_bestanden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from adapters.instellingen import lees_instellingen

    (tmp_path / "regie_smtp_wachtwoord").write_text("geheim-van-de-post\n", encoding="utf-8")
    (tmp_path / "regie_sleutels_url").write_text("postgresql://s:w@h/sleutels\n", encoding="utf-8")
    monkeypatch.setenv("REGIE_INSTELLINGENMAP", str(tmp_path))
    monkeypatch.setenv("REGIE_SMTP_GEBRUIKER", "regie")
    monkeypatch.chdir(tmp_path)
    keuze = lees_instellingen()
    assert keuze.smtp_wachtwoord is not None
    assert keuze.smtp_wachtwoord.get_secret_value() == "geheim-van-de-post"
    assert keuze.sleutels == "postgresql+psycopg://s:w@h/sleutels"
