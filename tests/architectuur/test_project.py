"""De afspraken over de code zelf, die een mens anders bij elke wijziging zou moeten nakijken."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

WORTEL = Path(__file__).resolve().parents[2]
PAKKETTEN = ("domein", "adapters", "tasks", "flows", "portaal", "beheer", "sjablonen")
HOOGSTENS_REGELS = 400
OVERGESLAGEN_MAPPEN = {".venv", ".regie", ".git", ".ci", "__pycache__", "build", "dist", "node_modules"}
TEKSTSOORTEN = {
    ".py", ".md", ".toml", ".yaml", ".yml", ".csv", ".txt", ".j2", ".html", ".css", ".js", ".ini", ".mako",
}  # fmt: skip


def bestanden(*achtervoegsels: str) -> list[Path]:
    return sorted(
        pad
        for pad in WORTEL.rglob("*")
        if pad.is_file()
        and pad.suffix in achtervoegsels
        and not OVERGESLAGEN_MAPPEN.intersection(pad.relative_to(WORTEL).parts)
    )


def naam(pad: Path) -> str:
    return str(pad.relative_to(WORTEL))


def python_buiten_de_tests() -> list[Path]:
    return [pad for pad in bestanden(".py") if pad.relative_to(WORTEL).parts[0] in PAKKETTEN]


@pytest.mark.parametrize("pakket", PAKKETTEN)
def test_elk_pakket_komt_uit_deze_map(pakket: str) -> None:
    """Een vreemd pakket met dezelfde naam zou bij een editable installatie stil voorgaan."""
    code = f"import {pakket}; print({pakket}.__file__)"
    # Buiten pytest en zonder werkmap op het pad: zo vindt ook `./regie` zijn pakketten.
    gevonden = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd="/", capture_output=True, text=True, check=True
    ).stdout.strip()
    assert Path(gevonden).resolve().is_relative_to(WORTEL)


def test_er_zijn_niet_meer_mappen_met_code_dan_afgesproken() -> None:
    gevonden = {pad.parent.name for pad in WORTEL.glob("*/__init__.py")} - {"tests"}
    assert gevonden == set(PAKKETTEN)


def test_de_lagen_kloppen() -> None:
    uitkomst = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=WORTEL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr


def test_domein_laadt_zonder_prefect_web_en_mail() -> None:
    """import-linter leest; dit laadt echt, ook wat pas tijdens het laden wordt gekozen."""
    modules = [naam(pad)[: -len(".py")].replace("/", ".") for pad in python_buiten_de_tests()]
    domein = [module.removesuffix(".__init__") for module in modules if module.startswith("domein")]
    verboden = {"prefect", "fastapi", "starlette", "aiosmtplib", "smtplib", "jinja2", "alembic", "openpyxl"}
    code = f"import sys, importlib\nfor m in {domein!r}: importlib.import_module(m)\n"
    code += f"print(sorted({verboden!r} & set(sys.modules)))"
    uitkomst = subprocess.run([sys.executable, "-c", code], cwd=WORTEL, capture_output=True, text=True, check=False)
    assert uitkomst.stdout.strip() == "[]", uitkomst.stdout + uitkomst.stderr


@pytest.mark.parametrize("pad", bestanden(".py"), ids=naam)
def test_geen_bestand_is_te_lang(pad: Path) -> None:
    regels = len(pad.read_text(encoding="utf-8").splitlines())
    assert regels <= HOOGSTENS_REGELS, f"{naam(pad)} heeft {regels} regels; splits het naar onderwerp"


@pytest.mark.parametrize("pad", [pad for pad in python_buiten_de_tests() if naam(pad).startswith("flows/")], ids=naam)
def test_elke_flow_is_async(pad: Path) -> None:
    """Een gewone flow wacht aan zijn einde tot een seconde op een hartslag; een async flow niet."""
    for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.FunctionDef):
            namen = {ast.unparse(decorator).split("(")[0].split(".")[-1] for decorator in knoop.decorator_list}
            assert not namen & {"flow", "task"}, f"{knoop.name} in {naam(pad)} moet `async def` zijn"


def deployments() -> list[dict[str, object]]:
    bestand = WORTEL / "prefect.yaml"
    if not bestand.exists():
        return []
    return yaml.safe_load(bestand.read_text(encoding="utf-8")).get("deployments") or []


def test_er_zijn_deployments() -> None:
    assert deployments(), "prefect.yaml noemt geen enkele deployment"


@pytest.mark.parametrize("deployment", deployments(), ids=lambda deployment: str(deployment["name"]))
def test_elk_beginpunt_is_een_module_en_een_async_flow(deployment: dict[str, object]) -> None:
    """Een bestandspad als beginpunt zet flows/ vooraan op het pad en laadt de module twee keer."""
    beginpunt = str(deployment["entrypoint"])
    assert re.fullmatch(r"flows(\.\w+){2,}", beginpunt), f"{beginpunt} is geen modulepad"
    module, _, functie = beginpunt.rpartition(".")
    flow = getattr(importlib.import_module(module), functie)
    assert inspect.iscoroutinefunction(flow.fn)


@pytest.mark.parametrize("pad", bestanden(*TEKSTSOORTEN), ids=naam)
def test_geen_bestand_noemt_een_map_van_een_bepaalde_machine(pad: Path) -> None:
    if pad == Path(__file__).resolve():
        return
    tekst = pad.read_text(encoding="utf-8", errors="replace")
    gevonden = re.findall(r"(?<![\w.$}>/-])/(?:home|root|Users|opt|work|tmp|var/folders)/[\w.-]+", tekst)
    assert not gevonden, f"{naam(pad)} noemt {gevonden}"


@pytest.mark.parametrize("slot", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_elk_slot_is_gehasht_en_noemt_geen_pakketbron(slot: str) -> None:
    """Besluit 0002: elke organisatie haalt dezelfde bytes van haar eigen bron."""
    tekst = (WORTEL / slot).read_text(encoding="utf-8")
    assert "://" not in tekst
    assert "--index" not in tekst
    pakketten = [blok for blok in re.split(r"\n(?=\S)", tekst) if blok and not blok.startswith("#")]
    assert pakketten
    assert all("==" in blok.splitlines()[0] and "--hash=sha256:" in blok for blok in pakketten)


def test_het_gewone_slot_zit_geheel_in_dat_van_de_ontwikkelaar() -> None:
    def versies(slot: str) -> set[str]:
        regels = (WORTEL / slot).read_text(encoding="utf-8").splitlines()
        return {regel.split(" \\")[0].split(" ;")[0].strip() for regel in regels if re.match(r"[a-z0-9]", regel)}

    assert versies("requirements.lock") <= versies("requirements-dev.lock")


def test_het_pakket_kan_niet_per_ongeluk_worden_gepubliceerd() -> None:
    project = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    assert project["license"] == "EUPL-1.2"


def test_publiccode_is_geldig() -> None:
    inhoud = yaml.safe_load((WORTEL / "publiccode.yml").read_text(encoding="utf-8"))
    verplicht = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert verplicht <= set(inhoud)
    assert inhoud["legal"]["license"] == "EUPL-1.2"
    for taal in inhoud["description"].values():
        assert len(taal["shortDescription"]) <= 150
        assert 150 <= len(taal["longDescription"]) <= 10_000
        assert taal["features"]
