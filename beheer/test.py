"""`regie test`: alles wat de code bewijst, in één opdracht. CI draait dezelfde.

Elke controle loopt ook als een eerdere faalde: iemand ziet in één keer alles wat er mis is.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from beheer.uitvoer import fout, meld

WORTEL: Final = Path(__file__).resolve().parent.parent
MEESTE_PROCESSEN: Final = 4  # elk proces start zijn eigen Prefect, PostgreSQL en browser
SNELLE_TESTS: Final = ("tests/unit", "tests/architectuur")

test_app = App(name="test", help="Controleer de hele code: opmaak, typen, lagen en tests.")


@test_app.default
def test(
    *,
    snel: Annotated[bool, Parameter(help="Alleen regels en architectuur, binnen een minuut.")] = False,
    zwaar: Annotated[bool, Parameter(help="Ook de lange proef.")] = False,
) -> int:
    """Controleer de hele code: opmaak, typen, lagen en tests."""
    if snel and zwaar:
        fout("--snel en --zwaar gaan niet samen.", "Kies er één.", code=2)
    if zwaar:
        os.environ["PROEF"] = "zwaar"  # de eigenschappen zoeken dan met nieuwe voorbeelden verder
    gezakt = [naam for naam, opdracht in _controles(snel) if not _voer_uit(naam, opdracht)]
    # pytest als laatste: zijn slotregel is ook de slotregel van deze opdracht.
    if gezakt:
        meld(f"\nHier ging al iets mis: {', '.join(gezakt)}.")
    if not _voer_uit("tests", _pytest(snel, zwaar)):
        gezakt.append("tests")
    return 1 if gezakt else 0


def _controles(snel: bool) -> list[tuple[str, list[str]]]:
    ruff = _gereedschap("ruff")
    controles = [
        ("stijl (ruff check)", [ruff, "check", "."]),
        ("opmaak (ruff format)", [ruff, "format", "--check", "."]),
        ("lagen (import-linter)", [_gereedschap("lint-imports")]),
    ]
    if not snel:
        controles.insert(2, ("typen (basedpyright)", [_gereedschap("basedpyright")]))
    return controles


def _pytest(snel: bool, zwaar: bool) -> list[str]:
    # Per bestand naast elkaar: wat een bestand deelt (een server, een database) blijft bij één proces.
    naast_elkaar = ["-n", str(min(os.cpu_count() or 1, MEESTE_PROCESSEN)), "--dist", "loadfile"]
    opdracht = [sys.executable, "-m", "pytest", *naast_elkaar]
    if snel:
        return [*opdracht, *(map_ for map_ in SNELLE_TESTS if (WORTEL / map_).is_dir()), "-m", "not zwaar"]
    return opdracht if zwaar else [*opdracht, "-m", "not zwaar"]


def _gereedschap(naam: str) -> str:
    # Naast de python van deze omgeving: nooit per ongeluk een ander dat toevallig op het pad staat.
    return str(Path(sys.executable).parent / naam)


def _voer_uit(naam: str, opdracht: list[str]) -> bool:
    meld(f"\n── {naam} ──")
    begin = time.monotonic()
    try:
        # De opdrachten staan hierboven vast; er komt geen invoer van buiten in.
        code = subprocess.run(opdracht, cwd=WORTEL, env=_omgeving(), check=False).returncode  # noqa: S603
    except FileNotFoundError:
        meld(f"{opdracht[0]} ontbreekt. Start de tests met `./regie test`: dat haalt het gereedschap op.")
        return False
    if naam != "tests":
        meld(f"{'goed' if code == 0 else 'FOUT'} in {time.monotonic() - begin:.1f} s")
    return code == 0


def _omgeving() -> dict[str, str]:
    # Instellingen van deze machine mogen de uitkomst van een test niet veranderen.
    vreemd = ("REGIE_", "PREFECT_")
    eigen = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(vreemd)}
    return eigen | {"PYTHONUNBUFFERED": "1"}
