"""Een aanbieder valt weg: kiezen wie, zien hoeveel mensen het raakt, en voor elk van hen een herplaatsing beginnen.

De handeling werkt in alle gemeenten tegelijk. Wie haar doet, hoeft geen dossier te kunnen openen: dan ziet hij alleen
aantallen, en nooit om wie het gaat. Wie elk dossier wel mag zien, krijgt de lijst erbij.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from adapters.wand import kijk_als
from domein.fouten import RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bulkbekeken import MEESTE_DOSSIERS, PORTIE, zichtbare_dossiers
from domein.handelingen.logboek import UITVOERING
from domein.handelingen.regio import regio_op
from domein.handelingen.regiobord import zicht_van
from domein.handelingen.uitval import Getroffene, getroffen_door, meld_uitval
from domein.regels.celonderdrukking import GRENS, ONDER_DE_GRENS, onderdruk
from domein.regels.toegang import Recht
from domein.regels.uitkomsten import Uitkomst, Veld
from domein.regels.wand import zicht_op_de_regio
from domein.regio.gemeenten import gemeentenaam
from domein.regio.model import Regio
from domein.regio.soorten import Partnersoort
from portaal import formulieren
from portaal.formulieren import NIETS, Ingediend, geweigerd
from portaal.rechten import doe, kijk, vraag_recht
from portaal.vastgelegd import vastgelegd_in
from portaal.web import Web, web_van

Contractbeheerder = Annotated[Aangemelde, Depends(vraag_recht(Recht.UITVAL))]
UITVAL: Final = "/uitval"
VASTLEGGEN: Final = f"{UITVAL}/vastleggen"
REDENEN: Final = (
    ("keurmerk-kwijt", "Het keurmerk is ingetrokken of verlopen"), ("gestopt", "De aanbieder stopt"),
    ("anders", "Iets anders"),
)  # fmt: skip
VEROUDERD: Final = "Er is intussen iets veranderd. Er is nu niets vastgelegd. Dit is het nieuwe voorbeeld."


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, UITVAL, vraag)
    doe(router, UITVAL, bekijk)
    doe(router, VASTLEGGEN, leg_vast)
    return router


# 1: kiezen


def _regio(web: Web) -> Regio:
    with web.omgeving.magazijn.ruimte() as ruimte:
        return regio_op(ruimte, web.omgeving, web.omgeving.klok.vandaag())


def _vorm(regio: Regio) -> Uitkomst:
    aanbieders = sorted(
        ((p.code, p.naam) for p in regio.partners if p.soort is not Partnersoort.GEMEENTE), key=lambda een: een[1]
    )
    velden = (
        Veld("partner", "Welke aanbieder?", "keuze", keuzes=tuple(aanbieders)),
        Veld("redencode", "Waardoor?", "keuze", keuzes=REDENEN),
        Veld("reden", "Waarom?", "tekst", hulp="Dit staat straks in elk dossier. Schrijf zonder naam of nummer."),
    )
    return Uitkomst("uitval", "", "", "", velden)


def vraag(request: Request, wie: Contractbeheerder) -> Response:
    return _toon_vraag(request, wie, _vorm(_regio(web_van(request))))


def _toon_vraag(request: Request, wie: Aangemelde, vorm: Uitkomst, ingediend: Ingediend = NIETS) -> HTMLResponse:
    web = web_van(request)
    vandaag = web.omgeving.klok.vandaag()
    gegevens = {
        "f": formulieren.maak(vorm, UITVAL, "Bekijk wie dit raakt", vandaag, ingediend), **ingediend.voor_pagina()
    }  # fmt: skip
    return web.pagina(request, wie, "uitval.html", gegevens, ingediend.status)


# 2: bekijken


async def bekijk(request: Request, wie: Contractbeheerder) -> Response:
    """Laat zien wie het raakt; met `aanpassen` komt het formulier terug zoals het was."""
    invoer = formulieren.invoer_van(request)

    def werk() -> Response:
        vorm = _in_heel_de_regio(request, wie, handelt=False)
        if invoer.get("aanpassen"):
            return _toon_vraag(request, wie, vorm, Ingediend(vorm.soort, invoer))
        return _toon_voorbeeld(request, wie, vorm, invoer)

    return await run_in_threadpool(werk)


def _in_heel_de_regio(request: Request, wie: Aangemelde, *, handelt: bool) -> Uitkomst:
    """De mensen van een aanbieder wonen overal: alleen voor deze handeling kijkt de database verder."""
    regio = _regio(web_van(request))
    kijk_als(zicht_op_de_regio(regio, wie.zicht), handelt=handelt)
    return _vorm(regio)


def _toon_voorbeeld(
    request: Request, wie: Aangemelde, vorm: Uitkomst, invoer: Mapping[str, str], *, let_op: str = ""
) -> HTMLResponse:
    web = web_van(request)
    try:
        _, velden = formulieren.lees(vorm, invoer)
        getroffen = getroffen_door(web.omgeving, velden["partner"], wie.actor)
    except RegieFout as fout:
        return _toon_vraag(request, wie, vorm, geweigerd(vorm.soort, invoer, fout))
    nieuw = [een for een in getroffen if een.nieuw]
    te_zien = zicht_van(wie.kijker).alles
    dossiers = [een.referentie for een in nieuw[:MEESTE_DOSSIERS]] if te_zien else []
    zichtbaar = zichtbare_dossiers(web.omgeving, wie, dossiers, UITVAL)
    per_gemeente = Counter({gemeentenaam(g): 0 for g in sorted({een.gemeente for een in nieuw})})
    per_gemeente.update(gemeentenaam(een.gemeente) for een in nieuw)
    gegevens = {
        "velden": _mee(invoer), "let_op": let_op, "naam": dict(vorm.velden[0].keuzes)[velden["partner"]],
        "reden": dict(REDENEN)[velden["redencode"]], "waarom": velden["reden"], "bekeken": _afdruk(getroffen),
        "nieuw": bool(nieuw), "al_bekend": len(nieuw) < len(getroffen), "gemeentenaam": gemeentenaam,
        "dossiers": [een for een in nieuw if een.referentie in zichtbaar],
        "meer": max(len(nieuw) - MEESTE_DOSSIERS, 0),
        "rijen": [(naam, str(n)) for naam, n in per_gemeente.items()] if te_zien
        else onderdruk("", per_gemeente).rijen if nieuw else [],
        "aantallen": not te_zien,
    }  # fmt: skip
    return web.pagina(request, wie, "uitval_proef.html", gegevens, 409 if let_op else 200)


def _afdruk(getroffen: Sequence[Getroffene]) -> str:
    """Wie het raakt: verandert dat na het voorbeeld, dan is er een nieuw voorbeeld."""
    return hashlib.sha256("\n".join(een.referentie for een in getroffen).encode()).hexdigest()


def _mee(invoer: Mapping[str, str]) -> dict[str, str]:
    return {naam: waarde for naam, waarde in invoer.items() if naam.startswith("uitval.")}


# 3: vastleggen


async def leg_vast(request: Request, wie: Contractbeheerder) -> Response:
    """Leg vast wat is bekeken, in porties; elke portie is een eigen verzoek, en een dubbele druk doet niets dubbel."""
    invoer = formulieren.invoer_van(request)

    def werk() -> Response:
        web, vorm = web_van(request), _in_heel_de_regio(request, wie, handelt=True)
        try:
            _, velden = formulieren.lees(vorm, invoer)
            getroffen = getroffen_door(web.omgeving, velden["partner"], wie.actor)
            if _afdruk(getroffen) != invoer.get("bekeken"):
                return _toon_voorbeeld(request, wie, vorm, invoer, let_op=VEROUDERD)
            gedaan = meld_uitval(web.omgeving, **velden, actor=wie.actor, hoogstens=PORTIE)
        except RegieFout as fout:
            return _toon_vraag(request, wie, vorm, geweigerd(vorm.soort, invoer, fout))
        erbij = {een.dossier_id for een in gedaan if een.nieuw}
        with web.omgeving.magazijn.ruimte() as ruimte:
            dossiers = [ruimte.dossier(een) for een in erbij]
        if dossiers:
            vastgelegd_in(request, wie, dossiers, UITVOERING)
        return _verder_of_klaar(request, wie, invoer, [replace(e, nieuw=e.nieuw and e.dossier_id not in erbij)
                                                       for e in getroffen])  # fmt: skip

    return await run_in_threadpool(werk)


def _verder_of_klaar(
    request: Request, wie: Aangemelde, invoer: Mapping[str, str], getroffen: Sequence[Getroffene]
) -> HTMLResponse:
    web, over = web_van(request), sum(een.nieuw for een in getroffen)
    exact = zicht_van(wie.kijker).alles
    gegevens: dict[str, Any] = {
        "velden": _mee(invoer), "bekeken": invoer.get("bekeken", ""), "over": over, "exact": exact,
        "gedaan": len(getroffen) - over, "totaal": len(getroffen),
        "aantal": str(len(getroffen)) if exact or len(getroffen) >= GRENS else ONDER_DE_GRENS,
    }  # fmt: skip
    return web.pagina(request, wie, "uitval_bezig.html" if over else "uitval_klaar.html", gegevens)
