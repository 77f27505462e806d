"""De pagina's: sjablonen die alles ontsnappen, en antwoorden met een vaste vorm."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from domein.regels.kalender import voluit

MAP: Final = Path(__file__).parent / "paginas"
STATISCH: Final = Path(__file__).parent / "statisch"


def _maak_omgeving() -> Environment:
    omgeving = Environment(
        loader=FileSystemLoader(MAP),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    omgeving.filters["dag"] = voluit
    return omgeving


_OMGEVING: Final = _maak_omgeving()


def pagina(naam: str, gegevens: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    return HTMLResponse(_OMGEVING.get_template(naam).render(gegevens), status_code=status)


def melding(kop: str, regels: Sequence[str], status: int) -> HTMLResponse:
    """Een pagina met alleen een boodschap; nooit gegevens van een dossier of een persoon."""
    return pagina("melding.html", {"kop": kop, "regels": regels}, status)


def niet_gevonden() -> HTMLResponse:
    """Dezelfde pagina voor wat niet bestaat en wat van een ander is: het verschil zegt al te veel."""
    return melding(
        "Deze pagina is er niet",
        ["De link klopt niet, of hij is van een ander.", "Open de link opnieuw vanuit uw mail."],
        404,
    )


def verlopen(wat: str) -> HTMLResponse:
    return melding("Deze link is verlopen", [wat, "Gebruik de link uit uw nieuwste mail."], 410)


def niet_van_onze_pagina() -> HTMLResponse:
    return melding(
        "Dit antwoord is niet bewaard",
        ["Het kwam niet van onze eigen pagina.", "Open de link uit uw mail, en vul het antwoord daar in."],
        403,
    )


def te_groot() -> HTMLResponse:
    return melding("Dit antwoord is te groot", ["Maak uw tekst korter en probeer het opnieuw."], 413)


def storing() -> HTMLResponse:
    return melding(
        "Er ging iets mis",
        [
            "Uw antwoord is misschien niet bewaard.",
            "Ga terug met uw browser: uw tekst staat er nog. Probeer het over een paar minuten opnieuw.",
        ],
        500,
    )
