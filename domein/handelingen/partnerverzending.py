"""Berichten aan partners verzenden: ondertekend, herhaald bij een storing, en op volgorde per dossier en partner.

Een partner herkent een herhaling aan het id van het bericht. Weigert zijn systeem, dan wachten latere berichten van
dat dossier tot een mens beslist: een wijziging mag nooit vóór de aanmelding aankomen.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from domein.begrippen import Berichtstatus
from domein.fouten import OngeldigeGegevens, PersoonGewist, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.partnerinhoud import inhoud_van
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.verzenden import wachttijd
from domein.model import Partnerbericht
from domein.ports import Omgeving, Ruimte
from domein.regio.onderdelen import Webhook

LEASE: Final = timedelta(minutes=5)
OPGEVEN_NA: Final = timedelta(hours=72)
VAST: Final = "partnerbericht_vast"
BRON: Final = "urn:nld:regie-inburgering"
TYPE: Final = "nl.regie-inburgering"


@dataclass(frozen=True, slots=True)
class Koerieruitkomst:
    """Wat het systeem van de partner zei: aanvaard, uitgesteld of onbestelbaar, met zijn code."""

    status: Berichtstatus
    antwoord: str = ""


class Koerier(Protocol):
    async def bezorg(self, webhook: Webhook, gebeurtenis: dict[str, Any]) -> Koerieruitkomst:
        """Bezorg één CloudEvent; een storing is uitgesteld, een weigering onbestelbaar."""
        ...


@dataclass(slots=True)
class Partnerverslag:
    aantallen: Counter[str] = field(default_factory=Counter[str])


async def verzend_partnerberichten(omgeving: Omgeving, koerier: Koerier, aantal: int = 50) -> Partnerverslag:
    """Verzend wat aan de beurt is; per dossier en partner één tegelijk, het oudste eerst."""
    verslag = Partnerverslag()
    for _ in range(aantal):
        nu = omgeving.klok.nu()
        with omgeving.magazijn.ruimte() as ruimte:
            geclaimd = ruimte.claim_partnerbericht(nu, nu + LEASE)
            werk = _maak(ruimte, omgeving, geclaimd) if geclaimd is not None else None
        if geclaimd is None:
            break
        if werk is None:
            verslag.aantallen[Berichtstatus.VERVALLEN.value] += 1
            continue
        webhook, gebeurtenis = werk
        uitkomst = await koerier.bezorg(webhook, gebeurtenis)
        status = _leg_vast(omgeving, geclaimd, uitkomst)
        if status is not None:
            verslag.aantallen[status.value] += 1
    return verslag


def _maak(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht) -> tuple[Webhook, dict[str, Any]] | None:
    """Maak het CloudEvent; None (en vervallen) als de persoon is gewist of de partner geen systeem meer heeft."""
    partner = regio_op(ruimte, omgeving, omgeving.klok.vandaag()).partner(bericht.partner)
    try:
        if partner is not None and partner.webhook is not None:
            return partner.webhook, als_cloudevent(ruimte, omgeving, bericht)
    except PersoonGewist:
        pass
    bericht.status, bericht.lease_tot = Berichtstatus.VERVALLEN, None
    bericht.antwoord = "de persoon is gewist, of de partner heeft geen systeem meer"
    ruimte.bewaar(bericht)
    return None


def als_cloudevent(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht) -> dict[str, Any]:
    """Geef het bericht als CloudEvent 1.0 volgens het NL GOV-profiel; `subject` is de verwijzing, nooit een BSN."""
    uit: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(bericht.id),
        "source": f"{BRON}:{omgeving.regio}",
        "type": f"{TYPE}.{bericht.soort.replace('_', '-')}",
        "subject": ruimte.dossier(bericht.dossier_id).referentie,
        "time": bericht.aangemaakt_op.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "sequence": f"{bericht.volgnummer:08d}",
        "data": inhoud_van(ruimte, omgeving, bericht),
    }
    if bericht.antwoord_uiterlijk is not None:
        uit["data"]["antwoord_uiterlijk"] = bericht.antwoord_uiterlijk.isoformat()
    return uit


def _leg_vast(omgeving: Omgeving, geclaimd: Partnerbericht, uitkomst: Koerieruitkomst) -> Berichtstatus | None:
    """Leg de uitkomst vast; niets als een ander de lease intussen overnam."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        bericht = ruimte.partnerbericht(geclaimd.id)
        if bericht.lease_nummer != geclaimd.lease_nummer or bericht.status is not Berichtstatus.BEZIG:
            return None
        bericht.pogingen += 1
        bericht.lease_tot = None
        bericht.status, bericht.antwoord = uitkomst.status, uitkomst.antwoord[:1000]
        if uitkomst.status is Berichtstatus.AANVAARD:
            bericht.aanvaard_op = nu
            los_op(ruimte, omgeving, VAST, dossier_id=bericht.dossier_id)
        elif uitkomst.status is Berichtstatus.UITGESTELD and nu - bericht.aangemaakt_op >= OPGEVEN_NA:
            bericht.status = Berichtstatus.ONBESTELBAAR
        if bericht.status is Berichtstatus.UITGESTELD:
            bericht.volgende_poging = nu + wachttijd(bericht.pogingen)
        ruimte.bewaar(bericht)
        if bericht.status is Berichtstatus.ONBESTELBAAR:
            _meld(ruimte, omgeving, bericht, nu)
        return bericht.status


def _meld(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht, _nu: datetime) -> None:
    melding = (
        f"Het systeem van {bericht.partner} nam bericht '{bericht.soort}' niet aan ({bericht.antwoord}). Latere "
        "berichten over dit dossier wachten. Bel de partner, en beslis met 'regie post partnerberichten'."
    )
    meld_signaal(ruimte, omgeving, VAST, "fout", melding, dossier_id=bericht.dossier_id)


def beslis(omgeving: Omgeving, bericht_id: str, besluit: str, actor: Actor, reden: str) -> Partnerbericht:
    """Beslis over een bericht dat vastzit: `opnieuw` verzenden of laten `vallen`; met een reden en een naam."""
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")
    with omgeving.magazijn.ruimte() as ruimte:
        bericht = next((b for b in ruimte.partnerberichten() if str(b.id).startswith(bericht_id)), None)
        if bericht is None or len(bericht_id) < 8:
            raise OngeldigeGegevens("Dit bericht bestaat niet.", "Kijk met 'regie post partnerberichten'.")
        vandaag = omgeving.klok.vandaag()
        eis_beheer(regio_op(ruimte, omgeving, vandaag), ruimte.dossier(bericht.dossier_id).gemeente, actor, vandaag)
        if bericht.status not in (Berichtstatus.ONBESTELBAAR, Berichtstatus.UITGESTELD):
            raise OngeldigeGegevens(f"Dit bericht is {bericht.status.value}.", "Er valt niets te beslissen.")
        opnieuw = besluit == "opnieuw"
        bericht.status = Berichtstatus.UITGESTELD if opnieuw else Berichtstatus.VERVALLEN
        bericht.volgende_poging = omgeving.klok.nu() if opnieuw else None
        bericht.antwoord = f"{besluit} door {actor.code}"
        ruimte.bewaar(bericht)
        los_op(ruimte, omgeving, VAST, dossier_id=bericht.dossier_id)
        return bericht
