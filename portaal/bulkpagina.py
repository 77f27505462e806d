"""De handelingen in bulk: welke er waren, en van een ervan wat er per stap gebeurde."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from domein.fouten import OnbekendDossier, OngeldigeGegevens
from domein.handelingen.bulkbekeken import MEESTE_DOSSIERS, zichtbare_dossiers
from domein.handelingen.inzien_bulk import bulk_lijst, toon_bulk
from domein.regels.bulkkeuze import Handeling
from portaal.handelen import Beheerder
from portaal.handelen_beeld import bulkregels
from portaal.handelen_invoer import HANDELINGEN
from portaal.rechten import kijk
from portaal.web import Web, web_van

BULK: Final = "/beheer/bulk"
MEESTE_BULKEN: Final = 50


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, BULK, lijst)
    kijk(router, f"{BULK}/{{bulk_id}}", toon)
    return router


def lijst(request: Request, wie: Beheerder) -> Response:
    web = web_van(request)
    rijen = bulk_lijst(web.omgeving, MEESTE_BULKEN)
    return web.pagina(
        request, wie, "bulken.html", {"rijen": rijen, "namen": _namen(), "vol": len(rijen) == MEESTE_BULKEN}
    )


def toon(request: Request, wie: Beheerder, bulk_id: str) -> Response:
    web = web_van(request)
    try:
        bulk = toon_bulk(web.omgeving, bulk_id[:60])
    except OngeldigeGegevens as fout:
        raise OnbekendDossier("Deze bulk is er niet.", "Kijk in de lijst welke er zijn.") from fout
    regels = bulkregels(bulk)[:MEESTE_DOSSIERS]
    zichtbaar = zichtbare_dossiers(web.omgeving, wie, (rij["dossier"] for rij in regels), f"{BULK}/{{bulk_id}}")
    regels = [rij for rij in regels if rij["dossier"] in zichtbaar]
    return web.pagina(
        request, wie, "bulk.html",
        {
            "bulk": bulk, "regels": regels, "meer": len(bulk["regels"]) - len(regels), "namen": _namen(),
            "is_terug": bulk["handeling"] == Handeling.DOORHALEN.value,
        },
    )  # fmt: skip


def _namen() -> Mapping[str, Any]:
    return {h.value: naam for h, (naam, _) in HANDELINGEN.items()} | {Handeling.DOORHALEN.value: "Terugdraaien"}
