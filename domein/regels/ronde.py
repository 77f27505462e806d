"""Wat de ronde aan een run moet doen: de gewenste toestand tegenover de werkelijke.

Beleid, geen wet. Deze regels kennen geen klok en geen bord: alles komt als waarde binnen. Zij gaan uit van
wat er staat en niet van wat er gebeurde, zodat een gemiste of dubbele ronde niets uitmaakt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domein.begrippen import Stapsoort, Stapstatus

HORIZON: Final = timedelta(days=14)  # zo ver vooruit staan stappen op het bord
MAX_POGINGEN: Final = 5  # daarna vraagt de ronde een mens om te kijken
TE_LANG_IN_WACHTRIJ: Final = timedelta(seconds=90)  # dan is er geen proces meer bij
TE_LANG_LOPEND: Final = timedelta(minutes=10)  # een stap openen of verwerken duurt seconden
SPELING: Final = timedelta(minutes=2)
STILSTAND: Final = timedelta(minutes=5)  # zo lang mag werk klaarstaan zonder dat iemand het aanneemt

STROMEN: Final = {
    Stapsoort.REGISTRATIE: "registratie",
    Stapsoort.INTAKE: "intake",
    Stapsoort.PIP: "plan",
    Stapsoort.AANMELDING: "aanbieder",
    Stapsoort.VOORTGANG: "voortgang",
    Stapsoort.PVT: "participatie",
    Stapsoort.MAP: "participatie",
    Stapsoort.DUO: "duo-signaal",
    Stapsoort.EINDE: "registratie",
    Stapsoort.BEGELEIDING: "begeleiding",
    Stapsoort.ONTZORGEN: "begeleiding",
    Stapsoort.EINDGESPREK: "voortgang",
    Stapsoort.VERHUIZING: "verhuizing",
}


class Loop(StrEnum):
    """Hoe het met de run van een stap staat; `geen`: nooit gemaakt of niet meer te vinden."""

    GEEN = "geen"
    GEPLAND = "gepland"
    IN_WACHTRIJ = "in_wachtrij"
    LOOPT = "loopt"
    WACHT = "wacht"
    KLAAR = "klaar"
    MISLUKT = "mislukt"
    GECRASHT = "gecrasht"
    GEANNULEERD = "geannuleerd"


TEN_EINDE: Final = frozenset({Loop.KLAAR, Loop.MISLUKT, Loop.GECRASHT, Loop.GEANNULEERD})


class Daad(StrEnum):
    """Wat de ronde met een run doet."""

    NIETS = "niets"
    MAAK = "maak"  # een run voor deze stap, op haar dag
    HERBOUW = "herbouw"  # een run die meteen wacht, zonder iets uit te voeren
    VERZET = "verzet"  # naar een ander tijdstip
    WEK = "wek"  # nu laten lopen
    HERSTEL = "herstel"  # opnieuw laten lopen na een fout; telt als poging
    BEEINDIG = "beeindig"
    VRAAG = "vraag"  # een mens moet kijken


@dataclass(frozen=True, slots=True)
class Gezien:
    """Een stap en haar run, zoals de ronde ze aantreft.

    start: de eerste dag van de stap; gepland_voor: de dag van onze klok waarvoor de run is gezet;
    sinds: sinds wanneer de run zo staat, en loopt_om: wanneer zij gepland staat (beide echte tijd).
    """

    status: Stapstatus
    start: date
    generatie: int
    run_generatie: int
    poging: int
    loop: Loop
    gepland_voor: date | None = None
    sinds: datetime | None = None
    loopt_om: datetime | None = None
    opnieuw: bool = False  # een mens vroeg om de run opnieuw te zetten


def bepaal(gezien: Gezien, vandaag: date, nu: datetime) -> Daad:
    """Geef wat er met de run moet gebeuren. `vandaag` is van onze klok, `nu` is echte tijd."""
    if gezien.status in (Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN):
        return _afgevallen(gezien)
    heropend = gezien.status is not Stapstatus.KLAAR and gezien.run_generatie != gezien.generatie
    if _mag_opnieuw(gezien) and not (heropend and gezien.loop in TEN_EINDE):
        return Daad.HERSTEL
    if gezien.status is Stapstatus.KLAAR:
        return _beantwoord(gezien, nu)
    if gezien.loop in TEN_EINDE and gezien.run_generatie != gezien.generatie:
        return _nieuw(gezien, vandaag)  # heropend: de oude run hoort bij een vorige generatie
    if gezien.loop in (Loop.MISLUKT, Loop.GECRASHT):
        return _na_een_fout(gezien, nu)
    if gezien.loop is Loop.GEANNULEERD:
        return Daad.VRAAG  # met de hand gestopt: daar vecht de ronde niet tegen
    if _zit_vast(gezien, nu):
        return Daad.HERSTEL if gezien.poging < MAX_POGINGEN else Daad.VRAAG
    return _open(gezien, nu) if gezien.status is Stapstatus.OPEN else _gepland(gezien, vandaag, nu)


def _mag_opnieuw(gezien: Gezien) -> bool:
    """Een mens vroeg erom: dezelfde run loopt weer, ook na te veel pogingen of als zij met de hand was gestopt.

    Een run die loopt of op haar dag wacht, wordt niet gestoord; een klare run van een klare stap is af.
    """
    kan = gezien.loop in TEN_EINDE or gezien.loop is Loop.WACHT
    return gezien.opnieuw and kan and not (gezien.loop is Loop.KLAAR and gezien.status is Stapstatus.KLAAR)


def _nieuw(gezien: Gezien, vandaag: date) -> Daad:
    if gezien.status is Stapstatus.OPEN:
        return Daad.HERBOUW
    return Daad.MAAK if gezien.start <= vandaag + HORIZON else Daad.NIETS


def _gepland(gezien: Gezien, vandaag: date, nu: datetime) -> Daad:
    aan_de_beurt = gezien.start <= vandaag
    if gezien.loop is Loop.KLAAR:  # ten einde zonder de stap te openen, bijvoorbeeld met de hand gezet
        return Daad.HERSTEL if gezien.poging < MAX_POGINGEN else Daad.VRAAG
    if gezien.loop is Loop.GEEN:
        return _nieuw(gezien, vandaag)
    if gezien.loop is Loop.WACHT:
        # Het kantoor was dicht, of er was niemand: elke volgende dag één keer opnieuw.
        # Een latere dag kan niet: die is van voor het terugzetten van de klok.
        geprobeerd = gezien.gepland_voor == vandaag
        return Daad.WEK if aan_de_beurt and not geprobeerd else Daad.NIETS
    if gezien.loop is not Loop.GEPLAND:
        return Daad.NIETS
    te_laat_gezet = gezien.loopt_om is not None and gezien.loopt_om > nu + SPELING
    if aan_de_beurt:
        return Daad.WEK if te_laat_gezet else Daad.NIETS
    verschoven = gezien.gepland_voor != gezien.start
    return Daad.VERZET if verschoven or not te_laat_gezet else Daad.NIETS


def _open(gezien: Gezien, nu: datetime) -> Daad:
    if gezien.loop in (Loop.GEEN, Loop.KLAAR):
        return Daad.HERBOUW
    later = gezien.loopt_om is not None and gezien.loopt_om > nu + SPELING
    return Daad.WEK if gezien.loop is Loop.GEPLAND and later else Daad.NIETS


def _beantwoord(gezien: Gezien, nu: datetime) -> Daad:
    """De uitkomst is binnen: laat de run haar einde halen."""
    if gezien.loop is Loop.WACHT:
        return Daad.WEK
    if gezien.loop is Loop.GEPLAND:
        return Daad.WEK if gezien.loopt_om is not None and gezien.loopt_om > nu + SPELING else Daad.NIETS
    if gezien.loop in (Loop.MISLUKT, Loop.GECRASHT):
        return _na_een_fout(gezien, nu)
    if _zit_vast(gezien, nu):
        return Daad.HERSTEL if gezien.poging < MAX_POGINGEN else Daad.VRAAG
    return Daad.NIETS


def _afgevallen(gezien: Gezien) -> Daad:
    loopt_door = gezien.loop in (Loop.GEPLAND, Loop.IN_WACHTRIJ, Loop.WACHT)
    return Daad.BEEINDIG if loopt_door else Daad.NIETS  # een lopende run merkt het zelf, en wacht daarna


def _na_een_fout(gezien: Gezien, nu: datetime) -> Daad:
    if gezien.poging >= MAX_POGINGEN:
        return Daad.VRAAG
    mag_weer = gezien.sinds is None or _voorbij(gezien.sinds, wachttijd(gezien.poging), nu)
    return Daad.HERSTEL if mag_weer else Daad.NIETS


def _zit_vast(gezien: Gezien, nu: datetime) -> bool:
    if gezien.sinds is None:
        return False
    if gezien.loop is Loop.IN_WACHTRIJ:
        return _voorbij(gezien.sinds, TE_LANG_IN_WACHTRIJ, nu)
    return gezien.loop is Loop.LOOPT and _voorbij(gezien.sinds, TE_LANG_LOPEND, nu)


def _voorbij(sinds: datetime, duur: timedelta, nu: datetime) -> bool:
    """Of deze tijd om is. Een begin ver in de toekomst bestaat niet: de klok is sindsdien teruggezet."""
    return sinds + duur <= nu or sinds > nu + max(duur, SPELING)


def staat_stil(aan_de_beurt: Iterable[datetime], nu: datetime, *, bezig: bool) -> bool:
    """Zeg of er werk klaarstaat dat al te lang niemand aanneemt, terwijl er ook niets loopt."""
    return not bezig and any(moment + STILSTAND <= nu for moment in aan_de_beurt)


def wachttijd(poging: int) -> timedelta:
    """Hoe lang na een fout de volgende poging wacht: 2, 8, 32, 128 seconden."""
    return timedelta(seconds=2 * 4 ** (max(poging, 1) - 1))
