"""De pagina's achter de links uit een mail: klaar, later, niet voor mij, en al iemands taken; zonder aanmelden."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from adapters.wand import kijk_als
from adapters.wekker import wek_ronde
from domein.handelingen.logboek import noteer_link
from domein.handelingen.portaalpoort import Werkvraag
from domein.handelingen.werkvoorraad import werkvoorraad
from domein.model import Logsoort
from domein.ports import Linkdoel
from domein.regels.wand import zicht_met_link
from portaal import acties, antwoorden, beveiliging, paginas
from portaal.ingang import Ingang, met_link
from portaal.mijnwerk import in_groepen
from portaal.rechten import BEWIJS, GETEKEND, VanElders, doe, kijk
from portaal.taak import Toestand, bekijk
from portaal.web import Web

Verwerker = Callable[..., tuple[Response, bool]]
_VERWERK: Final[dict[Linkdoel, Verwerker]] = {
    Linkdoel.KLAAR: antwoorden.verwerk,
    Linkdoel.LATER: acties.verwerk,
    Linkdoel.NIET_VOOR_MIJ: acties.verwerk,
}


def maak_router(web: Web) -> APIRouter:
    router = APIRouter()
    for doel in Linkdoel:
        _voeg_toe(router, web, doel)

    def werk(token: str) -> Response:
        vandaag = web.omgeving.klok.vandaag()
        code = web.links.lees_werklink(token, vandaag).medewerker
        kijk_als(zicht_met_link(code), handelt=False)

        def pad(stap_id: object, generatie: int) -> str:
            return web.omgeving.links.taaklink(stap_id, generatie, code).removeprefix(web.basis_url)  # pyright: ignore[reportArgumentType]

        groepen = in_groepen(werkvoorraad(web.omgeving, Werkvraag(van=code), code))
        return paginas.pagina("werk.html", {"groepen": groepen, "vandaag": vandaag, "pad": pad})

    kijk(router, "/werk/{token}", werk, GETEKEND)
    return router


def _voeg_toe(router: APIRouter, web: Web, doel: Linkdoel) -> None:
    """De pagina van één doel: `GET` toont, `POST` van onze eigen pagina doet."""
    pad = f"/{doel.value}/{{token}}"

    def ingang_van(token: str) -> Ingang:
        link = web.links.lees_taaklink(token, web.omgeving.klok.vandaag(), doel)
        kijk_als(zicht_met_link(link.medewerker, link.stap_id), handelt=False)
        return met_link(web.links, token, link)

    def toon(token: str, bewaard: str = "", later: str = "", gedaan: str = "") -> Response:
        ingang = ingang_van(token)
        beeld = bekijk(web.omgeving, ingang)
        _noteer(web, ingang, pad, Logsoort.GEWEIGERD if beeld.toestand is Toestand.BIJ_ANDER else Logsoort.GEZIEN)
        if doel is not Linkdoel.KLAAR:
            return acties.toon(web.omgeving, ingang, gedaan=gedaan)
        wat = "bewaard" if bewaard else "concept" if later else ""
        return antwoorden.toon_taak(web.omgeving, ingang, beeld, gedaan=wat)

    async def verwerk(token: str, request: Request) -> Response:
        if not beveiliging.van_onze_eigen_pagina(request, web.basis_url):
            raise VanElders
        invoer = await beveiliging.lees_invoer(request)
        link = web.links.lees_taaklink(token, web.omgeving.klok.vandaag(), doel)
        if not web.links.formulierbewijs_klopt(invoer.get(BEWIJS, ""), link):
            raise VanElders
        kijk_als(zicht_met_link(link.medewerker, link.stap_id), handelt=True)
        ingang = met_link(web.links, token, link)
        pagina, veranderd = await run_in_threadpool(_VERWERK[doel], web.omgeving, ingang, invoer)
        if veranderd:
            await run_in_threadpool(_noteer, web, ingang, pad, Logsoort.GEWIJZIGD)
            wek_ronde(web.wekmap)
        return pagina

    kijk(router, pad, toon, GETEKEND)
    doe(router, pad, verwerk, GETEKEND)


def _noteer(web: Web, ingang: Ingang, naam: str, soort: Logsoort) -> None:
    noteer_link(web.omgeving, ingang.stap_id, ingang.medewerker, naam, soort)
