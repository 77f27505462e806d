"""De pagina's: sjablonen die alles ontsnappen, en antwoorden met een vaste vorm."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.regels.kalender import voluit

MAP: Final = Path(__file__).parent / "paginas"
STATISCH: Final = Path(__file__).parent / "statisch"


LANGSTE_PLAATS: Final = 9
VAN_EEN_PERSOON: Final = "persoon."  # zo beginnen velden waarin een BSN of naam staat: die komen op geen pagina terug
VER_WEG: Final = 60  # dagen; daarna zegt een datum meer dan een aantal
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def lees_plaats(ruw: str) -> int:
    """Waar een blad begint, uit het adres; wat geen redelijk getal is, begint vooraan."""
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) <= LANGSTE_PLAATS else 0


def moment(waarde: datetime) -> str:
    """Een moment zoals een mens het leest, in onze eigen tijd."""
    hier = waarde.astimezone(_AMSTERDAM)
    return f"{voluit(hier.date())} om {hier:%H.%M} uur"


def kort(waarde: datetime) -> str:
    """Een moment voor in een tabel."""
    return f"{waarde.astimezone(_AMSTERDAM):%d-%m-%Y %H.%M}"


def dagkort(dag: date, vandaag: date) -> str:
    """Een dag voor in een lijst: zonder dagnaam, en met het jaar alleen als het een ander jaar is."""
    kort_ = voluit(dag).split(" ", 1)[1]
    return kort_.rsplit(" ", 1)[0] if dag.year == vandaag.year else kort_


def over(dag: date, vandaag: date) -> str:
    """Hoe ver een uiterste dag weg is, zoals een mens het zegt; wat ver weg is, met zijn datum."""
    dagen = (dag - vandaag).days
    if dagen < 0:
        return f"{-dagen} {'dag' if dagen == -1 else 'dagen'} te laat"
    if dagen > VER_WEG:
        return f"uiterlijk {dagkort(dag, vandaag)}"
    woorden = {0: "vandaag", 1: "morgen"}
    return woorden.get(dagen, f"nog {dagen} dagen")


def hoofdletter(tekst: str) -> str:
    """De eerste letter groot; de rest blijft, want er kan een code of artikel in staan."""
    return tekst[:1].upper() + tekst[1:]


def _maak_omgeving() -> Environment:
    omgeving = Environment(
        loader=FileSystemLoader(MAP),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = cast("dict[str, Any]", omgeving.filters)
    filters.update(dag=voluit, dagkort=dagkort, over=over, moment=moment, kort=kort)
    filters.update(hoofdletter=hoofdletter)
    return omgeving


_OMGEVING: Final = _maak_omgeving()


def pagina(naam: str, gegevens: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    return HTMLResponse(_OMGEVING.get_template(naam).render(gegevens), status_code=status)


def melding(kop: str, regels: Sequence[str], status: int, *, begin: bool = False) -> HTMLResponse:
    """Een pagina met alleen een boodschap; nooit gegevens van een dossier of een persoon. `begin`: de weg terug."""
    return pagina("melding.html", {"kop": kop, "regels": regels, "begin": begin}, status)


def niet_gevonden() -> HTMLResponse:
    """Dezelfde pagina voor wat niet bestaat en wat van een ander is: het verschil zegt al te veel."""
    return melding(
        "Deze pagina is er niet",
        ["De link klopt niet, of hij is van een ander.", "Kwam u uit een mail? Open de link dan daar opnieuw."],
        404,
        begin=True,
    )


def eerst_aanmelden(naar: str, invoer: Mapping[str, str] | None) -> Response:
    """Wie niet is aangemeld, gaat dat eerst doen; wat hij al typte, staat op de pagina en gaat niet verloren."""
    if invoer is None:
        vraag = f"?naar={quote(naar)}" if naar else ""
        return RedirectResponse(f"/aanmelden{vraag}", status_code=303)
    getypt = [
        (naam, waarde) for naam, waarde in invoer.items()
        if waarde.strip() and naam != "bewijs" and not naam.startswith(VAN_EEN_PERSOON)
    ]  # fmt: skip
    return pagina("opnieuw_aanmelden.html", {"getypt": getypt}, 401)


def verlopen(wat: str) -> HTMLResponse:
    return melding("Deze link is verlopen", [wat, "Gebruik de link uit uw nieuwste mail."], 410)


def niet_van_onze_pagina() -> HTMLResponse:
    return melding(
        "Dit antwoord is niet bewaard",
        ["Het kwam niet van onze eigen pagina.", "Open de link uit uw mail, en vul het antwoord daar in."],
        403,
        begin=True,
    )


def te_groot() -> HTMLResponse:
    return melding("Dit is te groot", ["Maak uw tekst korter, of kies een kleiner bestand."], 413)


def storing() -> HTMLResponse:
    return melding(
        "Er ging iets mis",
        [
            "Uw antwoord is misschien niet bewaard.",
            "Ga terug met uw browser: uw tekst staat er nog. Probeer het over een paar minuten opnieuw.",
        ],
        500,
    )
