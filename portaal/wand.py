"""De tweede wand om elk verzoek: het begint zonder kijker, en wat de database niet laat zien, bestaat niet.

Wie kijkt, zegt de poort (`portaal.rechten`) of de getekende link; wat hij hoogstens ziet, zegt `domein.regels.wand`.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.wand import niemand
from domein.fouten import AchterDeWand
from domein.handelingen.logboek import noteer_achter_de_wand
from portaal import paginas
from portaal.web import web_van


class ZonderKijker:
    """Elk verzoek begint zonder kijker; wie er tijdens het vorige keek, telt niet meer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with niemand():
            await self._app(scope, receive, send)


async def weiger(request: Request, fout: Exception) -> Response:
    """Een vreemd dossier ziet eruit als een dat er niet is; de weigering staat in het logboek."""
    assert isinstance(fout, AchterDeWand)
    wie = getattr(request.state, "wie", None)
    if wie is not None:
        naam = str(request.scope["route"].path)
        await run_in_threadpool(noteer_achter_de_wand, web_van(request).omgeving, wie, naam, fout)
    return paginas.niet_gevonden()
