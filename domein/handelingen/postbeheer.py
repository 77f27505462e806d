"""Wat een mens of het beleid met de post doet na het verzenden: beslissen over onzeker, en een bounce melden."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from domein.begrippen import Berichtstatus
from domein.fouten import InTussenGewijzigd, OvergangNietToegestaan, RedenNodig, RegieFout, VolgnummerBezet
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.bevoegdheid import eis_ops
from domein.handelingen.kern import in_ruimte
from domein.handelingen.postbeheer_adres import markeer_adres
from domein.handelingen.postpoort import Geclaimd
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.waarneming import neem_waar
from domein.model import Bericht, Bounce, Bouncesoort, Postbeslissing, Postkeuze, Stap
from domein.ports import Omgeving, Ruimte

TELT_TOT: Final = timedelta(hours=72)  # ouder dan dit stuurt het beleid niets meer vanzelf opnieuw
_ADRES: Final = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


class OnbekendBericht(RegieFout):
    """Dit bericht staat niet in de uitgaande post."""

    code = "onbekend_bericht"


class BounceGeweigerd(RegieFout):
    """Deze melding draagt geen kenmerk van een bericht van ons: iedereen kan haar hebben geschreven."""

    code = "bounce_geweigerd"


# onzeker: een mens beslist, of het beleid


@dataclass(frozen=True, slots=True)
class Onzekerbeleid:
    """Wat er na zo veel uren vanzelf gebeurt met wat onzeker is. Wat hoogstens één keer mag, blijft bij een mens."""

    keuze: Literal["mens", "opnieuw", "opgeven"] = "mens"
    na: timedelta = timedelta(hours=24)


AAN_EEN_MENS: Final = Onzekerbeleid()


def beslis(omgeving: Omgeving, bericht_id: UUID, keuze: Postkeuze, actor: Actor, reden: str) -> Berichtstatus:
    """Beslis over een onzeker bericht; geef zijn nieuwe status. GeenBevoegdheid als deze persoon geen ops is.

    Opnieuw: dezelfde bytes met dezelfde Message-ID gaan nog eens. Aangekomen: het telt als aanvaard. Laat vallen:
    het gaat niet meer.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        _eis_ops(ruimte, omgeving, _zoek(ruimte, bericht_id), actor)
    return beslis_getoetst(omgeving, bericht_id, keuze, actor, reden)


def beslis_getoetst(omgeving: Omgeving, bericht_id: UUID, keuze: Postkeuze, actor: Actor, reden: str) -> Berichtstatus:
    """Beslis als `beslis`, voor wie al is getoetst: het beleid van de installatie, en wie alle post laat gaan."""
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            return _beslis_een(ruimte, omgeving, _zoek(ruimte, bericht_id), keuze, actor, reden)
    except VolgnummerBezet:
        raise InTussenGewijzigd(
            "Er kwam net nog een antwoord van de mailserver op dit bericht.",
            "Bekijk het opnieuw in 'regie post lijst'.",
        ) from None


def beslis_in(
    ruimte: Ruimte, omgeving: Omgeving, bericht_id: UUID, keuze: Postkeuze, actor: Actor, reden: str
) -> Berichtstatus:
    """Toets en beslis in deze transactie over een onzeker bericht."""
    bericht = _zoek(ruimte, bericht_id)
    _eis_ops(ruimte, omgeving, bericht, actor)
    return _beslis_een(ruimte, omgeving, bericht, keuze, actor, reden)


def _zoek(ruimte: Ruimte, bericht_id: UUID) -> Bericht:
    bericht = ruimte.bericht(bericht_id)
    if bericht is None:
        raise OnbekendBericht("Dit bericht bestaat niet.", "Zoek het op met 'regie post lijst'.")
    return bericht


def _eis_ops(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, actor: Actor) -> None:
    """GeenBevoegdheid als deze persoon de post over dit dossier (of anders van de regio) niet mag beheren."""
    vandaag = omgeving.klok.vandaag()
    gemeente = ruimte.dossier(bericht.dossier_id).gemeente if bericht.dossier_id is not None else None
    eis_ops(regio_op(ruimte, omgeving, vandaag), gemeente, actor, vandaag)


def _beslis_een(
    ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, keuze: Postkeuze, actor: Actor, reden: str
) -> Berichtstatus:
    if not reden.strip():
        raise RedenNodig("Zeg waarom u dit beslist.", "Geef een reden met --reden.")
    if bericht.status is not Berichtstatus.ONZEKER:
        raise OvergangNietToegestaan(
            f"Dit bericht is {bericht.status.value}; alleen over een onzeker bericht valt iets te beslissen.",
            "Kijk met 'regie post lijst --status onzeker' wat er openstaat.",
        )
    _beslis(ruimte, omgeving, bericht, keuze, actor, reden)
    return bericht.status


def _beslis(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, keuze: Postkeuze, actor: Actor, reden: str) -> None:
    nu = omgeving.klok.nu()
    bericht.lease_nummer += 1  # het late antwoord op de vorige poging telt nu niet meer
    bericht.lease_tot = bericht.poging_begonnen_op = None
    match keuze:
        case Postkeuze.OPNIEUW:
            bericht.status, bericht.volgende_poging = Berichtstatus.UITGESTELD, nu
        case Postkeuze.AANGEKOMEN:
            bericht.status, bericht.aanvaard_op, bericht.fout_code = Berichtstatus.AANVAARD, nu, None
        case Postkeuze.LAAT_VALLEN:
            bericht.status = Berichtstatus.VERVALLEN
    ruimte.bewaar(
        bericht,
        Postbeslissing(
            bericht_id=bericht.id, keuze=keuze, door=actor.code, verificatie=actor.verificatie,
            reden=reden.strip()[:1000], op=nu,
        ),
    )  # fmt: skip
    niets_meer_onzeker(ruimte, omgeving, bericht)


def beslis_volgens_beleid(omgeving: Omgeving, beleid: Onzekerbeleid) -> int:
    """Beslis over wat lang genoeg onzeker is; geef het aantal. Wat te oud is om nog te sturen, blijft bij een mens."""
    if beleid.keuze == "mens":
        return 0
    keuze = Postkeuze.OPNIEUW if beleid.keuze == "opnieuw" else Postkeuze.LAAT_VALLEN
    nu = omgeving.klok.nu()
    uren = beleid.na.total_seconds() / 3600
    with omgeving.magazijn.ruimte() as ruimte:
        rijp = [
            bericht.id
            for bericht in ruimte.onzekere_berichten(nu - beleid.na)
            if keuze is not Postkeuze.OPNIEUW or nu - bericht.aangemaakt_op < TELT_TOT
        ]
    for bericht_id in rijp:
        try:
            beslis_getoetst(
                omgeving, bericht_id, keuze, SYSTEEM, f"Beleid van de installatie: na {uren:g} uur onzeker."
            )
        except (OvergangNietToegestaan, InTussenGewijzigd):
            continue  # een ander of de mailserver was eerder
    return len(rijp)


def niets_meer_onzeker(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht | Geclaimd) -> None:
    """Los het signaal op als er over deze stap geen ander onzeker bericht meer is."""
    if not ruimte.is_ander_onzeker(bericht):
        los_op(ruimte, omgeving, "post_onzeker", stap_van(ruimte, bericht), bericht.dossier_id)


def stap_van(ruimte: Ruimte, bericht: Bericht | Geclaimd) -> Stap | None:
    return ruimte.stap(bericht.stap_id) if bericht.stap_id else None


# teruggekomen post


@dataclass(frozen=True, slots=True)
class Bouncemelding:
    """Wat een andere server meldde over een bericht dat al was aanvaard; gelezen door de adapter.

    `token` komt uit het adres waaraan de melding is gericht: dat kent alleen wie ons bericht heeft vervoerd.
    """

    token: str | None
    soort: Bouncesoort
    code: str
    kenmerk: str
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Bounceverslag:
    """Wat de melding deed; `nieuw` is False als precies deze melding er al was."""

    bericht_id: UUID
    soort: Bouncesoort
    code: str
    nieuw: bool
    adres_gemerkt: bool


def meld_bounce(omgeving: Omgeving, melding: Bouncemelding) -> Bounceverslag:
    """Leg vast dat een bericht terugkwam, merk het adres, meld het en breng de open taken naar een ander.

    Alleen het adres van dat bericht zelf wordt gemerkt, nooit een adres uit de tekst van de melding.
    """
    verslag = in_ruimte(omgeving, lambda ruimte: _meld_bounce(ruimte, omgeving, melding))
    if verslag.adres_gemerkt:
        neem_waar(omgeving, afwezigen=False)
    return verslag


def _meld_bounce(ruimte: Ruimte, omgeving: Omgeving, melding: Bouncemelding) -> Bounceverslag:
    nu = omgeving.klok.nu()
    bericht = ruimte.bericht_met_token(melding.token) if melding.token else None
    if bericht is None:
        raise BounceGeweigerd(
            "Deze melding hoort niet bij een bericht van ons: het kenmerk in het adres ontbreekt of klopt niet.",
            "Is het adres echt stuk, wijzig het dan in de afspraken van de regio.",
        )
    if any(bounce.kenmerk == melding.kenmerk for bounce in ruimte.bounces(bericht.id)):
        return Bounceverslag(bericht.id, melding.soort, melding.code, nieuw=False, adres_gemerkt=False)
    ruimte.bewaar(
        Bounce(
            bericht_id=bericht.id, kenmerk=melding.kenmerk, soort=melding.soort, code=melding.code[:20],
            toelichting=_ADRES.sub("<adres>", melding.toelichting)[:500], ontvangen_op=nu,
        )
    )  # fmt: skip
    gemerkt = False
    if melding.soort is Bouncesoort.BLIJVEND:
        gemerkt = markeer_adres(ruimte, bericht, melding.code, nu)
        _kwam_terug(ruimte, omgeving, bericht, melding.code, nu)
    return Bounceverslag(bericht.id, melding.soort, melding.code, nieuw=True, adres_gemerkt=gemerkt)


def _kwam_terug(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, code: str, nu: datetime) -> None:
    if bericht.status is Berichtstatus.ONZEKER:
        # Nu staat vast dat hij wel weg was, en niet aankwam.
        bericht.status, bericht.fout_code = Berichtstatus.ONBESTELBAAR, "teruggekomen"
        bericht.lease_nummer += 1
        ruimte.bewaar(bericht)
        niets_meer_onzeker(ruimte, omgeving, bericht)
    melding = (
        f"Een mail ({bericht.soort}) aan {bericht.ontvanger_code} kwam op {nu:%Y-%m-%d} terug ({code}). "
        "Controleer het adres, of geef de taak aan een ander."
    )
    stap = stap_van(ruimte, bericht)
    meld_signaal(ruimte, omgeving, "post_onbestelbaar", "fout", melding, stap, bericht.dossier_id)
