"""`regie termijn`: reken een wettelijke termijn uit, of een lijst van termijnen.

Dit onderdeel laadt geen database en geen Prefect: het antwoordt binnen een halve seconde.
"""

import json as jsonlib
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, cast

from cyclopts import App, Parameter

from beheer.uitvoer import Json, fout
from domein.fouten import OngeldigBestand, RegieFout
from domein.regels.termijnen import OngeldigAnker, Termijn, bereken, lijst

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FOUTEN_OP_SCHERM: Final = 20

termijn_app = App(name="termijn", help="Reken een wettelijke termijn uit, met uitleg en artikel.")


@termijn_app.default
def termijn(
    soort: str | None = None,
    /,
    *,
    vanaf: str | None = None,
    invoer: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,  # - is standaardinvoer
    lijst: bool = False,
    json: Json = False,
) -> None:
    """Reken een wettelijke termijn uit, met uitleg en artikel.

    Parameters
    ----------
    soort
        De soort termijn, bijvoorbeeld pip of bezwaar; --lijst noemt ze alle.
    vanaf
        De dag waar de termijn begint, als jjjj-mm-dd; --lijst zegt welke dag dat per soort is.
    invoer
        Een bestand met per regel een JSON-object met "soort" en "vanaf"; - leest van standaardinvoer.
    lijst
        Noem alle soorten, met artikel, soort einde en wat --vanaf betekent.
    """
    gevraagd = [soort is not None or vanaf is not None, invoer is not None, lijst]
    if sum(gevraagd) != 1 or (gevraagd[0] and (soort is None or vanaf is None)):
        fout(
            "Geef een soort en --vanaf, of --invoer BESTAND, of --lijst.",
            "Voorbeeld: regie termijn pip --vanaf 2026-03-06",
            code=2,
        )
    if lijst:
        tekst = toon_lijst(json)
    elif invoer is not None:
        tekst = toon_invoer(invoer, json)
    else:
        tekst = toon_termijn(soort or "", vanaf or "", json)
    print(tekst)


def toon_termijn(soort: str, vanaf: str, json: bool = False) -> str:
    """Geef één termijn als JSON of als tekst. RegieFout bij een onbekende soort of een verkeerde datum."""
    termijn = bereken(soort, lees_datum(vanaf))
    if json:
        return _als_json(als_gegevens(termijn, vanaf))
    return f"{termijn.einde.isoformat()}\n{termijn.uitleg}"


def toon_invoer(bestand: str, json: bool = False) -> str:
    """Geef de termijnen uit een JSONL-bestand, in de volgorde van het bestand.

    Alles of niets: klopt er één regel niet, dan OngeldigBestand met elke fout en haar regelnummer.
    """
    gevallen: list[tuple[str, Termijn]] = []
    fouten: list[str] = []
    for nummer, regel in _regels(bestand):
        try:
            soort, vanaf = _lees_regel(regel)
            gevallen.append((vanaf, bereken(soort, lees_datum(vanaf))))
        except RegieFout as oorzaak:
            fouten.append(f"regel {nummer}: {oorzaak.melding} {oorzaak.uitweg}".rstrip())
    if fouten:
        rest = len(fouten) - _FOUTEN_OP_SCHERM
        staart = [f"(en nog {rest} andere fouten)"] if rest > 0 else []
        naam = _naam(bestand)
        raise OngeldigBestand(
            "\n".join([f"{naam} klopt niet; er is niets berekend.", *fouten[:_FOUTEN_OP_SCHERM], *staart]),
            "Verbeter deze regels en bied het bestand opnieuw aan. Met --lijst ziet u welke soorten er zijn.",
        )
    if json:
        return _als_json([als_gegevens(termijn, vanaf) for vanaf, termijn in gevallen])
    return "\n".join(
        f"{termijn.soort}\t{vanaf}\t{termijn.einde.isoformat()}\t{termijn.uitleg}" for vanaf, termijn in gevallen
    )


def toon_lijst(json: bool = False) -> str:
    """Noem alle soorten termijnen."""
    soorten = lijst()
    if json:
        return _als_json(
            [
                {
                    "soort": regel.soort,
                    "termijn": regel.termijn,
                    "soort_einde": regel.soort_einde,
                    "artikel": regel.artikel,
                    "vanaf": regel.vanaf,
                }
                for regel in soorten
            ]
        )
    return "\n".join(
        f"{regel.soort}\n  termijn  {regel.termijn} ({regel.soort_einde})\n"
        f"  artikel  {regel.artikel}\n  vanaf    {regel.vanaf}"
        for regel in soorten
    )


def als_gegevens(termijn: Termijn, vanaf: str) -> dict[str, str]:
    """Geef de vaste velden waar anderen op bouwen; `vanaf` is wat er gevraagd was."""
    return {
        "soort": termijn.soort,
        "vanaf": vanaf,
        "ruw": termijn.ruw.isoformat(),
        "datum": termijn.einde.isoformat(),
        "artikel": termijn.artikel,
        "uitleg": termijn.uitleg,
    }


def lees_datum(tekst: str) -> date:
    """Lees een dag als jjjj-mm-dd; andere schrijfwijzen die ISO toestaat (2026-W10-5) verwarren alleen."""
    try:
        if _ISO.fullmatch(tekst):
            return date.fromisoformat(tekst)
    except ValueError:
        raise OngeldigAnker(f"De dag {tekst!r} bestaat niet.", "Schrijf een bestaande dag.") from None
    raise OngeldigAnker(f"{tekst[:40]!r} is geen datum.", "Schrijf een dag als jjjj-mm-dd, bijvoorbeeld 2026-03-06.")


def _regels(bestand: str) -> Iterable[tuple[int, str]]:
    """Geef de niet-lege regels met hun nummer, te tellen vanaf 1."""
    naam = _naam(bestand)
    ruw = _lees_bytes(bestand)
    try:
        tekst = ruw.decode("utf-8-sig")
    except UnicodeDecodeError as oorzaak:
        nummer = ruw.count(b"\n", 0, oorzaak.start) + 1
        raise OngeldigBestand(f"{naam}, regel {nummer}: dit is geen UTF-8.", "Bewaar als UTF-8.") from None
    # Niet splitlines(): dat breekt ook op tekens die binnen een JSON-tekst mogen staan.
    regels = [(nummer, regel.strip()) for nummer, regel in enumerate(tekst.split("\n"), start=1)]
    gevuld = [(nummer, regel) for nummer, regel in regels if regel]
    if not gevuld:
        raise OngeldigBestand(f"{naam} is leeg.", 'Zet op elke regel {"soort": "pip", "vanaf": "2026-03-06"}.')
    return gevuld


def _lees_bytes(bestand: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if bestand == "-" else Path(bestand).read_bytes()
    except FileNotFoundError:
        raise OngeldigBestand(f"{_naam(bestand)} bestaat niet.", "Controleer de naam en de map.") from None
    except IsADirectoryError:
        raise OngeldigBestand(f"{_naam(bestand)} is een map.", "Geef een bestand.") from None
    except (OSError, ValueError):  # ValueError: een nulteken in de naam
        raise OngeldigBestand(f"{_naam(bestand)} is niet te lezen.", "Controleer de rechten.") from None


def _lees_regel(regel: str) -> tuple[str, str]:
    """Haal soort en vanaf uit een regel; andere velden mogen er staan en tellen niet mee."""
    verwacht = 'Verwacht: {"soort": "pip", "vanaf": "2026-03-06"}.'
    try:
        inhoud: Any = jsonlib.loads(regel)
    except (ValueError, RecursionError):
        raise OngeldigBestand("dit is geen JSON.", verwacht) from None
    if not isinstance(inhoud, dict):
        raise OngeldigBestand("dit is geen JSON-object.", verwacht)
    velden = cast(dict[str, object], inhoud)
    for veld in ("soort", "vanaf"):
        if veld not in velden:
            raise OngeldigBestand(f"het veld '{veld}' ontbreekt.", verwacht)
        if not isinstance(velden[veld], str):
            raise OngeldigBestand(f"het veld '{veld}' is geen tekst.", verwacht)
    return cast(str, velden["soort"]), cast(str, velden["vanaf"])


def _naam(bestand: str) -> str:
    return "Standaardinvoer" if bestand == "-" else f"Het bestand {bestand}"


def _als_json(gegevens: object) -> str:
    return jsonlib.dumps(gegevens, ensure_ascii=False, indent=2)
