"""Mijn werk: de open taken van wie is aangemeld of van zijn team, in groepen op hun dag, met filters in het adres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domein.begrippen import Stapsoort
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.namenlijst import namen_bij
from domein.handelingen.portaalpoort import Werkvraag
from domein.handelingen.regio import regio_op
from domein.handelingen.werkvoorraad import Groep, Werk, werkvoorraad
from domein.regels.toegang import Recht
from portaal.rechten import kijk, vraag_recht
from portaal.web import Web, web_van

GROEPNAMEN: Final = {
    Groep.TE_LAAT: "Te laat",
    Groep.VANDAAG: "Vandaag",
    Groep.STREEFDAG_VOORBIJ: "Streefdag voorbij",
    Groep.DEZE_WEEK: "Deze week",
    Groep.LATER: "Later",
    Groep.WACHT: "Wacht op een ander",
}
STAPNAMEN: Final = {
    Stapsoort.REGISTRATIE: "Controle", Stapsoort.INTAKE: "Intake", Stapsoort.PIP: "PIP",
    Stapsoort.AANMELDING: "Lessen", Stapsoort.VOORTGANG: "Voortgang", Stapsoort.PVT: "PVT", Stapsoort.MAP: "MAP",
    Stapsoort.DUO: "DUO", Stapsoort.EINDE: "Einde", Stapsoort.BEGELEIDING: "Begeleiding",
    Stapsoort.ONTZORGEN: "Ontzorgen", Stapsoort.EINDGESPREK: "Eindgesprek", Stapsoort.VERHUIZING: "Verhuizing",
}  # fmt: skip
MEESTE: Final = 200
# Wat er net gebeurde; een zelfbedachte code zegt niets.
GEDAAN: Final = {
    "bewaard": "Uw antwoord is bewaard. Dank u wel.",
    "over": "De taak is nu van een collega.",
    "verzet": "De taak heeft een nieuwe dag. Was er die dag niemand op kantoor, dan is het de werkdag daarna.",
    "gevraagd": "Uw vraag ligt bij een ander. Tot die beslist, blijft de taak zoals zij is.",
}


@dataclass(frozen=True, slots=True)
class Werkgroep:
    naam: str
    code: str
    regels: tuple[Werk, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """Een keuze boven de lijst, met hoeveel taken erachter zitten."""

    code: str
    naam: str
    aantal: int
    adres: str


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/mijn-werk", mijn_werk)
    kijk(router, "/mijn-werk/team", teamwerk)
    return router


def in_groepen(werk: Iterable[Werk]) -> tuple[Werkgroep, ...]:
    """Verdeel taken over de groepen; een groep zonder taken is er niet."""
    regels = list(werk)
    vakken = [(groep, tuple(een for een in regels if een.groep is groep)) for groep in Groep]
    return tuple(Werkgroep(GROEPNAMEN[groep], groep.value, vak) for groep, vak in vakken if vak)


def mijn_werk(
    request: Request,
    wie: Annotated[Aangemelde, Depends(vraag_recht(Recht.WERK))],
    toon: str = "",
    soort: str = "",
    zoek: str = "",
    gedaan: str = "",
) -> Response:
    vraag = Werkvraag(van=wie.code, stapsoort=_bekend(soort), referentie=zoek[:20], grens=MEESTE)
    return _lijst(request, wie, vraag, toon, "/mijn-werk", GEDAAN.get(gedaan, ""))


def teamwerk(
    request: Request,
    wie: Annotated[Aangemelde, Depends(vraag_recht(Recht.TEAMWERK))],
    toon: str = "",
    soort: str = "",
    zoek: str = "",
) -> Response:
    """De open taken van de eigen organisatie. Wie de teamleider is, ziet ook over wie het gaat; een collega niet."""
    vraag = Werkvraag(partner=wie.partner, stapsoort=_bekend(soort), referentie=zoek[:20], grens=MEESTE)
    return _lijst(request, wie, vraag, toon, "/mijn-werk/team")


def _lijst(request: Request, wie: Aangemelde, vraag: Werkvraag, toon: str, adres: str, gelukt: str = "") -> Response:
    web = web_van(request)
    alles = werkvoorraad(web.omgeving, vraag, wie.code)
    gekozen = _kies(alles, toon)
    namen = namen_bij(web.omgeving, wie, (een.dossier_id for een in gekozen), str(request.scope["route"].path))
    filters = {naam: waarde for naam, waarde in (("soort", vraag.stapsoort), ("zoek", vraag.referentie)) if waarde}
    gegevens: dict[str, Any] = {
        "groepen": in_groepen(gekozen), "vandaag": web.omgeving.klok.vandaag(), "tabs": _tabs(alles, adres, filters),
        "toon": toon, "soort": vraag.stapsoort, "zoek": vraag.referentie, "adres": adres, "soorten": STAPNAMEN,
        "gelukt": gelukt, "team": bool(vraag.partner), "vol": len(alles) == MEESTE, "gefilterd": bool(filters),
        "mag_team": Recht.TEAMWERK in wie.rechten, "gemeentenaam": _gemeenten(web, alles), "namen": namen,
    }  # fmt: skip
    # htmx vraagt alleen de lijst; zonder script komt de hele pagina.
    naam = "werklijst.html" if request.headers.get("hx-request") == "true" else "mijnwerk.html"
    return web.pagina(request, wie, naam, gegevens)


def _gemeenten(web: Web, werk: Sequence[Werk]) -> dict[str, str]:
    with web.omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, web.omgeving, web.omgeving.klok.vandaag())
    return {een.gemeente: regio.gemeentenaam(een.gemeente) for een in werk}


def _kies(werk: Sequence[Werk], toon: str) -> Sequence[Werk]:
    if toon == "nieuw":
        return [een for een in werk if een.nieuw]
    return [een for een in werk if een.groep.value == toon] if toon in set(Groep) else werk


def _tabs(werk: Sequence[Werk], adres: str, filters: dict[str, str]) -> list[Tab]:
    keuzes = [("", "Alles"), ("nieuw", "Nieuw"), *((groep.value, GROEPNAMEN[groep]) for groep in Groep)]
    return [
        Tab(code, naam, len(_kies(werk, code)), f"{adres}?{urlencode({'toon': code, **filters})}")
        for code, naam in keuzes
    ]


def _bekend(soort: str) -> str:
    return soort if soort in set(Stapsoort) else ""
