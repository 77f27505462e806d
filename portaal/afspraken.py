"""De afspraken: wie doet wat in een gekozen geval, met de regel en waarom; en wat een nieuwe versie verandert."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domein.begrippen import Doelgroep, Leerroute
from domein.fouten import GeenUitvoerder
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.afspraken_bekijken import Geval, bekijk_afspraken, verschil_tussen, versies
from domein.handelingen.regiobord import bordkeuzes
from domein.regels.bordfiguren import STAPNAMEN
from domein.regels.kalender import datum
from domein.regels.toegang import Recht
from domein.regels.verschil_in_woorden import wat_anders
from domein.regio.soorten import Alfabetisering
from portaal.formulier import lees_datum
from portaal.rechten import kijk, vraag_recht
from portaal.web import ROLNAMEN, Web, web_van

Lezer = Annotated[Aangemelde, Depends(vraag_recht(Recht.AFSPRAKEN))]
LEERROUTES: Final = {"onbekend": "Nog onbekend", "b1": "B1-route", "onderwijs": "Onderwijsroute", "z": "Z-route"}
DOELGROEPEN: Final = {
    "asielstatushouder": "Asielstatushouder", "gezinsmigrant": "Gezinsmigrant", "overige_migrant": "Overige migrant",
}  # fmt: skip
ALFABETISERING: Final = {een.value: een.value.capitalize() for een in Alfabetisering}
VELDNAMEN: Final = {
    "uitvoerder": "Uitvoerder", "besluit": "Besluit", "tekent": "Tekent", "betaler": "Betaalt", "afzender": "Afzender",
    "uitkomst": "Uitkomst",
}  # fmt: skip
MEESTE_VERANDERINGEN: Final = 200


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/afspraken", afspraken)
    kijk(router, "/afspraken/verschil", verschil)
    return router


def afspraken(
    request: Request, wie: Lezer, gemeente: str = "", op: str = "", leerroute: str = "onbekend",
    doelgroep: str = "asielstatushouder", leeftijd: str = "", alfabetisering: str = "", nareiziger: str = "",
    ontzorgen: str = "",
) -> Response:  # fmt: skip
    web = web_van(request)
    vandaag = web.omgeving.klok.vandaag()
    gemeenten = bordkeuzes(web.omgeving)["gemeente"]
    fouten: dict[str, str] = {}
    gekozen = gemeente if gemeente in gemeenten else next(iter(gemeenten), "")
    dag = _dag(op, vandaag, fouten)
    if leeftijd and not (leeftijd.isascii() and leeftijd.isdigit() and len(leeftijd) < 4 and int(leeftijd) < 130):
        fouten["leeftijd"] = "Vul hele jaren in, of laat het leeg."
    beeld, melding = None, ""
    if not fouten and gekozen:
        geval = Geval(
            gekozen, dag, Leerroute(leerroute) if leerroute in LEERROUTES else Leerroute.ONBEKEND,
            Doelgroep(doelgroep) if doelgroep in DOELGROEPEN else Doelgroep.ASIELSTATUSHOUDER, nareiziger == "ja",
            ontzorgen == "ja", int(leeftijd) if leeftijd else None,
            Alfabetisering(alfabetisering) if alfabetisering in ALFABETISERING else None,
        )  # fmt: skip
        try:
            beeld = bekijk_afspraken(web.omgeving, geval)
        except GeenUitvoerder as fout:
            melding = f"Op {datum(dag)} gelden er geen afspraken. {fout.uitweg}"
    gegevens: dict[str, Any] = {
        "beeld": beeld, "melding": melding, "fouten": fouten, "gemeenten": gemeenten, "leerroutes": LEERROUTES,
        "doelgroepen": DOELGROEPEN, "profielen": ALFABETISERING, "stapnamen": STAPNAMEN,
        "versies": versies(web.omgeving), "mag_uitval": Recht.UITVAL in wie.rechten, "rolnamen": ROLNAMEN,
        "ligt_aan_route": leerroute == "onbekend" or leerroute not in LEERROUTES,
        "invoer": {
            "gemeente": gekozen, "op": op or dag.isoformat(), "leerroute": leerroute, "doelgroep": doelgroep,
            "leeftijd": leeftijd, "alfabetisering": alfabetisering, "nareiziger": nareiziger, "ontzorgen": ontzorgen,
        },
    }  # fmt: skip
    return web.pagina(request, wie, "afspraken.html", gegevens, 422 if fouten else 200)


def _dag(tekst: str, vandaag: date, fouten: dict[str, str]) -> date:
    if not tekst.strip():
        return vandaag
    try:
        return lees_datum(tekst.strip())
    except ValueError as fout:
        fouten["op"] = str(fout)
        return vandaag


def verschil(request: Request, wie: Lezer, oud: str = "", nieuw: str = "") -> Response:
    web = web_van(request)
    alle = versies(web.omgeving)
    gegevens: dict[str, Any] = {
        "versies": alle, "oud": oud, "nieuw": nieuw, "melding": "", "uitkomst": None, "veranderingen": [],
        "erbij": [], "eraf": [], "meer": 0,
    }  # fmt: skip
    if oud and nieuw:
        try:
            van, naar, uitkomst = verschil_tussen(web.omgeving, oud, nieuw)
        except GeenUitvoerder as fout:
            gegevens["melding"] = f"{fout.melding} {fout.uitweg}"
            return web.pagina(request, wie, "afspraken_verschil.html", gegevens, 422)
        gegevens |= {
            "uitkomst": uitkomst,
            "erbij": [naar.gemeentenaam(g) for g in uitkomst.gemeenten_erbij],
            "eraf": [van.gemeentenaam(g) for g in uitkomst.gemeenten_eraf],
            "meer": max(len(uitkomst.veranderingen) - MEESTE_VERANDERINGEN, 0),
            "veranderingen": [
                {
                    "stap": STAPNAMEN[v.stap], "gemeenten": ", ".join(naar.gemeentenaam(g) for g in v.gemeenten),
                    "van": datum(v.van), "tot": datum(v.tot), "voor_wie": "; ".join(v.voor_wie),
                    "anders": [(VELDNAMEN[veld], was, wordt) for veld, was, wordt in wat_anders(v)],
                }
                for v in uitkomst.veranderingen[:MEESTE_VERANDERINGEN]
            ],
        }  # fmt: skip
    return web.pagina(request, wie, "afspraken_verschil.html", gegevens)
