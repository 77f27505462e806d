"""Een taak van wie is aangemeld: kijken, antwoorden, bewaren voor later, een andere dag, teruggeven en overdragen."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.fouten import OnbekendeStap, RegieFout
from domein.handelingen import collegas, concept
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.taakbeeld import Taakinzicht, open_taak
from domein.ports import Linkdoel
from domein.regels.toegang import Recht
from portaal import acties, antwoorden, taakdelen
from portaal.ingang import Ingang
from portaal.rechten import doe, kijk, vraag_recht
from portaal.taak import Toestand, bekijk
from portaal.vastgelegd import vastgelegd
from portaal.web import Web, web_van

Werker = Annotated[Aangemelde, Depends(vraag_recht(Recht.WERK))]
Collega = Annotated[Aangemelde, Depends(vraag_recht(Recht.TEAMWERK))]
TAAK: Final = "/taken/{stap_id}"
ANDERE_DAG: Final = f"{TAAK}/andere-dag"
NIET_VOOR_MIJ: Final = f"{TAAK}/niet-voor-mij"
_DOELEN: Final = {ANDERE_DAG: Linkdoel.LATER, NIET_VOOR_MIJ: Linkdoel.NIET_VOOR_MIJ}
VELD_GENERATIE: Final = "generatie"


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, TAAK, toon)
    doe(router, TAAK, antwoord)
    doe(router, f"{TAAK}/concept", bewaar_concept)
    for pad in _DOELEN:
        kijk(router, pad, _actiepagina(pad))
        doe(router, pad, _actie(pad))
    kijk(router, f"{TAAK}/overdragen", toon_overdragen)
    doe(router, f"{TAAK}/overdragen", draag_over)
    doe(router, f"{TAAK}/neem-over", neem_over)
    return router


def lees_id(stap_id: str) -> UUID:
    """Een onleesbaar nummer is een taak die er niet is."""
    try:
        return UUID(stap_id)
    except ValueError:
        raise OnbekendeStap("Deze stap bestaat niet.", "Zoek de stap op in de lijst van het dossier.") from None


# de taak


def toon(request: Request, stap_id: str, wie: Werker, later: str = "") -> Response:
    web = web_van(request)
    inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), TAAK)
    ingang = _ingang(request, wie, inzicht)
    if not inzicht.eigen:
        return _van_collega(ingang, web)
    beeld = bekijk(web.omgeving, ingang)
    return antwoorden.toon_taak(web.omgeving, ingang, beeld, gedaan="concept" if later else "")


def _van_collega(ingang: Ingang, web: Web) -> HTMLResponse:
    beeld = bekijk(web.omgeving, ingang, ook_van_ander=True)
    return ingang.pagina("taak_van_ander.html", {"beeld": beeld, "melding": "", "redenen": collegas.OVERNEMEN}, 200)


async def antwoord(request: Request, stap_id: str, wie: Werker) -> Response:
    """Bewaar het antwoord, of het concept. Na een antwoord gaat iemand terug naar zijn werk."""
    web, invoer = web_van(request), _invoer(request)

    def werk() -> Response:
        inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), TAAK)
        ingang = _ingang(request, wie, inzicht, generatie=_generatie(invoer, inzicht))
        pagina, veranderd = antwoorden.verwerk(web.omgeving, ingang, invoer)
        if veranderd:
            vastgelegd(request, wie, inzicht)
        if veranderd and pagina.status_code == 303:
            return RedirectResponse("/mijn-werk?gedaan=bewaard", status_code=303)
        return pagina

    return await run_in_threadpool(werk)


async def bewaar_concept(request: Request, stap_id: str, wie: Werker) -> Response:
    """Bewaar tussendoor wat iemand typt; het script vraagt dit, en zonder script is er de knop."""
    web, invoer = web_van(request), _invoer(request)

    def werk() -> Response:
        inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), f"{TAAK}/concept")
        gegevens = {"melding": "", "op": web.omgeving.klok.nu()}
        try:
            concept.bewaar(
                web.omgeving, inzicht.stap.id, wie.code, _generatie(invoer, inzicht), antwoorden.velden_van(invoer)
            )
        except RegieFout as fout:
            gegevens["melding"] = fout.melding
        return web.pagina(request, wie, "concept.html", gegevens)

    return await run_in_threadpool(werk)


# een andere dag, of teruggeven


def _actiepagina(pad: str) -> Callable[..., Response]:
    def pagina(request: Request, stap_id: str, wie: Werker) -> Response:
        web = web_van(request)
        inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), pad)
        return acties.toon(web.omgeving, _ingang(request, wie, inzicht, doel=_DOELEN[pad]))

    return pagina


def _actie(pad: str) -> Callable[..., Any]:
    async def handeling(request: Request, stap_id: str, wie: Werker) -> Response:
        web, invoer = web_van(request), _invoer(request)

        def werk() -> Response:
            inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), pad)
            ingang = _ingang(request, wie, inzicht, doel=_DOELEN[pad], generatie=_generatie(invoer, inzicht))
            antwoord_, veranderd = acties.verwerk(web.omgeving, ingang, invoer)
            if not veranderd:
                return antwoord_
            vastgelegd(request, wie, inzicht)
            gedaan = antwoord_.headers["location"].rpartition("=")[2]
            return RedirectResponse(f"/mijn-werk?gedaan={gedaan}", status_code=303)

        return await run_in_threadpool(werk)

    return handeling


# collega's


def toon_overdragen(request: Request, stap_id: str, wie: Collega) -> Response:
    web = web_van(request)
    inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), f"{TAAK}/overdragen")
    return _overdragen(request, wie, inzicht, {}, 200)


def _overdragen(
    request: Request, wie: Aangemelde, inzicht: Taakinzicht, invoer: Mapping[str, str], status: int,
    *, melding: str = "", fouten: Mapping[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    web = web_van(request)
    ingang = _ingang(request, wie, inzicht)
    return ingang.pagina(
        "overdragen.html",
        {
            "beeld": bekijk(web.omgeving, ingang, ook_van_ander=True), "collegas": inzicht.collegas,
            "mag": inzicht.mag_geven, "redenen": collegas.GEVEN, "naar": invoer.get("naar", ""),
            "reden": invoer.get("reden", ""), "fouten": fouten or {}, "melding": melding,
            "actie_overdragen": f"/taken/{inzicht.stap.id}/overdragen",
        },
        status,
    )  # fmt: skip


async def draag_over(request: Request, stap_id: str, wie: Collega) -> Response:
    web, invoer = web_van(request), _invoer(request)

    def werk() -> Response:
        pad = f"{TAAK}/overdragen"
        inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), pad)
        fouten = {} if invoer.get("naar") else {"naar": "Kies een collega."}
        fouten |= {} if invoer.get("reden") in collegas.GEVEN else {"reden": "Kies een reden."}
        if fouten:
            return _overdragen(request, wie, inzicht, invoer, 422, fouten=fouten)
        try:
            collegas.geef_aan(
                web.omgeving, inzicht.stap.id, invoer["naar"], invoer["reden"], wie.actor,
                generatie=_generatie(invoer, inzicht),
            )  # fmt: skip
        except RegieFout as fout:
            eigen: Mapping[str, str] = getattr(fout, "fouten", {})
            melding = "" if eigen else f"{fout.melding} {fout.uitweg}"
            return _overdragen(request, wie, inzicht, invoer, 409, melding=melding, fouten=eigen)
        vastgelegd(request, wie, inzicht)
        return RedirectResponse("/mijn-werk?gedaan=over", status_code=303)

    return await run_in_threadpool(werk)


async def neem_over(request: Request, stap_id: str, wie: Collega) -> Response:
    web, invoer = web_van(request), _invoer(request)

    def werk() -> Response:
        pad = f"{TAAK}/neem-over"
        inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), pad)
        generatie = _generatie(invoer, inzicht)
        try:
            collegas.neem_over(web.omgeving, inzicht.stap.id, invoer.get("reden", ""), wie.actor, generatie=generatie)
        except RegieFout as fout:
            ingang = _ingang(request, wie, open_taak(web.omgeving, wie, inzicht.stap.id, pad))
            beeld = bekijk(web.omgeving, ingang, ook_van_ander=True)
            gegevens = {"beeld": beeld, "melding": f"{fout.melding} {fout.uitweg}", "redenen": collegas.OVERNEMEN}
            return ingang.pagina("taak_van_ander.html", gegevens, 409)
        vastgelegd(request, wie, inzicht)
        return RedirectResponse(f"/taken/{inzicht.stap.id}", status_code=303)

    return await run_in_threadpool(werk)


# binnenin


def _ingang(
    request: Request, wie: Aangemelde, inzicht: Taakinzicht, *, doel: Linkdoel = Linkdoel.KLAAR,
    generatie: int | None = None,
) -> Ingang:  # fmt: skip
    web = web_van(request)
    stap = inzicht.stap

    def toner(naam: str, gegevens: Mapping[str, Any], status: int) -> HTMLResponse:
        beeld = gegevens.get("beeld")
        gegevens = {"kader": "kader.html", "aangemeld": True, **gegevens}
        if (
            naam in ("taak.html", "taak_van_ander.html")
            and beeld is not None
            and beeld.toestand is not Toestand.BIJ_ANDER
        ):
            gegevens |= taakdelen.naast_het_formulier(web, wie, inzicht)
            gegevens["toon_bereid"] = beeld.toestand is Toestand.OPEN and bool(gegevens["besluitpad"])
        return web.pagina(request, wie, naam, gegevens, status)

    eigen_pad = {Linkdoel.KLAAR: "", Linkdoel.LATER: "/andere-dag", Linkdoel.NIET_VOOR_MIJ: "/niet-voor-mij"}[doel]
    return Ingang(
        stap_id=stap.id, generatie=generatie or stap.generatie, medewerker=wie.code, verificatie=wie.verificatie,
        actie=f"/taken/{stap.id}{eigen_pad}", bewijs=wie.bewijs, werkpad="/mijn-werk", toon=toner, doel=doel,
        extra={"taak_id": stap.id},
    )  # fmt: skip


def _invoer(request: Request) -> dict[str, str]:
    return request.state.invoer


def _generatie(invoer: Mapping[str, str], inzicht: Taakinzicht) -> int:
    """De generatie van het formulier dat iemand invulde; onleesbaar is een oude."""
    ruw = invoer.get(VELD_GENERATIE, "")
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 6 else max(inzicht.stap.generatie - 1, 0)
