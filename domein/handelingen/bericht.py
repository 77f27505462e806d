"""Een bericht klaarzetten en intrekken, in dezelfde transactie als de oorzaak.

De sleutel (stap, generatie, soort, niveau, ontvanger) is uniek: dezelfde oorzaak geeft nooit een tweede
mail (regel 7).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domein.begrippen import Berichtstatus, Stapsoort
from domein.handelingen.huisgenoten import gesprekken_van_huisgenoten
from domein.handelingen.regio import kalender_van_ontvanger
from domein.model import Bericht, Stap
from domein.ports import Omgeving, Ruimte

TAAK: Final = "taak"
TAAK_VERZET: Final = "taak_verzet"
TAAK_INGETROKKEN: Final = "taak_ingetrokken"
HERINNERING: Final = "herinnering"
ESCALATIE: Final = "escalatie"
DOSSIER_GEWIJZIGD: Final = "dossier_gewijzigd"
DOSSIER_INGETROKKEN: Final = "dossier_ingetrokken"

# Deze vragen iets van iemand: zij hebben alleen zin zolang de stap open is. Een intrekking juist daarna.
VRAAGT_IETS: Final = frozenset({TAAK, TAAK_VERZET, HERINNERING, ESCALATIE})
_NOG_NIET_WEG: Final = frozenset({Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD})

BERICHTDOMEIN: Final = "regie.example"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_KANTOOR_OPEN: Final = time(8)


def sleutel_van(stap: Stap, soort: str, niveau: int, ontvanger: str) -> str:
    return f"{stap.id}:{stap.generatie}:{soort}:{niveau}:{ontvanger}"


def zet_klaar(
    ruimte: Ruimte,
    omgeving: Omgeving,
    *,
    soort: str,
    stap: Stap,
    ontvanger: str,
    adres: str,
    gegevens: Mapping[str, Any] | None = None,
    niveau: int = 0,
    domein: str = BERICHTDOMEIN,
) -> Bericht | None:
    """Zet een bericht in de uitgaande post; None als het er al staat.

    De vaste gegevens van de stap en de getekende links komen vanzelf mee; `gegevens` vult aan. Naam, BSN,
    geboortedatum en nationaliteit horen er nooit in.
    """
    sleutel = sleutel_van(stap, soort, niveau, ontvanger)
    if ruimte.bericht_met_sleutel(sleutel) is not None:
        return None
    brief = omgeving.brieven.schrijf(soort, {**vaste_gegevens(ruimte, omgeving, stap, ontvanger), **(gegevens or {})})
    bericht_id = uuid4()
    nu = omgeving.klok.nu()
    bericht = Bericht(
        id=bericht_id,
        sleutel=sleutel,
        soort=soort,
        dossier_id=stap.dossier_id,
        stap_id=stap.id,
        generatie=stap.generatie,
        niveau=niveau,
        ontvanger_code=ontvanger,
        adres=adres,
        message_id=f"<{bericht_id}@{domein}>",
        onderwerp=brief.onderwerp,
        tekst=brief.tekst,
        status=Berichtstatus.WACHTEND,
        volgende_poging=wacht_tot_open(ruimte, omgeving, ontvanger) or nu,
        aangemaakt_op=nu,
    )
    ruimte.bewaar(bericht)
    return bericht


def wacht_tot_open(ruimte: Ruimte, omgeving: Omgeving, ontvanger: str) -> datetime | None:
    """Geef het moment waarop het kantoor van de ontvanger weer open is; None als het vandaag open is (I7)."""
    vandaag = omgeving.klok.vandaag()
    kalender = kalender_van_ontvanger(ruimte, omgeving, ontvanger, vandaag)
    if kalender is None or kalender.is_open(vandaag):
        return None
    open_op = kalender.eerstvolgende_open_dag(vandaag)
    return datetime.combine(open_op, _KANTOOR_OPEN, _AMSTERDAM).astimezone(UTC)


def vaste_gegevens(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, ontvanger: str) -> dict[str, Any]:
    """Wat elk sjabloon over een stap mag weten."""
    return {
        "titel": stap.titel,
        "referentie": ruimte.dossier(stap.dossier_id).referentie,
        "klaar_op": stap.streef,
        "uiterst": stap.uiterst,
        "einde": stap.uiterst or stap.streef,
        "waarom": stap.waarom,
        "artikel": stap.artikel,
        "vervallen_waarom": stap.vervallen_waarom or "Iemand anders doet deze taak nu.",
        "huishouden": gesprekken_van_huisgenoten(ruimte, stap),
        "behandelaar": stap.medewerker or stap.partner or "nog niemand",
        "link": omgeving.links.taaklink(stap.id, stap.generatie, ontvanger),
        "werklink": omgeving.links.werklink(ontvanger),
    }


def laat_vervallen(ruimte: Ruimte, stap: Stap, waarom: str) -> int:
    """Laat vervallen wat over deze stap nog niet weg is; geef het aantal. Een intrekking blijft staan."""
    berichten = [
        bericht
        for bericht in ruimte.berichten(statussen=_NOG_NIET_WEG, stap_id=stap.id)
        if bericht.soort in VRAAGT_IETS
    ]
    for bericht in berichten:
        bericht.status = Berichtstatus.VERVALLEN
        bericht.antwoord = waarom[:1000]
        ruimte.bewaar(bericht)
    return len(berichten)


def gemeld_aan(ruimte: Ruimte, stap: Stap) -> tuple[tuple[str, str], ...]:
    """Geef wie (code, adres) al een mail over deze stap kreeg of kan hebben gekregen.

    Alleen zij moeten horen dat de taak vervalt; wie nog niets kreeg, hoeft ook geen intrekking. Wie de intrekking
    van die generatie al heeft, evenmin.
    """
    weg = {Berichtstatus.AANVAARD, Berichtstatus.BEZIG, Berichtstatus.ONZEKER}
    ingetrokken: dict[str, int] = {}
    for bericht in ruimte.berichten(stap_id=stap.id):
        if bericht.soort == TAAK_INGETROKKEN:
            hoogste = max(ingetrokken.get(bericht.ontvanger_code, 0), bericht.generatie)
            ingetrokken[bericht.ontvanger_code] = hoogste
    gevonden = {
        (bericht.ontvanger_code, bericht.adres)
        for bericht in ruimte.berichten(statussen=weg, stap_id=stap.id)
        if bericht.soort in {TAAK, TAAK_VERZET} and bericht.generatie > ingetrokken.get(bericht.ontvanger_code, 0)
    }
    return tuple(sorted(gevonden))


def gemeld_in_dossier(
    ruimte: Ruimte, dossier_id: UUID, stapsoort: Stapsoort | None = None
) -> tuple[tuple[str, str, Stap], ...]:
    """Geef wie (code, adres) ooit een taak in dit dossier kreeg, elk één keer, met zijn laatste stap."""
    laatste: dict[tuple[str, str], Stap] = {}
    weg = {Berichtstatus.AANVAARD, Berichtstatus.BEZIG, Berichtstatus.ONZEKER}
    for bericht in ruimte.berichten(statussen=weg, dossier_id=dossier_id):
        if bericht.soort not in {TAAK, TAAK_VERZET} or bericht.stap_id is None:
            continue
        stap = ruimte.stap(bericht.stap_id)
        if stapsoort in (None, stap.stapsoort):
            laatste[(bericht.ontvanger_code, bericht.adres)] = stap
    return tuple((code, adres, stap) for (code, adres), stap in sorted(laatste.items(), key=lambda paar: paar[0]))
