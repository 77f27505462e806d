"""Een vernietigingslijst: beoordelen door een ander dan wie haar opstelde, uitvoeren na een voorbeeld, verklaring."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.prefect.opruimen import verwijder_runs_van
from domein.fouten import OngeldigeGegevens, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bewaarbeeld import ARCHIEF, lijstbeeld, noteer_lijst
from domein.handelingen.vernietigen import vernietig
from domein.handelingen.vernietigingslijst import keur_af, keur_goed
from domein.model import Dossier
from domein.regels.uitkomsten import Uitkomst, Veld
from domein.regio.gemeenten import gemeentenaam
from portaal import formulieren
from portaal.bewaren import Bewaarder
from portaal.formulieren import NIETS, Formulier, Ingediend, geweigerd
from portaal.rechten import doe, kijk
from portaal.vastgelegd import vastgelegd_in
from portaal.web import Web, web_van

LIJST: Final = "/bewaren/lijsten/{lijst}"
_REDEN: Final = Veld(
    "reden", "Waarom", "tekst", hulp="De reden blijft bewaard als de dossiers weg zijn. Schrijf zonder naam of nummer."
)
GOEDKEUREN: Final = Uitkomst("goedkeuren", "Goedkeuren", "", "", (_REDEN,))
AFKEUREN: Final = Uitkomst(
    "afkeuren", "Afkeuren", "", "Er wordt niets vernietigd; de dossiers kunnen op een volgende lijst.", (_REDEN,)
)
STATUSSEN: Final[Mapping[str, tuple[str, str]]] = {
    "opgesteld": ("opgesteld", "let-op"), "goedgekeurd": ("goedgekeurd", ""), "afgekeurd": ("afgekeurd", "stil"),
    "uitgevoerd": ("uitgevoerd", "goed"),
}  # fmt: skip
GEDAAN: Final = {
    "opgesteld": "De lijst is opgesteld. Een ander beoordeelt haar.", "goedgekeurd": "De lijst is goedgekeurd.",
    "afgekeurd": "De lijst is afgekeurd.",
}  # fmt: skip
ZEKER: Final = "zeker"


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, LIJST, lijst)
    kijk(router, f"{LIJST}/verklaring", verklaring)
    doe(router, f"{LIJST}/goedkeuren", goedkeuren)
    doe(router, f"{LIJST}/afkeuren", afkeuren)
    doe(router, f"{LIJST}/vernietigen", vernietigen)
    return router


def _open(request: Request, wie: Aangemelde, nummer: str) -> tuple[str, Sequence[Dossier]]:
    """Schrijf op wie deze lijst zag; een lijst van een andere gemeente bestaat niet."""
    return noteer_lijst(web_van(request).omgeving, wie, nummer, str(request.scope["route"].path))


def lijst(request: Request, wie: Bewaarder, lijst: str, gedaan: str = "") -> Response:
    return _toon(request, wie, _open(request, wie, lijst)[0], gedaan=gedaan)


def _toon(
    request: Request, wie: Aangemelde, nummer: str, *, gedaan: str = "", ingediend: Ingediend = NIETS
) -> HTMLResponse:
    web = web_van(request)
    beeld = lijstbeeld(web.omgeving, wie, nummer)
    vandaag = web.omgeving.klok.vandaag()

    def formulier(uitkomst: Uitkomst, knop: str) -> Formulier:
        return formulieren.maak(uitkomst, f"/bewaren/lijsten/{nummer}/{uitkomst.soort}", knop, vandaag, ingediend)

    gegevens: dict[str, Any] = {
        "beeld": beeld, "lijst": beeld.lijst, "gemeente": gemeentenaam(beeld.lijst["gemeente"]),
        "statussen": STATUSSEN, "gedaan": GEDAAN.get(gedaan, ""), **ingediend.voor_pagina(),
        "goedkeuren": formulier(GOEDKEUREN, "Keur de lijst goed"), "afkeuren": formulier(AFKEUREN, "Keur de lijst af"),
        "zonder": _zonder(ingediend.invoer),
    }  # fmt: skip
    return web.pagina(request, wie, "bewaren_lijst.html", gegevens, ingediend.status)


def verklaring(request: Request, wie: Bewaarder, lijst: str) -> Response:
    web = web_van(request)
    nummer, _ = _open(request, wie, lijst)
    beeld = lijstbeeld(web.omgeving, wie, nummer)
    gegevens = {"v": beeld.verklaring, "lijst": beeld.lijst, "gemeente": gemeentenaam(beeld.lijst["gemeente"])}
    return web.pagina(request, wie, "bewaren_verklaring.html", gegevens)


def _zonder(invoer: Mapping[str, str]) -> list[str]:
    return [naam.removeprefix("zonder.") for naam, waarde in invoer.items() if naam.startswith("zonder.") and waarde]


async def goedkeuren(request: Request, wie: Bewaarder, lijst: str) -> Response:
    def werk(web: Web, nummer: str, invoer: Mapping[str, str]) -> Response:
        _, velden = formulieren.lees(GOEDKEUREN, invoer)
        keur_goed(web.omgeving, nummer, wie.actor, velden["reden"], zonder=_zonder(invoer))
        return _terug(nummer, "goedgekeurd")

    return await _doe(request, wie, lijst, "goedkeuren", werk)


async def afkeuren(request: Request, wie: Bewaarder, lijst: str) -> Response:
    def werk(web: Web, nummer: str, invoer: Mapping[str, str]) -> Response:
        _, velden = formulieren.lees(AFKEUREN, invoer)
        keur_af(web.omgeving, nummer, wie.actor, velden["reden"])
        return _terug(nummer, "afgekeurd")

    return await _doe(request, wie, lijst, "afkeuren", werk)


async def vernietigen(request: Request, wie: Bewaarder, lijst: str) -> Response:
    def werk(web: Web, nummer: str, invoer: Mapping[str, str]) -> Response:
        if invoer.get(ZEKER) != "ja":
            raise OngeldigeGegevens(
                "Er is niets vernietigd: u zette geen vinkje.", "Lees wat er gebeurt, en zet dan het vinkje."
            )
        verslag = vernietig(web.omgeving, nummer, wie.actor)
        # De lijst is dan uitgevoerd; wat hier misgaat, maakt een beheerder later af.
        bord = not web.prefect_url or verwijder_runs_van(verslag.vernietigd, f"{web.prefect_url}/api")
        return web.pagina(request, wie, "bewaren_gedaan.html", {"verslag": verslag, "bord": bord})

    return await _doe(request, wie, lijst, "vernietigen", werk)


async def _doe(
    request: Request, wie: Aangemelde, lijst: str, bij: str, werk: Callable[[Web, str, Mapping[str, str]], Response]
) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def doen() -> Response:
        nummer, dossiers = _open(request, wie, lijst)
        try:
            gedaan = werk(web, nummer, invoer)
        except RegieFout as fout:
            return _toon(request, wie, nummer, ingediend=geweigerd(bij, invoer, fout))
        vastgelegd_in(request, wie, dossiers, ARCHIEF)
        return gedaan

    return await run_in_threadpool(doen)


def _terug(nummer: str, gedaan: str) -> Response:
    return RedirectResponse(f"/bewaren/lijsten/{nummer}?gedaan={gedaan}", status_code=303)
