"""De eigen dossiers, en een dossier zoeken: op referentie, op BSN, of op naam met geboortedatum.

Zoeken is altijd een knop: wat iemand typt, staat nooit in een adres, en komt ook op geen pagina terug.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from adapters.wand import kijk_als
from domein.fouten import AchterDeWand, OnbekendDossier, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.dossier_bekijken import eigen_dossiers
from domein.handelingen.logboek import noteer_achter_de_wand, open_dossier
from domein.handelingen.namenlijst import namen_bij
from domein.handelingen.personen_zoeken import Treffer, zoek_op_bsn, zoek_op_naam
from domein.regels.toegang import Recht
from domein.regio.gemeenten import gemeentenaam
from domein.registratie_cellen import lees_bsn
from portaal.formulier import lees_datum
from portaal.paginas import VAN_EEN_PERSOON
from portaal.rechten import doe, kijk, vraag_recht
from portaal.web import Web, web_van

Lezer = Annotated[Aangemelde, Depends(vraag_recht(Recht.DOSSIER))]
PAD: Final = "/dossiers"
NUMMER, NAAM, GEBOREN = (f"{VAN_EEN_PERSOON}{veld}" for veld in ("nummer", "naam", "geboren"))
_REFERENTIE: Final = re.compile(r"D-[A-Z0-9]{5}")
_GEEN_NUMMER: Final = "Dit is geen referentie (zoals D-7F3K9) en geen BSN (negen cijfers)."
# Dat het er niet is en dat het van een ander is, zijn één zin.
_NIET_VAN_U: Final = "Dit dossier is er niet, of het is niet van u."
_NIEMAND: Final = "Wij vinden niemand. De persoon is er niet, of het dossier is niet van u."


@dataclass(frozen=True, slots=True)
class _Gezocht:
    """Wat het zoeken opleverde; `fouten` op de naam van het veld."""

    fouten: Mapping[str, str] = field(default_factory=dict[str, str])
    melding: str = ""
    treffers: tuple[Treffer, ...] = ()
    zonder_archief: bool = False

    @property
    def status(self) -> int:
        return 422 if self.fouten else 200


_NIETS: Final = _Gezocht()


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, PAD, lijst)
    doe(router, PAD, zoek)
    return router


def lijst(request: Request, wie: Lezer, zoek: str = "") -> Response:
    """De eigen dossiers. Een oude link met een referentie gaat naar het dossier; dat beslist zelf of hij het mag zien.

    Iets anders dan een referentie hoort niet in een adres: dat gaat nergens heen.
    """
    gevraagd = zoek.strip().upper()
    if _REFERENTIE.fullmatch(gevraagd):
        return RedirectResponse(f"{PAD}/{gevraagd}", status_code=303)
    return _toon(request, wie, _Gezocht({NUMMER: _GEEN_NUMMER}) if gevraagd else _NIETS)


def _toon(request: Request, wie: Aangemelde, gezocht: _Gezocht) -> Response:
    web = web_van(request)
    eigen = eigen_dossiers(web.omgeving, wie.code)
    namen = namen_bij(web.omgeving, wie, (dossier.id for dossier in eigen), PAD)
    gegevens = {
        "rijen": [(dossier, gemeentenaam(dossier.gemeente), namen.get(dossier.id, "")) for dossier in eigen],
        "gezocht": gezocht, "gemeentenaam": gemeentenaam, "NUMMER": NUMMER, "NAAM": NAAM, "GEBOREN": GEBOREN,
    }  # fmt: skip
    return web.pagina(request, wie, "dossiers.html", gegevens, gezocht.status)


async def zoek(request: Request, wie: Lezer) -> Response:
    """Zoek, en ga naar het dossier als er één is. Er verandert niets, dus de tweede wand blijft staan."""
    invoer: Mapping[str, str] = request.state.invoer

    def werk() -> Response:
        kijk_als(wie.zicht, handelt=False)
        gezocht = _zoek(request, wie, invoer)
        if len(gezocht.treffers) == 1 and not gezocht.zonder_archief:
            return RedirectResponse(f"{PAD}/{gezocht.treffers[0].referentie}", status_code=303)
        return _toon(request, wie, gezocht)

    return await run_in_threadpool(werk)


def _zoek(request: Request, wie: Aangemelde, invoer: Mapping[str, str]) -> _Gezocht:
    omgeving = web_van(request).omgeving
    nummer, naam = invoer.get(NUMMER, "").strip(), invoer.get(NAAM, "").strip()
    if _REFERENTIE.fullmatch(nummer.upper()):
        return _op_referentie(request, wie, nummer.upper())
    if nummer:
        try:
            bsn = lees_bsn(nummer)
        except ValueError as fout:
            return _Gezocht({NUMMER: str(fout) if re.fullmatch(r"[\d .]+", nummer) else _GEEN_NUMMER})
        return _van(zoek_op_bsn(omgeving, wie, bsn, PAD))
    geboren, fouten = _geboren(invoer.get(GEBOREN, "").strip())
    if not naam:
        fouten = {NUMMER: "Vul een referentie of een BSN in, of hieronder een naam en een geboortedatum."} | (
            {NAAM: "Vul ook de naam in."} if geboren else {}
        )
    if fouten or geboren is None:
        return _Gezocht(fouten)
    try:
        gevonden = zoek_op_naam(omgeving, wie, naam, geboren, PAD)
        return replace(_van(gevonden.treffers), zonder_archief=gevonden.zonder_archief)
    except RegieFout as fout:
        return _Gezocht({NAAM: f"{fout.melding} {fout.uitweg}"})


def _geboren(ruw: str) -> tuple[date | None, dict[str, str]]:
    try:
        return lees_datum(ruw), {}
    except ValueError as fout:
        return None, {GEBOREN: str(fout) if ruw else "Vul ook de geboortedatum in."}


def _van(treffers: tuple[Treffer, ...]) -> _Gezocht:
    return _Gezocht(melding="" if treffers else _NIEMAND, treffers=treffers)


def _op_referentie(request: Request, wie: Aangemelde, referentie: str) -> _Gezocht:
    omgeving = web_van(request).omgeving
    try:
        gevonden = open_dossier(omgeving, wie, referentie, PAD).dossier
    except OnbekendDossier as fout:
        if isinstance(fout, AchterDeWand):
            noteer_achter_de_wand(omgeving, wie, PAD, fout)
        return _Gezocht({NUMMER: _NIET_VAN_U})
    return _Gezocht(treffers=(Treffer(gevonden.referentie, gevonden.gemeente, ""),))
