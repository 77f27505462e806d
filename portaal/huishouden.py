"""Dossiers samenvoegen tot een huishouden: noemen wie erbij hoort, zien wat er verandert, bevestigen."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.wekker import wek_ronde
from domein.fouten import AchterDeWand, InTussenGewijzigd, OnbekendDossier, OngeldigeGegevens, PersoonGewist, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.huishouden_bekeken import afdruk, huisgenoten_van, proef_samen, voeg_samen_zoals_bekeken
from domein.handelingen.logboek import Inzicht, noteer_achter_de_wand, open_dossier
from domein.handelingen.meldbeeld import gevolg, mag_melden
from domein.handelingen.namenlijst import namen_bij
from domein.handelingen.vastleggen import kan_verder
from domein.regels.bordfiguren import TERMIJNNAMEN
from domein.regels.toegang import Recht
from domein.regels.uitkomsten import Uitkomst, Veld
from portaal import formulieren
from portaal.dossiers import WIJZIGINGEN
from portaal.formulieren import NIETS, Ingediend, geweigerd
from portaal.rechten import GeenRecht, doe, kijk, vraag_recht
from portaal.web import Web, web_van

Samenvoeger = Annotated[Aangemelde, Depends(vraag_recht(Recht.DOSSIER_WIJZIGEN))]
HUISHOUDEN: Final = "/dossiers/{referentie}/huishouden"
MEESTE: Final = 12
VORM: Final = Uitkomst(
    "huishouden", "", "", "",
    (
        Veld("andere", "Welke dossiers horen bij dit dossier?", "tekst", kort=True,
             hulp="De referenties, met een spatie ertussen. Zoals D-7F3K9 D-2M8QX."),
        Veld("reden", "Waarom?", "tekst", hulp="Zoals: wonen op één adres. Schrijf zonder naam of nummer."),
    ),
)  # fmt: skip
ER_NIET: Final = "Een van deze dossiers is er niet, of het is niet van u. Kijk de referenties na."
_REFERENTIE: Final = re.compile(r"D-[A-Z0-9]{5}")
_VAN_HET_VOORBEELD: Final = ("bewijs", "sleutel", "bekeken", "aanpassen")


@dataclass(frozen=True, slots=True)
class _Vraag:
    """Wie er samen horen, het dossier van de pagina voorop, en waarom."""

    referenties: tuple[str, ...]
    reden: str


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, HUISHOUDEN, vraag)
    doe(router, HUISHOUDEN, bekijk)
    doe(router, f"{HUISHOUDEN}/vast", leg_vast)
    return router


def vraag(request: Request, wie: Samenvoeger, referentie: str, gedaan: str = "") -> Response:
    return _toon_vraag(request, wie, _open(request, wie, referentie), gedaan=bool(gedaan))


def _open(request: Request, wie: Aangemelde, referentie: str) -> Inzicht:
    """Open het dossier en schrijf op dat het is gezien; GeenRecht als deze persoon er niets in mag vastleggen."""
    web = web_van(request)
    inzicht = open_dossier(web.omgeving, wie, referentie, str(request.scope["route"].path))
    if not mag_melden(web.omgeving, inzicht, wie):
        raise GeenRecht
    return inzicht


def _toon_vraag(
    request: Request, wie: Aangemelde, inzicht: Inzicht, ingediend: Ingediend = NIETS, *, gedaan: bool = False
) -> HTMLResponse:
    web, dossier = web_van(request), inzicht.dossier
    try:
        leden = huisgenoten_van(web.omgeving, wie, dossier)
    except PersoonGewist as fout:
        return web.pagina(request, wie, "dossier_gewist.html", {"referentie": dossier.referentie, "fout": fout})
    adres = f"/dossiers/{dossier.referentie}/huishouden"
    gegevens = {
        "referentie": dossier.referentie, "leden": leden, "gedaan": gedaan,
        "namen": namen_bij(web.omgeving, wie, (een.id for een in leden), str(request.scope["route"].path)),
        "f": formulieren.maak(VORM, adres, "Bekijk wat er verandert", web.omgeving.klok.vandaag(), ingediend),
        **ingediend.voor_pagina(),
    }  # fmt: skip
    return web.pagina(request, wie, "huishouden.html", gegevens, ingediend.status)


def _lees(inzicht: Inzicht, invoer: Mapping[str, str]) -> _Vraag:
    _, velden = formulieren.lees(VORM, invoer)
    andere = [deel.upper() for deel in re.split(r"[\s,;]+", velden["andere"]) if deel]
    samen = tuple(dict.fromkeys((inzicht.dossier.referentie, *andere)))
    fout = ""
    if not all(_REFERENTIE.fullmatch(een) for een in andere):
        fout = "Een referentie ziet eruit als D-7F3K9."
    elif len(samen) < 2:
        fout = "Noem nog een ander dossier dan dit."
    elif len(samen) > MEESTE:
        fout = f"Noem hoogstens {MEESTE - 1} dossiers."
    if fout:
        raise OngeldigeGegevens(fout, "", {"andere": fout})
    return _Vraag(samen, velden["reden"])


def _geweigerd(
    request: Request, wie: Aangemelde, inzicht: Inzicht, invoer: Mapping[str, str], fout: RegieFout
) -> HTMLResponse:
    """Dat een dossier er niet is en dat het van een ander is, zien er gelijk uit."""
    if isinstance(fout, OnbekendDossier):
        if isinstance(fout, AchterDeWand):
            noteer_achter_de_wand(web_van(request).omgeving, wie, str(request.scope["route"].path), fout)
        fout = OngeldigeGegevens(ER_NIET, "", {"andere": ER_NIET})
    elif isinstance(fout, OngeldigeGegevens) and not fout.fouten:
        fout = OngeldigeGegevens(fout.melding, "", {"andere": f"{fout.melding} {fout.uitweg}"})
    return _toon_vraag(request, wie, inzicht, geweigerd(VORM.soort, invoer, fout))


async def bekijk(request: Request, wie: Samenvoeger, referentie: str) -> Response:
    """Laat zien wat er zou veranderen; met `aanpassen` komt het formulier terug zoals het was."""
    invoer = formulieren.invoer_van(request)

    def werk() -> Response:
        inzicht = _open(request, wie, referentie)
        if invoer.get("aanpassen"):
            return _toon_vraag(request, wie, inzicht, Ingediend(VORM.soort, invoer))
        return _toon_voorbeeld(request, wie, inzicht, invoer)

    return await run_in_threadpool(werk)


def _toon_voorbeeld(
    request: Request, wie: Aangemelde, inzicht: Inzicht, invoer: Mapping[str, str], *, let_op: str = ""
) -> HTMLResponse:
    web = web_van(request)
    try:
        gevraagd = _lees(inzicht, invoer)
        samen = proef_samen(web.omgeving, wie, gevraagd.referenties, gevraagd.reden)
        bekeken = afdruk(web.omgeving, samen.referenties)
    except RegieFout as fout:
        return _geweigerd(request, wie, inzicht, invoer, fout)
    with web.omgeving.magazijn.ruimte() as ruimte:
        leden = [ruimte.dossier_bij(een) for een in samen.referenties]
    gevolgen = {uit.dossier_id: gevolg(web.omgeving, uit) for uit in samen.uitwerkingen}
    gegevens: dict[str, Any] = {
        "referentie": inzicht.dossier.referentie, "adres": f"/dossiers/{inzicht.dossier.referentie}/huishouden",
        "leden": leden, "gevolgen": gevolgen, "klantmanager": samen.klantmanager, "reden": gevraagd.reden,
        "namen": namen_bij(web.omgeving, wie, (een.id for een in leden), str(request.scope["route"].path)),
        "wijzigingsnamen": WIJZIGINGEN, "termijnnamen": TERMIJNNAMEN, "let_op": let_op, "bekeken": bekeken,
        "velden": [(n, w) for n, w in invoer.items() if n not in _VAN_HET_VOORBEELD],
        "sleutel": secrets.token_urlsafe(16),
    }  # fmt: skip
    return web.pagina(request, wie, "huishouden_proef.html", gegevens, 409 if let_op else 200)


async def leg_vast(request: Request, wie: Samenvoeger, referentie: str) -> Response:
    """Leg vast wat is bekeken; nog eens drukken doet niets dubbel."""
    invoer = formulieren.invoer_van(request)

    def werk() -> Response:
        web, inzicht = web_van(request), _open(request, wie, referentie)
        sleutel = invoer.get("sleutel", "")[:60]
        if not sleutel:
            return _toon_voorbeeld(request, wie, inzicht, invoer, let_op="Bekijk eerst wat er verandert.")
        try:
            gevraagd = _lees(inzicht, invoer)
            voeg_samen_zoals_bekeken(
                web.omgeving, wie, gevraagd.referenties, gevraagd.reden, invoer.get("bekeken", ""), sleutel,
                str(request.scope["route"].path),
            )  # fmt: skip
        except InTussenGewijzigd as fout:
            return _toon_voorbeeld(request, wie, inzicht, invoer, let_op=fout.melding)
        except RegieFout as fout:
            return _geweigerd(request, wie, inzicht, invoer, fout)
        wek_ronde(web.wekmap)
        if not kan_verder(web.omgeving, wie, referentie):  # met een andere klantmanager is het soms niet meer van hem
            klaar = {"referentie": inzicht.dossier.referentie, "kop": "Huishouden"}
            return web.pagina(request, wie, "melden_klaar.html", klaar)
        return RedirectResponse(f"/dossiers/{inzicht.dossier.referentie}/huishouden?gedaan=ja", status_code=303)

    return await run_in_threadpool(werk)
