"""Het portaal: de pagina's achter de getekende links uit een mail (klaar, later, niet voor mij), en 'mijn werk'.

Lezen (GET, HEAD) verandert niets: mailscanners volgen elke link. Alleen de ingedrukte knop doet iets.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.wekker import wek_ronde
from domein.fouten import OnbekendeStap, VerouderdeVraag
from domein.ports import Linkdoel, Omgeving
from portaal import acties, antwoorden, beveiliging, bewaking, paginas
from portaal.taak import bekijk, werklijst

logboek = logging.getLogger("portaal")
BEWIJS: Final = "bewijs"


def maak_app(omgeving: Omgeving, links: GetekendeLinks, *, wekmap: Path | None = None) -> FastAPI:
    """Maak het portaal. `wekmap` is de map waarin de opzichter ziet dat er werk is."""
    app = FastAPI(title="Regie op inburgering", openapi_url=None, docs_url=None, redoc_url=None)
    app.middleware("http")(beveiliging.met_kopregels)
    app.mount("/statisch", StaticFiles(directory=paginas.STATISCH), name="statisch")
    logging.getLogger("uvicorn.access").addFilter(beveiliging.ZonderLinks())
    _vang_fouten(app)

    @app.get("/taak/{token}")
    @app.head("/taak/{token}")
    def taak(token: str, bewaard: str = "") -> Response:  # pyright: ignore[reportUnusedFunction]
        link = links.lees_taaklink(token, omgeving.klok.vandaag())
        beeld = bekijk(omgeving, link)
        return antwoorden.toon_taak(omgeving, links, token, link, beeld, gelukt=bewaard == "1")

    @app.post("/taak/{token}")
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

    @app.get("/werk/{token}")
    @app.head("/werk/{token}")
    def werk(token: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        vandaag = omgeving.klok.vandaag()
        link = links.lees_werklink(token, vandaag)
        groepen = werklijst(omgeving, link.medewerker, vandaag, links.basis_url)
        return paginas.pagina("werk.html", {"groepen": groepen, "vandaag": vandaag})

    @app.get("/gezond")
    def gezond() -> Response:  # pyright: ignore[reportUnusedFunction]
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                ruimte.dagwerk_gedaan("gezond", omgeving.klok.vandaag())
        except Exception as fout:
            logboek.error("de database antwoordt niet (%s)", type(fout).__name__)  # noqa: TRY400 - zonder gegevens
            return JSONResponse({"status": "storing"}, status_code=503)
        return JSONResponse({"status": "gezond"})

    return app


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

    app.add_api_route(pad, toon, methods=["GET", "HEAD"], response_model=None)
    app.add_api_route(pad, doe, methods=["POST"], response_model=None)


def _vang_fouten(app: FastAPI) -> None:
    def vang(soort: type[Exception] | int, maak: Callable[[], Response]) -> None:
        async def opvang(_request: Request, _fout: Exception) -> Response:
            return maak()

        app.add_exception_handler(soort, opvang)

    vang(OngeldigeLink, paginas.niet_gevonden)
    vang(OnbekendeStap, paginas.niet_gevonden)
    vang(HTTPException, paginas.niet_gevonden)
    vang(VerouderdeVraag, lambda: paginas.verlopen("Links werken een beperkte tijd."))
    vang(beveiliging.TeGroot, paginas.te_groot)
    vang(500, paginas.storing)


def maak_app_uit_instellingen() -> FastAPI:
    """Het portaal van deze installatie, uit haar instellingen."""
    from adapters.logboek import stel_in
    from adapters.omgeving import instellingen, linkzetter, omgeving

    keuze = instellingen()
    stel_in(json=keuze.log_vorm == "json")
    app = maak_app(omgeving(), linkzetter(keuze, omgeving().klok), wekmap=keuze.map)
    bewaking.voeg_toe(app, omgeving(), keuze)
    return app


def __getattr__(naam: str) -> Any:
    # `uvicorn portaal.app:app` krijgt de app; wie alleen `maak_app` invoert, leest geen instellingen.
    if naam == "app":
        return maak_app_uit_instellingen()
    raise AttributeError(naam)
