"""Beheer: in één oogopslag of er iets vastzit, en per soort wat eraan te doen is.

Prefect wordt hier nooit gevraagd: alles komt uit onze eigen database, dus ligt Prefect stil, dan klopt dit nog.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from adapters.klok import EchteKlok
from domein.begrippen import Stapstatus
from domein.fouten import OnbekendeStap
from domein.handelingen.beheerbeeld import (
    BLAD,
    OVER_EEN_RUN,
    Beheerstand,
    Nood,
    Rondebeeld,
    beheerstand,
    open_signalen,
    rondebeeld,
    stappen_in_nood,
)
from domein.handelingen.beheerpoort import Postnood, Stapnood
from portaal.handelen import Beheerder
from portaal.rechten import kijk
from portaal.web import Web, web_van

BEHEER: Final = "/beheer"
STAPPEN: Final = f"{BEHEER}/stappen"
SIGNALEN: Final = f"{BEHEER}/signalen"
POSTNAMEN: Final[Mapping[Postnood, tuple[str, str]]] = {
    Postnood.ONZEKER: ("Onzekere mail", "misschien aangekomen: u beslist"),
    Postnood.VAST: ("Mail die vastzit", "wacht langer dan een uur"),
    Postnood.MISLUKT: ("Mislukte mail", "is niet te bezorgen"),
}
STAPNAMEN: Final[Mapping[Stapnood, tuple[str, str]]] = {
    Stapnood.KAPOT: ("Mislukte runs", "bleven mislukken, of iemand stopte ze"),
    Stapnood.ZONDER_RUN: ("Zonder run", "open, maar niet te zien in Prefect"),
    Stapnood.NIET_GEOPEND: ("Niet geopend", "hadden al open moeten zijn"),
    Stapnood.TE_LAAT: ("Te laat", "open na hun laatste dag"),
}
# Wat ops bij elke soort het eerst doet, en wat er verder kan.
KNOPPEN: Final[Mapping[Stapnood, tuple[tuple[str, str], ...]]] = {
    Stapnood.KAPOT: (("opnieuw", "Zet opnieuw"), ("overslaan", "Sla over")),
    Stapnood.ZONDER_RUN: (("opnieuw", "Zet opnieuw"),),
    Stapnood.NIET_GEOPEND: (("opnieuw", "Zet opnieuw"), ("verzetten", "Verzet")),
    Stapnood.TE_LAAT: (("verzetten", "Verzet"), ("overdragen", "Draag over"), ("overslaan", "Sla over")),
}
UITLEG: Final[Mapping[Stapnood, str]] = {
    Stapnood.KAPOT: "De ronde probeerde het meer dan eens en vraagt nu een mens. Een taak die al open is, blijft te "
    "beantwoorden: alleen Prefect toont haar verkeerd.",
    Stapnood.ZONDER_RUN: "De ronde maakt de run vanzelf. Duurt dat lang, dan loopt de ronde niet.",
    Stapnood.NIET_GEOPEND: "Hun dag is voorbij, en nog niemand kreeg de taak. Vaak is er niemand aangewezen, of loopt "
    "de ronde niet.",
    Stapnood.TE_LAAT: "Spreek de behandelaar aan, geef de taak aan een ander, of verzet haar.",
}


@dataclass(frozen=True, slots=True)
class Tegel:
    """Een aantal op de beginpagina, met waar het heen wijst."""

    naam: str
    aantal: int
    uitleg: str
    adres: str


@dataclass(frozen=True, slots=True)
class Rondezin:
    """Hoe het met de ronde staat, in gewone taal."""

    goed: bool
    kop: str
    uitleg: str


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, BEHEER, begin)
    kijk(router, STAPPEN, stappen)
    kijk(router, SIGNALEN, signalen)
    return router


def begin(request: Request, wie: Beheerder) -> Response:
    web = web_van(request)
    stand = beheerstand(web.omgeving)
    ronde = rondezin(web, stand.ronde)
    gegevens = {"tegels": _tegels(stand), "ronde": ronde, "stand": stand, "rustig": stand.rustig and ronde.goed}
    return web.pagina(request, wie, "beheer.html", gegevens)


def rondezin(web: Web, beeld: Rondebeeld, nu: datetime | None = None) -> Rondezin:
    """De hartslag is echte tijd, ook bij een klok die stilstaat."""
    nu = nu or EchteKlok().nu()
    eigen = "Wat hier staat komt uit onze eigen database, en klopt dus wel."
    if beeld.laatst is None or nu - beeld.laatst > timedelta(minutes=web.hartslag_minuten):
        sinds = f"al {_duur(nu - beeld.laatst)} niet" if beeld.laatst else "nog nooit"
        if beeld.probeert:
            return Rondezin(
                False, "Prefect antwoordt niet",
                f"De ronde lukte {sinds}; de opzichter probeert het steeds opnieuw. Antwoorden en mail gaan "
                f"gewoon door. Kijk of Prefect loopt. {eigen}",
            )  # fmt: skip
        return Rondezin(
            False, "De ronde staat stil",
            f"Zij lukte {sinds}. Dan gaat er geen taak open en geen mail weg. Start de opzichter met './regie start'. "
            f"{eigen}",
        )  # fmt: skip
    if beeld.werk_stil:
        return Rondezin(
            False, "Niemand neemt werk aan",
            "In Prefect staat werk klaar dat blijft liggen. Is de worker weg, of staat de pool op pauze?",
        )  # fmt: skip
    return Rondezin(True, "De ronde loopt", f"Voor het laatst {_duur(nu - beeld.laatst)} geleden.")


def _duur(tijd: timedelta) -> str:
    seconden = max(int(tijd.total_seconds()), 0)
    for grootte, een, meer in ((86400, "dag", "dagen"), (3600, "uur", "uur"), (60, "minuut", "minuten")):
        if seconden >= grootte:
            aantal = seconden // grootte
            return f"{aantal} {een if aantal == 1 else meer}"
    return f"{seconden} {'seconde' if seconden == 1 else 'seconden'}"


def _tegels(stand: Beheerstand) -> list[Tegel]:
    post = [
        Tegel(naam, stand.post[n], uitleg, f"{BEHEER}/post?wat={n.value}") for n, (naam, uitleg) in POSTNAMEN.items()
    ]
    werk = [
        Tegel(naam, stand.stappen[n], uitleg, f"{STAPPEN}?wat={n.value}") for n, (naam, uitleg) in STAPNAMEN.items()
    ]
    return [*post, *werk, Tegel("Open signalen", sum(stand.signalen.values()), "vragen aan een mens", SIGNALEN)]


def stappen(request: Request, wie: Beheerder, wat: str = Stapnood.KAPOT.value) -> Response:
    """De dringendste stappen van één soort; van een mislukte run ook waarom."""
    web = web_van(request)
    if wat not in set(Stapnood):
        raise OnbekendeStap("Deze lijst is er niet.", "Ga terug naar beheer.")
    nood = Stapnood(wat)
    rijen = stappen_in_nood(web.omgeving, wie, nood, STAPPEN)
    return web.pagina(
        request, wie, "beheer_stappen.html",
        {
            "rijen": [(rij, _toestand(rij)) for rij in rijen], "nood": nood, "kop": STAPNAMEN[nood][0],
            "uitleg": UITLEG[nood], "knoppen": KNOPPEN[nood], "namen": {n.value: x for n, (x, _) in STAPNAMEN.items()},
            "vol": len(rijen) == BLAD, "ronde": rondezin(web, rondebeeld(web.omgeving)),
            "prefect": f"{web.prefect_url}/runs/flow-run/" if web.prefect_url else "",
        },
    )  # fmt: skip


def _toestand(nood: Nood) -> str:
    """Wat de taak zelf nu doet, los van haar run."""
    stap = nood.stap
    if nood.gestopt:
        return "Iemand stopte de run in Prefect. Gaat de stap door, zet haar dan opnieuw; zo niet, sla haar over."
    if stap.status is Stapstatus.OPEN:
        return f"De taak ligt bij {stap.medewerker or stap.partner or 'niemand'} en is gewoon te beantwoorden."
    if stap.status is Stapstatus.KLAAR:
        return "De uitkomst is al binnen; alleen de run is niet af."
    return "De taak is nog bij niemand."


def signalen(request: Request, wie: Beheerder) -> Response:
    web = web_van(request)
    rijen: list[tuple[Any, str, str]] = [
        (signaal, referentie, _adres_van(signaal.soort))
        for signaal, referentie in open_signalen(web.omgeving, wie, SIGNALEN)
    ]
    return web.pagina(request, wie, "beheer_signalen.html", {"rijen": rijen, "vol": len(rijen) == BLAD})


def _adres_van(soort: str) -> str:
    """De pagina waar dit signaal is op te lossen, als dat een pagina van beheer is."""
    if soort in OVER_EEN_RUN:
        return f"{STAPPEN}?wat={Stapnood.KAPOT.value}"
    vast = {"post_onzeker": Postnood.ONZEKER, "post_onbestelbaar": Postnood.MISLUKT}
    return f"{BEHEER}/post?wat={vast[soort].value}" if soort in vast else ""
