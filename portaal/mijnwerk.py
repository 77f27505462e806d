"""Mijn werk: de taken van wie is aangemeld, op uiterste dag."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domein.handelingen.aanmelden import Aangemelde
from domein.regels.toegang import Recht
from portaal.rechten import kijk, vraag_recht
from portaal.taak import werklijst
from portaal.web import Web, web_van


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/mijn-werk", mijn_werk)
    return router


def mijn_werk(request: Request, wie: Annotated[Aangemelde, Depends(vraag_recht(Recht.WERK))]) -> Response:
    web = web_van(request)
    vandaag = web.omgeving.klok.vandaag()
    groepen = werklijst(web.omgeving, wie.code, vandaag, web.basis_url)
    return web.pagina(request, wie, "mijnwerk.html", {"groepen": groepen, "vandaag": vandaag})
