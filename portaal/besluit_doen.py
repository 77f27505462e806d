"""Wat de knoppen bij een besluit en een bezwaar doen. De handeling beslist of het mag; hier is alleen het formulier."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domein.fouten import OngeldigeGegevens, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.besluit_bekijken import Begin, bestrijdbaar_in, te_beginnen
from domein.handelingen.besluit_inzien import OnbekendBesluit
from domein.handelingen.besluiten import geef_advies, leg_grond_vast, maak_concept, onderteken, schrijf_tekst, trek_in
from domein.handelingen.kern import Uitwerking
from domein.handelingen.logboek import Inzicht
from domein.handelingen.melden import meld
from domein.ports import Omgeving
from domein.regels.toegang import leest_na
from domein.regels.uitkomsten import Uitkomst
from portaal import besluittaal, formulieren
from portaal.besluit_proef import toon_proef, wil_proef
from portaal.besluiten import EEN, VAN_DOSSIER, Beslisser, lees_nummer, open_met_inzage, toon_besluit, toon_dossier
from portaal.formulieren import NIETS, Ingediend, geweigerd
from portaal.rechten import GeenRecht, doe, kijk
from portaal.vastgelegd import vastgelegd
from portaal.web import Web, web_van

NIEUW: Final = f"{VAN_DOSSIER}/nieuw"
BEZWAAR: Final = "/dossiers/{referentie}/bezwaar"
Doener = Callable[[Omgeving, Inzicht, int, Aangemelde, Mapping[str, str]], object]


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    for pad, (_, gedaan, werk) in DADEN.items():
        doe(router, f"{EEN}/{pad}", _knop(pad, gedaan, werk))
    doe(router, BEZWAAR, bezwaar)
    doe(router, f"{BEZWAAR}/{{nummer}}/{{wat}}", bij_bezwaar)
    return router


def maak_nieuw_router(_web: Web) -> APIRouter:
    """Apart, want dit pad hoort vóór dat van één besluit."""
    router = APIRouter()
    kijk(router, NIEUW, nieuw)
    doe(router, NIEUW, begin)
    return router


# een concept beginnen


def nieuw(request: Request, wie: Beslisser, referentie: str, stap: str = "", uitkomst: str = "") -> Response:
    inzicht = open_met_inzage(request, wie, referentie, inhoud=True)
    if leest_na(inzicht.toegang):
        raise GeenRecht
    return _toon_nieuw(request, wie, inzicht, stap, uitkomst)


def _toon_nieuw(
    request: Request, wie: Aangemelde, inzicht: Inzicht, stap: str, uitkomst: str,
    ingediend: Ingediend = NIETS,
) -> Response:  # fmt: skip
    web = web_van(request)
    keuzes = te_beginnen(web.omgeving, inzicht)
    gekozen = _gekozen(keuzes, stap, uitkomst)
    formulier = None
    if gekozen is not None:
        formulier = formulieren.maak(
            gekozen, f"/dossiers/{inzicht.dossier.referentie}/besluiten/nieuw", "Maak het concept",
            web.omgeving.klok.vandaag(), ingediend, vast={"stap": stap, "uitkomst": uitkomst},
        )  # fmt: skip
    gegevens = {
        "referentie": inzicht.dossier.referentie, "begin": keuzes, "f": formulier, "soorten": besluittaal.SOORTEN,
        **ingediend.voor_pagina(),
    }  # fmt: skip
    return web.pagina(request, wie, "besluit_nieuw.html", gegevens, ingediend.status)


def _gekozen(keuzes: list[Begin], stap: str, uitkomst: str) -> Uitkomst | None:
    return next((u for een in keuzes if een.kenmerk == stap for _, u in een.keuzes if u.soort == uitkomst), None)


async def begin(request: Request, wie: Beslisser, referentie: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)
    stap, uitkomst = invoer.get("stap", ""), invoer.get("uitkomst", "")

    def werk() -> Response:
        inzicht = open_met_inzage(request, wie, referentie, inhoud=True)
        vorm = _gekozen(te_beginnen(web.omgeving, inzicht), stap, uitkomst)
        try:
            if vorm is None:
                raise OngeldigeGegevens("Deze stap wacht niet (meer) op een besluit.", "Kies een stap uit de lijst.")
            _, velden = formulieren.lees(vorm, invoer)
            uit = maak_concept(
                web.omgeving, inzicht.dossier.id, stap, uitkomst, velden, wie.actor, reden=invoer.get("reden", "")
            )
        except RegieFout as fout:
            return _toon_nieuw(request, wie, inzicht, stap, uitkomst, geweigerd(uitkomst, invoer, fout))
        vastgelegd(request, wie, inzicht)
        nummer = next(g.gegevens.nummer for g in uit.gebeurtenissen if g.soort == "besluit_concept")  # pyright: ignore
        return _terug(f"/dossiers/{inzicht.dossier.referentie}/besluiten/{nummer}", "concept")

    return await run_in_threadpool(werk)


def _terug(pad: str, gedaan: str) -> RedirectResponse:
    return RedirectResponse(f"{pad}?gedaan={gedaan}", status_code=303)


# de knoppen bij één besluit


def _knop(pad: str, gedaan: str, werk: Doener) -> Callable[..., Any]:
    async def knop(request: Request, wie: Beslisser, referentie: str, nummer: str) -> Response:
        web, invoer = web_van(request), formulieren.invoer_van(request)

        def doen() -> Response:
            inhoud = DADEN[pad][0]
            inzicht = open_met_inzage(request, wie, referentie, inhoud=inhoud)
            welk = lees_nummer(nummer)
            try:
                if pad == "tekenen" and wil_proef(invoer):
                    uit = _teken(web.omgeving, inzicht, welk, wie, invoer, proef=True)
                    return toon_proef(request, wie, inzicht, welk, invoer, uit)
                werk(web.omgeving, inzicht, welk, wie, invoer)
            except OnbekendBesluit:
                raise
            except RegieFout as fout:
                bij = f"grond-{invoer.get('grond', '')}" if pad == "grond" else FORMULIER.get(pad, pad)
                return toon_besluit(request, wie, inzicht, welk, ingediend=geweigerd(bij, invoer, fout))
            vastgelegd(request, wie, inzicht)
            # Wie tekende, ziet het dossier daarna soms niet meer: zijn mandaat gold het open besluit.
            naar = "/besluiten" if pad == "tekenen" else f"/dossiers/{inzicht.dossier.referentie}/besluiten/{welk}"
            return _terug(naar, gedaan)

        return await run_in_threadpool(doen)

    return knop


FORMULIER: Final = {"bekendmaken": besluittaal.BEKENDMAKEN.soort, "retour": besluittaal.RETOUR.soort}


def _grond(omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str]) -> None:
    code = invoer.get("grond", "")[:60]
    _, velden = formulieren.lees(besluittaal.grondvraag(code, "", altijd=False), invoer)
    leg_grond_vast(
        omgeving, inzicht.dossier.id, nummer, code, velden["oordeel"], velden["toelichting"], wie.actor
    )  # fmt: skip


def _advies(omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str]) -> None:
    _, velden = formulieren.lees(besluittaal.ADVIES, invoer)
    geef_advies(omgeving, inzicht.dossier.id, nummer, velden["strekking"], velden["toelichting"], wie.actor)


def _tekst(omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str]) -> None:
    tekst = invoer.get("tekst", "").replace("\r\n", "\n")
    schrijf_tekst(omgeving, inzicht.dossier.id, nummer, tekst, wie.actor, versie=_versie(invoer))


def _teken(
    omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str], *,
    proef: bool = False,
) -> Uitwerking:  # fmt: skip
    _, velden = formulieren.lees(besluittaal.TEKENEN, invoer)
    return onderteken(
        omgeving, inzicht.dossier.id, nummer, wie.actor, reden=velden.get("reden", ""), op=velden.get("op"),
        versie=_versie(invoer), proef=proef,
    )  # fmt: skip


def _versie(invoer: Mapping[str, str]) -> int:
    """De versie die iemand voor zich had; zonder leesbare versie telt hij als een oude."""
    ruw = invoer.get("versie", "")
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 5 else 0


def _trek_in(omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str]) -> None:
    _, velden = formulieren.lees(besluittaal.INTREKKEN, invoer)
    trek_in(omgeving, inzicht.dossier.id, nummer, velden["redencode"], wie.actor, velden["reden"])


def _meld(uitkomst: Uitkomst) -> Doener:
    def werk(omgeving: Omgeving, inzicht: Inzicht, nummer: int, wie: Aangemelde, invoer: Mapping[str, str]) -> None:
        dag, velden = formulieren.lees(uitkomst, invoer)
        assert dag is not None
        _leg_vast(omgeving, inzicht, uitkomst.soort, dag, {"nummer": nummer, **velden}, wie)

    return werk


def _leg_vast(
    omgeving: Omgeving, inzicht: Inzicht, soort: str, dag: date, velden: Mapping[str, Any], wie: Aangemelde
) -> None:
    feit = {naam: waarde for naam, waarde in velden.items() if naam != "reden"}
    meld(omgeving, inzicht.dossier.id, soort, dag, feit, wie.actor, reden=str(velden.get("reden") or ""))


# Per pad: of iemand de inhoud moet mogen lezen, wat er daarna staat, en wat er gebeurt.
DADEN: Final[Mapping[str, tuple[bool, str, Doener]]] = {
    "grond": (True, "grond", _grond),
    "advies": (True, "advies", _advies),
    "tekst": (True, "tekst", _tekst),
    "tekenen": (True, "getekend", _teken),
    "intrekken": (True, "ingetrokken", _trek_in),
    "bekendmaken": (False, "bekend", _meld(besluittaal.BEKENDMAKEN)),
    "retour": (False, "retour", _meld(besluittaal.RETOUR)),
}


# bezwaar


async def bezwaar(request: Request, wie: Beslisser, referentie: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        inzicht = open_met_inzage(request, wie, referentie)
        try:
            vorm = besluittaal.bezwaarvorm(bestrijdbaar_in(web.omgeving, inzicht), web.omgeving.klok.vandaag())
            if vorm is None:
                raise OngeldigeGegevens("Er is geen besluit waartegen bezwaar kan.", "Kijk na in welk dossier het is.")
            dag, velden = formulieren.lees(vorm, invoer)
            assert dag is not None
            tegen, _, van = velden.pop("besluit").partition("-")
            _leg_vast(web.omgeving, inzicht, "bezwaar_ingediend", dag, {"tegen": tegen, "van": int(van), **velden}, wie)
        except RegieFout as fout:
            return toon_dossier(request, wie, inzicht, ingediend=geweigerd("bezwaar_ingediend", invoer, fout))
        vastgelegd(request, wie, inzicht)
        return _terug(f"/dossiers/{inzicht.dossier.referentie}/besluiten", "bezwaar")

    return await run_in_threadpool(werk)


async def bij_bezwaar(request: Request, wie: Beslisser, referentie: str, nummer: str, wat: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        inzicht = open_met_inzage(request, wie, referentie)
        welk = lees_nummer(nummer)
        if wat not in besluittaal.BIJ_BEZWAAR:
            raise OnbekendBesluit("Dit is er niet.", "Kijk bij de besluiten van het dossier.")
        soort, vorm = besluittaal.BIJ_BEZWAAR[wat].soort, besluittaal.bij_bezwaar(wat, welk)
        try:
            dag, velden = formulieren.lees(vorm, invoer)
            assert dag is not None
            _leg_vast(web.omgeving, inzicht, soort, dag, {**besluittaal.verwijzing(wat, welk), **velden}, wie)
        except RegieFout as fout:
            return toon_dossier(request, wie, inzicht, ingediend=geweigerd(vorm.soort, invoer, fout))
        vastgelegd(request, wie, inzicht)
        return _terug(f"/dossiers/{inzicht.dossier.referentie}/besluiten", "bezwaar-bij")

    return await run_in_threadpool(werk)
