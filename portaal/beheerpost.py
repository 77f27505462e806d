"""De uitgaande post voor ops: wat onzeker is beslissen, en wat vastzit of mislukte nog eens proberen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domein.begrippen import Postkeuze
from domein.fouten import OnbekendDossier, OnbekendeStap, RegieFout
from domein.handelingen import postbeheer, postpauze
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.beheerbeeld import BLAD
from domein.handelingen.beheerpoort import Postnood
from domein.handelingen.beheerpost import Postregel, open_bericht, post_in_nood
from domein.handelingen.logboek import UITVOERING
from domein.handelingen.post_opnieuw import stuur_opnieuw
from domein.handelingen.postbeheer_adres import herstel_adres
from domein.model import Bericht, Dossier
from portaal.beheer import BEHEER, POSTNAMEN
from portaal.handelen import Beheerder
from portaal.handelen_beeld import melding
from portaal.rechten import doe, kijk
from portaal.vastgelegd import vastgelegd_in
from portaal.web import Web, web_van

POST: Final = f"{BEHEER}/post"
LANGSTE_REDEN: Final = 500
KEUZES: Final[Mapping[str, tuple[str, str]]] = {
    Postkeuze.AANGEKOMEN.value: ("Hij is aangekomen", "De ontvanger zegt dat hij de mail heeft."),
    Postkeuze.OPNIEUW.value: ("Stuur hem nog eens", "Precies dezelfde mail. Komt hij dubbel, dan is dat te zien."),
    Postkeuze.LAAT_VALLEN.value: ("Laat hem vallen", "Hij hoeft niet meer weg."),
}
UITLEG: Final[Mapping[Postnood, str]] = {
    Postnood.ONZEKER: "De verbinding viel weg nadat de mail was gegeven. Vraag het na bij de ontvanger, en beslis.",
    Postnood.VAST: "De ronde probeert het vanzelf opnieuw. Blijft het zo, kijk dan of de mailserver werkt.",
    Postnood.MISLUKT: "Controleer het adres in de afspraken. Klopt het weer, stuur de mail dan opnieuw; anders geeft "
    "u de taak aan een ander.",
}
# Waarom het niet ging, in gewone taal; een getal is wat de andere server antwoordde.
WAAROM: Final[Mapping[str, str]] = {
    "adres_onbestelbaar": "Het adres werkte eerder niet.",
    "te_lang_uitgesteld": "De andere server stelde het drie dagen lang uit.",
    "geen_verbinding": "Onze mailserver was niet te bereiken.",
    "teruggezet": "Er is een reservekopie teruggezet: hij kan toen al zijn verstuurd.",
    "teruggekomen": "De mail kwam terug.",
}
GEDAAN: Final[Mapping[str, str]] = {
    "beslist": "Vastgelegd.", "opnieuw": "De mail gaat zo nog eens weg.", "hervat": "De post gaat weer.",
}  # fmt: skip


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, POST, lijst)
    doe(router, f"{POST}/hervat", _handeling(_hervat))
    doe(router, f"{POST}/{{bericht_id}}/beslis", _over_bericht(_beslis))
    doe(router, f"{POST}/{{bericht_id}}/opnieuw", _over_bericht(_opnieuw))
    return router


def lijst(request: Request, wie: Beheerder, wat: str = Postnood.ONZEKER.value, gedaan: str = "") -> Response:
    if wat not in set(Postnood):
        raise OnbekendeStap("Deze lijst is er niet.", "Ga terug naar beheer.")
    return _lijst(request, wie, Postnood(wat), gelukt=GEDAAN.get(gedaan, ""))


def _lijst(
    request: Request, wie: Aangemelde, nood: Postnood, *, gelukt: str = "", bij: str = "", fout: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    """De lijst; `bij` is het bericht (of `hervat`) waar de fout bij hoort."""
    web, invoer = web_van(request), request.state.invoer
    rijen = post_in_nood(web.omgeving, wie, nood, POST)
    return web.pagina(
        request, wie, "beheer_post.html",
        {
            "rijen": [(rij, _waarom(rij)) for rij in rijen], "nood": nood, "kop": POSTNAMEN[nood][0],
            "uitleg": UITLEG[nood], "namen": {n.value: naam for n, (naam, _) in POSTNAMEN.items()}, "keuzes": KEUZES,
            "stand": postpauze.stand(web.omgeving), "gelukt": gelukt, "bij": bij, "fout": fout,
            "invoer": {"keuze": "", "reden": "", **invoer},
            "vol": len(rijen) == BLAD,
        },
        status,
    )  # fmt: skip


def _waarom(rij: Postregel) -> str:
    code = rij.bericht.fout_code or ""
    return WAAROM.get(code, f"De mailserver antwoordde met {code}." if code[:1].isdigit() else code.replace("_", " "))


# wat een knop doet

Werk = Callable[[Web, Aangemelde, Mapping[str, str]], str]
Berichtwerk = Callable[[Web, Aangemelde, Mapping[str, str], Bericht], str]


def _handeling(werk: Werk) -> Callable[..., object]:
    async def doe_het(request: Request, wie: Beheerder) -> Response:
        def in_draad() -> Response:
            web = web_van(request)
            return _doe(request, wie, "hervat", (), lambda invoer: werk(web, wie, invoer))

        return await run_in_threadpool(in_draad)

    return doe_het


def _over_bericht(werk: Berichtwerk) -> Callable[..., object]:
    async def doe_het(request: Request, wie: Beheerder, bericht_id: str) -> Response:
        def in_draad() -> Response:
            web = web_van(request)
            bericht, dossiers = open_bericht(web.omgeving, wie, _id(bericht_id), request.scope["route"].path)
            return _doe(request, wie, str(bericht.id), dossiers, lambda invoer: werk(web, wie, invoer, bericht))

        return await run_in_threadpool(in_draad)

    return doe_het


def _doe(
    request: Request, wie: Aangemelde, bij: str, dossiers: Sequence[Dossier], werk: Callable[[Mapping[str, str]], str]
) -> Response:
    """Doe het, en ga terug naar de lijst; wat niet kan, staat bij het bericht zelf, met wat iemand invulde."""
    invoer: Mapping[str, str] = request.state.invoer
    nood = Postnood(invoer["wat"]) if invoer.get("wat") in set(Postnood) else Postnood.ONZEKER
    reden = invoer.get("reden", "").strip()
    if not reden or len(reden) > LANGSTE_REDEN:
        wat = "Zeg waarom u dit doet." if not reden else f"Maak de reden korter: hoogstens {LANGSTE_REDEN} tekens."
        return _lijst(request, wie, nood, bij=bij, fout=wat, status=422)
    try:
        gedaan = werk(invoer)
    except RegieFout as fout:
        return _lijst(request, wie, nood, bij=bij, fout=melding(fout), status=409)
    if not gedaan:
        return _lijst(request, wie, nood, bij=bij, fout="Maak eerst een keuze.", status=422)
    vastgelegd_in(request, wie, dossiers, UITVOERING)
    return RedirectResponse(f"{POST}?wat={nood.value}&gedaan={gedaan}", status_code=303)


def _beslis(web: Web, wie: Aangemelde, invoer: Mapping[str, str], bericht: Bericht) -> str:
    if invoer.get("keuze") not in KEUZES:
        return ""
    postbeheer.beslis(web.omgeving, bericht.id, Postkeuze(invoer["keuze"]), wie.actor, invoer["reden"])
    return "beslist"


def _opnieuw(web: Web, wie: Aangemelde, invoer: Mapping[str, str], bericht: Bericht) -> str:
    with web.omgeving.magazijn.ruimte() as ruimte:
        dood = bool(ruimte.onbestelbare_adressen({bericht.adres}))
    if dood and invoer.get("adres") == "werkt":
        herstel_adres(web.omgeving, bericht.adres, wie.actor, invoer["reden"])
    stuur_opnieuw(web.omgeving, bericht.id, wie.actor, invoer["reden"])
    return "opnieuw"


def _hervat(web: Web, wie: Aangemelde, invoer: Mapping[str, str]) -> str:
    over_teruggezet = invoer.get("keuze", "")
    if postpauze.stand(web.omgeving).teruggezet and over_teruggezet not in {*KEUZES, "later"}:
        return ""
    keuze = Postkeuze(over_teruggezet) if over_teruggezet in KEUZES else None
    postpauze.hervat(web.omgeving, wie.actor, invoer["reden"], keuze)
    return "hervat"


def _id(ruw: str) -> UUID:
    try:
        return UUID(ruw)
    except ValueError:
        raise OnbekendDossier("Dit bericht bestaat niet.", "Kijk in de lijst van de post.") from None
