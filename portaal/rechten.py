"""Elke route zegt wie haar mag gebruiken; een route die niets zegt, komt er niet in.

Vier soorten poort: `vraag_recht` (aangemeld, met dit recht), `AANGEMELD` (alleen aangemeld), `GETEKEND` (een link uit
een mail, die de route zelf leest) en `openbaar` (iedereen, met de reden erbij). Wie een recht niet heeft ziet
hetzelfde als bij een pagina die niet bestaat. Elk verzoek dat iets verandert moet van onze eigen pagina komen en het
bewijs van de sessie dragen; dat toetst de poort zelf, dus geen route kan het vergeten.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount

from adapters.wand import kijk_als
from domein.handelingen.aanmelden import Aangemelde, wie_is_aangemeld
from domein.regels.toegang import Recht
from portaal import beveiliging
from portaal.web import SESSIE, web_van

BEWIJS: Final = "bewijs"
LEZEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class NietAangemeld(Exception):
    """Er is niemand aangemeld, of de sessie is voorbij. `invoer` is wat iemand wilde versturen."""

    def __init__(self, naar: str, invoer: Mapping[str, str] | None = None) -> None:
        super().__init__(naar)
        self.naar = naar
        self.invoer = invoer


class GeenRecht(Exception):
    """Deze persoon mag dit niet; hij ziet wat iedereen ziet bij een pagina die er niet is."""


class VanElders(Exception):
    """Dit verzoek komt niet van een formulier dat wij aan deze persoon toonden."""


class Poort:
    """Wat een route vraagt van wie haar gebruikt."""

    recht: Recht | None = None
    wat: str = ""


class Openbaar(Poort):
    def __init__(self, waarom: str) -> None:
        self.wat = f"openbaar: {waarom}"

    def __call__(self) -> None:
        return None


class MetLink(Poort):
    wat = "een getekende link"

    def __call__(self) -> None:
        return None


class MetRecht(Poort):
    def __init__(self, recht: Recht | None) -> None:
        self.recht = recht
        self.wat = f"recht: {recht.value}" if recht else "aangemeld"

    async def __call__(self, request: Request) -> Aangemelde:
        web = web_van(request)
        leest = request.method in LEZEN
        token = web.lees_koekje(request, SESSIE)
        wie = await run_in_threadpool(wie_is_aangemeld, web.omgeving, token) if token else None
        if not leest and not beveiliging.van_onze_eigen_pagina(request, web.basis_url):
            raise VanElders
        invoer = None if leest else await lees_formulier(request)
        if wie is None:
            raise NietAangemeld(_terugpad(request), invoer)
        if invoer is not None and not hmac.compare_digest(invoer.get(BEWIJS, "").encode(), wie.bewijs.encode()):
            raise VanElders
        request.state.wie, request.state.invoer = wie, invoer or {}
        kijk_als(wie.zicht, handelt=not leest)
        if self.recht is not None and self.recht not in wie.rechten:
            raise GeenRecht
        return wie


async def lees_formulier(request: Request) -> dict[str, str]:
    """De velden van een formulier. Een bestand staat met zijn naam in `request.state.bestanden`."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await beveiliging.lees_invoer(request)
    beveiliging.eis_grootte(request)
    async with request.form(max_files=1, max_fields=beveiliging.MEESTE_VELDEN) as formulier:
        delen = list(formulier.items())
        request.state.bestanden = {
            naam: (deel.filename or "", await deel.read()) for naam, deel in delen if not isinstance(deel, str)
        }
    return {naam: deel.replace("\x00", "") for naam, deel in delen if isinstance(deel, str)}


def _terugpad(request: Request) -> str:
    """Waar iemand na het aanmelden naartoe wil: alleen een pagina van ons die hij wilde lezen."""
    return request.url.path if request.method in LEZEN else ""


def vraag_recht(recht: Recht) -> MetRecht:
    """De poort van een pagina: `wie: Annotated[Aangemelde, Depends(vraag_recht(Recht.BORD))]`."""
    return MetRecht(recht)


def openbaar(waarom: str) -> Openbaar:
    return Openbaar(waarom)


GETEKEND: Final = MetLink()
AANGEMELD: Final = MetRecht(None)
Wie = Annotated[Aangemelde, Depends(AANGEMELD)]


def kijk(router: APIRouter, pad: str, pagina: Callable[..., Any], *poort: Openbaar | MetLink | MetRecht) -> None:
    """Voeg een pagina toe. De poort staat hier, of in de argumenten van de pagina zelf (`wie: …`)."""
    eisen = [Depends(een) for een in poort]
    router.add_api_route(pad, pagina, methods=["GET", "HEAD"], response_model=None, dependencies=eisen)


def doe(router: APIRouter, pad: str, handeling: Callable[..., Any], *poort: Openbaar | MetLink | MetRecht) -> None:
    """Voeg toe wat een knop doet."""
    eisen = [Depends(een) for een in poort]
    router.add_api_route(pad, handeling, methods=["POST"], response_model=None, dependencies=eisen)


class RouteZonderPoort(Exception):
    """Een route zegt niet wie haar mag gebruiken; zo start het portaal niet."""


def poort_van(route: APIRoute) -> Poort:
    """Geef de poort van een route; RouteZonderPoort als er geen is, of meer dan één."""
    gevonden = list(_poorten(route.dependant))
    if len(gevonden) != 1:
        raise RouteZonderPoort(
            f"{sorted(route.methods or ())} {route.path}: {len(gevonden)} poorten, het moet er één zijn"
        )
    return gevonden[0]


def _poorten(afhankelijk: Dependant) -> Iterator[Poort]:
    for deel in afhankelijk.dependencies:
        if isinstance(deel.call, Poort):
            yield deel.call
        yield from _poorten(deel)


def eis_poorten(app: FastAPI) -> None:
    """Loop alle routes na bij het maken van de app. Wie getekend of openbaar schrijft, toetst de herkomst zelf."""
    for route in routes_van(app):
        poort_van(route)


def routes_van(app: FastAPI) -> list[APIRoute]:
    """De routes met een pagina; alleen de map met vaste bestanden telt niet mee."""
    gevonden: list[APIRoute] = []
    for route in app.routes:
        if isinstance(route, APIRoute):
            gevonden.append(route)
        elif not (isinstance(route, Mount) and route.name == "statisch"):
            onbekend: Any = route
            raise RouteZonderPoort(f"{getattr(onbekend, 'path', onbekend)}: geen route die wij kennen")
    return gevonden
