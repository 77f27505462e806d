"""Verzoeken om inzage of verbetering (art. 15 en 16 AVG): de lijst met termijnen, vastleggen, verlengen, antwoorden.

Voor de privacy officer: op deze pagina's staat nooit wie iemand is. De kopie zelf geeft wie het dossier behandelt.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.fouten import OnbekendDossier, OngeldigeGegevens, RegieFout
from domein.gebeurtenissen.bewaren import Recht as Betrokkenerecht
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.logboek import INZAGERECHT, noteer
from domein.handelingen.melden import meld
from domein.handelingen.verzoekbeeld import ONBEKEND, open_verzoek, verzoekdossier, verzoeken_voor
from domein.model import Dossier, Logsoort
from domein.regels.toegang import Recht
from domein.regels.uitkomsten import UITKOMSTEN, Uitkomst, Veld
from domein.regio.gemeenten import gemeentenaam
from portaal import formulieren
from portaal.besluiten import lees_nummer
from portaal.formulieren import NIETS, Ingediend, geweigerd
from portaal.rechten import doe, kijk, vraag_recht
from portaal.vastgelegd import vastgelegd_in
from portaal.web import Web, web_van

Toezichthouder = Annotated[Aangemelde, Depends(vraag_recht(Recht.VERZOEK))]
LIJST: Final = "/verzoeken"
EEN: Final = "/verzoeken/{referentie}/{nummer}"
RECHTEN: Final[Mapping[str, str]] = {
    Betrokkenerecht.INZAGE.value: "Inzage (artikel 15 AVG)",
    Betrokkenerecht.RECTIFICATIE.value: "Verbetering (artikel 16 AVG)",
}
ONTVANGEN: Final = Uitkomst(
    "verzoek_ontvangen", "Een verzoek vastleggen", "Ontvangen op",
    "Vanaf deze dag loopt een maand. De klantmanager krijgt een taak, ook in een dossier dat al is gesloten.",
    (Veld("referentie", "Dossier", "code", hulp="De referentie ziet eruit als D-7F3K9."),
     Veld("recht", "Wat er wordt gevraagd", "keuze", keuzes=tuple(RECHTEN.items()))),
)  # fmt: skip
_BIJ_STAP: Final = {een.soort: een for een in UITKOMSTEN["registratie/verzoek"]}
_REDEN: Final = Veld("reden", "Reden", "tekst", verplicht=False, hulp="Verplicht als u (deels) afwijst.")
_WAAROM: Final = Veld("reden", "Waarom duurt het langer?", "tekst")


def _met(soort: str, veld: Veld) -> Uitkomst:
    """De vragen van de taak, met de reden erbij: hier is er geen tweede pagina die haar vraagt."""
    een = _BIJ_STAP[soort]
    return Uitkomst(een.soort, een.label, een.datumlabel, een.uitleg, (*een.velden, veld))


DADEN: Final[Mapping[str, Uitkomst]] = {
    "afhandelen": _met("verzoek_afgehandeld", _REDEN), "verlengen": _met("verzoek_verlengd", _WAAROM),
}  # fmt: skip
GEDAAN: Final = {
    "ontvangen": "Het verzoek is vastgelegd.", "afhandelen": "Het antwoord is vastgelegd.",
    "verlengen": "De termijn is verlengd.",
}  # fmt: skip


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, LIJST, lijst)
    doe(router, LIJST, ontvang)
    kijk(router, EEN, een)
    for wat in DADEN:
        doe(router, f"{EEN}/{wat}", _knop(wat))
    return router


def lijst(request: Request, wie: Toezichthouder, alle: str = "", gedaan: str = "") -> Response:
    return _toon_lijst(request, wie, alle=alle == "ja", gedaan=gedaan)


def _toon_lijst(
    request: Request, wie: Aangemelde, *, alle: bool = False, gedaan: str = "", ingediend: Ingediend = NIETS
) -> HTMLResponse:
    web = web_van(request)
    noteer(web.omgeving, wie, LIJST, Logsoort.GEZIEN, verwerking=INZAGERECHT)
    vandaag = web.omgeving.klok.vandaag()
    gegevens: dict[str, Any] = {
        "rijen": verzoeken_voor(web.omgeving, wie, alle=alle), "alle": alle, "rechten": RECHTEN, "vandaag": vandaag,
        "gemeentenaam": gemeentenaam, "gedaan": GEDAAN.get(gedaan, ""), **ingediend.voor_pagina(),
        "nieuw": formulieren.maak(ONTVANGEN, LIJST, "Leg het verzoek vast", vandaag, ingediend),
    }  # fmt: skip
    return web.pagina(request, wie, "verzoeken.html", gegevens, ingediend.status)


async def ontvang(request: Request, wie: Toezichthouder) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        try:
            dag, velden = formulieren.lees(ONTVANGEN, invoer)
            assert dag is not None
            try:
                dossier = verzoekdossier(web.omgeving, wie, velden["referentie"], LIJST, Logsoort.GEZIEN)
            except OnbekendDossier as fout:
                raise OngeldigeGegevens(ONBEKEND, fout.uitweg, {"referentie": ONBEKEND}) from fout  # vreemd is afwezig
            meld(web.omgeving, dossier.id, "verzoek_ontvangen", dag, {"recht": velden["recht"]}, wie.actor)
        except RegieFout as fout:
            return _toon_lijst(request, wie, ingediend=geweigerd(ONTVANGEN.soort, invoer, fout))
        vastgelegd_in(request, wie, (dossier,), INZAGERECHT)
        return RedirectResponse(f"{LIJST}?gedaan=ontvangen", status_code=303)

    return await run_in_threadpool(werk)


# één verzoek


def een(request: Request, wie: Toezichthouder, referentie: str, nummer: str, gedaan: str = "") -> Response:
    dossier, rij = _open(request, wie, referentie, nummer)
    return _toon(request, wie, dossier, rij, gedaan=gedaan)


def _open(
    request: Request, wie: Aangemelde, referentie: str, nummer: str, soort: Logsoort = Logsoort.GEZIEN
) -> tuple[Dossier, Mapping[str, Any]]:
    pad = str(request.scope["route"].path)
    return open_verzoek(web_van(request).omgeving, wie, referentie, lees_nummer(nummer), pad, soort)


def _toon(
    request: Request, wie: Aangemelde, dossier: Dossier, rij: Mapping[str, Any], *, gedaan: str = "",
    ingediend: Ingediend = NIETS,
) -> HTMLResponse:  # fmt: skip
    web = web_van(request)
    basis, vandaag = f"/verzoeken/{dossier.referentie}/{rij['nummer']}", web.omgeving.klok.vandaag()
    knoppen = {"afhandelen": "Leg het antwoord vast", "verlengen": "Verleng de termijn"}
    gegevens: dict[str, Any] = {
        "rij": rij, "referentie": dossier.referentie, "gemeente": gemeentenaam(dossier.gemeente), "rechten": RECHTEN,
        "vandaag": vandaag, "gedaan": GEDAAN.get(gedaan, ""), **ingediend.voor_pagina(),
        "f": {
            wat: formulieren.maak(vorm, f"{basis}/{wat}", knoppen[wat], vandaag, ingediend)
            for wat, vorm in DADEN.items()
        },
    }  # fmt: skip
    return web.pagina(request, wie, "verzoek.html", gegevens, ingediend.status)


def _knop(wat: str) -> Callable[..., Any]:
    vorm = DADEN[wat]

    async def knop(request: Request, wie: Toezichthouder, referentie: str, nummer: str) -> Response:
        web, invoer = web_van(request), formulieren.invoer_van(request)

        def werk() -> Response:
            dossier, rij = _open(request, wie, referentie, nummer)
            try:
                dag, velden = formulieren.lees(vorm, invoer)
                assert isinstance(dag, date)
                reden = velden.pop("reden", "")
                velden["nummer"] = rij["nummer"]
                meld(web.omgeving, dossier.id, vorm.soort, dag, velden, wie.actor, reden=reden)
            except RegieFout as fout:
                return _toon(request, wie, dossier, rij, ingediend=geweigerd(vorm.soort, invoer, fout))
            vastgelegd_in(request, wie, (dossier,), INZAGERECHT)
            return RedirectResponse(f"/verzoeken/{dossier.referentie}/{rij['nummer']}?gedaan={wat}", status_code=303)

        return await run_in_threadpool(werk)

    return knop
