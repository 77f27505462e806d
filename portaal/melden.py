"""Vastleggen wat er in een dossier gebeurde, en doorhalen wat niet klopt: kiezen, invullen, bekijken, bevestigen.

Wat kan en wie het mag staat in het domein (`meldlijst`, `meldbeeld` en de handelingen); hier staan de bladzijden.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.wekker import wek_ronde
from domein.begrippen import Dossierstatus
from domein.fouten import InTussenGewijzigd, OngeldigeGegevens, PersoonGewist, RedenNodig, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import Uitwerking
from domein.handelingen.logboek import Inzicht, open_dossier
from domein.handelingen.meldbeeld import DOORHALEN, gevolg, mag_doorhalen, mag_melden, te_melden, zoek, zoek_gebeurtenis
from domein.handelingen.vastleggen import Druk, Voornemen, al_vastgelegd, kan_verder, leg_bekeken_vast, proef
from domein.regels.bordfiguren import TERMIJNNAMEN
from domein.regels.kalender import voluit
from domein.regels.meldlijst import MELDINGEN
from domein.regels.meldvormen import Melding
from domein.regels.toegang import Recht
from domein.regels.uitkomsten import Uitkomst, Veld
from portaal import formulier, formulieren
from portaal.dossiers import WIJZIGINGEN
from portaal.formulieren import NIETS, Ingediend, geweigerd
from portaal.paginas import lees_plaats
from portaal.rechten import GeenRecht, doe, kijk, vraag_recht
from portaal.web import Web, web_van

Melder = Annotated[Aangemelde, Depends(vraag_recht(Recht.VASTLEGGEN))]
MELDEN: Final = "/dossiers/{referentie}/melden"
EEN: Final = f"{MELDEN}/{{melding}}"
DOORHAAL: Final = "/dossiers/{referentie}/doorhalen/{volgnummer}"
VAST: Final = "vast"
GEDAAN: Final = {een.code: een.vorm.label for een in MELDINGEN} | {"doorhalen": "Doorgehaald"}
# Wat bij het voorbeeld hoort, en niet bij de vragen.
_VAN_HET_VOORBEELD: Final = ("bewijs", "sleutel", "bekeken", "aanpassen")


@dataclass(frozen=True, slots=True)
class Blad:
    """Eén ding om vast te leggen: zijn vragen, zijn adres, en wat er met de antwoorden gebeurt."""

    inzicht: Inzicht
    vorm: Uitkomst
    adres: str
    kop: str
    maak: Callable[[Mapping[str, Any], Any], Voornemen]


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, MELDEN, keuze)
    for pad, open_blad in ((EEN, _melding), (DOORHAAL, _doorhaling)):
        kijk(router, pad, _vraag(open_blad))
        doe(router, pad, _bekijk(open_blad))
        doe(router, f"{pad}/{VAST}", _leg_vast(open_blad))
    return router


# 1: kiezen


def keuze(request: Request, wie: Melder, referentie: str, gedaan: str = "") -> Response:
    web, inzicht = web_van(request), _open(request, wie, referentie)
    try:
        groepen = te_melden(web.omgeving, inzicht, wie)
    except PersoonGewist as fout:
        return _gewist(request, wie, inzicht, fout)
    gegevens = {"referentie": inzicht.dossier.referentie, "groepen": groepen, "gedaan": GEDAAN.get(gedaan, ""),
                "mag_doorhalen": mag_doorhalen(wie),
                "mag_huishouden": mag_doorhalen(wie) and _loopt(inzicht)}  # fmt: skip
    return web.pagina(request, wie, "melden.html", gegevens)


def _loopt(inzicht: Inzicht) -> bool:
    return inzicht.dossier.status is Dossierstatus.LOPEND


def _open(request: Request, wie: Aangemelde, referentie: str) -> Inzicht:
    """Open het dossier en schrijf op dat het is gezien; GeenRecht als deze persoon er niets in mag vastleggen."""
    web = web_van(request)
    inzicht = open_dossier(web.omgeving, wie, referentie, str(request.scope["route"].path))
    if not mag_melden(web.omgeving, inzicht, wie):
        raise GeenRecht
    return inzicht


def _gewist(request: Request, wie: Aangemelde, inzicht: Inzicht, fout: PersoonGewist) -> HTMLResponse:
    gegevens = {"referentie": inzicht.dossier.referentie, "fout": fout}
    return web_van(request).pagina(request, wie, "dossier_gewist.html", gegevens)


def _melding(request: Request, wie: Aangemelde, inzicht: Inzicht) -> Blad:
    code = str(request.path_params["melding"])
    gevonden: Melding | None = zoek(web_van(request).omgeving, inzicht, wie, code)
    if gevonden is None:
        raise GeenRecht
    adres = f"/dossiers/{inzicht.dossier.referentie}/melden/{code}"
    return Blad(
        inzicht, gevonden.vorm, adres, gevonden.vorm.label, lambda velden, dag: Voornemen(velden, dag, gevonden)
    )  # fmt: skip


def _doorhaling(request: Request, wie: Aangemelde, inzicht: Inzicht) -> Blad:
    nummer = lees_plaats(str(request.path_params["volgnummer"]))
    g = zoek_gebeurtenis(web_van(request).omgeving, inzicht, nummer) if mag_doorhalen(wie) else None
    if g is None:
        raise GeenRecht
    adres = f"/dossiers/{inzicht.dossier.referentie}/doorhalen/{nummer}"
    kop = f"Doorhalen: {g.wat} ({g.geldig_op:%d-%m-%Y})"
    return Blad(inzicht, DOORHALEN, adres, kop, lambda velden, _dag: Voornemen(velden, volgnummer=nummer))


OpenBlad = Callable[[Request, Aangemelde, Inzicht], Blad]


# 2: invullen


def _vraag(open_blad: OpenBlad) -> Callable[..., Response]:
    def vraag(request: Request, wie: Melder, referentie: str) -> Response:
        inzicht = _open(request, wie, referentie)
        try:
            return _toon_vraag(request, wie, open_blad(request, wie, inzicht))
        except PersoonGewist as fout:
            return _gewist(request, wie, inzicht, fout)

    return vraag


def _toon_vraag(request: Request, wie: Aangemelde, blad: Blad, ingediend: Ingediend = NIETS) -> HTMLResponse:
    web = web_van(request)
    vorm = replace(blad.vorm, label="")  # de kop staat al boven de bladzijde
    gegevens = {
        "referentie": blad.inzicht.dossier.referentie, "kop": blad.kop, "doorhalen": blad.vorm is DOORHALEN,
        "f": formulieren.maak(vorm, blad.adres, "Bekijk wat er verandert", web.omgeving.klok.vandaag(), ingediend),
        **ingediend.voor_pagina(),
    }  # fmt: skip
    return web.pagina(request, wie, "melden_vraag.html", gegevens, ingediend.status)


# 3: bekijken


def _bekijk(open_blad: OpenBlad) -> Callable[..., Any]:
    async def bekijk(request: Request, wie: Melder, referentie: str) -> Response:
        invoer = formulieren.invoer_van(request)

        def werk() -> Response:
            inzicht = _open(request, wie, referentie)
            blad = open_blad(request, wie, inzicht)
            if invoer.get("aanpassen"):
                return _toon_vraag(request, wie, blad, Ingediend(blad.vorm.soort, invoer))
            return _toon_voorbeeld(request, wie, blad, invoer)

        return await run_in_threadpool(werk)

    return bekijk


def _lees(blad: Blad, invoer: Mapping[str, str]) -> Voornemen:
    dag, velden = formulieren.lees(blad.vorm, invoer)
    return blad.maak(velden, dag)


def _geweigerd(request: Request, wie: Aangemelde, blad: Blad, invoer: Mapping[str, str], fout: RegieFout) -> Response:
    if isinstance(fout, RedenNodig):  # het vak staat er: daar hoort de vraag
        fout = OngeldigeGegevens("Dit vraagt om een reden.", "", {"reden": f"{fout.melding} Schrijf waarom het klopt."})
    return _toon_vraag(request, wie, blad, geweigerd(blad.vorm.soort, invoer, fout))


def _toon_voorbeeld(
    request: Request, wie: Aangemelde, blad: Blad, invoer: Mapping[str, str], *, let_op: str = ""
) -> Response:
    web, dossier = web_van(request), blad.inzicht.dossier
    try:
        with web.omgeving.magazijn.ruimte() as ruimte:
            bekeken = ruimte.dossier(dossier.id).laatste_volgnummer
        uit: Uitwerking = proef(web.omgeving, dossier.id, _lees(blad, invoer), wie.actor)
    except RegieFout as fout:
        return _geweigerd(request, wie, blad, invoer, fout)
    (ingevuld,) = formulier.toon((blad.vorm,), invoer, vandaag=web.omgeving.klok.vandaag())
    gegevens = {
        "referentie": dossier.referentie, "kop": blad.kop, "adres": blad.adres, "let_op": let_op,
        "gevolg": gevolg(web.omgeving, uit), "namen": WIJZIGINGEN, "termijnnamen": TERMIJNNAMEN,
        "antwoorden": [(v.veld.label, _leesbaar(v.veld, v.waarde)) for v in ingevuld.vragen if v.waarde],
        "velden": [(n, w) for n, w in invoer.items() if n not in _VAN_HET_VOORBEELD],
        "bekeken": bekeken, "sleutel": secrets.token_urlsafe(16),
    }  # fmt: skip
    return web.pagina(request, wie, "melden_voorbeeld.html", gegevens, 409 if let_op else 200)


def _leesbaar(veld: Veld, waarde: str) -> str:
    """Het antwoord zoals iemand het koos, niet de code erachter."""
    if veld.type == "datum":
        return voluit(formulier.lees_datum(waarde.strip()))
    namen = dict(veld.keuzes)
    return ", ".join(namen.get(deel, deel) for deel in waarde.split(",")) if namen else waarde


# 4: bevestigen


def _leg_vast(open_blad: OpenBlad) -> Callable[..., Any]:
    async def vast(request: Request, wie: Melder, referentie: str) -> Response:
        web, invoer = web_van(request), formulieren.invoer_van(request)
        druk = Druk(
            invoer.get("sleutel", "")[:60], lees_plaats(invoer.get("bekeken", "")), _inhoud(request, invoer),
            str(request.scope["route"].path),
        )  # fmt: skip

        def werk() -> Response:
            # Bij een tweede druk kan de vraag al weg zijn: er valt dan niets meer te hervatten of door te halen.
            if druk.sleutel and al_vastgelegd(web.omgeving, wie, druk):
                return _klaar(request, wie, referentie)
            blad = open_blad(request, wie, _open(request, wie, referentie))
            if not druk.sleutel:
                return _toon_voorbeeld(request, wie, blad, invoer, let_op="Bekijk eerst wat er verandert.")
            try:
                leg_bekeken_vast(web.omgeving, blad.inzicht, _lees(blad, invoer), wie, druk)
            except InTussenGewijzigd as fout:
                return _toon_voorbeeld(request, wie, blad, invoer, let_op=fout.melding)
            except RegieFout as fout:
                return _geweigerd(request, wie, blad, invoer, fout)
            wek_ronde(web.wekmap)
            return _klaar(request, wie, referentie)

        return await run_in_threadpool(werk)

    return vast


def _inhoud(request: Request, invoer: Mapping[str, str]) -> bytes:
    """Het adres en de antwoorden: daarmee is een tweede druk op de knop dezelfde."""
    return repr((request.url.path, sorted((n, w) for n, w in invoer.items() if n not in _VAN_HET_VOORBEELD))).encode()


def _klaar(request: Request, wie: Aangemelde, referentie: str) -> Response:
    """Terug naar de lijst; ziet iemand het dossier hierna niet meer, dan zegt de pagina dat het is vastgelegd."""
    web, code = web_van(request), str(request.path_params.get("melding", DOORHALEN.soort))
    if kan_verder(web.omgeving, wie, referentie):
        return RedirectResponse(f"/dossiers/{referentie}/melden?gedaan={code}", status_code=303)
    return web.pagina(request, wie, "melden_klaar.html", {"referentie": referentie, "kop": GEDAAN.get(code, "")})
