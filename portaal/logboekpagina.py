"""Het logboek voor de privacy officer en de beheerder: wie zag of veranderde welk dossier, wanneer en waarom."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from adapters.logboekketen import controleer_logboek
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.logboek import TOEZICHT, noteer
from domein.handelingen.logboekinzage import bekijk_logboek
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort
from domein.regels.toegang import Recht
from portaal.formulier import lees_datum
from portaal.paginas import lees_plaats
from portaal.rechten import kijk, vraag_recht
from portaal.web import Web, web_van

Toezichthouder = Annotated[Aangemelde, Depends(vraag_recht(Recht.LOGBOEK))]
PER_PAGINA: Final = 100
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")

# Hoe een route in gewone taal heet; een test vraagt voor elke route een naam.
WAT: Final = {
    "/werk/{token}": "eigen taken, met een link uit de mail",
    "/taak/{token}": "taak, met een link uit de mail",
    "/later/{token}": "andere dag, met een link uit de mail",
    "/niet-voor-mij/{token}": "taak teruggeven, met een link uit de mail",
    "/taken/{stap_id}": "taak",
    "/taken/{stap_id}/concept": "concept bij een taak",
    "/taken/{stap_id}/andere-dag": "andere dag voor een taak",
    "/taken/{stap_id}/niet-voor-mij": "taak teruggeven",
    "/taken/{stap_id}/overdragen": "taak overdragen",
    "/taken/{stap_id}/neem-over": "taak overnemen",
    "/taken/{stap_id}/brief/{soort}": "brief bij een taak",
    "/taken/{stap_id}/uitnodiging.ics": "uitnodiging bij een taak",
    "/mijn-werk": "lijst van eigen taken",
    "/mijn-werk/team": "lijst van taken van het team",
    "/dossiers": "lijst van eigen dossiers, of een persoon gezocht",
    "/dossiers/{referentie}": "dossier",
    "/dossiers/{referentie}/vooruit": "vooruitkijken in een dossier",
    "/dossiers/{referentie}/inzage.json": "inzage voor de persoon zelf, als JSON",
    "/dossiers/{referentie}/inzage.pdf": "inzage voor de persoon zelf, als PDF",
    "/bord": "regiobord",
    "/bord/stappen": "stappen achter een aantal op het regiobord",
    "/bord/termijnen": "termijnen achter een aantal op het regiobord",
    "/bord/cijfers/{bestand}": "cijfers van het regiobord als bestand",
    "/dossiers/{referentie}/huishouden": "huishouden, bekijken",
    "/dossiers/{referentie}/huishouden/vast": "huishouden vastgelegd",
    "/uitval": "uitval van een aanbieder, bekijken",
    "/uitval/vastleggen": "uitval van een aanbieder vastgelegd",
    "/afspraken": "afspraken",
    "/afspraken/verschil": "verschil tussen twee versies van de afspraken",
    "/aanmelding": "eigen aanmelding",
    "/beheer": "beheer",
    "/beheer/bulk": "lijst van bulken in beheer",
    "/dossiers/{referentie}/melden": "iets vastleggen, kiezen",
    "/dossiers/{referentie}/melden/{melding}": "iets vastleggen, bekijken",
    "/dossiers/{referentie}/melden/{melding}/vast": "iets vastgelegd",
    "/dossiers/{referentie}/doorhalen/{volgnummer}": "doorhalen, bekijken",
    "/dossiers/{referentie}/doorhalen/{volgnummer}/vast": "gebeurtenis doorgehaald",
    "/beheer/stappen": "lijst van beheer",
    "/beheer/signalen": "open signalen",
    "/beheer/post": "post in beheer",
    "/beheer/post/{bericht_id}/beslis": "beslissing over een mail",
    "/beheer/post/{bericht_id}/opnieuw": "mail opnieuw gestuurd",
    "/beheer/post/hervat": "post hervat",
    "/beheer/handelen": "voorbeeld van een handeling in beheer",
    "/beheer/handelen/uitvoeren": "handeling in beheer",
    "/beheer/bulk/{bulk_id}": "bulk in beheer",
    "/besluiten": "lijst van besluiten",
    "/dossiers/{referentie}/besluiten": "besluiten en bezwaar",
    "/dossiers/{referentie}/besluiten/nieuw": "besluit voorbereiden",
    "/dossiers/{referentie}/besluiten/{nummer}": "besluit",
    "/dossiers/{referentie}/besluiten/{nummer}/grond": "grond bij een besluit",
    "/dossiers/{referentie}/besluiten/{nummer}/advies": "advies bij een besluit",
    "/dossiers/{referentie}/besluiten/{nummer}/tekst": "tekst van een besluit",
    "/dossiers/{referentie}/besluiten/{nummer}/tekenen": "besluit tekenen",
    "/dossiers/{referentie}/besluiten/{nummer}/intrekken": "concept van een besluit intrekken",
    "/dossiers/{referentie}/besluiten/{nummer}/bekendmaken": "besluit bekendmaken",
    "/dossiers/{referentie}/besluiten/{nummer}/retour": "besluit terug met de post",
    "/dossiers/{referentie}/bezwaar": "bezwaar vastleggen",
    "/dossiers/{referentie}/bezwaar/{nummer}/{wat}": "vastleggen bij een bezwaar",
    "/dossiers/{referentie}/maatregelen": "maatregelen",
    "/dossiers/{referentie}/maatregelen/{feit}": "feit bij de maatregelen",
    "/dossiers/{referentie}/maatregelen/{nummer}/stap": "stap van een maatregel",
    "/bewaren": "bewaren en vernietigen",
    "/bewaren/nieuw": "vernietigingslijst opstellen",
    "/bewaren/dossiers/{referentie}": "bewaren van een dossier",
    "/bewaren/dossiers/{referentie}/blokkade": "vernietiging blokkeren",
    "/bewaren/dossiers/{referentie}/blokkade/{nummer}/opheffen": "blokkade opheffen",
    "/bewaren/lijsten/{lijst}": "vernietigingslijst",
    "/bewaren/lijsten/{lijst}/goedkeuren": "vernietigingslijst goedkeuren",
    "/bewaren/lijsten/{lijst}/afkeuren": "vernietigingslijst afkeuren",
    "/bewaren/lijsten/{lijst}/vernietigen": "dossiers vernietigen",
    "/bewaren/lijsten/{lijst}/verklaring": "verklaring van vernietiging",
    "/verzoeken": "verzoek om inzage of verbetering",
    "/verzoeken/{referentie}/{nummer}": "verzoek om inzage of verbetering",
    "/verzoeken/{referentie}/{nummer}/afhandelen": "antwoord op een verzoek",
    "/verzoeken/{referentie}/{nummer}/verlengen": "termijn van een verzoek verlengen",
    "/logboek": "logboek",
    "/logboek/keten": "controle van het logboek",
    "/invoer": "bestand inlezen, eerst kijken",
    "/invoer/{invoer_id}": "bestand ingelezen",
    "GET /v1/dossiers": "lijst van dossiers, door een systeem",
    "GET /v1/dossiers/{referentie}": "dossier, door een systeem",
    "GET /v1/dossiers/{referentie}/gebeurtenissen": "verloop van een dossier, door een systeem",
    "POST /v1/kennisgevingen": "kennisgeving, door een systeem",
    "POST /v1/uitkomsten": "uitkomst van een taak, door een systeem",
    "apitoken maak": "token gemaakt",
    "apitoken trek-in": "token ingetrokken",
    "aanmelden": "aanmelden",
    "afmelden": "afmelden",
}


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/logboek", logboek)
    kijk(router, "/logboek/keten", keten)
    return router


def logboek(
    request: Request, wie: Toezichthouder, dossier: str = "", medewerker: str = "", soort: str = "", van: str = "",
    tot: str = "", voor: str = "",
) -> Response:  # fmt: skip
    web = web_van(request)
    fouten: dict[str, str] = {}
    vraag = Logvraag(
        betrokkene=dossier.strip().upper()[:20], actor=medewerker.strip()[:60],
        soort=Logsoort(soort) if soort in set(Logsoort) else None, vanaf=_moment("van", van, 0, fouten),
        tot=_moment("tot", tot, 1, fouten), voor_nummer=lees_plaats(voor) or None,
        grens=PER_PAGINA,
    )  # fmt: skip
    beeld = bekijk_logboek(web.omgeving, wie, vraag, "/logboek")
    velden = {"dossier": vraag.betrokkene, "medewerker": vraag.actor, "soort": soort, "van": van, "tot": tot}
    gegevens: dict[str, Any] = {
        "beeld": beeld, "velden": velden, "fouten": fouten, "soorten": list(Logsoort), "wat": WAT, "ouder": "",
        "verder_terug": vraag.voor_nummer is not None,
    }  # fmt: skip
    if len(beeld.regels) == PER_PAGINA:
        gevuld = {naam: waarde for naam, waarde in velden.items() if waarde}
        gegevens["ouder"] = "/logboek?" + urlencode({**gevuld, "voor": beeld.regels[-1].volgnummer})
    return web.pagina(request, wie, "logboek.html", gegevens, 422 if fouten else 200)


def keten(request: Request, wie: Toezichthouder) -> Response:
    """Reken de hele keten na. Lezen verandert niets, behalve dat ook dit in het logboek staat."""
    web = web_van(request)
    noteer(web.omgeving, wie, "/logboek/keten", Logsoort.GEZIEN, verwerking=TOEZICHT)
    uitslag = controleer_logboek(web.omgeving.magazijn, web.ankermap)
    return web.pagina(request, wie, "logboek_keten.html", {"uitslag": uitslag, "verankerd": web.ankermap is not None})


def _moment(veld: str, ruw: str, dagen: int, fouten: dict[str, str]) -> datetime | None:
    """Het begin van een dag; bij `tot` van de dag erna, want die dag telt zelf mee."""
    if not ruw.strip():
        return None
    try:
        dag = lees_datum(ruw.strip())
    except ValueError as fout:
        fouten[veld] = str(fout)
        return None
    return datetime.combine(dag + timedelta(days=dagen), time(), _AMSTERDAM).astimezone(UTC)
