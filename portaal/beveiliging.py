"""Wat elke pagina beschermt: vaste kopregels, een grens aan de invoer, en geen post van een vreemde site."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.responses import Response

from adapters.samenhang import nieuw_kenmerk, samenhang

GROOTSTE_INVOER: Final = 64 * 1024
MEESTE_VELDEN: Final = 100

KOPREGELS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # De link zelf is het bewijs: hij mag nooit naar een andere site meelopen.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}

logboek = logging.getLogger("portaal.toegang")


class TeGroot(Exception):
    """De invoer is groter dan een formulier van ons ooit is."""


async def met_kopregels(request: Request, volgende: Callable[[Request], Awaitable[Response]]) -> Response:
    """Zet de vaste kopregels, en schrijf de regel van het toegangslogboek: de route, nooit de link zelf."""
    kenmerk = nieuw_kenmerk(request.headers.get("x-request-id"))
    with samenhang(verzoek=kenmerk):
        antwoord = await _met_regel(request, volgende)
    antwoord.headers["X-Request-ID"] = kenmerk
    return antwoord


async def _met_regel(request: Request, volgende: Callable[[Request], Awaitable[Response]]) -> Response:
    antwoord = await volgende(request)
    for naam, waarde in KOPREGELS.items():
        antwoord.headers.setdefault(naam, waarde)
    # Opmaak en script zijn voor iedereen gelijk: de browser mag ze houden, en vraagt of ze nog kloppen.
    vast = request.url.path.startswith("/statisch/")
    antwoord.headers.setdefault("Cache-Control", "no-cache" if vast else "no-store")
    pad = getattr(request.scope.get("route"), "path", "-")
    logboek.info("%s %s %s", request.method, pad, antwoord.status_code)
    return antwoord


def van_onze_eigen_pagina(request: Request, basis_url: str) -> bool:
    """Zeg of dit verzoek van een pagina van ons komt.

    Met `Referrer-Policy: no-referrer` sturen browsers `Origin: null`; dan beslist Sec-Fetch-Site. Zonder
    een van beide is er geen bewijs, en dus geen handeling.
    """
    if (herkomst := request.headers.get("sec-fetch-site")) is not None:
        return herkomst == "same-origin"
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return False
    try:
        return _herkomst(origin) in {_herkomst(str(request.base_url)), _herkomst(basis_url)}
    except ValueError:  # een kopregel die geen adres is
        return False


def _herkomst(url: str) -> tuple[str, str, int | None]:
    delen = urlsplit(url)
    standaard = {"http": 80, "https": 443}.get(delen.scheme)
    return (delen.scheme, delen.hostname or "", delen.port or standaard)


async def lees_invoer(request: Request) -> dict[str, str]:
    """Lees een gewoon formulier; bij een dubbele naam telt de laatste. TeGroot bij te veel."""
    stukken = bytearray()
    async for stuk in request.stream():
        stukken += stuk
        if len(stukken) > GROOTSTE_INVOER:
            raise TeGroot
    try:
        paren = parse_qsl(
            stukken.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=MEESTE_VELDEN
        )
    except ValueError as fout:
        raise TeGroot from fout
    return {naam: waarde.replace("\x00", "") for naam, waarde in paren}


GROOTSTE_BESTAND: Final = 10 * 1024 * 1024


def eis_grootte(request: Request) -> None:
    """TeGroot als een bestand te groot is, of als de browser niet zegt hoe groot het is."""
    lengte = request.headers.get("content-length", "")
    if not (lengte.isascii() and lengte.isdigit() and len(lengte) < 12) or int(lengte) > GROOTSTE_BESTAND:
        raise TeGroot


_LINK_IN_PAD: Final = re.compile(r"/(taak|later|niet-voor-mij|werk|aanmelden)/[^\s?#\"]+")


class ZonderLinks(logging.Filter):
    """Haalt getekende links uit het toegangslogboek van de webserver: wie dat leest, kan er niets mee."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _LINK_IN_PAD.sub(r"/\1/…", deel) if isinstance(deel, str) else deel for deel in record.args
            )
        return True
