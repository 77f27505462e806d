"""Wat een bewakingssysteem vraagt: of de ronde nog loopt, en de aantallen. Er staat niets in over een persoon."""

import hmac
import time
from ipaddress import ip_address
from typing import Final

from fastapi import Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from adapters.hartslag import laatste_ronde
from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from adapters.metrieken import als_tekst, verzamel
from domein.ports import Omgeving
from portaal import paginas
from portaal.rechten import openbaar

BEWAAR_SECONDEN: Final = 60.0
SOORT: Final = "text/plain; version=0.0.4; charset=utf-8"


def voeg_toe(app: FastAPI, omgeving: Omgeving, keuze: Instellingen) -> None:
    """Zet `/gezond/ronde` en `/metrics` in het portaal."""
    laatste: list[tuple[float, str]] = []

    @app.get("/gezond/ronde", dependencies=[Depends(openbaar("de bewaking vraagt of de ronde nog loopt"))])
    def gezond_ronde() -> Response:  # pyright: ignore[reportUnusedFunction]
        return ronde_antwoord(omgeving, keuze)

    @app.get("/metrics", dependencies=[Depends(openbaar("de bewaking leest aantallen; de sleutel toetst zij zelf"))])
    async def metrics(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        if not mag_meten(request, keuze):
            return paginas.niet_gevonden()
        if not laatste or time.monotonic() - laatste[0][0] > BEWAAR_SECONDEN:
            tekst = await run_in_threadpool(lambda: als_tekst(verzamel(omgeving)))
            laatste[:] = [(time.monotonic(), tekst)]
        return PlainTextResponse(laatste[0][1], media_type=SOORT)


def ronde_antwoord(omgeving: Omgeving, keuze: Instellingen) -> Response:
    """Rood (503) als er te lang geen ronde goed is gegaan; het portaal zelf werkt dan nog."""
    try:
        laatst = laatste_ronde(omgeving.magazijn)
    except Exception:  # zonder database loopt er ook geen ronde
        return JSONResponse({"status": "storing", "seconden": None}, status_code=503)
    seconden = None if laatst is None else max(int((EchteKlok().nu() - laatst).total_seconds()), 0)
    stil = seconden is None or seconden > keuze.hartslag_minuten * 60
    inhoud = {"status": "stil" if stil else "loopt", "seconden": seconden}
    return JSONResponse(inhoud, status_code=503 if stil else 200)


def mag_meten(request: Request, keuze: Instellingen) -> bool:
    """Met de sleutel; is er geen ingesteld, dan alleen van deze machine zelf en niet door een ander heen."""
    if keuze.metrieken_sleutel is not None:
        gegeven = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return hmac.compare_digest(gegeven.encode(), keuze.metrieken_sleutel.get_secret_value().encode())
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
