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
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.wand import met_wand
from domein.fouten import AchterDeWand, OnbekendDossier, OnbekendeStap, VerouderdeVraag
from domein.handelingen.besluit_inzien import OnbekendBesluit
from domein.handelingen.vernietigingslijst import OnbekendeLijst
from domein.ports import Omgeving
from portaal import (
    aanmelden,
    afspraken,
    beheer,
    beheerpost,
    besluit_doen,
    besluiten,
    beveiliging,
    bewaking,
    bewaren,
    bord,
    bulkpagina,
    dossierlijst,
    dossiers,
    handelen,
    huishouden,
    invoer,
    linkpaginas,
    logboekpagina,
    maatregelen,
    melden,
    mijnwerk,
    paginas,
    taakdelen,
    taken,
    uitval,
    vernietigen,
    verzoeken,
    wand,
)
from portaal.api import router as api
from portaal.api.tempo import Tempo
from portaal.leven import Leven, leven_van
from portaal.oidc import Oidc, Oidcinstellingen
from portaal.rechten import GeenRecht, NietAangemeld, VanElders, eis_poorten, openbaar, routes_van
from portaal.web import Web

logboek = logging.getLogger("portaal")

# De pagina's, elk onderdeel in een eigen module.
ROUTERS: Final[tuple[Callable[[Web], APIRouter], ...]] = (
    linkpaginas.maak_router,
    aanmelden.maak_router,
    mijnwerk.maak_router,
    taken.maak_router,
    taakdelen.maak_router,
    logboekpagina.maak_router,
    dossierlijst.maak_router,
    dossiers.maak_router,
    melden.maak_router,
    huishouden.maak_router,
    bord.maak_router,
    afspraken.maak_router,
    uitval.maak_router,
    beheer.maak_router,
    beheerpost.maak_router,
    handelen.maak_router,
    bulkpagina.maak_router,
    besluit_doen.maak_nieuw_router,
    besluiten.maak_router,
    besluit_doen.maak_router,
    maatregelen.maak_router,
    bewaren.maak_router,
    vernietigen.maak_router,
    verzoeken.maak_router,
    invoer.maak_router,
    api.maak_router,
)


def maak_app(
    omgeving: Omgeving,
    links: GetekendeLinks,
    *,
    wekmap: Path | None = None,
    oidc: Oidc | None = None,
    ankermap: Path | None = None,
    prefect_url: str = "",
    hartslag_minuten: float = 15.0,
    tempo: Tempo | None = None,
    leven: Leven | None = None,
) -> FastAPI:
    """Maak het portaal; zonder `oidc` gaat aanmelden per mail. In `wekmap` ziet de opzichter dat er werk is; `leven` is
    wat het doet zolang het draait.

    `tempo` is hoe vaak een token van de API mag vragen; zonder is er geen grens.

    RouteZonderPoort als een route niet zegt wie haar mag gebruiken.
    """
    omgeving = met_wand(omgeving)
    app = FastAPI(title="Regie op inburgering", openapi_url=None, docs_url=None, redoc_url=None, lifespan=leven)
    app.middleware("http")(beveiliging.met_kopregels)
    app.add_middleware(wand.ZonderKijker)
    app.mount("/statisch", StaticFiles(directory=paginas.STATISCH), name="statisch")
    logging.getLogger("uvicorn.access").addFilter(beveiliging.ZonderLinks())
    _vang_fouten(app)
    app.state.web = web = Web(omgeving, links, wekmap, oidc, ankermap, prefect_url, hartslag_minuten, tempo)
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


def _vang_fouten(app: FastAPI) -> None:
    def vang(soort: type[Exception] | int, maak: Callable[[], Response]) -> None:
        async def opvang(_request: Request, _fout: Exception) -> Response:
            return maak()

        app.add_exception_handler(soort, opvang)

    vang(OngeldigeLink, paginas.niet_gevonden)
    vang(OnbekendeStap, paginas.niet_gevonden)
    vang(OnbekendDossier, paginas.niet_gevonden)
    vang(OnbekendBesluit, paginas.niet_gevonden)
    vang(OnbekendeLijst, paginas.niet_gevonden)
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
    app.add_exception_handler(AchterDeWand, wand.weiger)


def maak_app_uit_instellingen() -> FastAPI:
    """Het portaal van deze installatie, uit haar instellingen."""
    from adapters.logboek import stel_in
    from adapters.omgeving import instellingen, linkzetter, omgeving

    keuze = instellingen()
    stel_in(json=keuze.log_vorm == "json")
    links = linkzetter(keuze, omgeving().klok)
    app = maak_app(
        omgeving(),
        links,
        wekmap=keuze.map,
        oidc=_oidc(keuze, omgeving()),
        ankermap=keuze.ankermap,
        prefect_url=keuze.prefect_api_url.removesuffix("/api"),
        hartslag_minuten=keuze.hartslag_minuten,
        # Altijd de echte klok: in de demo staat de andere stil, en dan liep geen emmer meer vol.
        tempo=Tempo(keuze.api_per_minuut, EchteKlok()),
        leven=leven_van(omgeving().magazijn),
    )
    bewaking.voeg_toe(app, omgeving(), keuze)
    eis_poorten(app)
    return app


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
