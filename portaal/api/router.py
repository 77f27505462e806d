"""De routes van de API, haar beschrijving (OpenAPI), en wat iemand krijgt bij een pad dat er niet is."""

from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from portaal.api import BEGIN, VERSIE, modellen
from portaal.api.lezen import get_dossier, get_dossiers, get_gebeurtenissen
from portaal.api.problemen import Probleem, antwoorden, probleem
from portaal.api.schrijven import HERHAALD, post_kennisgeving, post_uitkomst
from portaal.api.toegang import Apiroute, MetToken
from portaal.rechten import openbaar
from portaal.web import Web

_ALLE: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_LEES: Final = antwoorden(400, 401, 403, 404, 429, 500, 503)
_SCHRIJF: Final = antwoorden(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
_UITLEG: Final = (
    "Voor systemen van partners in de regio. Een token hoort bij één organisatie; welk dossier zij ziet en wat "
    "daarvan, volgt bij elk verzoek uit de samenwerkingsafspraken van die dag. Wat van een ander is, ziet eruit als "
    "wat niet bestaat (404). Een token dat te vaak vraagt, hoort hoe lang het moet wachten (429, Retry-After). Elk "
    "gezien of veranderd dossier staat in het logboek."
)


def maak_router(web: Web) -> APIRouter:
    router = APIRouter(route_class=Apiroute)
    _lees(router, "/dossiers", get_dossiers, modellen.Dossiers, _LEES)
    gelijk: dict[int | str, dict[str, Any]] = {304: {"description": "Niet veranderd"}}
    weg = antwoorden(410)
    _lees(router, "/dossiers/{referentie}", get_dossier, modellen.Dossier, {**_LEES, **weg, **gelijk})
    _lees(
        router, "/dossiers/{referentie}/gebeurtenissen", get_gebeurtenissen, modellen.Gebeurtenissen, {**_LEES, **weg}
    )
    _schrijf(router, "/kennisgevingen", post_kennisgeving, modellen.Kennisgevingverslag, ook_200=True)
    _schrijf(router, "/uitkomsten", post_uitkomst, modellen.Uitkomstverslag)
    _voeg_beschrijving_toe(router, web)
    _vang_de_rest(router)
    return router


def _lees(
    router: APIRouter, pad: str, pagina: Callable[..., Response], vorm: type, fouten: dict[int | str, dict[str, Any]]
) -> None:
    router.add_api_route(
        f"{BEGIN}{pad}", pagina, methods=["GET"], response_model=vorm, responses=fouten, **_namen(pagina)
    )
    router.add_api_route(f"{BEGIN}{pad}", pagina, methods=["HEAD"], response_model=None, include_in_schema=False)


def _schrijf(router: APIRouter, pad: str, doe: Callable[..., Response], vorm: type, *, ook_200: bool = False) -> None:
    al_klaar = {200: {"description": "Er kwam geen dossier bij", "model": vorm}} if ook_200 else {}
    router.add_api_route(
        f"{BEGIN}{pad}", doe, methods=["POST"], status_code=201, response_model=vorm,
        responses={**_SCHRIJF, **al_klaar}, **_namen(doe),
    )  # fmt: skip


def _namen(doe: Callable[..., Response]) -> dict[str, Any]:
    """De eerste zin van de functie is de titel; haar naam blijft, ook als een pad verandert."""
    zin, _, rest = (doe.__doc__ or "").strip().partition("\n")
    uitleg = " ".join(rest.split())
    return {
        "summary": zin, "description": uitleg or zin, "operation_id": doe.__name__, "response_description": "Gelukt",
    }  # fmt: skip


# de beschrijving


def _voeg_beschrijving_toe(router: APIRouter, web: Web) -> None:
    gemaakt: list[dict[str, Any]] = []
    eigen = list(router.routes)

    def openapi() -> Response:
        if not gemaakt:
            gemaakt.append(beschrijf(eigen, web.basis_url))
        return JSONResponse(gemaakt[0])

    poort = [Depends(openbaar("de beschrijving van de API is voor iedereen"))]
    for methode in ("GET", "HEAD"):
        router.add_api_route(
            f"{BEGIN}/openapi.json", openapi, methods=[methode], response_model=None, include_in_schema=False,
            dependencies=poort,
        )  # fmt: skip


def beschrijf(routes: Iterable[Any], adres: str) -> dict[str, Any]:
    """Maak de beschrijving (OpenAPI 3.1) van deze routes."""
    document = get_openapi(
        title="Regie op inburgering", version=VERSIE, description=_UITLEG, routes=list(routes),
        contact={"name": "Beheer van de regio", "url": adres}, servers=[{"url": adres}],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )  # fmt: skip
    _, fout = models_json_schema([(Probleem, "serialization")], ref_template="#/components/schemas/{model}")
    vormen: dict[str, Any] = document["components"]["schemas"]
    vormen.update(fout["$defs"])
    for naam in ("HTTPValidationError", "ValidationError"):  # zo antwoorden wij nooit
        vormen.pop(naam, None)
    versie = {"description": "De versie van de API", "schema": {"type": "string"}}
    waar = {"description": "Het dossier", "schema": {"type": "string"}}
    wacht = {"description": "Over zoveel seconden kan het weer", "schema": {"type": "integer"}}
    herhaald = {"description": "Dit antwoord was er al; er is niets gebeurd", "schema": {"type": "string"}}
    for pad in document["paths"].values():
        for methode, doet in pad.items():
            if methode == "get":
                doet["responses"].pop("422", None)  # wat in het adres of in een kop staat, is 400
            for status, antwoord in doet["responses"].items():
                antwoord["headers"] = {"API-Version": versie}
                if status in ("429", "503"):
                    antwoord["headers"]["Retry-After"] = wacht
                if methode == "post" and status in ("200", "201", "409"):
                    antwoord["headers"][HERHAALD] = herhaald
                if methode == "post" and status in ("200", "201"):
                    antwoord["headers"]["Location"] = waar
    document["info"]["x-release"] = _uitgave()
    return document


def _uitgave() -> str:
    try:
        return version("regie-inburgering")
    except PackageNotFoundError:
        return "onbekend"


# wat er niet is


def _vang_de_rest(router: APIRouter) -> None:
    """Ook een pad dat er niet is vraagt eerst een token, en antwoordt in JSON."""
    echt = [route for route in router.routes if isinstance(route, APIRoute)]

    def rest(request: Request) -> Response:
        kan: set[str] = set()
        for route in echt:
            past, _ = route.matches(request.scope)
            if past is Match.PARTIAL:
                kan |= route.methods or set()
        if kan:
            return probleem(
                405, "methode_kan_niet", "Dit kan hier niet.", "Zie /v1/openapi.json.", Allow=", ".join(sorted(kan))
            )
        return probleem(404, "onbekend_pad", "Dit adres bestaat niet.", "Zie /v1/openapi.json.")

    router.add_api_route(
        f"{BEGIN}/{{rest:path}}", rest, methods=list(_ALLE), response_model=None, include_in_schema=False,
        dependencies=[Depends(MetToken(None))],
    )  # fmt: skip
