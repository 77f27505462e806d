"""Besluiten lezen: de stapels van wie is aangemeld, die van een dossier, en één besluit met alles eromheen."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from domein.fouten import PersoonGewist
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.besluit_bekijken import (
    Besluitbeeld,
    bekijk_besluit,
    bekijk_papier,
    besluiten_van,
    besluitstapels,
    bestrijdbaar_in,
    te_beginnen,
)
from domein.handelingen.besluit_inzien import OnbekendBesluit, maatregel_toon
from domein.handelingen.logboek import Inzicht, noteer_archief, open_dossier
from domein.handelingen.namenlijst import namen_bij
from domein.model import Logsoort
from domein.regels.besluitgang import Handeling
from domein.regels.besluitstapel import Stapel
from domein.regels.toegang import Besluitinzage, Recht, besluitinzage, leest_na
from domein.regels.uitkomsten import Uitkomst
from domein.regio.gemeenten import gemeentenaam
from portaal import besluittaal, formulieren
from portaal.formulieren import NIETS, Formulier, Ingediend
from portaal.paginas import lees_plaats
from portaal.rechten import LEZEN, kijk, vraag_recht
from portaal.web import Web, web_van

Beslisser = Annotated[Aangemelde, Depends(vraag_recht(Recht.BESLUIT))]
VAN_DOSSIER: Final = "/dossiers/{referentie}/besluiten"
EEN: Final = f"{VAN_DOSSIER}/{{nummer}}"
GEDAAN: Final[Mapping[str, str]] = {
    "concept": "Het concept is er.", "grond": "De grond is bewaard.", "advies": "Het advies is bewaard.",
    "tekst": "De tekst is bewaard.", "getekend": "Het besluit is getekend.", "bekend": "De bekendmaking is vastgelegd.",
    "retour": "De retourpost is vastgelegd.", "ingetrokken": "Het concept is ingetrokken.",
    "bezwaar": "Het bezwaar is vastgelegd.", "bezwaar-bij": "Het is vastgelegd bij het bezwaar.",
}  # fmt: skip


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/besluiten", stapels)
    kijk(router, VAN_DOSSIER, van_dossier)
    kijk(router, EEN, een)
    return router


def stapels(request: Request, wie: Beslisser, toon: str = "", gedaan: str = "", vanaf: str = "") -> Response:
    """De besluiten die deze persoon mag zien, wat op iemand wacht bovenaan; een blad tegelijk."""
    web = web_van(request)
    gekozen = [stapel for stapel in besluittaal.STAPELS if stapel.value == toon]
    afgerond = gekozen == [Stapel.AFGEROND]
    begin = lees_plaats(vanaf)
    alle = besluitstapels(web.omgeving, wie.kijker, ook_afgerond=afgerond, begin=begin)
    geheel = begin == 0 and alle.verder is None  # anders zegt een aantal alleen iets over dit blad
    tabs = [  # wat is afgerond, is alleen geteld als iemand ernaar kijkt
        {"code": stapel.value, "naam": naam,
         "aantal": len(alle.rijen.get(stapel, [])) if geheel and (afgerond or stapel is not Stapel.AFGEROND) else None}
        for stapel, (naam, _) in besluittaal.STAPELS.items()
    ]  # fmt: skip
    open_ = [stapel for stapel in besluittaal.STAPELS if stapel is not Stapel.AFGEROND]
    groepen = [(stapel, *besluittaal.STAPELS[stapel], alle.rijen.get(stapel, [])) for stapel in gekozen or open_]
    pad = str(request.scope["route"].path)
    namen = namen_bij(web.omgeving, wie, (rij["dossier_id"] for *_, rijen in groepen for rij in rijen), pad)
    # Bij een naam staat al in het logboek dat het dossier is gezien.
    noteer_archief(web.omgeving, wie, pad, [een for een in alle.nagelezen if een.dossier.id not in namen])
    return web.pagina(
        request, wie, "besluiten.html",
        {
            "groepen": groepen, "tabs": tabs, "toon": toon if gekozen else "", "verder": alle.verder, "begin": begin,
            "soorten": besluittaal.SOORTEN, "gemeentenaam": gemeentenaam,
            "namen": namen, "gedaan": GEDAAN.get(gedaan, ""),
        },
    )  # fmt: skip


def open_met_inzage(
    request: Request, wie: Aangemelde, referentie: str, *, soort: Logsoort = Logsoort.GEZIEN, inhoud: bool = False
) -> Inzicht:
    """Open het dossier en schrijf dat op; OnbekendBesluit als iemand er te weinig van mag zien."""
    pad = str(request.scope["route"].path)
    inzicht = open_dossier(web_van(request).omgeving, wie, referentie, pad, soort=soort)
    toegang = inzicht.toegang if request.method in LEZEN else inzicht.toegang.om_te_handelen
    inzage = besluitinzage(toegang)
    if toegang is None or inzage is Besluitinzage.GEEN or (inhoud and inzage is not Besluitinzage.INHOUD):
        raise OnbekendBesluit("Dit besluit is er niet.", "Kijk de referentie na.")
    return Inzicht(inzicht.dossier, toegang)


def lees_nummer(nummer: str) -> int:
    """Een onleesbaar nummer is een besluit dat er niet is."""
    if not (nummer.isascii() and nummer.isdigit() and len(nummer) < 5):
        raise OnbekendBesluit("Dit besluit is er niet.", "Kijk de referentie na.")
    return int(nummer)


# de besluiten van een dossier


def van_dossier(request: Request, wie: Beslisser, referentie: str, gedaan: str = "") -> Response:
    return toon_dossier(request, wie, open_met_inzage(request, wie, referentie), gedaan=gedaan)


def toon_dossier(
    request: Request, wie: Aangemelde, inzicht: Inzicht, *, gedaan: str = "", ingediend: Ingediend = NIETS
) -> HTMLResponse:
    """De besluiten en bezwaren in een dossier, met wat er kan."""
    web = web_van(request)
    inhoud, na = besluitinzage(inzicht.toegang) is Besluitinzage.INHOUD, leest_na(inzicht.toegang)
    referentie = inzicht.dossier.referentie
    try:
        rijen = besluiten_van(web.omgeving, inzicht)
        bezwaren = maatregel_toon(web.omgeving, referentie)["bezwaren"]
        begin = te_beginnen(web.omgeving, inzicht) if inhoud and not na else []
    except PersoonGewist as fout:
        return web.pagina(request, wie, "dossier_gewist.html", {"referentie": referentie, "fout": fout})
    basis, vandaag = f"/dossiers/{referentie}/bezwaar", web.omgeving.klok.vandaag()

    def bij(b: Mapping[str, Any]) -> list[Formulier]:
        if na or b["beslist_op"] is not None or b["ingetrokken_op"] is not None:
            return []
        return [
            formulieren.maak(
                besluittaal.bij_bezwaar(wat, b["nummer"]),
                f"{basis}/{b['nummer']}/{wat}",
                "Leg vast",
                vandaag,
                ingediend,
            )
            for wat in besluittaal.BIJ_BEZWAAR
        ]

    gegevens = {
        "referentie": referentie, "rijen": rijen, "bezwaren": [(b, bij(b)) for b in bezwaren], "begin": begin,
        "inhoud": inhoud, "leest_na": na,
        "nieuw_bezwaar": _nieuw_bezwaar(web, inzicht, basis, ingediend),
        "soorten": besluittaal.SOORTEN, "standen": besluittaal.STANDEN,
        "tegen": besluittaal.TEGEN, "gedaan": GEDAAN.get(gedaan, ""), **ingediend.voor_pagina(),
    }  # fmt: skip
    return web.pagina(request, wie, "besluiten_dossier.html", gegevens, ingediend.status)


def _nieuw_bezwaar(web: Web, inzicht: Inzicht, naar: str, ingediend: Ingediend) -> Formulier | None:
    """Het formulier met de besluiten waartegen nu bezwaar kan; None als er geen is."""
    vandaag = web.omgeving.klok.vandaag()
    vorm = besluittaal.bezwaarvorm(bestrijdbaar_in(web.omgeving, inzicht), vandaag)
    return formulieren.maak(vorm, naar, "Leg het bezwaar vast", vandaag, ingediend) if vorm is not None else None


# één besluit


def een(request: Request, wie: Beslisser, referentie: str, nummer: str, gedaan: str = "") -> Response:
    inzicht = open_met_inzage(request, wie, referentie)
    try:
        if nummer.partition("-")[0] in besluittaal.OP_PAPIER:
            return _toon_papier(request, wie, inzicht, nummer)
        return toon_besluit(request, wie, inzicht, lees_nummer(nummer), gedaan=gedaan)
    except PersoonGewist as fout:
        gegevens = {"referentie": inzicht.dossier.referentie, "fout": fout}
        return web_van(request).pagina(request, wie, "dossier_gewist.html", gegevens)


def _toon_papier(request: Request, wie: Aangemelde, inzicht: Inzicht, sleutel: str) -> HTMLResponse:
    rij, inhoud = bekijk_papier(web_van(request).omgeving, inzicht, sleutel)
    gegevens = {
        "rij": rij, "inhoud": inhoud, "referentie": inzicht.dossier.referentie,
        "soorten": besluittaal.SOORTEN, "standen": besluittaal.STANDEN, "verloop": besluittaal.VERLOOP,
        "leest_na": leest_na(inzicht.toegang),
    }  # fmt: skip
    return web_van(request).pagina(request, wie, "besluit_papier.html", gegevens)


def toon_besluit(
    request: Request, wie: Aangemelde, inzicht: Inzicht, nummer: int, *, gedaan: str = "",
    ingediend: Ingediend = NIETS,
) -> HTMLResponse:  # fmt: skip
    """Het besluit met de formulieren die er nu bij kunnen."""
    web = web_van(request)
    beeld = bekijk_besluit(web.omgeving, inzicht, nummer)
    ik = next((t for t in beeld.tekenaars if t.code == wie.code), None)
    getypt = ingediend.invoer.get("tekst") if ingediend.bij == "tekst" else None
    na, handelt = leest_na(inzicht.toegang), besluitinzage(inzicht.toegang.om_te_handelen)
    gegevens = {
        "beeld": beeld, "rij": beeld.rij, "referentie": inzicht.dossier.referentie, "ik": ik, "leest_na": na,
        "f": _geen_formulieren() if na else _formulieren(web, inzicht, beeld, ingediend),
        **ingediend.voor_pagina(),
        "tekst": beeld.tekst if getypt is None else getypt,
        "mag_tekst": Handeling.TEKST in beeld.kan and handelt is Besluitinzage.INHOUD,
        "soorten": besluittaal.SOORTEN, "standen": besluittaal.STANDEN, "verloop": besluittaal.VERLOOP,
        "strekkingen": dict(besluittaal.STREKKINGEN), "stapelnaam": besluittaal.STAPELS[beeld.stapel][0],
        "gedaan": GEDAAN.get(gedaan, ""), "inhoud": besluittaal.inhoud,
    }  # fmt: skip
    return web.pagina(request, wie, "besluit.html", gegevens, ingediend.status)


def _geen_formulieren() -> dict[str, Any]:
    return dict.fromkeys(("advies", "tekenen", "intrekken", "bekend", "retour")) | {"gronden": {}}


def _formulieren(web: Web, inzicht: Inzicht, beeld: Besluitbeeld, ingediend: Ingediend) -> dict[str, Any]:
    """De formulieren die in deze stand kunnen, voor wie de inhoud ziet; verzenden kan ook zonder haar te lezen."""
    pad = f"/dossiers/{inzicht.dossier.referentie}/besluiten/{beeld.nummer}"
    vandaag = web.omgeving.klok.vandaag()

    def maak(uitkomst: Uitkomst, knop: str, naar: str, vast: Mapping[str, str] | None = None) -> Formulier:
        return formulieren.maak(uitkomst, f"{pad}/{naar}", knop, vandaag, ingediend, vast=vast)

    uit = _geen_formulieren()
    if besluitinzage(inzicht.toegang.om_te_handelen) is Besluitinzage.INHOUD:
        versie = {"versie": str(beeld.rij["tekstversie"])}
        if Handeling.GROND in beeld.kan:
            for g in beeld.rij["gronden"]:
                vraag = besluittaal.grondvraag(g["code"], "", altijd=g["altijd"])
                uit["gronden"][g["code"]] = maak(vraag, "Bewaar", "grond", {"grond": g["code"]})
        if Handeling.ADVIES in beeld.kan:
            uit["advies"] = maak(besluittaal.ADVIES, "Bewaar het advies", "advies")
        if Handeling.ONDERTEKEN in beeld.kan:
            uit["tekenen"] = maak(besluittaal.TEKENEN, "Teken dit besluit", "tekenen", versie)
        if Handeling.TREK_IN in beeld.kan:
            uit["intrekken"] = maak(besluittaal.INTREKKEN, "Trek het concept in", "intrekken")
    if Handeling.MAAK_BEKEND in beeld.kan:
        uit["bekend"] = maak(besluittaal.BEKENDMAKEN, "Leg de bekendmaking vast", "bekendmaken")
    if Handeling.RETOUR in beeld.kan:
        uit["retour"] = maak(besluittaal.RETOUR, "Leg vast dat de post terugkwam", "retour")
    return uit
