"""Aanmelden met een link uit de mail of bij de eigen organisatie (OIDC), de eigen aanmelding zien, en afmelden."""

import hmac
import secrets
from typing import Final

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from adapters.wekker import wek_ronde
from domein.handelingen import aanmelden
from domein.handelingen.aanmelden import NieuweSessie, hash_van
from portaal import beveiliging, paginas
from portaal.oidc import OidcMislukt
from portaal.rechten import BEWIJS, VanElders, Wie, doe, kijk, openbaar
from portaal.web import BROWSER, NAAR, SESSIE, Web, web_van

UUR: Final = 3600
IEDEREEN: Final = openbaar("wie nog niet is aangemeld, moet zich kunnen aanmelden")
STAAT: Final = "regie_oidc"


def maak_router(web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/", begin, IEDEREEN)
    kijk(router, "/aanmelden", toon, IEDEREEN)
    if web.oidc is None:
        doe(router, "/aanmelden", vraag, IEDEREEN)
        kijk(router, "/aanmelden/verstuurd", verstuurd, IEDEREEN)
    else:
        doe(router, "/aanmelden", naar_oidc, IEDEREEN)
        kijk(router, "/aanmelden/terug", terug, IEDEREEN)
        doe(router, "/aanmelden/terug", van_oidc, IEDEREEN)
    kijk(router, "/aanmelden/{code}", link, IEDEREEN)
    doe(router, "/aanmelden/{code}", wissel, IEDEREEN)
    kijk(router, "/aanmelding", aanmelding)
    doe(router, "/afmelden", afmelden)
    return router


def begin(request: Request) -> Response:
    web = web_van(request)
    token = web.lees_koekje(request, SESSIE)
    wie = aanmelden.wie_is_aangemeld(web.omgeving, token) if token else None
    return RedirectResponse(web.begin(wie) if wie else "/aanmelden", status_code=303)


# een link in de mail


def toon(request: Request, naar: str = "") -> Response:
    return _formulier(request, naar=eigen_pad(naar))


def _formulier(request: Request, *, naar: str = "", adres: str = "", fout: str = "", melding: str = "") -> Response:
    web = web_van(request)
    browser = web.lees_koekje(request, BROWSER) or secrets.token_urlsafe(32)
    antwoord = paginas.pagina(
        "aanmelden.html",
        {"bewijs": _bewijs(browser), "naar": naar, "adres": adres, "fout": fout, "melding": melding,
         "oidc": web.oidc is not None},
        422 if fout else 403 if melding else 200,
    )  # fmt: skip
    web.zet_koekje(antwoord, BROWSER, browser, 24 * UUR)
    return antwoord


async def vraag(request: Request) -> Response:
    web, invoer = web_van(request), await _invoer(request)
    adres = invoer.get("adres", "").strip()
    if adres.count("@") != 1 or len(adres) > 254:
        fout = "Vul uw mailadres in, zoals naam@gemeente.nl."
        return _formulier(request, naar=eigen_pad(invoer.get("naar", "")), adres=adres[:254], fout=fout)
    # Pas na het antwoord: hoe lang het duurt, zegt dan niet of het adres bekend is.
    werk = BackgroundTask(_stuur_link, web, adres, web.lees_koekje(request, BROWSER))
    antwoord = RedirectResponse("/aanmelden/verstuurd", status_code=303, background=werk)
    web.zet_koekje(antwoord, NAAR, eigen_pad(invoer.get("naar", "")), UUR)
    return antwoord


def _stuur_link(web: Web, adres: str, browser: str) -> None:
    if aanmelden.vraag_link(web.omgeving, adres, browser, web.basis_url):
        wek_ronde(web.wekmap)


def verstuurd() -> Response:
    return paginas.melding(
        "Kijk in uw mail",
        [
            "Is uw adres bij ons bekend, dan krijgt u binnen een minuut een mail met een link.",
            "De link werkt één keer, een kwartier lang, en alleen in deze browser.",
            "Kwam er niets? Kijk bij de ongewenste mail, of vraag uw teamleider of uw adres in de afspraken staat.",
        ],
        200,
    )


def link(request: Request, code: str) -> Response:
    """Kijken meldt niet aan: mailscanners openen elke link. Alleen de knop doet het."""
    web = web_van(request)
    browser = web.lees_koekje(request, BROWSER) or secrets.token_urlsafe(32)
    antwoord = paginas.pagina("aanmelden_link.html", {"actie": f"/aanmelden/{code}", "bewijs": _bewijs(browser)})
    web.zet_koekje(antwoord, BROWSER, browser, 24 * UUR)
    return antwoord


async def wissel(request: Request, code: str) -> Response:
    web = web_van(request)
    await _invoer(request)
    browser = web.lees_koekje(request, BROWSER)
    sessie = await run_in_threadpool(aanmelden.wissel_in, web.omgeving, code, browser)
    if sessie is None:
        return paginas.melding(
            "Deze link werkt niet meer",
            [
                "Hij is al gebruikt, ouder dan een kwartier, of gevraagd in een andere browser.",
                "Vraag een nieuwe link aan op de pagina Aanmelden.",
            ],
            410,
        )
    return _binnen(request, sessie)


def _binnen(request: Request, sessie: NieuweSessie) -> Response:
    web = web_van(request)
    antwoord = RedirectResponse(eigen_pad(web.lees_koekje(request, NAAR)) or "/", status_code=303)
    web.zet_koekje(antwoord, SESSIE, sessie.token, None)
    web.wis_koekje(antwoord, NAAR)
    web.wis_koekje(antwoord, STAAT)
    return antwoord


# bij de eigen organisatie


async def naar_oidc(request: Request) -> Response:
    web, invoer = web_van(request), await _invoer(request)
    assert web.oidc is not None  # alleen dan is deze route er
    try:
        adres, staat = await web.oidc.begin()
    except OidcMislukt as fout:
        return _formulier(request, melding=fout.melding)
    antwoord = RedirectResponse(adres, status_code=303)
    web.zet_koekje(antwoord, STAAT, staat, 10 * 60)
    web.zet_koekje(antwoord, NAAR, eigen_pad(invoer.get("naar", "")), UUR)
    return antwoord


def terug(request: Request, code: str = "", state: str = "") -> Response:
    """De organisatie stuurt iemand terug met een GET; pas de knop (of het script) meldt aan."""
    web = web_van(request)
    browser = web.lees_koekje(request, BROWSER) or secrets.token_urlsafe(32)
    gegevens = {"actie": "/aanmelden/terug", "bewijs": _bewijs(browser), "code": code[:2000], "state": state[:200]}
    antwoord = paginas.pagina("aanmelden_link.html", gegevens)
    web.zet_koekje(antwoord, BROWSER, browser, 24 * UUR)
    return antwoord


async def van_oidc(request: Request) -> Response:
    web, invoer = web_van(request), await _invoer(request)
    assert web.oidc is not None
    try:
        wie = await web.oidc.lees(web.lees_koekje(request, STAAT), invoer.get("code", ""), invoer.get("state", ""))
    except OidcMislukt as fout:
        return _formulier(request, melding=fout.melding)
    sessie = await run_in_threadpool(
        aanmelden.begin_met_claims, web.omgeving, wie.medewerker, wie.organisatie, wie.rollen
    )
    if sessie is None:
        return _formulier(request, melding="U bent wel aangemeld bij uw organisatie, maar staat niet in de afspraken.")
    return _binnen(request, sessie)


# aangemeld


def aanmelding(request: Request, wie: Wie) -> Response:
    """Wie u bent, wat u mag, en waar u nog meer bent aangemeld."""
    web = web_van(request)
    with web.omgeving.magazijn.ruimte() as ruimte:
        sessies = ruimte.sessies_van(wie.code)
    nu = web.omgeving.klok.nu()
    lopend = [s for s in sessies if aanmelden.loopt(s, nu)]
    return web.pagina(request, wie, "aanmelding.html", {"sessies": lopend, "recht": sorted(wie.rechten)})


def afmelden(request: Request, wie: Wie) -> Response:
    web = web_van(request)
    aanmelden.meld_af(web.omgeving, wie, overal=request.state.invoer.get("overal") == "ja")
    antwoord = RedirectResponse("/aanmelden", status_code=303)
    web.wis_koekje(antwoord, SESSIE)
    return antwoord


# binnenin


async def _invoer(request: Request) -> dict[str, str]:
    """Lees een formulier van wie nog niet is aangemeld; VanElders als het niet van onze pagina in deze browser komt."""
    web = web_van(request)
    if not beveiliging.van_onze_eigen_pagina(request, web.basis_url):
        raise VanElders
    invoer = await beveiliging.lees_invoer(request)
    browser = web.lees_koekje(request, BROWSER)
    if not browser or not hmac.compare_digest(invoer.get(BEWIJS, "").encode(), _bewijs(browser).encode()):
        raise VanElders
    return invoer


def _bewijs(browser: str) -> str:
    """Een vreemde site kent ons koekje niet, en kan dit dus niet maken."""
    return hash_van(f"formulier:{browser}")


def eigen_pad(pad: str) -> str:
    """Alleen een pad op deze site; al het andere wordt leeg."""
    eigen = pad.startswith("/") and not pad.startswith(("//", "/\\")) and len(pad) <= 300
    return pad if eigen and pad.isascii() and pad.isprintable() and "\\" not in pad else ""
