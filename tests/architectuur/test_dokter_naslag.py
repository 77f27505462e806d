"""De naslag noemt elke soort bevinding van `regie dokter`, en geen die niet bestaat."""

import ast
import re
from pathlib import Path

WORTEL = Path(__file__).parents[2]
BRONNEN = (
    *(WORTEL / "adapters").glob("gezondheid*.py"),
    *(WORTEL / "domein" / "handelingen").glob("onderzoek*.py"),
    WORTEL / "beheer" / "dokter.py",
)
MAKERS = {"_b", "_bevinding", "bevinding"}
NASLAG = (WORTEL / "docs" / "naslag" / "dokter.md").read_text(encoding="utf-8")


def soorten_in_de_code() -> set[str]:
    uit: set[str] = set()
    for bron in BRONNEN:
        if bron.name == "gezondheid_mail.py":  # hoort bij `regie dokter mail`
            continue
        for knoop in ast.walk(ast.parse(bron.read_text(encoding="utf-8"))):
            if (
                isinstance(knoop, ast.Call)
                and isinstance(knoop.func, ast.Name)
                and knoop.func.id in MAKERS | {"Bevinding"}
            ):
                gegeven = [w.value for w in knoop.keywords if w.arg == "soort"] or knoop.args[:1]
                uit |= {_tekst(een) for een in gegeven} - {""}
    return uit


def _tekst(knoop: ast.expr) -> str:
    if isinstance(knoop, ast.Constant):
        return str(knoop.value)
    if isinstance(knoop, ast.JoinedStr):
        return "".join(str(d.value) if isinstance(d, ast.Constant) else "…" for d in knoop.values)
    return ""


def test_elke_soort_staat_in_de_naslag_en_elke_soort_in_de_naslag_bestaat() -> None:
    genoemd = {
        soort
        for regel in NASLAG.splitlines()
        if regel.startswith("| `")
        for soort in re.findall(r"`([a-z_…]+)`", regel.split("|")[1])
    }
    bestaat = soorten_in_de_code()
    samengesteld = {soort for soort in bestaat if "…" in soort}
    assert {s for s in bestaat - samengesteld if s not in genoemd} == set()
    patronen = [re.compile(re.escape(soort).replace("…", r"[a-z_…]+")) for soort in samengesteld]
    assert {s for s in genoemd - bestaat if not any(p.fullmatch(s) for p in patronen)} == set()
