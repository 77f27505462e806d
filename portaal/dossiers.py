"""Een dossier: zijn tijdlijn zover deze rol haar mag zien, vooruitkijken, en inzage voor de persoon zelf."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, PersoonGewist, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.besluit_bekijken import besluiten_van
from domein.handelingen.brieven import TALEN
from domein.handelingen.dossier_bekijken import VOORUITZICHTEN, bekijk_dossier, kijk_vooruit
from domein.handelingen.inzagekopie import inzage_export
from domein.handelingen.logboek import INZAGERECHT, Inzicht, open_dossier
from domein.handelingen.meldbeeld import doorhaalbaar, mag_doorhalen, mag_melden
from domein.handelingen.taakbeeld import KANAALNAMEN
from domein.model import Logsoort
from domein.regels.bordfiguren import TERMIJNNAMEN
from domein.regels.toegang import Besluitinzage, Grond, Recht, besluitinzage
from domein.regio.gemeenten import alle_gemeenten, gemeentenaam
from portaal import besluittaal, plaatjes
from portaal.formulier import lees_datum
from portaal.rechten import GeenRecht, kijk, vraag_recht
from portaal.web import Web, web_van

Lezer = Annotated[Aangemelde, Depends(vraag_recht(Recht.DOSSIER))]
Vooruitkijker = Annotated[Aangemelde, Depends(vraag_recht(Recht.DOSSIER_WIJZIGEN))]
Inzagegever = Annotated[Aangemelde, Depends(vraag_recht(Recht.DOSSIER_UITVOEREN))]
# Wie het hele dossier kent of leidt, leest ook de vrije woorden; een collega of een losse taak niet.
_MET_REDEN: Final = frozenset(
    {Grond.KLANTMANAGER, Grond.WAARNEMING, Grond.TEAMLEIDING, Grond.MANDAAT, Grond.COORDINATIE}
)
# Een persoon geeft geen inzage in zijn dossier aan wie er alleen een taak in heeft.
_MAG_INZAGE_GEVEN: Final = frozenset({Grond.KLANTMANAGER, Grond.WAARNEMING, Grond.TEAMLEIDING})
_EERST: Final = ("naam", "geboortedatum", "bsn", "straat", "postcode", "plaats", "telefoon", "email", "taal", "kanaal")
LEERROUTES: Final = {"b1": "B1-route", "onderwijs": "Onderwijsroute", "z": "Z-route"}
_NAMEN: Final[Mapping[str, str]] = {
    "pip_dagtekening": "PIP van", "gesprekken": "Gesprekken gevoerd", "kennisgeving_op": "Kennisgeving",
    "bsn": "BSN", "email": "E-mail", "doelgroep": "Doelgroep",
}  # fmt: skip
WIJZIGINGEN: Final[Mapping[str, str]] = {
    "bijmaken": "Komt erbij", "verzetten": "Schuift", "vervallen": "Vervalt", "afronden": "Is klaar",
    "overslaan": "Wordt overgeslagen", "openen": "Gaat open", "heropenen": "Gaat opnieuw open",
    "herleven": "Komt terug", "toelichten": "Krijgt een andere uitleg",
}  # fmt: skip


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/dossiers/{referentie}", dossier)
    kijk(router, "/dossiers/{referentie}/vooruit", vooruit)
    kijk(router, "/dossiers/{referentie}/inzage.json", inzage_json)
    kijk(router, "/dossiers/{referentie}/inzage.pdf", inzage_pdf)
    return router


def dossier(request: Request, wie: Lezer, referentie: str) -> Response:
    web = web_van(request)
    inzicht = open_dossier(web.omgeving, wie, referentie, _route(request))
    try:
        beeld = _beeld(web, inzicht)
    except PersoonGewist as fout:
        return web.pagina(request, wie, "dossier_gewist.html", {"referentie": inzicht.dossier.referentie, "fout": fout})
    mag = mag_melden(web.omgeving, inzicht, wie)
    plaatje = plaatjes.teken_termijnen(beeld.tijdlijn.termijnen, dict(TERMIJNNAMEN), beeld.vandaag)
    return web.pagina(
        request, wie, "dossier.html",
        {
            "beeld": beeld, "plaatje": plaatje, "gemeente": gemeentenaam(beeld.gemeente),
            "feiten": _regels(beeld.feiten), "persoon": _regels(beeld.persoon), "termijnnamen": TERMIJNNAMEN,
            "staatwoord": plaatjes.staatwoord, "leest_na": bool(inzicht.toegang.nalezen),
            "mag_vooruit": _mag_vooruit(wie, inzicht),
            "mag_inzage": _mag_inzage(wie, inzicht), "mag_beheer": Recht.BEHEER in wie.rechten,
            "mag_besluit": _mag_besluit(wie, inzicht), "besluiten": _besluiten(web, wie, inzicht),
            "soorten": besluittaal.SOORTEN, "standen": besluittaal.STANDEN, "mag_melden": mag,
            "doorhaalbaar": doorhaalbaar(web.omgeving, inzicht) if mag and mag_doorhalen(wie) else frozenset[int](),
            "runs": _runs(web, wie, inzicht.dossier.referentie),
        },
    )  # fmt: skip


def _route(request: Request) -> str:
    return str(request.scope["route"].path)


def _beeld(web: Web, inzicht: Inzicht) -> Any:
    toegang = inzicht.toegang
    return bekijk_dossier(
        web.omgeving, inzicht.dossier, toegang.groepen, bsn_grondslag=toegang.bsn_grondslag,
        met_reden=bool(toegang.gronden & (_MET_REDEN | {Grond.ARCHIEF})),
    )  # fmt: skip


def _regels(velden: Mapping[str, Any]) -> list[tuple[str, Any]]:
    vooraan = [naam for naam in _EERST if naam in velden]
    volgorde = [*vooraan, *(naam for naam in velden if naam not in vooraan)]
    return [
        (_naam(naam), _waarde(naam, velden[naam])) for naam in volgorde if velden[naam] not in (None, "", [], False)
    ]


def _naam(veld: str) -> str:
    return _NAMEN.get(veld, veld.replace("_op", " op").replace("_", " ").capitalize())


def _waarde(veld: str, waarde: Any) -> Any:
    if veld == "gemeente":
        return gemeentenaam(str(waarde))
    if veld == "leerroute":
        return LEERROUTES.get(str(waarde), "nog onbekend")
    if veld == "taal":
        return TALEN.get(str(waarde), waarde)
    if veld == "kanaal":
        return KANAALNAMEN.get(str(waarde), waarde)
    return str(waarde).replace("_", " ") if veld == "doelgroep" else waarde


def _mag_inzage(wie: Aangemelde, inzicht: Inzicht) -> bool:
    return Recht.DOSSIER_UITVOEREN in wie.rechten and bool(inzicht.toegang.gronden & _MAG_INZAGE_GEVEN)


def _mag_vooruit(wie: Aangemelde, inzicht: Inzicht) -> bool:
    """Wat er zou veranderen, staat in vrije woorden: alleen voor wie ook de redenen mag lezen."""
    return Recht.DOSSIER_WIJZIGEN in wie.rechten and bool(inzicht.toegang.gronden & _MET_REDEN)


def _mag_besluit(wie: Aangemelde, inzicht: Inzicht) -> bool:
    return Recht.BESLUIT in wie.rechten and besluitinzage(inzicht.toegang) is not Besluitinzage.GEEN


def _besluiten(web: Web, wie: Aangemelde, inzicht: Inzicht) -> list[dict[str, Any]]:
    """De genomen besluiten, ook die op papier: wie, wanneer, op welk mandaat, en tot wanneer bezwaar kan."""
    if not _mag_besluit(wie, inzicht):
        return []
    return [rij for rij in besluiten_van(web.omgeving, inzicht) if rij["dagtekening"] is not None]


def _runs(web: Web, wie: Aangemelde, referentie: str) -> Mapping[str, str]:
    """Waar de runs van dit dossier in Prefect staan, voor wie Prefect mag gebruiken."""
    adres = web.prefect_url
    if not adres or Recht.BEHEER not in wie.rechten:
        return {}
    return {"alle": f"{adres}/runs?tags=dossier:{referentie}", "een": f"{adres}/runs/flow-run/"}


# vooruitkijken


def vooruit(
    request: Request, wie: Vooruitkijker, referentie: str, wat: str = "", op: str = "", leerroute: str = "",
    gemeente: str = "",
) -> Response:  # fmt: skip
    """Wat een verandering met het plan zou doen. Er verandert niets: daarom is dit een gewone pagina om te lezen."""
    web = web_van(request)
    inzicht = open_dossier(web.omgeving, wie, referentie, _route(request))
    if not _mag_vooruit(wie, inzicht):
        raise GeenRecht
    uit: Mapping[str, Any] = {}
    fouten: dict[str, str] = {}
    melding = ""
    if wat:
        dag = _dag(op, fouten)
        if wat not in VOORUITZICHTEN:
            fouten["wat"] = "Kies wat er verandert."
        if wat == "verhuizing" and gemeente not in alle_gemeenten():
            fouten["gemeente"] = "Kies een gemeente."
        if wat == "leerroute" and leerroute not in LEERROUTES:
            fouten["leerroute"] = "Kies een leerroute."
        if not fouten and dag is not None:
            try:
                uit = kijk_vooruit(
                    web.omgeving, inzicht.dossier.referentie, wat, dag, leerroute=leerroute, gemeente=gemeente
                )
            except OngeldigeGegevens as fout:
                melding = " ".join([fout.melding, *fout.fouten.values(), fout.uitweg]).strip()
            except RegieFout as fout:
                melding = f"{fout.melding} {fout.uitweg}".strip()
    return web.pagina(
        request, wie, "vooruit.html",
        {
            "referentie": inzicht.dossier.referentie, "uit": uit, "wijzigingen": _wijzigingen(uit),
            "namen": WIJZIGINGEN, "vooruitzichten": VOORUITZICHTEN, "leerroutes": LEERROUTES, "fouten": fouten,
            "melding": melding,
            "gemeenten": sorted((g.naam, code) for code, g in alle_gemeenten().items()), "termijnnamen": TERMIJNNAMEN,
            "invoer": {"wat": wat, "op": op, "leerroute": leerroute, "gemeente": gemeente},
            "vandaag": web.omgeving.klok.vandaag(),
        },
        422 if fouten or melding else 200,
    )  # fmt: skip


def _dag(tekst: str, fouten: dict[str, str]) -> date | None:
    try:
        return lees_datum(tekst.strip())
    except ValueError as fout:
        fouten["op"] = str(fout) if tekst.strip() else "Vul een datum in."
        return None


def _wijzigingen(uit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Alleen wat echt verandert: een andere uitleg bij dezelfde dagen is geen nieuws."""
    titels = {stap["kenmerk"]: stap["titel"] for stap in uit.get("stappen", [])}
    return [
        {**w, "titel": titels.get(w["kenmerk"], "")}
        for w in uit.get("wijzigingen", [])
        if w["wijziging"] != "toelichten"
    ]


# inzage voor de persoon zelf


def inzage_json(request: Request, wie: Inzagegever, referentie: str) -> Response:
    inhoud = _inzage(request, wie, referentie)
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=2, default=_als_tekst)
    return _bestand(tekst.encode(), "application/json", f"{inhoud['referentie']}.json")


def inzage_pdf(request: Request, wie: Inzagegever, referentie: str) -> Response:
    from adapters.inzage_pdf import maak_pdf  # pas hier: de PDF-bibliotheek laden kost tijd

    inhoud = _inzage(request, wie, referentie)
    return _bestand(maak_pdf(inhoud), "application/pdf", f"{inhoud['referentie']}.pdf")


def _inzage(request: Request, wie: Aangemelde, referentie: str) -> Mapping[str, Any]:
    web = web_van(request)
    inzicht = open_dossier(
        web.omgeving, wie, referentie, _route(request), soort=Logsoort.MEEGENOMEN, verwerking=INZAGERECHT
    )
    if not _mag_inzage(wie, inzicht):
        raise GeenRecht
    try:
        return inzage_export(web.omgeving, inzicht.dossier.id, wie.actor)
    except GeenBevoegdheid:
        raise GeenRecht from None


def _bestand(inhoud: bytes, soort: str, naam: str) -> Response:
    return Response(inhoud, media_type=soort, headers={"Content-Disposition": f'attachment; filename="inzage-{naam}"'})


def _als_tekst(waarde: object) -> Any:
    if isinstance(waarde, date | datetime):
        return waarde.isoformat()
    if isinstance(waarde, UUID):
        return str(waarde)
    if isinstance(waarde, set | frozenset | tuple):
        return sorted(map(str, waarde))  # pyright: ignore[reportUnknownArgumentType]
    return str(waarde)
