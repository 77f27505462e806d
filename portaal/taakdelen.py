"""Wat er naast het formulier van een taak staat: de termijn, de persoon, de brieven en de uitnodiging."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domein.begrippen import Stapstatus
from domein.fouten import OnbekendeStap, PersoonGewist, RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.afspraken import bij_de_mail
from domein.handelingen.berichtsoorten import TAAK
from domein.handelingen.brieven import BIJ_STAP, Keuzes, briefgegevens
from domein.handelingen.dossier_bekijken import bekijk_dossier
from domein.handelingen.regio import regio_op
from domein.handelingen.taakbeeld import Taakinzicht, open_taak, persoon_bij
from domein.model import Logsoort
from domein.regels.tijdlijn import Tijdlijn
from domein.regels.toegang import Besluitinzage, Recht, besluitinzage
from domein.regels.uitkomsten import stapvorm
from domein.regio.soorten import Gegevensgroep
from portaal.formulier import lees_datum
from portaal.paginas import over
from portaal.rechten import kijk, vraag_recht
from portaal.web import Web, web_van

Werker = Annotated[Aangemelde, Depends(vraag_recht(Recht.WERK))]
BRIEFNAMEN: Final = {
    "brief_oproep": "Oproep voor de intake",
    "brief_oproep_waarschuwing": "Oproep met waarschuwing",
    "brief_uitnodiging": "Uitnodiging voor het gesprek",
    "brief_pip_aanbieding": "Brief bij het PIP",
    "brief_verhuizing": "Brief over de verhuizing",
    "brief_einde": "Brief over het einde",
    "tolk_boeking": "Aanvraag voor een tolk",
    "tolk_afzegging": "Afzegging van de tolk",
}
TALEN: Final = {"nl": "Nederlands", "en": "Engels", "ar": "Arabisch"}
BREEDTE: Final = 100


@dataclass(frozen=True, slots=True)
class Balk:
    """De tijd van een taak als streep: hoe ver vandaag is, en in woorden wat de streep zegt."""

    van: date
    tot: date
    deel: int
    te_laat: bool
    woorden: str


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/taken/{stap_id}/uitnodiging.ics", uitnodiging)
    kijk(router, "/taken/{stap_id}/brief/{soort}", brief)
    return router


def naast_het_formulier(web: Web, wie: Aangemelde, inzicht: Taakinzicht) -> dict[str, Any]:
    stap = inzicht.stap
    open_ = stap.status is Stapstatus.OPEN
    with web.omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, web.omgeving, web.omgeving.klok.vandaag())
    return {
        "balk": balk(stap.start, stap.uiterst or stap.streef, web.omgeving.klok.vandaag()) if open_ else None,
        "persoon": persoon_bij(web.omgeving, inzicht) if open_ else [],
        "brieven": brieven_bij(web, wie, inzicht) if open_ and inzicht.eigen else [],
        "inzicht": inzicht,
        "tijdlijn": _tijdlijn(web, wie, inzicht),
        "gemeente": regio.gemeentenaam(stap.gemeente),
        "dossierpad": f"/dossiers/{inzicht.dossier.referentie}" if Recht.DOSSIER in wie.rechten else "",
        "besluitpad": _besluitpad(wie, inzicht),
        "beheerwijzer": f"{inzicht.dossier.referentie}:{inzicht.stap.kenmerk}" if Recht.BEHEER in wie.rechten else "",
    }


def _besluitpad(wie: Aangemelde, inzicht: Taakinzicht) -> str:
    """Waar het besluit van deze taak wordt voorbereid en getekend, voor wie dat mag zien."""
    ziet = besluitinzage(inzicht.toegang) is not Besluitinzage.GEEN
    mag = inzicht.stap.besluit and Recht.BESLUIT in wie.rechten and ziet
    return f"/dossiers/{inzicht.dossier.referentie}/besluiten" if mag else ""


def _tijdlijn(web: Web, wie: Aangemelde, inzicht: Taakinzicht) -> Tijdlijn | None:
    """Wat er in het dossier gebeurde, zover deze persoon het mag zien; een vrijwilliger ziet alleen zijn taak."""
    if Recht.DOSSIER not in wie.rechten:
        return None
    try:
        return bekijk_dossier(web.omgeving, inzicht.dossier, inzicht.toegang.groepen).tijdlijn
    except PersoonGewist:
        return None


def balk(van: date, tot: date, vandaag: date) -> Balk:
    """Hoe ver de tijd van een taak is; een taak van één dag is altijd helemaal vandaag."""
    dagen, voorbij = max((tot - van).days, 1), (vandaag - van).days
    deel = max(0, min(BREEDTE, round(BREEDTE * voorbij / dagen)))
    return Balk(van, tot, deel, tot < vandaag, over(tot, vandaag))


# de uitnodiging


def uitnodiging(request: Request, stap_id: str, wie: Werker) -> Response:
    """Het gesprek voor in de eigen agenda; er staat niets van de persoon in."""
    from portaal.taken import lees_id

    web, naam = web_van(request), "/taken/{stap_id}/uitnodiging.ics"
    inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), naam, soort=Logsoort.MEEGENOMEN)
    stap = inzicht.stap
    with web.omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, web.omgeving, web.omgeving.klok.vandaag())
    medewerker = regio.medewerker(wie.code)
    agenda = bij_de_mail(
        web.omgeving, stap, TAAK, referentie=inzicht.dossier.referentie, adres=medewerker.email if medewerker else "",
        link=f"{web.basis_url}/taken/{stap.id}",
    )  # fmt: skip
    if agenda is None or not inzicht.eigen or not inzicht.gesprek:
        raise OnbekendeStap("Bij deze taak hoort geen afspraak.", "Kijk bij een taak voor een gesprek.")
    kop = {"Content-Disposition": f'attachment; filename="{inzicht.dossier.referentie}.ics"'}
    return Response(agenda[0], media_type="text/calendar; charset=utf-8", headers=kop)


# een brief


def brieven_bij(web: Web, wie: Aangemelde, inzicht: Taakinzicht) -> list[tuple[str, str]]:
    """De brieven die nu bij deze stap te maken zijn, als (soort, naam); wie de naam niet mag zien, maakt er geen."""
    vorm = stapvorm(inzicht.stap.kenmerk)
    passend = [soort for soort, vormen in BIJ_STAP.items() if vorm in vormen and _mag(inzicht, soort)]
    uit: list[tuple[str, str]] = []
    for soort in passend:
        try:
            briefgegevens(web.omgeving, inzicht.stap.id, soort, wie.actor, Keuzes())
        except RegieFout:
            continue
        uit.append((soort, BRIEFNAMEN[soort]))
    return uit


def _mag(inzicht: Taakinzicht, soort: str) -> bool:
    return soort.startswith("tolk_") or Gegevensgroep.NAAM in inzicht.toegang.groepen


def brief(
    request: Request, stap_id: str, soort: str, wie: Werker, dag: str = "", tijd: str = "", plaats: str = "",
    telefoon: str = "", taal: str = "nl",
) -> Response:  # fmt: skip
    """Een brief om af te drukken of te kopiëren. Het systeem bewaart en verstuurt haar niet."""
    from adapters.sjablonen_soorten import berichtsoorten
    from portaal.taken import lees_id

    web, naam = web_van(request), "/taken/{stap_id}/brief/{soort}"
    inzicht = open_taak(web.omgeving, wie, lees_id(stap_id), naam, soort=Logsoort.MEEGENOMEN)
    if soort not in BRIEFNAMEN or not inzicht.eigen or not _mag(inzicht, soort):
        raise OnbekendeStap("Deze brief hoort niet bij deze taak.", "Kies een brief bij de taak.")
    bekend = berichtsoorten()[soort]
    taal = taal if taal in bekend.talen else "nl"
    ingevuld = {"dag": dag[:10], "tijd": tijd[:20], "plaats": plaats[:120], "telefoon": telefoon[:20]}
    gegevens: dict[str, Any] = {
        "inzicht": inzicht, "soort": soort, "kop": BRIEFNAMEN[soort], "taal": taal, "ingevuld": ingevuld,
        "talen": [(code, TALEN.get(code, code)) for code in bekend.talen], "melding": "", "fout": "", "brief": None,
        "richting": "rtl" if taal == "ar" else "ltr", "velden": [v for v in ingevuld if v in bekend.namen],
    }  # fmt: skip
    try:
        keuzes = Keuzes(
            lees_datum(dag) if dag else None, ingevuld["tijd"], ingevuld["plaats"], ingevuld["telefoon"]
        )  # fmt: skip
    except ValueError as fout:
        return web.pagina(request, wie, "brief.html", gegevens | {"fout": str(fout)}, 422)
    try:
        waarden = briefgegevens(web.omgeving, inzicht.stap.id, soort, wie.actor, keuzes)
        tekst = web.omgeving.brieven.schrijf(soort, {een: waarden[een] for een in bekend.namen}, taal)
    except RegieFout as fout:
        return web.pagina(request, wie, "brief.html", gegevens | {"melding": f"{fout.melding} {fout.uitweg}"}, 409)
    return web.pagina(request, wie, "brief.html", gegevens | {"brief": tekst})
