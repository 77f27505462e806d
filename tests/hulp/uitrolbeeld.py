"""Het image van `uitrol/Dockerfile` als map: dezelfde COPY-regels, en alleen de pakketten van zijn eigen slot.

De pakketten komen uit de omgeving van de tests (dezelfde versies; een andere test bewaakt dat), niet uit een bron. Zo
is er geen netwerk nodig, en valt toch op wat het slot van het image mist. De tweede RUN-regel draait zoals zij er is.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]
DOCKERFILE = WORTEL / "uitrol" / "Dockerfile"
SLOT = WORTEL / "uitrol" / "requirements.lock"


@dataclass(frozen=True)
class Beeld:
    """Waar /app staat, en wat de Dockerfile elke container meegeeft."""

    app: Path
    omgeving: dict[str, str]
    ingang: list[str]


def bouw_beeld(app: Path) -> Beeld:
    """Bouw /app in deze map, zoals de Dockerfile het doet."""
    regels = _regels()
    _kopieer(regels, app)
    _maak_venv(app)
    afwerken = next(r for r in regels if r.startswith("RUN") and "compileall" in r)
    klaar = subprocess.run(
        ["sh", "-ec", afwerken.removeprefix("RUN ")], cwd=app, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
    )  # fmt: skip
    assert klaar.returncode == 0, klaar.stdout[-2000:] + klaar.stderr[-2000:]
    laatste = regels[max(i for i, regel in enumerate(regels) if regel.startswith("FROM")) :]
    omgeving: dict[str, str] = {}
    for regel in laatste:
        if regel.startswith("ENV "):
            omgeving |= dict(woord.split("=", 1) for woord in shlex.split(regel)[1:])
    ingang = next(regel for regel in laatste if regel.startswith("ENTRYPOINT"))
    return Beeld(app, omgeving, re.findall(r'"([^"]+)"', ingang))


def _regels() -> list[str]:
    tekst = re.sub(r"(?m)^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"))
    return [regel.strip() for regel in re.sub(r"\\\n\s*", "", tekst).splitlines() if regel.strip()]


def _kopieer(regels: list[str], app: Path) -> None:
    for regel in regels:
        if not regel.startswith("COPY") or "--from" in regel:
            continue
        *bronnen, doel = [woord for woord in regel.split()[1:] if not woord.startswith("--")]
        for bron in bronnen:
            naar = app / doel / Path(bron).name if doel.endswith("/") else app / doel
            naar.parent.mkdir(parents=True, exist_ok=True)
            if (WORTEL / bron).is_dir():
                shutil.copytree(WORTEL / bron, naar, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(WORTEL / bron, naar)


def _maak_venv(app: Path) -> None:
    """Een omgeving met precies de pakketten van het slot, zonder dat er een byte wordt opgehaald."""
    venv.create(app / ".venv", with_pip=True)
    pakketten = app / ".venv" / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    for naam in _namen_in_het_slot():
        _plaats(distribution(naam), pakketten, app / ".venv" / "bin")


def _namen_in_het_slot() -> list[str]:
    from packaging.markers import Marker

    vondsten = re.findall(r"^([a-z0-9-]+)==[^ ;\\]+(?: ; ([^\\\n]+))?", SLOT.read_text(encoding="utf-8"), re.MULTILINE)
    return [naam for naam, voorwaarde in vondsten if not voorwaarde or Marker(voorwaarde.strip()).evaluate()]


def _plaats(pakket: Distribution, pakketten: Path, bin_: Path) -> None:
    for bestand in pakket.files or []:
        bron = Path(str(pakket.locate_file(bestand))).resolve()
        if bestand.parts[0] != "..":
            _zet(bron, pakketten / bestand)
            _zet_vertaald(bron, pakketten / bestand)
        elif bestand.parts[-2] == "bin":
            naar = bin_ / bestand.name
            inhoud = bron.read_bytes()
            naar.write_bytes(re.sub(rb"\A#!.*", b"#!" + os.fsencode(bin_ / "python"), inhoud, count=1))
            naar.chmod(0o755)


def _zet_vertaald(bron: Path, naar: Path) -> None:
    """Neem ook de vertaalde vorm mee als zij er al is: dan hoeft compileall haar niet te maken."""
    if bron.suffix == ".py":
        vertaald = bron.parent / "__pycache__" / f"{bron.stem}.{sys.implementation.cache_tag}.pyc"
        if vertaald.exists():
            _zet(vertaald, naar.parent / "__pycache__" / vertaald.name)


def _zet(bron: Path, naar: Path) -> None:
    if naar.exists():
        return
    naar.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(bron, naar)
    except OSError:  # een ander bestandssysteem
        shutil.copy2(bron, naar)
