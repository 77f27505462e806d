"""Bewaren en vernietigen: wat blijft, wat weg moet, een blokkade, en een lijst met twee mensen en een verklaring.

Op deze pagina's staat nooit wie iemand is: alleen de referentie, het resultaat en de dagen.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.fouten import OngeldigeGegevens, RegieFout
from domein.gebeurtenissen.bewaren import Blokkadegrond
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bewaarbeeld import ARCHIEF, Bewaardossier, bewaarbeeld, bewaardossier, mijn_gemeenten
from domein.handelingen.bewaren import blokkeer, hef_op
from domein.handelingen.logboek import noteer
from domein.handelingen.vernietigingslijst import maak_lijst
from domein.model import Logsoort
from domein.regels.toegang import Recht
from domein.regels.uitkomsten import Uitkomst, Veld
from domein.regio.gemeenten import gemeentenaam
from domein.stand import Blokkade
from portaal import formulieren
from portaal.besluiten import lees_nummer
from portaal.formulieren import NIETS, Formulier, Ingediend, geweigerd
from portaal.paginas import lees_plaats
from portaal.rechten import doe, kijk, vraag_recht
from portaal.vastgelegd import vastgelegd_in
from portaal.web import Web, web_van
from portaal.weigering import GOED, Weigering, weigering

Bewaarder = Annotated[Aangemelde, Depends(vraag_recht(Recht.VERNIETIGING))]
DOSSIER: Final = "/bewaren/dossiers/{referentie}"
STATEN: Final[Mapping[str, str]] = {
    "te_laat": "Te laat", "te_vernietigen": "Te vernietigen", "op_lijst": "Op een lijst", "geblokkeerd": "Geblokkeerd",
    "bewaren": "Bewaren", "vernietigd": "Vernietigd",
}  # fmt: skip
BLOKKEREN: Final = Uitkomst(
    "blokkeren", "Vernietigen tegenhouden", "",
    "Zolang de blokkade geldt, wordt dit dossier niet vernietigd. Een lijst waar het op staat, slaat het over.",
    (Veld("grond", "Waarom", "keuze", keuzes=tuple(
        (grond.value, grond.value.replace("_", " ").capitalize()) for grond in Blokkadegrond)),
     Veld("tot", "Tot en met", "datum", verplicht=False, hulp="Leeg: tot iemand de blokkade opheft."),
     Veld("reden", "Toelichting", "tekst", hulp="Schrijf zonder naam of nummer van een persoon.")),
)  # fmt: skip
OPHEFFEN: Final = Uitkomst("opheffen", "Blokkade opheffen", "", "", (Veld("reden", "Waarom kan dit nu weg?", "tekst"),))


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/bewaren", overzicht)
    kijk(router, "/bewaren/nieuw", nieuw)
    doe(router, "/bewaren/nieuw", stel_op)
    kijk(router, DOSSIER, dossier)
    doe(router, f"{DOSSIER}/blokkade", blokkade)
    doe(router, f"{DOSSIER}/blokkade/{{nummer}}/opheffen", opheffen)
    return router


def overzicht(request: Request, wie: Bewaarder, toon: str = "", gemeente: str = "", vanaf: str = "") -> Response:
    web = web_van(request)
    noteer(web.omgeving, wie, "/bewaren", Logsoort.GEZIEN, verwerking=ARCHIEF)
    gekozen = toon if toon in STATEN else ""
    begin = lees_plaats(vanaf)
    beeld = bewaarbeeld(web.omgeving, wie, gekozen, gemeente, begin)
    gegevens = {"beeld": beeld, "staten": STATEN, "toon": gekozen, "gemeente": gemeente, "gemeentenaam": gemeentenaam}
    return web.pagina(request, wie, "bewaren.html", {**gegevens, "begin": begin})


# een lijst opstellen


def nieuw(request: Request, wie: Bewaarder, gemeente: str = "") -> Response:
    """Wat er op een lijst zou komen; er wordt niets bewaard."""
    return _voorbeeld(request, wie, gemeente)


def _voorbeeld(request: Request, wie: Aangemelde, gemeente: str, w: Weigering = GOED) -> HTMLResponse:
    web = web_van(request)
    noteer(web.omgeving, wie, "/bewaren/nieuw", Logsoort.GEZIEN, verwerking=ARCHIEF)
    with web.omgeving.magazijn.ruimte() as ruimte:
        mijn = mijn_gemeenten(ruimte, web.omgeving, wie)
    lijst = None
    if gemeente and w is GOED:
        try:
            lijst = maak_lijst(web.omgeving, gemeente, wie.actor, proef=True)
        except RegieFout as fout:
            w = weigering(fout)
    gegevens: dict[str, Any] = {
        "lijst": lijst, "gemeente": gemeente, "gemeenten": [(g, gemeentenaam(g)) for g in mijn],
        "weigering": w, "mis": w.status != 200,
    }  # fmt: skip
    return web.pagina(request, wie, "bewaren_nieuw.html", gegevens, w.status)


async def stel_op(request: Request, wie: Bewaarder) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)
    gemeente = invoer.get("gemeente", "")

    def werk() -> Response:
        try:
            lijst = maak_lijst(web.omgeving, gemeente, wie.actor)
            if lijst is None:
                raise OngeldigeGegevens("In deze gemeente hoeft nu niets weg.", "Kies een andere gemeente.")
        except RegieFout as fout:
            return _voorbeeld(request, wie, gemeente, weigering(fout))
        vastgelegd_in(request, wie, (), ARCHIEF)
        return RedirectResponse(f"/bewaren/lijsten/{lijst['nummer']}?gedaan=opgesteld", status_code=303)

    return await run_in_threadpool(werk)


# een geëindigd dossier, en zijn blokkades


def _open(request: Request, wie: Aangemelde, referentie: str) -> Bewaardossier:
    return bewaardossier(web_van(request).omgeving, wie, referentie, str(request.scope["route"].path))


def dossier(request: Request, wie: Bewaarder, referentie: str, gedaan: str = "") -> Response:
    return _toon(request, wie, _open(request, wie, referentie), gedaan=gedaan)


def _toon(
    request: Request, wie: Aangemelde, beeld: Bewaardossier, *, gedaan: str = "", ingediend: Ingediend = NIETS
) -> HTMLResponse:
    web = web_van(request)
    vandaag = web.omgeving.klok.vandaag()
    basis = f"/bewaren/dossiers/{beeld.dossier.referentie}/blokkade"

    def hef(b: Blokkade) -> Formulier | None:
        if b.opgeheven_op is not None:
            return None
        actie = f"{basis}/{b.nummer}/opheffen"
        return formulieren.maak(_opheffen(b.nummer), actie, "Hef de blokkade op", vandaag, ingediend)

    blokkades = [(b, b.geldt_op(vandaag), hef(b)) for b in beeld.blokkades]
    teksten = {"gezet": "De blokkade is gezet.", "opgeheven": "De blokkade is opgeheven."}
    vernietigd = beeld.rij is not None and beeld.rij["staat"] == "vernietigd"
    gegevens = {
        "beeld": beeld, "rij": beeld.rij, "blokkades": blokkades, "staten": STATEN, **ingediend.voor_pagina(),
        "nieuw": None if vernietigd else formulieren.maak(BLOKKEREN, basis, "Zet de blokkade", vandaag, ingediend),
        "gemeente": gemeentenaam(beeld.dossier.gemeente), "gedaan": teksten.get(gedaan, ""),
    }  # fmt: skip
    return web.pagina(request, wie, "bewaren_dossier.html", gegevens, ingediend.status)


def _opheffen(nummer: int) -> Uitkomst:
    return Uitkomst(f"opheffen-{nummer}", OPHEFFEN.label, "", "", OPHEFFEN.velden)


async def blokkade(request: Request, wie: Bewaarder, referentie: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        beeld = _open(request, wie, referentie)
        try:
            _, velden = formulieren.lees(BLOKKEREN, invoer)
            blokkeer(
                web.omgeving, beeld.dossier.id, Blokkadegrond(velden["grond"]), wie.actor, velden["reden"],
                tot=velden.get("tot"),
            )  # fmt: skip
        except RegieFout as fout:
            return _toon(request, wie, beeld, ingediend=geweigerd("blokkeren", invoer, fout))
        return _terug(request, wie, beeld, "gezet")

    return await run_in_threadpool(werk)


async def opheffen(request: Request, wie: Bewaarder, referentie: str, nummer: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        beeld, welke = _open(request, wie, referentie), lees_nummer(nummer)
        try:
            _, velden = formulieren.lees(_opheffen(welke), invoer)
            hef_op(web.omgeving, beeld.dossier.id, wie.actor, velden["reden"], nummer=welke)
        except RegieFout as fout:
            return _toon(request, wie, beeld, ingediend=geweigerd(f"opheffen-{welke}", invoer, fout))
        return _terug(request, wie, beeld, "opgeheven")

    return await run_in_threadpool(werk)


def _terug(request: Request, wie: Aangemelde, beeld: Bewaardossier, gedaan: str) -> Response:
    vastgelegd_in(request, wie, (beeld.dossier,), ARCHIEF)
    return RedirectResponse(f"/bewaren/dossiers/{beeld.dossier.referentie}?gedaan={gedaan}", status_code=303)
