"""Een bericht klaarzetten en intrekken, in dezelfde transactie als de oorzaak.

De sleutel (stap, generatie, soort, niveau, ontvanger) is uniek: dezelfde oorzaak geeft nooit een tweede
mail (regel 7). Is een sjabloon stuk, dan gaat alleen dit bericht niet weg: de stap zelf gaat door, ops ziet een
signaal, en `gemiste_post` maakt het bericht alsnog.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domein.begrippen import Berichtstatus, Stapsoort
from domein.fouten import RegieFout
from domein.handelingen.afspraken import bij_de_mail, is_gesprek
from domein.handelingen.berichtsoorten import (
    AFMELDBAAR,
    DAGBERICHT,
    DOSSIER_GEWIJZIGD,
    DOSSIER_INGETROKKEN,
    ESCALATIE,
    GEEFT_EEN_TAAK,
    HERINNERING,
    IN_HET_DAGBERICHT,
    MAANDMEMO,
    NIET_BEZORGD,
    OVERDRACHT,
    TAAK,
    TAAK_INGETROKKEN,
    TAAK_VERZET,
    VRAAGT_IETS,
    VROEGE_WAARSCHUWING,
    WEEKBERICHT,
)
from domein.handelingen.huisgenoten import gesprekken_van_huisgenoten
from domein.handelingen.regio import kalender_van_ontvanger, leest_dagbericht
from domein.handelingen.signalen import meld_signaal
from domein.model import Bericht, Stap
from domein.ports import SJABLOON_FOUT, Linkdoel, Omgeving, Ruimte

__all__ = [
    "AFMELDBAAR", "DAGBERICHT", "DOSSIER_GEWIJZIGD", "DOSSIER_INGETROKKEN", "ESCALATIE", "GEBUNDELD",
    "GEEFT_EEN_TAAK", "HERINNERING", "MAANDMEMO", "NIET_BEZORGD", "OVERDRACHT", "OVERGESLAGEN",
    "STOND_IN_BUNDEL", "STOND_IN_DAGBERICHT", "TAAK", "TAAK_INGETROKKEN", "TAAK_VERZET", "VRAAGT_IETS",
    "VROEGE_WAARSCHUWING",
    "WACHT_OP_DAGBERICHT", "WEEKBERICHT", "ZONDER_MAIL", "gemeld_aan", "gemeld_in_dossier", "is_gemeld",
    "laat_vervallen", "leg_vast_zonder_mail", "sleutel_van", "vaste_gegevens", "vul", "wacht_tot_open", "zet_klaar",
    "zet_overzicht_klaar",
]  # fmt: skip

# Vastgelegd zonder mail: dit niveau is na stilstand overgeslagen, of staat in de mail over een andere stap.
OVERGESLAGEN: Final = "overgeslagen"
GEBUNDELD: Final = "gebundeld"
STOND_IN_BUNDEL: Final = "stond_in_bundel"  # in de ene mail over een handeling in bulk
ZONDER_MAIL: Final = frozenset({SJABLOON_FOUT, OVERGESLAGEN, GEBUNDELD, STOND_IN_BUNDEL})

_NOG_NIET_WEG: Final = frozenset({Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD})
_WEG: Final = frozenset({Berichtstatus.AANVAARD, Berichtstatus.BEZIG, Berichtstatus.ONZEKER})

# Van een bericht dat niet zelf weggaat: het wacht op het dagbericht, of het stond erin.
WACHT_OP_DAGBERICHT: Final = "wacht_op_dagbericht"
STOND_IN_DAGBERICHT: Final = "stond_in_dagbericht"

BERICHTDOMEIN: Final = "regie.example"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_KANTOOR_OPEN: Final = time(8)
_DAG: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    sjabloon: str | None = None,
    domein: str = BERICHTDOMEIN,
) -> Bericht | None:
    """Zet een bericht over een stap in de uitgaande post; None als het er al staat of niet te maken is.

    De vaste gegevens van de stap en de getekende links komen vanzelf mee; `gegevens` vult aan. Naam, BSN,
    geboortedatum en nationaliteit horen er nooit in. `sjabloon` als een niveau een eigen sjabloon heeft.
    """
    sleutel = sleutel_van(stap, soort, niveau, ontvanger)
    bericht = ruimte.bericht_met_sleutel(sleutel)
    if bericht is not None and bericht.fout_code not in {SJABLOON_FOUT, GEBUNDELD}:
        return None
    bericht = bericht or _nieuw(omgeving, sleutel, soort, ontvanger, adres, domein)
    bericht.dossier_id, bericht.stap_id = stap.dossier_id, stap.id
    bericht.generatie, bericht.niveau = stap.generatie, niveau
    if soort in IN_HET_DAGBERICHT and not _uitnodiging(stap, soort) and leest_dagbericht(ruimte, omgeving, ontvanger):
        _bewaar_voor_dagbericht(ruimte, bericht)
        return None
    return vul(ruimte, omgeving, bericht, stap, gegevens or {}, sjabloon)


def _uitnodiging(stap: Stap, soort: str) -> bool:
    """Bij een gesprek hoort een uitnodiging voor de agenda; zij heeft haar eigen mail nodig."""
    return is_gesprek(stap) and soort in GEEFT_EEN_TAAK


def _bewaar_voor_dagbericht(ruimte: Ruimte, bericht: Bericht) -> None:
    """Onthoud dat deze taak nog in een dagbericht moet; zelf gaat het bericht nooit weg."""
    bericht.onderwerp = "(in het dagbericht)"
    bericht.tekst, bericht.html = "", None
    bericht.status, bericht.fout_code = Berichtstatus.VERVALLEN, WACHT_OP_DAGBERICHT
    ruimte.bewaar(bericht)


def vul(
    ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, stap: Stap, gegevens: Mapping[str, Any], sjabloon: str | None
) -> Bericht | None:
    """Schrijf de tekst van een bericht over een stap en zet het klaar; None als het sjabloon stuk is."""
    alles = {**vaste_gegevens(ruimte, omgeving, stap, bericht.ontvanger_code), **gegevens}
    if not _schrijf(ruimte, omgeving, bericht, alles, sjabloon):
        _leg_opzij(ruimte, bericht, gegevens, sjabloon)
        return None
    agenda = bij_de_mail(
        omgeving, stap, bericht.soort, referentie=alles["referentie"], adres=bericht.adres, link=alles["link"]
    )
    if agenda is not None:
        bericht.agenda, bericht.agenda_methode = agenda
    bericht.in_antwoord_op = _eerste_mail(ruimte, bericht)
    ruimte.bewaar(bericht)
    return bericht


def leg_vast_zonder_mail(
    ruimte: Ruimte, omgeving: Omgeving, bij: Bericht, stap: Stap, soort: str, niveau: int, code: str
) -> None:
    """Leg vast dat een niveau geen eigen mail kreeg, omdat `bij` uitging; de sleutel houdt het daarna tegen.

    `code` is OVERGESLAGEN of GEBUNDELD; `tekst` noemt de sleutel van `bij`.
    """
    sleutel = sleutel_van(stap, soort, niveau, bij.ontvanger_code)
    rij = ruimte.bericht_met_sleutel(sleutel)
    if rij is not None and rij.fout_code != GEBUNDELD:
        return
    rij = rij or _nieuw(omgeving, sleutel, soort, bij.ontvanger_code, bij.adres, BERICHTDOMEIN)
    rij.dossier_id, rij.stap_id, rij.generatie, rij.niveau = stap.dossier_id, stap.id, stap.generatie, niveau
    rij.onderwerp, rij.tekst = f"(geen mail: {code})", bij.sleutel
    rij.status, rij.fout_code = Berichtstatus.VERVALLEN, code
    ruimte.bewaar(rij)


def zet_overzicht_klaar(
    ruimte: Ruimte,
    omgeving: Omgeving,
    *,
    soort: str,
    kenmerk: str,
    ontvanger: str,
    adres: str,
    gegevens: Mapping[str, Any],
    domein: str = BERICHTDOMEIN,
) -> Bericht | None:
    """Zet een bericht klaar dat niet over één stap gaat; `kenmerk` (een dag, een week) maakt het uniek.

    None als het er al staat, of als zijn sjabloon stuk is: dan komt het bij de volgende poging alsnog.
    """
    sleutel = f"{soort}:{kenmerk}:{ontvanger}"
    if ruimte.bericht_met_sleutel(sleutel) is not None:
        return None
    bericht = _nieuw(omgeving, sleutel, soort, ontvanger, adres, domein)
    if not _schrijf(ruimte, omgeving, bericht, gegevens, None):
        return None
    _los_overzichtfout_op(ruimte, omgeving, soort)
    bericht.afmelden = soort in AFMELDBAAR
    bericht.afmeldlink = gegevens.get("afmeldlink") if bericht.afmelden else None
    ruimte.bewaar(bericht)
    return bericht


def _nieuw(omgeving: Omgeving, sleutel: str, soort: str, ontvanger: str, adres: str, domein: str) -> Bericht:
    bericht_id = uuid4()
    return Bericht(
        id=bericht_id,
        sleutel=sleutel,
        soort=soort,
        ontvanger_code=ontvanger,
        adres=adres,
        message_id=f"<{bericht_id}@{domein}>",
        onderwerp="",
        tekst="",
        status=Berichtstatus.WACHTEND,
        aangemaakt_op=omgeving.klok.nu(),
    )


def _schrijf(
    ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, gegevens: Mapping[str, Any], sjabloon: str | None
) -> bool:
    """Vul het bericht vanuit zijn sjabloon; is dat stuk, meld het dan en geef False."""
    try:
        brief = omgeving.brieven.schrijf(sjabloon or bericht.soort, gegevens)
    except RegieFout as fout:
        if fout.code != SJABLOON_FOUT:
            raise
        stap = ruimte.stap(bericht.stap_id) if bericht.stap_id else None
        melding = f"Een mail aan {bericht.ontvanger_code} is niet gemaakt. {fout.melding} {fout.uitweg}"
        meld_signaal(ruimte, omgeving, SJABLOON_FOUT, "fout", melding, stap)
        return False
    bericht.onderwerp, bericht.tekst, bericht.html = brief.onderwerp, brief.tekst, brief.html or None
    bericht.status, bericht.fout_code, bericht.antwoord = Berichtstatus.WACHTEND, None, None
    bericht.volgende_poging = wacht_tot_open(ruimte, omgeving, bericht.ontvanger_code) or omgeving.klok.nu()
    return True


def _los_overzichtfout_op(ruimte: Ruimte, omgeving: Omgeving, soort: str) -> None:
    """Een signaal zonder stap gaat over een overzicht; het noemt het sjabloon dat toen stuk was."""
    for signaal in ruimte.signalen():
        if signaal.soort == SJABLOON_FOUT and signaal.stap_id is None and f"{soort}/" in signaal.melding:
            signaal.opgelost_op = omgeving.klok.nu()
            ruimte.bewaar(signaal)


def _leg_opzij(ruimte: Ruimte, bericht: Bericht, gegevens: Mapping[str, Any], sjabloon: str | None) -> None:
    """Bewaar het bericht zonder tekst, met waarmee het later alsnog te maken is; zo gaat het niet weg."""
    bericht.onderwerp = "(nog niet gemaakt: het sjabloon is stuk)"
    bericht.tekst = json.dumps({"sjabloon": sjabloon, "gegevens": dict(gegevens)}, default=str, sort_keys=True)
    bericht.html = None
    bericht.status, bericht.fout_code = Berichtstatus.VERVALLEN, SJABLOON_FOUT
    ruimte.bewaar(bericht)


def opzij_gelegd(bericht: Bericht) -> tuple[str | None, dict[str, Any]]:
    """Lees terug waarmee een opzij gelegd bericht te maken is: het sjabloon en de aanvulling."""
    inhoud: dict[str, Any] = json.loads(bericht.tekst)
    gegevens = {
        naam: date.fromisoformat(waarde) if isinstance(waarde, str) and _DAG.fullmatch(waarde) else waarde
        for naam, waarde in inhoud["gegevens"].items()
    }
    return inhoud["sjabloon"], gegevens


def _eerste_mail(ruimte: Ruimte, bericht: Bericht) -> str | None:
    """De Message-ID van de eerste mail over deze stap aan deze ontvanger: zo staan zij bij elkaar."""
    if bericht.soort == TAAK and bericht.generatie == 1:
        return None
    eerder = [
        een
        for een in ruimte.berichten(stap_id=bericht.stap_id)
        if een.ontvanger_code == bericht.ontvanger_code and een.id != bericht.id and een.fout_code not in ZONDER_MAIL
    ]
    return min(eerder, key=lambda een: een.aangemaakt_op).message_id if eerder else None


def wacht_tot_open(ruimte: Ruimte, omgeving: Omgeving, ontvanger: str) -> datetime | None:
    """Geef het moment waarop het kantoor van de ontvanger weer open is; None als het vandaag open is (I7)."""
    vandaag = omgeving.klok.vandaag()
    kalender = kalender_van_ontvanger(ruimte, omgeving, ontvanger, vandaag)
    if kalender is None or kalender.is_open(vandaag):
        return None
    open_op = kalender.eerstvolgende_open_dag(vandaag)
    return datetime.combine(open_op, _KANTOOR_OPEN, _AMSTERDAM).astimezone(UTC)


def vaste_gegevens(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, ontvanger: str) -> dict[str, Any]:
    """Wat elk sjabloon over een stap mag weten (de groep `stap` in `sjablonen/berichtsoorten.toml`)."""
    einde = stap.uiterst or stap.streef
    nog_dagen = (einde - omgeving.klok.vandaag()).days

    def link(doel: Linkdoel) -> str:
        return omgeving.links.taaklink(stap.id, stap.generatie, ontvanger, doel)

    return {
        "titel": stap.titel,
        "referentie": ruimte.dossier(stap.dossier_id).referentie,
        "klaar_op": stap.streef,
        "eerst": None,  # alleen wie een dag verzet, weet welke dag het was
        "uiterst": stap.uiterst,
        "einde": einde,
        "nog_dagen": nog_dagen,
        "dagen_te_laat": max(0, -nog_dagen),
        "waarom": stap.waarom,
        "artikel": stap.artikel,
        "vervallen_waarom": stap.vervallen_waarom or "Iemand anders doet deze taak nu.",
        "huishouden": gesprekken_van_huisgenoten(ruimte, stap),
        "behandelaar": stap.medewerker or stap.partner or "nog niemand",
        "link": link(Linkdoel.KLAAR),
        "laterlink": link(Linkdoel.LATER),
        "teruglink": link(Linkdoel.NIET_VOOR_MIJ),
        "werklink": omgeving.links.werklink(ontvanger),
    }


def laat_vervallen(ruimte: Ruimte, stap: Stap, waarom: str) -> int:
    """Laat vervallen wat over deze stap nog niet weg is; geef het aantal. Een intrekking blijft staan."""
    berichten = [
        bericht
        for bericht in ruimte.berichten(statussen=_NOG_NIET_WEG, stap_id=stap.id)
        if bericht.soort in VRAAGT_IETS or bericht.soort == VROEGE_WAARSCHUWING
    ]
    for bericht in berichten:
        bericht.status = Berichtstatus.VERVALLEN
        bericht.antwoord = waarom[:1000]
        ruimte.bewaar(bericht)
    return len(berichten)


def is_gemeld(bericht: Bericht) -> bool:
    """Zeg of de ontvanger dit weet of kan weten: het ging weg, of het stond in een dagbericht."""
    return bericht.status in _WEG or bericht.fout_code in {STOND_IN_DAGBERICHT, STOND_IN_BUNDEL}


def gemeld_aan(ruimte: Ruimte, stap: Stap) -> tuple[tuple[str, str], ...]:
    """Geef wie (code, adres) al een mail over deze stap kreeg of kan hebben gekregen.

    Alleen zij moeten horen dat de taak vervalt; wie nog niets kreeg, hoeft ook geen intrekking. Wie de intrekking
    van die generatie al heeft, evenmin.
    """
    ingetrokken: dict[str, int] = {}
    for bericht in ruimte.berichten(stap_id=stap.id):
        if bericht.soort == TAAK_INGETROKKEN:
            hoogste = max(ingetrokken.get(bericht.ontvanger_code, 0), bericht.generatie)
            ingetrokken[bericht.ontvanger_code] = hoogste
    gevonden = {
        (bericht.ontvanger_code, bericht.adres)
        for bericht in ruimte.berichten(stap_id=stap.id)
        if is_gemeld(bericht)
        and bericht.soort in GEEFT_EEN_TAAK
        and bericht.generatie > ingetrokken.get(bericht.ontvanger_code, 0)
    }
    return tuple(sorted(gevonden))


def gemeld_in_dossier(
    ruimte: Ruimte, dossier_id: UUID, stapsoort: Stapsoort | None = None
) -> tuple[tuple[str, str, Stap], ...]:
    """Geef wie (code, adres) ooit een taak in dit dossier kreeg, elk één keer, met zijn laatste stap."""
    laatste: dict[tuple[str, str], Stap] = {}
    for bericht in ruimte.berichten(dossier_id=dossier_id):
        if not is_gemeld(bericht) or bericht.soort not in GEEFT_EEN_TAAK or bericht.stap_id is None:
            continue
        stap = ruimte.stap(bericht.stap_id)
        if stapsoort in (None, stap.stapsoort):
            laatste[(bericht.ontvanger_code, bericht.adres)] = stap
    return tuple((code, adres, stap) for (code, adres), stap in sorted(laatste.items(), key=lambda paar: paar[0]))
