"""Mutatieproef: verander de regels en de vouw op duizenden plekken, en kijk of een test het merkt.

    .venv/bin/python tests/mutaties.py MAP [--steekproef 800] [--zaad 1] [--kinderen 2] [--alleen 'domein.stand.*' …]

Werkt op een kopie in MAP en haalt mutmut daarheen; hier verandert niets. Zonder steekproef: alles, en dat duurt uren.
De uitslag en wat overleefde staan in docs/ontwikkeling/mutaties.md. Instellingen: `[tool.mutmut]` in pyproject.toml.
"""

import argparse
import fnmatch
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

WORTEL = Path(__file__).parents[1]
MUTMUT = "mutmut==3.8.1"
MAPPEN = ("domein", "adapters", "beheer", "portaal", "flows", "tasks", "sjablonen", "voorbeelden", "tests", "docs")
# mutmut slaat functies met een decorator over, en zo zijn de vouw en de grenzen geschreven: één functie per soort. In
# de kopie wordt `@vouw.register` + `def _` daarom een gewone functie met een naam, die daarna wordt aangemeld.
_AANMELDING = re.compile(r"^@(\w+)\.register\ndef _\(", re.MULTILINE)
_VOLGENDE = re.compile(r"^[A-Za-z_@]", re.MULTILINE)


def main() -> int:
    opties = _opties()
    boom = Path(opties.map) / "boom"
    if not boom.exists():
        _kopieer(boom)
    # Eén mutant is genoeg om ze alle te maken, en te meten welke test wat raakt.
    _mutmut(opties, boom, "run", "--max-children", "1", "domein.stand.verwerk.x_met__mutmut_1")
    alle = sorted(_uitslag(opties, boom))
    gekozen = [naam for naam in alle if any(fnmatch.fnmatch(naam, patroon) for patroon in opties.alleen)]
    if opties.steekproef:
        gekozen = sorted(Random(opties.zaad).sample(gekozen, min(opties.steekproef, len(gekozen))))
    print(f"{len(alle)} mutanten, {len(gekozen)} gekozen", flush=True)
    _mutmut(opties, boom, "run", "--max-children", str(opties.kinderen), *gekozen)
    _verslag(_uitslag(opties, boom), set(gekozen))
    return 0


def _opties() -> argparse.Namespace:
    uitleg = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    uitleg.add_argument("map")
    uitleg.add_argument("--steekproef", type=int, default=0)
    uitleg.add_argument("--zaad", type=int, default=1)
    uitleg.add_argument("--kinderen", type=int, default=2)
    uitleg.add_argument("--alleen", nargs="*", default=["*"])
    return uitleg.parse_args()


def _kopieer(boom: Path) -> None:
    boom.mkdir(parents=True)
    for naam in MAPPEN:
        shutil.copytree(WORTEL / naam, boom / naam, ignore=shutil.ignore_patterns("__pycache__"))
    for naam in ("pyproject.toml", "README.md", "CHANGELOG.md"):
        shutil.copy(WORTEL / naam, boom / naam)
    for pad in [*(boom / "domein" / "stand").glob("*.py"), boom / "domein" / "regels" / "toets_uitkomst.py"]:
        pad.write_text(ontvouw(pad.read_text("utf-8")), "utf-8")
    pip = [sys.executable, "-m", "pip"] if _heeft_pip() else ["python3", "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", "--target", str(boom.parent / "lib"), MUTMUT], check=True)


def _heeft_pip() -> bool:
    return subprocess.run([sys.executable, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0


def ontvouw(tekst: str) -> str:
    """Maak van elke aangemelde functie `_` een gewone functie met een eigen naam."""
    nummer = 0
    while gevonden := _AANMELDING.search(tekst):
        nummer += 1
        einde = _VOLGENDE.search(tekst, gevonden.end())
        tot = einde.start() if einde else len(tekst)
        functie = f"def geval_{nummer}(" + tekst[gevonden.end() : tot].rstrip() + "\n"
        tekst = f"{tekst[: gevonden.start()]}{functie}\n\n{gevonden[1]}.register(geval_{nummer})\n\n\n{tekst[tot:]}"
    return tekst


def _mutmut(opties: argparse.Namespace, boom: Path, *wat: str, uitvoer: bool = False) -> str:
    # De pakketten van deze omgeving gaan voor; wat alleen mutmut nodig heeft, komt achteraan.
    start = f"import sys; sys.path.append({str(boom.parent / 'lib')!r}); from mutmut.__main__ import cli; cli()"
    klaar = subprocess.run(
        [sys.executable, "-c", start, *wat], cwd=boom, check=False, text=True,
        env=os.environ | {"PROEF": "mutatie"}, stdout=subprocess.PIPE if uitvoer else None,
    )  # fmt: skip
    return klaar.stdout or ""


def _uitslag(opties: argparse.Namespace, boom: Path) -> dict[str, str]:
    """Geef per mutant hoe het afliep, in de woorden van mutmut."""
    regels = _mutmut(opties, boom, "results", "--all", "true", uitvoer=True).splitlines()
    return dict(regel.strip().rsplit(": ", 1) for regel in regels if ": " in regel)  # pyright: ignore


def _verslag(uitslag: dict[str, str], gekozen: set[str]) -> None:
    per_module: dict[str, Counter[str]] = {}
    for naam in gekozen:
        per_module.setdefault(naam.rsplit(".", 1)[0], Counter())[uitslag.get(naam, "onbekend")] += 1
    totaal: Counter[str] = sum(per_module.values(), Counter())
    for module, aantallen in sorted(per_module.items()):
        print(f"{module:45} {dict(aantallen)}")
    gedood = totaal["killed"] + totaal["timeout"]
    print(f"totaal {dict(totaal)}: {100 * gedood / max(totaal.total(), 1):.1f} % gedood")
    for naam in sorted(naam for naam in gekozen if uitslag.get(naam) in ("survived", "no tests", "suspicious")):
        print(f"{uitslag[naam]:10} {naam}")


if __name__ == "__main__":
    raise SystemExit(main())
