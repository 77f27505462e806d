"""`regie meet`: hoe snel of goed iets is, altijd naast een basis die in dezelfde ronde is gemeten.

Een onderdeel is een module in deze map met een functie die `Meting`en geeft (of dezelfde gegevens als
dict); zij wordt pas geladen als iemand haar vraagt.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, cast

from cyclopts import App

from beheer.meet.meting import Meting
from beheer.tabel import tabel
from beheer.uitvoer import Json, fout, meld, toon

# Naam -> "module:functie". Een onderdeel waarvan de module er niet is, doet niet mee.
MOGELIJK: Final[Mapping[str, str]] = {
    "burst": "beheer.meet.burst:meet",
    "planning": "beheer.meet.planning:meet",
    "portaal": "beheer.meet.portaal:meet",
    "post": "beheer.meet.post:meet",
    "ronde": "beheer.meet.ronde:meet",
    "stappen": "beheer.meet.stappen:meet",
    "stappen-bulk": "beheer.meet.stappen_bulk:meet",
    "toets": "beheer.meet.toets:meet",
}
ONDERDELEN: Final[Mapping[str, str]] = {
    naam: plaats for naam, plaats in MOGELIJK.items() if find_spec(plaats.partition(":")[0]) is not None
}

meet_app = App(name="meet", help="Meet hoe snel het is, naast een basis uit dezelfde ronde.")


@meet_app.default
def meet(onderdeel: str | None = None, /, *, als_json: Json = False) -> int:
    """Meet een onderdeel, of alle; eindcode 1 als een doel niet is gehaald.

    Parameters
    ----------
    onderdeel
        Wat er gemeten wordt, zoals toets; zonder naam alles.
    """
    if onderdeel is not None and onderdeel not in ONDERDELEN:
        fout(f"Onderdeel '{onderdeel}' bestaat niet.", f"Kies uit: {', '.join(sorted(ONDERDELEN))}.", code=2)
    metingen: list[dict[str, Any]] = []
    for naam in sorted(ONDERDELEN) if onderdeel is None else [onderdeel]:
        meld(f"{naam} meten ...")
        metingen.extend(dict(m) if isinstance(m, Mapping) else m.als_dict() for m in _functie(naam)())
    toon(metingen, als_json, _toon)
    return 0 if all(meting["gehaald"] for meting in metingen) else 1


def _functie(naam: str) -> Callable[[], Iterable[Meting | Mapping[str, Any]]]:
    module, _, functie = ONDERDELEN[naam].partition(":")
    return cast("Callable[[], Iterable[Meting | Mapping[str, Any]]]", getattr(import_module(module), functie))


def _toon(metingen: list[dict[str, Any]]) -> None:
    tabel(
        metingen,
        {"onderdeel": "Onderdeel", "maat": "Maat", "waarde": "Waarde", "basis": "Basis", "verhouding": "Verhouding",
         "doel": "Doel", "gehaald": "Gehaald"},
    )  # fmt: skip
