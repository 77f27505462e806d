"""Vastleggen wat iemand eerst bekeek: hetzelfde als het voorbeeld, hoogstens één keer, met een regel in het logboek.

Een dubbele druk op de knop doet niets dubbel. Veranderde het dossier intussen, dan gebeurt er niets en ziet hij het
nieuwe voorbeeld.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Pauzegrond, Stapsoort
from domein.fouten import InTussenGewijzigd, OnbekendDossier
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.doorhalen import haal_door, proef_doorhaling
from domein.handelingen.dossierbeheer import hervat, pauzeer
from domein.handelingen.eenmalig import Antwoord, eenmalig
from domein.handelingen.kern import Uitwerking
from domein.handelingen.logboek import Inzicht, regel
from domein.handelingen.maatwerk import beeindig_maatwerk, stel_maatwerk_vast
from domein.handelingen.meldbeeld import mag_melden
from domein.handelingen.melden import meld, proef_melding
from domein.handelingen.overdragen import bied_aan
from domein.handelingen.persoon import wijzig
from domein.handelingen.toegang import toegang_in
from domein.model import Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.maatwerk import lees_bedrag
from domein.regels.meldlijst import LEEG
from domein.regels.meldvormen import REDEN, Melding, waarden_van

# Geen partner heet zo: het hekje komt in een code niet voor.
_PORTAAL: Final = "#portaal"
Velden = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voornemen:
    """Wat iemand wil vastleggen: een melding met haar velden, of een gebeurtenis om door te halen."""

    velden: Velden
    dag: date | None = None
    melding: Melding | None = None
    volgnummer: int | None = None

    @property
    def reden(self) -> str:
        return str(self.velden.get(REDEN.naam) or "")


@dataclass(frozen=True, slots=True)
class Druk:
    """Eén druk op de knop: de sleutel van het voorbeeld, wat er bekeken is, en het formulier zoals het kwam."""

    sleutel: str
    bekeken: int  # het laatste volgnummer in het voorbeeld
    inhoud: bytes
    naam: str  # de route, voor het logboek


def proef(omgeving: Omgeving, dossier_id: UUID, wat: Voornemen, actor: Actor) -> Uitwerking:
    """Laat zien wat het zou veranderen; dezelfde weigeringen, er wordt niets geschreven."""
    return _doe(omgeving, dossier_id, wat, actor, proef=True)


def leg_bekeken_vast(omgeving: Omgeving, inzicht: Inzicht, wat: Voornemen, wie: Aangemelde, druk: Druk) -> None:
    """Leg vast wat is bekeken, hoogstens één keer; InTussenGewijzigd als er na het voorbeeld iets bijkwam."""

    def werk(hier: Omgeving, ruimte: Ruimte) -> Antwoord:
        if ruimte.dossier(inzicht.dossier.id).laatste_volgnummer != druk.bekeken:
            raise InTussenGewijzigd("Er is intussen iets veranderd. Er is nog niets vastgelegd.", "Kijk nog eens.")
        _doe(hier, inzicht.dossier.id, wat, wie.actor, proef=False)
        ruimte.schrijf_in_logboek(regel(omgeving, wie, druk.naam, Logsoort.GEWIJZIGD, inzicht.dossier, inzicht.toegang))
        return Antwoord(200, {})

    eenmalig(omgeving, _PORTAAL, f"{wie.code} {druk.sleutel}", druk.inhoud, werk)


class _NogNiet(Exception):
    """Deze druk op de knop is de eerste; de transactie wordt teruggedraaid."""


def al_vastgelegd(omgeving: Omgeving, wie: Aangemelde, druk: Druk) -> bool:
    """Zeg of dezelfde druk op de knop al is verwerkt: de vraag zelf kan er daarna niet meer zijn."""

    def nee(_hier: Omgeving, _ruimte: Ruimte) -> Antwoord:
        raise _NogNiet

    try:
        return eenmalig(omgeving, _PORTAAL, f"{wie.code} {druk.sleutel}", druk.inhoud, nee).herhaald
    except _NogNiet:
        return False


def kan_verder(omgeving: Omgeving, wie: Aangemelde, referentie: str) -> bool:
    """Zeg of iemand hierna nog in dit dossier kan vastleggen: na een verhuizing is het soms niet meer van hem."""
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            dossier = ruimte.dossier_bij(referentie)
            toegang = toegang_in(ruimte, omgeving, wie.kijker, dossier)
    except OnbekendDossier:
        return False
    return toegang is not None and mag_melden(omgeving, Inzicht(dossier, toegang), wie)


def _doe(omgeving: Omgeving, dossier_id: UUID, wat: Voornemen, actor: Actor, *, proef: bool) -> Uitwerking:
    een, reden = wat.melding, wat.reden
    if een is None:
        haal = proef_doorhaling if proef else haal_door
        return haal(omgeving, dossier_id, str(wat.volgnummer), actor, reden)
    waarden = waarden_van(een, wat.velden)
    if een.feit:
        assert wat.dag is not None
        doe = proef_melding if proef else meld
        uit = doe(omgeving, dossier_id, een.feit, wat.dag, waarden, actor, reden=reden)
        assert uit is not None  # None komt alleen bij een bronkenmerk, en dat geven wij niet
        return uit
    return _handel(omgeving, dossier_id, een.code, waarden, actor, reden, proef=proef)


def _handel(
    omgeving: Omgeving, dossier_id: UUID, code: str, waarden: Velden, actor: Actor, reden: str, *, proef: bool
) -> Uitwerking:
    match code:
        case "gegevens":
            leeg = dict.fromkeys(waarden.get(LEEG, ()), "")
            nieuw = {naam: str(waarde) for naam, waarde in waarden.items() if naam != LEEG}
            return wijzig(omgeving, dossier_id, {**leeg, **nieuw}, actor, reden, proef=proef)
        case "pauzeren":
            grond = Pauzegrond(waarden["grond"])
            tot = waarden.get("verwacht_tot")
            return pauzeer(omgeving, dossier_id, grond, actor, reden, verwacht_tot=tot, proef=proef)
        case "hervatten":
            return hervat(omgeving, dossier_id, actor, reden, proef=proef)
        case "maatwerk":
            return _stel_maatwerk_vast(omgeving, dossier_id, waarden, actor, reden, proef=proef)
        case "maatwerk-beeindigen":
            return beeindig_maatwerk(omgeving, dossier_id, waarden["nummer"], actor, reden, proef=proef)
        case _:
            return bied_aan(omgeving, dossier_id, waarden["medewerker"], actor, reden, proef=proef)


def _stel_maatwerk_vast(
    omgeving: Omgeving, dossier_id: UUID, waarden: Velden, actor: Actor, reden: str, *, proef: bool
) -> Uitwerking:
    meer = {naam: waarden[naam] for naam in ("rol", "betaler", "inzage") if waarden.get(naam)}
    if waarden.get("bedrag"):
        meer["bedrag"] = lees_bedrag(str(waarden["bedrag"]))
    stap, partner, tot = Stapsoort(waarden["stap"]), waarden["partner"], waarden["geldig_tot"]
    return stel_maatwerk_vast(omgeving, dossier_id, stap, partner, tot, actor, reden, meer=meer, proef=proef)
