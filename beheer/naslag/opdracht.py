"""`regie naslag`: schrijf de bladen in docs/naslag opnieuw, of controleer of zij nog kloppen."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from beheer.uitvoer import Json, toon

WORTEL: Final = Path(__file__).parents[2]
MAP: Final = WORTEL / "docs" / "naslag"

naslag_app = App(name="naslag", help="Schrijf de naslag over termijnen, het proces en opschalen, uit de regels zelf.")


def bladen() -> dict[str, str]:
    """Geef elk blad met de tekst die er nu hoort te staan."""
    from beheer.naslag import opschaling, proces, rechten, termijnen

    maak: dict[str, Callable[[], str]] = {
        "termijnen.md": termijnen.blad,
        "proces.md": proces.blad,
        "opschaling.md": opschaling.blad,
        "rechten.md": rechten.blad,
    }
    return {naam: tekst() for naam, tekst in maak.items()}


@naslag_app.default
def naslag(
    *,
    controleer: Annotated[bool, Parameter(help="Schrijf niets; zeg alleen of de bladen nog kloppen.")] = False,
    als_json: Json = False,
) -> int:
    """Schrijf docs/naslag opnieuw uit de regels. Met --controleer is het einde 1 als een blad niet meer klopt."""
    rijen: list[dict[str, object]] = []
    for naam, tekst in bladen().items():
        pad = MAP / naam
        klopte = pad.exists() and pad.read_text(encoding="utf-8") == tekst
        if not klopte and not controleer:
            MAP.mkdir(parents=True, exist_ok=True)
            pad.write_text(tekst, encoding="utf-8")
        rijen.append({"blad": f"docs/naslag/{naam}", "klopte": klopte, "geschreven": not klopte and not controleer})
    toon(rijen, als_json, _toon)
    return 1 if controleer and not all(rij["klopte"] for rij in rijen) else 0


def _toon(rijen: list[dict[str, object]]) -> None:
    for rij in rijen:
        wat = "klopt" if rij["klopte"] else ("is opnieuw geschreven" if rij["geschreven"] else "klopt niet meer")
        print(f"{rij['blad']} {wat}.")
