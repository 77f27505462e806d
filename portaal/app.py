"""Het portaal: de pagina's achter de getekende links uit een mail, en die van wie is aangemeld.

Lezen (GET, HEAD) verandert niets: mailscanners volgen elke link. Alleen de ingedrukte knop doet iets. Elke route zegt
met een poort uit `portaal.rechten` wie haar mag gebruiken; wie er een toevoegt en dat vergeet, krijgt een portaal dat
niet start. Nieuwe pagina's komen in een eigen module met een `maak_router(web)`, en met één regel in `ROUTERS`.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from adapters.instellingen import Instellingen
from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.wekker import wek_ronde
from domein.fouten import OnbekendDossier, OnbekendeStap, VerouderdeVraag
from domein.ports import Linkdoel, Omgeving
from portaal import aanmelden, acties, afspraken, antwoorden, beveiliging, bord, dossiers, mijnwerk, paginas
from portaal.oidc import Oidc, Oidcinstellingen
from portaal.rechten import (
    BEWIJS,
    GETEKEND,
    GeenRecht,
    NietAangemeld,
    VanElders,
    eis_poorten,
    openbaar,
    routes_van,
)
from portaal.taak import bekijk, werklijst
from portaal.web import Web

logboek = logging.getLogger("portaal")

# De pagina's van wie is aangemeld, elk in een eigen module.
ROUTERS: Final[tuple[Callable[[Web], APIRouter], ...]] = (
    aanmelden.maak_router,
    mijnwerk.maak_router,
    dossiers.maak_router,
    bord.maak_router,
    afspraken.maak_router,
)
_MET_LINK: Final = [Depends(GETEKEND)]


def maak_app(
    omgeving: Omgeving,
    links: GetekendeLinks,
    *,
    wekmap: Path | None = None,
    oidc: Oidc | None = None,
    prefect_url: str = "",
) -> FastAPI:
    """Maak het portaal; zonder `oidc` gaat aanmelden per mail. In `wekmap` ziet de opzichter dat er werk is.

    RouteZonderPoort als een route niet zegt wie haar mag gebruiken.
    """
    app = FastAPI(title="Regie op inburgering", openapi_url=None, docs_url=None, redoc_url=None)
    app.middleware("http")(beveiliging.met_kopregels)
    app.mount("/statisch", StaticFiles(directory=paginas.STATISCH), name="statisch")
    logging.getLogger("uvicorn.access").addFilter(beveiliging.ZonderLinks())
    _vang_fouten(app)
    app.state.web = web = Web(omgeving, links, wekmap, oidc, prefect_url)
    _voeg_links_toe(app, omgeving, links, wekmap)
    for maak_router in ROUTERS:
        app.router.routes.extend(maak_router(web).routes)  # zelf, zodat elke route hieronder is na te lopen

    @app.get("/gezond", dependencies=[Depends(openbaar("de bewaking vraagt of het portaal leeft"))])
    def gezond() -> Response:  # pyright: ignore[reportUnusedFunction]
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                ruimte.dagwerk_gedaan("gezond", omgeving.klok.vandaag())
        except Exception as fout:
            logboek.error("de database antwoordt niet (%s)", type(fout).__name__)  # noqa: TRY400 - zonder gegevens
            return JSONResponse({"status": "storing"}, status_code=503)
        return JSONResponse({"status": "gezond"})

    eis_poorten(app)
    web.paden = frozenset(route.path for route in routes_van(app))
    return app


def _voeg_links_toe(app: FastAPI, omgeving: Omgeving, links: GetekendeLinks, wekmap: Path | None) -> None:
    """De pagina's achter een link uit een mail: daar is niemand voor aangemeld."""

    @app.get("/taak/{token}", dependencies=_MET_LINK)
    @app.head("/taak/{token}", dependencies=_MET_LINK)
    def taak(token: str, bewaard: str = "") -> Response:  # pyright: ignore[reportUnusedFunction]
        link = links.lees_taaklink(token, omgeving.klok.vandaag())
        beeld = bekijk(omgeving, link)
        return antwoorden.toon_taak(omgeving, links, token, link, beeld, gelukt=bewaard == "1")

    @app.post("/taak/{token}", dependencies=_MET_LINK)
    async def antwoord(token: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        if not beveiliging.van_onze_eigen_pagina(request, links.basis_url):
            return paginas.niet_van_onze_pagina()
        invoer = await beveiliging.lees_invoer(request)
        link = links.lees_taaklink(token, omgeving.klok.vandaag())
        if not links.formulierbewijs_klopt(invoer.get(BEWIJS, ""), link):
            return paginas.niet_van_onze_pagina()
        pagina, veranderd = await run_in_threadpool(antwoorden.verwerk, omgeving, links, token, link, invoer)
        if veranderd:
            wek_ronde(wekmap)
        return pagina

    for doel in (Linkdoel.LATER, Linkdoel.NIET_VOOR_MIJ):
        _voeg_actie_toe(app, omgeving, links, doel, wekmap)

    @app.get("/werk/{token}", dependencies=_MET_LINK)
    @app.head("/werk/{token}", dependencies=_MET_LINK)
    def werk(token: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        vandaag = omgeving.klok.vandaag()
        link = links.lees_werklink(token, vandaag)
        groepen = werklijst(omgeving, link.medewerker, vandaag, links.basis_url)
        return paginas.pagina("werk.html", {"groepen": groepen, "vandaag": vandaag})


def _voeg_actie_toe(
    app: FastAPI, omgeving: Omgeving, links: GetekendeLinks, doel: Linkdoel, wekmap: Path | None
) -> None:
    """De pagina van één doel: `GET` toont, `POST` van onze eigen pagina doet."""
    pad = f"/{doel.value}/{{token}}"

    def toon(token: str, gedaan: str = "") -> Response:
        link = links.lees_taaklink(token, omgeving.klok.vandaag(), doel)
        return acties.toon(omgeving, links, token, link, gedaan=gedaan)

    async def doe(token: str, request: Request) -> Response:
        if not beveiliging.van_onze_eigen_pagina(request, links.basis_url):
            return paginas.niet_van_onze_pagina()
        invoer = await beveiliging.lees_invoer(request)
        link = links.lees_taaklink(token, omgeving.klok.vandaag(), doel)
        if not links.formulierbewijs_klopt(invoer.get(BEWIJS, ""), link):
            return paginas.niet_van_onze_pagina()
        pagina, veranderd = await run_in_threadpool(acties.verwerk, omgeving, links, token, link, invoer)
        if veranderd:
            wek_ronde(wekmap)
        return pagina

    app.add_api_route(pad, toon, methods=["GET", "HEAD"], response_model=None, dependencies=_MET_LINK)
    app.add_api_route(pad, doe, methods=["POST"], response_model=None, dependencies=_MET_LINK)


def _vang_fouten(app: FastAPI) -> None:
    def vang(soort: type[Exception] | int, maak: Callable[[], Response]) -> None:
        async def opvang(_request: Request, _fout: Exception) -> Response:
            return maak()

        app.add_exception_handler(soort, opvang)

    vang(OngeldigeLink, paginas.niet_gevonden)
    vang(OnbekendeStap, paginas.niet_gevonden)
    vang(OnbekendDossier, paginas.niet_gevonden)
    vang(GeenRecht, paginas.niet_gevonden)
    vang(VanElders, paginas.niet_van_onze_pagina)
    vang(HTTPException, paginas.niet_gevonden)
    vang(VerouderdeVraag, lambda: paginas.verlopen("Links werken een beperkte tijd."))
    vang(beveiliging.TeGroot, paginas.te_groot)
    vang(500, paginas.storing)

    async def eerst_aanmelden(_request: Request, fout: Exception) -> Response:
        assert isinstance(fout, NietAangemeld)
        return paginas.eerst_aanmelden(fout.naar, fout.invoer)

    app.add_exception_handler(NietAangemeld, eerst_aanmelden)


def maak_app_uit_instellingen() -> FastAPI:
    """Het portaal van deze installatie, uit haar instellingen."""
    from adapters.omgeving import instellingen, omgeving

    keuze = instellingen()
    links = GetekendeLinks(keuze.linkgeheim(), keuze.adres_portaal, omgeving().klok)
    return maak_app(
        omgeving(),
        links,
        wekmap=keuze.map,
        oidc=_oidc(keuze, omgeving()),
        prefect_url=keuze.prefect_api_url.removesuffix("/api"),
    )


def _oidc(keuze: Instellingen, omgeving: Omgeving) -> Oidc | None:
    if keuze.aanmelden != "oidc" or keuze.oidc_geheim is None:
        return None
    instellingen = Oidcinstellingen(
        uitgever=keuze.oidc_uitgever, client_id=keuze.oidc_client, geheim=keuze.oidc_geheim.get_secret_value(),
        terug=f"{keuze.adres_portaal}/aanmelden/terug", acr=keuze.oidc_acr,
        claim_medewerker=keuze.oidc_claim_medewerker, claim_organisatie=keuze.oidc_claim_organisatie,
        claim_rollen=keuze.oidc_claim_rollen,
    )  # fmt: skip
    return Oidc(instellingen, keuze.linkgeheim(), omgeving.klok)


def __getattr__(naam: str) -> Any:
    # `uvicorn portaal.app:app` krijgt de app; wie alleen `maak_app` invoert, leest geen instellingen.
    if naam == "app":
        return maak_app_uit_instellingen()
    raise AttributeError(naam)
