"""Berichten aan partners verzenden: ondertekend, herhaald bij een storing, en op volgorde per dossier en partner.

Een partner herkent een herhaling aan het id van het bericht. Weigert zijn systeem, dan wachten latere berichten van
dat dossier tot een mens beslist: een wijziging mag nooit vóór de aanmelding aankomen.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, Protocol

from domein.begrippen import Berichtstatus
from domein.fouten import OngeldigeGegevens, PersoonGewist, RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import PartnerberichtBeslist
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.partnerinhoud import geldt_nog, inhoud_van
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.verzenden_stappen import MINSTE_POGINGEN, wachttijd
from domein.model import Partnerbericht
from domein.ports import Omgeving, Ruimte
from domein.regio.onderdelen import Webhook

LEASE: Final = timedelta(minutes=5)
OPGEVEN_NA: Final = timedelta(hours=72)
KORTSTE_ID: Final = 8
GEWIST: Final = "de persoon is gewist"
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
    mislukt: int = 0  # onze eigen fout bij een bericht; de rest ging door


def iets_te_verzenden(omgeving: Omgeving) -> bool:
    """Zeg of er nu een bericht aan een partner klaarstaat; zo kost een ronde zonder berichten niets."""
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.postpauze() is None and ruimte.partnerbericht_wacht(omgeving.klok.nu())


async def verzend_partnerberichten(omgeving: Omgeving, koerier: Koerier, aantal: int = 50) -> Partnerverslag:
    """Verzend wat aan de beurt is; per dossier en partner één tegelijk, het oudste eerst."""
    verslag = Partnerverslag()
    for _ in range(aantal):
        nu = omgeving.klok.nu()
        with omgeving.magazijn.ruimte() as ruimte:
            geclaimd = None if ruimte.postpauze() else ruimte.claim_partnerbericht(nu, nu + LEASE)
        if geclaimd is None:
            break
        try:
            uitkomst = await _bezorg(omgeving, koerier, geclaimd)
        except Exception as fout:  # een fout bij dit bericht houdt de andere niet tegen; dit gaat later opnieuw
            verslag.mislukt += 1
            uitkomst = Koerieruitkomst(Berichtstatus.UITGESTELD, f"eigen fout: {type(fout).__name__}")
        status = _leg_vast(omgeving, geclaimd, uitkomst)
        if status is not None:
            verslag.aantallen[status.value] += 1
    return verslag


async def _bezorg(omgeving: Omgeving, koerier: Koerier, bericht: Partnerbericht) -> Koerieruitkomst:
    """Maak het CloudEvent en bezorg het; vervallen als er niets meer te vertellen valt."""
    vervallen = Berichtstatus.VERVALLEN
    with omgeving.magazijn.ruimte() as ruimte:
        partner = regio_op(ruimte, omgeving, omgeving.klok.vandaag()).partner(bericht.partner)
        if partner is None or partner.webhook is None:
            return Koerieruitkomst(vervallen, "de partner heeft geen systeem meer")
        try:
            if not geldt_nog(ruimte, bericht):
                return Koerieruitkomst(vervallen, "het feit is doorgehaald of verbeterd")
            gebeurtenis = als_cloudevent(ruimte, omgeving, bericht)
        except PersoonGewist:
            return Koerieruitkomst(vervallen, GEWIST)
    return await koerier.bezorg(partner.webhook, gebeurtenis)


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
        elif uitkomst.status is Berichtstatus.UITGESTELD:
            te_lang = bericht.pogingen >= MINSTE_POGINGEN and nu - bericht.aangemaakt_op >= OPGEVEN_NA
            bericht.status = Berichtstatus.ONBESTELBAAR if te_lang else Berichtstatus.UITGESTELD
            bericht.volgende_poging = nu + wachttijd(bericht.pogingen)
        ruimte.bewaar(bericht)
        if bericht.status is Berichtstatus.ONBESTELBAAR:
            _meld(ruimte, omgeving, bericht)
        return bericht.status


def _meld(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht) -> None:
    melding = (
        f"Het systeem van {bericht.partner} nam bericht '{bericht.soort}' niet aan ({bericht.antwoord}). Latere "
        "berichten over dit dossier wachten. Bel de partner, en beslis met 'regie post partnerberichten'."
    )
    meld_signaal(ruimte, omgeving, VAST, "fout", melding, dossier_id=bericht.dossier_id)


def beslis(
    omgeving: Omgeving, bericht_id: str, besluit: Literal["opnieuw", "vallen"], actor: Actor, reden: str
) -> Partnerbericht:
    """Beslis over een bericht dat vastzit: `opnieuw` verzenden of laten `vallen`; met een reden en een naam."""
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Partnerbericht:
        bericht = _zoek(ruimte, bericht_id)
        vandaag = omgeving.klok.vandaag()
        eis_beheer(regio_op(ruimte, omgeving, vandaag), ruimte.dossier(bericht.dossier_id).gemeente, actor, vandaag)
        if bericht.status not in (Berichtstatus.ONBESTELBAAR, Berichtstatus.UITGESTELD):
            raise OngeldigeGegevens(f"Dit bericht is {bericht.status.value}.", "Er valt niets te beslissen.")
        feit = PartnerberichtBeslist(bericht=bericht.id, besluit=besluit)
        nieuw = NieuweGebeurtenis("partnerbericht_beslist", vandaag, feit, actor, reden=reden.strip())
        leg_vast(ruimte, omgeving, bericht.dossier_id, [nieuw])
        opnieuw = besluit == "opnieuw"
        bericht.status = Berichtstatus.UITGESTELD if opnieuw else Berichtstatus.VERVALLEN
        bericht.volgende_poging = omgeving.klok.nu() if opnieuw else None
        bericht.antwoord = f"{besluit} door {actor.code}"
        ruimte.bewaar(bericht)
        anderen = [b for b in ruimte.partnerberichten(dossier_id=bericht.dossier_id) if b.id != bericht.id]
        if not any(b.status is Berichtstatus.ONBESTELBAAR for b in anderen):  # anders wacht er nog een besluit
            los_op(ruimte, omgeving, VAST, dossier_id=bericht.dossier_id)
        return bericht

    return in_ruimte(omgeving, werk)


def _zoek(ruimte: Ruimte, begin: str) -> Partnerbericht:
    """Zoek op het id of het begin ervan; het moet er precies één zijn."""
    gevonden = [b for b in ruimte.partnerberichten() if str(b.id).startswith(begin.lower())]
    if len(begin) < KORTSTE_ID or len(gevonden) != 1:
        raise OngeldigeGegevens(
            f"Er is niet precies één bericht met een id dat begint met '{begin[:40]}'.",
            f"Neem minstens {KORTSTE_ID} tekens over uit 'regie post partnerberichten'.",
        )
    return gevonden[0]
