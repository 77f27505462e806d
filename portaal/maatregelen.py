"""Maatregelen: wat aanleiding kan zijn, wat er al was, wat er hoogstens kan met het artikel, en de stap van nu.

Er begint niets vanzelf. Het besluit zelf, ook een gemotiveerd 'nee', gaat met een concept en de handtekening van een
ander.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.begrippen import Dossierstatus, Gedraging
from domein.fouten import OngeldigeGegevens, PersoonGewist, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.besluit_inzien import OnbekendBesluit
from domein.handelingen.logboek import Inzicht
from domein.handelingen.maatregelbeeld import Maatregelbeeld, Maatregelstap, maatregelbeeld
from domein.handelingen.melden import meld
from domein.regels.toegang import leest_na
from domein.regels.uitkomsten import Uitkomst, Veld
from portaal import formulieren
from portaal.besluiten import Beslisser, lees_nummer, open_met_inzage
from portaal.formulieren import NIETS, Formulier, Ingediend, geweigerd
from portaal.rechten import doe, kijk
from portaal.vastgelegd import vastgelegd
from portaal.web import Web, web_van

PAD: Final = "/dossiers/{referentie}/maatregelen"
_GEDRAGINGEN: Final = (
    (Gedraging.INTAKE.value, "Niet meewerken aan de intake"),
    (Gedraging.TRAJECT.value, "Niet meewerken aan het traject"),
)  # fmt: skip
_GEDRAGING: Final = Veld("gedraging", "Wat is er gebeurd?", "keuze", keuzes=_GEDRAGINGEN)
_GEDRAGING_OP: Final = Veld("gedraging_op", "Dag van de gedraging", "datum")
FEITEN: Final[Mapping[str, Uitkomst]] = {
    "overwogen": Uitkomst(
        "maatregel_overwogen", "Een maatregel overwegen", "Overwogen op",
        "Een maatregel is het laatste middel. Wie haar meldt, legt haar niet op (artikel 10:3 lid 4 Awb).",
        (_GEDRAGING, _GEDRAGING_OP),
    ),
    "boete-elders": Uitkomst(
        "boete_elders", "Een boete van een vorige gemeente", "Besluit van",
        "Zij telt mee voor het maximum, en voor een herhaling pas als zij onherroepelijk is (artikel 35 lid 4 Wi).",
        (Veld("gemeente", "Gemeente", "code", hulp="De code, zoals GM0512."), _GEDRAGING, _GEDRAGING_OP,
         Veld("bedrag", "Bedrag in euro", "getal", minimum=0, maximum=10000),
         Veld("onherroepelijk_op", "Onherroepelijk op", "datum", verplicht=False, hulp="Leeg als u dat niet weet."),
         Veld("bewijs", "Kenmerk van het bewijs", "code")),
    ),
    "bijstand": Uitkomst(
        "bijstand_verlaagd", "De bijstand is al verlaagd", "Besluit van",
        "Voor dezelfde gedraging volgt er dan geen boete (artikel 27 Wi).",
        (_GEDRAGING_OP, Veld("bewijs", "Kenmerk van het bewijs", "code")),
    ),
}  # fmt: skip
KNOPPEN: Final = {
    "overwogen": "Leg vast dat u haar overweegt", "boete-elders": "Leg de boete vast",
    "bijstand": "Leg de verlaging vast",
}  # fmt: skip
VERWIJT: Final = {
    "opzet": "Opzet", "grove_schuld": "Grove schuld", "normaal": "Normaal", "verminderd": "Verminderd", "geen": "Geen",
}  # fmt: skip


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, PAD, pagina)
    doe(router, f"{PAD}/{{feit}}", leg_vast)
    doe(router, f"{PAD}/{{nummer}}/stap", antwoord)
    return router


def pagina(request: Request, wie: Beslisser, referentie: str, gedaan: str = "") -> Response:
    inzicht = open_met_inzage(request, wie, referentie, inhoud=True)
    # Wie een lopend dossier alleen naleest, leest zijn eigen besluit; de signalen en bedragen zijn van wie het voert.
    if leest_na(inzicht.toegang) and inzicht.dossier.status is Dossierstatus.LOPEND:
        raise OnbekendBesluit("Dit dossier bestaat niet.", "Kijk de referentie na.")
    try:
        return _toon(request, wie, inzicht, gedaan=gedaan)
    except PersoonGewist as fout:
        gegevens = {"referentie": inzicht.dossier.referentie, "fout": fout}
        return web_van(request).pagina(request, wie, "dossier_gewist.html", gegevens)


def _toon(
    request: Request, wie: Aangemelde, inzicht: Inzicht, *, gedaan: str = "", ingediend: Ingediend = NIETS
) -> HTMLResponse:
    web = web_van(request)
    beeld, basis = maatregelbeeld(web.omgeving, inzicht), f"/dossiers/{inzicht.dossier.referentie}/maatregelen"
    vandaag = web.omgeving.klok.vandaag()

    def stapformulieren(nummer: int) -> list[Formulier]:
        stap = beeld.stap(nummer)
        return [
            formulieren.maak(
                _uniek(u, nummer), f"{basis}/{nummer}/stap", "Leg vast", vandaag, ingediend, vast={"uitkomst": u.soort}
            )
            for u in (stap.uitkomsten if stap is not None else ())
        ]  # fmt: skip

    gegevens: dict[str, Any] = {
        "referentie": inzicht.dossier.referentie, "beeld": beeld, "rij": beeld.rij, "verwijt": VERWIJT,
        "gedragingen": dict(_GEDRAGINGEN), "gedaan": "Het is vastgelegd." if gedaan == "vast" else "",
        "stappen": {m["nummer"]: (beeld.stap(m["nummer"]), stapformulieren(m["nummer"])) for m in beeld.maatregelen},
        "f": {
            feit: formulieren.maak(vorm, f"{basis}/{feit}", KNOPPEN[feit], vandaag, ingediend)
            for feit, vorm in FEITEN.items()
        },
        "leest_na": leest_na(inzicht.toegang),
        **ingediend.voor_pagina(),
    }  # fmt: skip
    return web.pagina(request, wie, "maatregelen.html", gegevens, ingediend.status)


def _uniek(uitkomst: Uitkomst, nummer: int) -> Uitkomst:
    return replace(uitkomst, soort=f"{uitkomst.soort}-{nummer}")


async def leg_vast(request: Request, wie: Beslisser, referentie: str, feit: str) -> Response:
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        inzicht = open_met_inzage(request, wie, referentie, inhoud=True)
        if feit not in FEITEN:
            raise OnbekendBesluit("Dit is er niet.", "Kijk bij de maatregelen van het dossier.")
        vorm = FEITEN[feit]
        return _meld(request, web, wie, inzicht, vorm, vorm.soort, invoer, {})

    return await run_in_threadpool(werk)


async def antwoord(request: Request, wie: Beslisser, referentie: str, nummer: str) -> Response:
    """Beantwoord de stap van nu; een besluit kan hier niet."""
    web, invoer = web_van(request), formulieren.invoer_van(request)

    def werk() -> Response:
        inzicht = open_met_inzage(request, wie, referentie, inhoud=True)
        welke = lees_nummer(nummer)
        vorm = _uitkomst(maatregelbeeld(web.omgeving, inzicht), welke, invoer.get("uitkomst", ""))
        if vorm is None:
            fout = OngeldigeGegevens("Deze stap is er niet (meer).", "Kijk hieronder wat er nu aan de beurt is.")
            return _toon(request, wie, inzicht, ingediend=geweigerd("", invoer, fout))
        return _meld(request, web, wie, inzicht, _uniek(vorm, welke), vorm.soort, invoer, {"nummer": welke})

    return await run_in_threadpool(werk)


def _uitkomst(beeld: Maatregelbeeld, nummer: int, soort: str) -> Uitkomst | None:
    stap: Maatregelstap | None = beeld.stap(nummer)
    return next((u for u in (stap.uitkomsten if stap else ()) if u.soort == soort), None)


def _meld(
    request: Request, web: Web, wie: Aangemelde, inzicht: Inzicht, vorm: Uitkomst, soort: str,
    invoer: Mapping[str, str], extra: Mapping[str, Any],
) -> Response:  # fmt: skip
    try:
        dag, velden = formulieren.lees(vorm, invoer)
        assert dag is not None
        meld(web.omgeving, inzicht.dossier.id, soort, dag, {**extra, **velden}, wie.actor)
    except RegieFout as fout:
        return _toon(request, wie, inzicht, ingediend=geweigerd(vorm.soort, invoer, fout))
    vastgelegd(request, wie, inzicht)
    return RedirectResponse(f"/dossiers/{inzicht.dossier.referentie}/maatregelen?gedaan=vast", status_code=303)
