"""Wie de API mag gebruiken, en hoe elke route van de API antwoordt: altijd JSON, altijd met de versie erbij."""

import logging
from collections.abc import Callable, Coroutine, MutableMapping
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from adapters.wand import kijk_als
from domein.begrippen import Tokenrecht
from domein.fouten import RegieFout
from domein.handelingen.apitokens import Tokenhouder, wie_komt_er
from portaal.api import VERSIE
from portaal.api.problemen import probleem, van_fout, van_invoer
from portaal.rechten import LEZEN, Poort
from portaal.web import web_van

logboek = logging.getLogger("portaal.api")

GROOTSTE_INHOUD: Final = 64 * 1024
LANGSTE_TOKEN: Final = 200
TOKEN: Final = HTTPBearer(
    auto_error=False, scheme_name="token", description="Het token van uw organisatie, zoals regie_…"
)
Bewijs = Annotated[HTTPAuthorizationCredentials | None, Depends(TOKEN)]


class Afgewezen(Exception):
    """De deur van de API laat dit niet door."""

    status, code, melding, uitweg = 400, "", "", ""


class GeenToken(Afgewezen):
    status, code = 401, "geen_token"
    melding, uitweg = "Er is geen geldig token.", "Stuur het mee als 'Authorization: Bearer …'."


class RechtOntbreekt(Afgewezen):
    status, code, uitweg = 403, "recht_ontbreekt", "Vraag de beheerder van de regio erom."

    def __init__(self, recht: Tokenrecht) -> None:
        self.melding = f"Dit token heeft niet het recht {recht.value}."


class VreemdeVraag(Afgewezen):
    """Wie zich in het adres vergist hoort het; en een BSN hoort daar nooit."""

    code, melding = "vreemde_vraag", "Het adres vraagt iets wat wij niet kennen."
    uitweg = "Zie /v1/openapi.json. Zet nooit iets van een persoon in het adres."


class TeVaak(Afgewezen):
    status, code = 429, "te_vaak"
    melding = "Dit token vraagt te vaak."

    def __init__(self, seconden: int) -> None:
        self.seconden = seconden
        self.uitweg = f"Wacht {seconden} {'seconde' if seconden == 1 else 'seconden'}, en stuur dan hetzelfde verzoek."


class GeenJson(Afgewezen):
    status, code = 415, "geen_json"
    melding, uitweg = "De inhoud is geen JSON.", "Stuur 'Content-Type: application/json'."


class TeGroot(Afgewezen):
    status, code = 413, "te_groot"
    melding, uitweg = "Het verzoek is te groot.", f"Stuur hoogstens {GROOTSTE_INHOUD} bytes."


class MetToken(Poort):
    """De poort van de API: een geldig token met dit recht. Koekjes tellen niet."""

    def __init__(self, recht_: Tokenrecht | None) -> None:
        self.tokenrecht = recht_
        self.wat = f"token: {recht_.value}" if recht_ else "token"

    async def __call__(self, request: Request, bewijs: Bewijs) -> Tokenhouder:
        if bewijs is None or not 0 < len(bewijs.credentials) <= LANGSTE_TOKEN:
            raise GeenToken
        omgeving = web_van(request).omgeving
        houder = await run_in_threadpool(wie_komt_er, omgeving, bewijs.credentials, self.tokenrecht)
        if houder is None:
            raise GeenToken
        tempo = web_van(request).tempo
        if tempo is not None and (seconden := tempo.wacht(houder.naam)):
            raise TeVaak(seconden)
        kijk_als(houder.zicht, handelt=request.method not in LEZEN)
        if self.tokenrecht is not None and self.tokenrecht not in houder.rechten:
            raise RechtOntbreekt(self.tokenrecht)
        if not set(request.query_params) <= {veld.alias for veld in request.scope["route"].dependant.query_params}:
            raise VreemdeVraag
        if request.method == "POST" and not _is_json(request):
            raise GeenJson
        return houder


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


class Apiroute(APIRoute):
    """Een route van de API: elke fout wordt problem+json, en elk antwoord noemt de versie."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        gewoon = super().get_route_handler()

        async def antwoord(request: Request) -> Response:
            try:
                gegeven = await gewoon(_begrensd(request))
            except Exception as fout:  # de rand van de API: elke fout wordt een antwoord
                gegeven = _van(fout)
            gegeven.headers["API-Version"] = VERSIE
            return gegeven

        return antwoord


def _van(fout: Exception) -> Response:
    if isinstance(fout, HTTPException) and isinstance(fout.__cause__, Afgewezen):
        fout = fout.__cause__  # uit het lezen van de inhoud
    match fout:
        case Afgewezen():
            koppen: dict[str, Any] = {"WWW_Authenticate": "Bearer"} if fout.status == 401 else {}
            if isinstance(fout, TeVaak):
                koppen["Retry_After"] = str(fout.seconden)
            return probleem(fout.status, fout.code, fout.melding, fout.uitweg, **koppen)
        case RequestValidationError():
            return van_invoer(fout)
        case RegieFout():
            return van_fout(fout)
        case HTTPException(status_code=400):
            return probleem(400, "onleesbaar", "De inhoud is niet te lezen.", "Stuur JSON in UTF-8.")
        case _:
            # De tekst van een vreemde fout kan van een persoon zijn: noem alleen haar soort.
            logboek.error("onverwachte fout in de API (%s)", type(fout).__name__)
            uitweg = "Probeer het over een paar minuten met dezelfde Idempotency-Key."
            return probleem(500, "storing", "Er ging iets mis.", uitweg)


def _begrensd(request: Request) -> Request:
    """Hetzelfde verzoek, dat stopt met lezen zodra er te veel komt."""
    gelezen = 0

    async def ontvang() -> MutableMapping[str, Any]:
        nonlocal gelezen
        bericht = await request.receive()
        gelezen += len(bericht.get("body", b""))
        if gelezen > GROOTSTE_INHOUD:
            raise TeGroot
        return bericht

    return Request(request.scope, ontvang)
