"""Een handeling van ops in het portaal: kiezen, bekijken wat er gebeurt, en precies dat uitvoeren.

Bekijken verandert niets, maar gaat toch met een POST: de reden hoort niet in een adres. Wat iemand bekeek, gaat als
afdruk mee naar de knop; is er intussen iets veranderd, dan gebeurt er niets en staat het nieuwe voorbeeld er.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.wekker import wek_ronde
from domein.begrippen import Pauzegrond, Rol
from domein.fouten import AchterDeWand, OnbekendDossier, OnbekendeStap, RegieFout
from domein.handelingen import bulk
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bulkafdruk import LENGTE, ProefVerouderd, afdrukken
from domein.handelingen.bulkbekeken import MEESTE_DOSSIERS, noteer_dossiers, voer_uit_zoals_bekeken
from domein.handelingen.logboek import noteer_achter_de_wand
from domein.handelingen.opsvormen import Bulkverslag
from domein.handelingen.regio import regio_op
from domein.model import Bulk, Logsoort
from domein.regels.bordfiguren import STAPNAMEN
from domein.regels.bulkkeuze import Handeling
from domein.regels.toegang import Recht
from portaal.handelen_beeld import melding, proefbeeld
from portaal.handelen_invoer import BIJ_VELD, HANDELINGEN, Gelezen, lees, lees_terug, lees_vervolg, velden_van
from portaal.rechten import doe, kijk, vraag_recht
from portaal.web import Web, web_van

Beheerder = Annotated[Aangemelde, Depends(vraag_recht(Recht.BEHEER))]
HANDELEN: Final = "/beheer/handelen"
UITVOEREN: Final = f"{HANDELEN}/uitvoeren"
ER_NIET: Final = "Een van deze stappen of dossiers is er niet. Kijk de referenties na."
_NUMMER: Final = re.compile(r"[BP]-[A-Za-z0-9-]{1,57}")
VEROUDERD: Final = "Er is intussen iets veranderd. Er is nog niets gedaan. Dit is het nieuwe voorbeeld."


@dataclass(frozen=True, slots=True)
class Vraag:
    """De vraag met het nummer waaronder zij loopt, en of zij al begon."""

    gelezen: Gelezen
    nummer: str
    begonnen: Bulk | None = None


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, HANDELEN, kies)
    doe(router, HANDELEN, bekijk)
    doe(router, UITVOEREN, voer_uit)
    return router


# 1: kiezen


def kies(
    request: Request, wie: Beheerder, handeling: str = "", stap: Annotated[list[str] | None, Query()] = None,
    dossier: Annotated[list[str] | None, Query()] = None, bulk: str = "", terug: str = "",
) -> Response:  # fmt: skip
    """Het formulier; wie van een lijst of een dossier komt, heeft zijn keuze al. Een nummer hoort bij een bulk."""
    web = web_van(request)
    waarover = "\n".join([*(stap or []), *(dossier or [])])
    velden = velden_van({"handeling": handeling, "waarover": waarover[:20_000], "bulk": bulk, "terug": terug})
    vraag = _vraag(web, velden)
    if (bulk and vraag.begonnen is None) or (terug and not vraag.nummer):
        raise OnbekendDossier("Deze bulk is er niet.", "Kijk in de lijst welke er zijn.")
    return _formulier(request, wie, velden, vraag, {})


def _formulier(
    request: Request, wie: Aangemelde, velden: Mapping[str, str], vraag: Vraag, fouten: Mapping[str, str],
    *, tekst: str = "", status: int = 200,
) -> HTMLResponse:  # fmt: skip
    web = web_van(request)
    return web.pagina(
        request, wie, "handelen.html",
        {
            "velden": velden, "fouten": fouten, "melding": tekst, "begonnen": vraag.begonnen,
            "handelingen": HANDELINGEN, "gronden": list(Pauzegrond), **_keuzelijsten(web),
            "namen": {h.value: naam for h, (naam, _) in HANDELINGEN.items()},
        },
        status,
    )  # fmt: skip


def _keuzelijsten(web: Web) -> Mapping[str, Any]:
    vandaag = web.omgeving.klok.vandaag()
    with web.omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, web.omgeving, vandaag)
    partners = {partner.code: partner.naam for partner in regio.partners}
    mensen = [m for m in regio.medewerkers if m.in_dienst_op(vandaag)]
    wie = {m.code: f"{m.naam or m.code} ({partners.get(m.partner, m.partner)})" for m in mensen}
    return {
        "gemeenten": {code: regio.gemeentenaam(code) for code in regio.gemeenten},
        "partners": partners,
        "medewerkers": wie,
        "klantmanagers": {m.code: wie[m.code] for m in mensen if Rol.KLANTMANAGER in m.rollen},
        "stapnamen": dict(STAPNAMEN),
    }


# 2: bekijken


async def bekijk(request: Request, wie: Beheerder) -> Response:
    """Laat zien wat er zou gebeuren; met `aanpassen` komt het formulier terug zoals het was."""
    web, velden = web_van(request), velden_van(request.state.invoer)
    aanpassen = bool(request.state.invoer.get("aanpassen"))

    def werk() -> Response:
        vraag = _vraag(web, velden)
        if aanpassen:
            return _formulier(request, wie, velden, vraag, {})
        return _proef(request, wie, velden, vraag)

    return await run_in_threadpool(werk)


def _vraag(web: Web, velden: Mapping[str, str]) -> Vraag:
    """Een nieuwe vraag, het vervolg van een bulk die al begon, of het ongedaan maken van een bulk."""
    nummer = f"{velden['terug']}-ongedaan" if velden["terug"] else velden["bulk"]
    if not _NUMMER.fullmatch(nummer):
        nummer = ""
    with web.omgeving.magazijn.ruimte() as ruimte:
        begonnen = ruimte.bulk(nummer) if nummer else None
        eerder = ruimte.bulk(velden["terug"]) if nummer and velden["terug"] else None
    if begonnen is not None:
        return Vraag(lees_vervolg(begonnen, velden), nummer, begonnen)
    if velden["terug"]:
        if eerder is None:
            return Vraag(Gelezen(), "")
        return Vraag(lees_terug(bulk.keuze_van(web.omgeving, eerder.id), velden), nummer)
    return Vraag(lees(velden), nummer or bulk.nieuw_bulknummer())


def _proef(
    request: Request, wie: Aangemelde, velden: Mapping[str, str], vraag: Vraag, *, tekst: str = "", status: int = 200
) -> Response:
    web, gelezen = web_van(request), vraag.gelezen
    if not vraag.nummer:
        raise OnbekendDossier("Deze bulk is er niet.", "Kijk in de lijst welke er zijn.")
    if gelezen.opdracht is None:
        return _formulier(request, wie, velden, vraag, gelezen.fouten, status=422)
    try:
        verslag = bulk.proef(
            web.omgeving, gelezen.keuze, gelezen.opdracht, wie.actor, bulk_id=vraag.nummer, grens=MEESTE_DOSSIERS
        )
        noteer_dossiers(web.omgeving, wie, (regel.dossier for regel in verslag.regels), HANDELEN, Logsoort.GEZIEN)
    except (OnbekendDossier, OnbekendeStap) as fout:
        if isinstance(fout, AchterDeWand):
            noteer_achter_de_wand(web.omgeving, wie, HANDELEN, fout)
        # Een dossier van een ander ziet er zo hetzelfde uit als een dat niet bestaat.
        return _formulier(request, wie, velden, vraag, {"waarover": ER_NIET}, status=422)
    except RegieFout as fout:
        veld = BIJ_VELD.get(fout.code, "")
        fouten = {veld: melding(fout)} if veld else {}
        return _formulier(request, wie, velden, vraag, fouten, tekst="" if veld else melding(fout), status=422)
    return _toon_proef(request, wie, velden, vraag, verslag, tekst, status)


def _toon_proef(
    request: Request, wie: Aangemelde, velden: Mapping[str, str], vraag: Vraag, verslag: Bulkverslag, tekst: str,
    status: int,
) -> Response:  # fmt: skip
    naam = HANDELINGEN[verslag.handeling][0] if verslag.handeling in HANDELINGEN else "Terugdraaien"
    return web_van(request).pagina(
        request, wie, "handelen_proef.html",
        {
            "beeld": proefbeeld(verslag), "velden": {**velden, "bulk": vraag.nummer}, "naam": naam, "melding": tekst,
            "bekeken": "".join(afdrukken(verslag)), "vandaag": web_van(request).omgeving.klok.vandaag(),
            "terug": verslag.handeling is Handeling.DOORHALEN,
        },
        status,
    )  # fmt: skip


# 3: uitvoeren


async def voer_uit(request: Request, wie: Beheerder) -> Response:
    """Doe wat is bekeken, in porties; elke portie is een eigen verzoek, en een dubbele druk doet niets dubbel."""
    web, velden = web_van(request), velden_van(request.state.invoer)
    bekeken = _knip(request.state.invoer.get("bekeken", ""))

    def werk() -> Response:
        vraag = _vraag(web, velden)
        opdracht = vraag.gelezen.opdracht
        if not vraag.nummer or opdracht is None:
            return _proef(request, wie, velden, vraag, status=422)
        try:
            verslag = voer_uit_zoals_bekeken(
                web.omgeving, vraag.gelezen.keuze, opdracht, wie.actor, vraag.nummer, bekeken
            )
        except ProefVerouderd:
            return _proef(request, wie, velden, vraag, tekst=VEROUDERD, status=409)
        except RegieFout:
            return _proef(request, wie, velden, vraag, status=409)  # de proef zegt zelf wat er in de weg staat
        wek_ronde(web.wekmap)
        noteer_dossiers(web.omgeving, wie, (r.dossier for r in verslag.regels), UITVOEREN, Logsoort.GEWIJZIGD)
        return _verder_of_klaar(request, wie, velden, vraag.nummer)

    return await run_in_threadpool(werk)


def _knip(ruw: str) -> list[str]:
    return [ruw[plaats : plaats + LENGTE] for plaats in range(0, len(ruw), LENGTE)]


def _verder_of_klaar(request: Request, wie: Aangemelde, velden: Mapping[str, str], nummer: str) -> Response:
    web = web_van(request)
    with web.omgeving.magazijn.ruimte() as ruimte:
        regels = ruimte.bulkregels(nummer)
    dossiers = {regel.dossier_id for regel in regels}
    over = {regel.dossier_id for regel in regels if regel.uitslag is None}
    if over:
        return web.pagina(
            request, wie, "handelen_bezig.html",
            {
                "velden": {**velden, "bulk": nummer}, "bekeken": request.state.invoer.get("bekeken", ""),
                "gedaan": len(dossiers) - len(over), "totaal": len(dossiers),
            },
        )  # fmt: skip
    adres = f"/beheer/bulk/{quote(nummer)}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=200, headers={"HX-Redirect": adres})
    return RedirectResponse(adres, status_code=303)
