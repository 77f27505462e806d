"""De uitgaande post verzenden: elk bericht hoogstens één keer aanvaard (I2).

Volgorde per bericht, elk in een eigen korte transactie: claimen met een lease, 'poging begonnen'
vastleggen, verzenden, de uitkomst vastleggen als de lease nog van ons is. Valt het systeem uit tussen
begin en uitkomst, dan weten wij niet of de mail weg is: dat heet `onzeker`, en daar kijkt een mens naar.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.bericht import ESCALATIE, VRAAGT_IETS, wacht_tot_open
from domein.handelingen.postpoort import Postbode, Poststuk, Verzenduitkomst
from domein.handelingen.signalen import los_op, meld_signaal
from domein.model import Bericht, Stap
from domein.ports import Omgeving, Ruimte

LEASE: Final = timedelta(minutes=15)  # langer dan de tien minuten die een server na DATA mag nemen
GELIJKTIJDIG: Final = 4
# Minuten tot de volgende poging; daarna blijft het laatste getal gelden.
TERUGVAL: Final = (1, 5, 15, 30, 60, 120, 240)
OPGEVEN_NA: Final = timedelta(hours=72)
MINSTE_POGINGEN: Final = 8  # wie zelf drie dagen stil lag, geeft niet op bij de eerste 4xx


@dataclass(slots=True)
class Verzendverslag:
    """Wat er met de geclaimde berichten gebeurde, per status."""

    geclaimd: int = 0
    aantallen: Counter[str] = field(default_factory=Counter[str])
    mislukt: int = 0  # onze eigen fout bij een bericht; de rest ging door

    def als_dict(self) -> dict[str, int]:
        return {status.value: self.aantallen[status.value] for status in Berichtstatus}


@dataclass(frozen=True, slots=True)
class _Claim:
    sleutel: str
    lease_nummer: int


async def verzend_wachtende(omgeving: Omgeving, postbode: Postbode, aantal: int = 50) -> Verzendverslag:
    """Verzend hoogstens `aantal` berichten waarvan het moment daar is; meer houders tegelijk mag."""
    verslag = Verzendverslag()
    verklaar_verdwaalde_onzeker(omgeving)
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        claims = [_Claim(b.sleutel, b.lease_nummer) for b in ruimte.claim_berichten(nu, nu + LEASE, aantal)]
    verslag.geclaimd = len(claims)
    if not claims:
        return verslag

    plaatsen = asyncio.Semaphore(GELIJKTIJDIG)

    async def een(claim: _Claim) -> None:
        async with plaatsen:
            status = await _verzend(omgeving, postbode, claim)
            if status is not None:
                verslag.aantallen[status.value] += 1

    try:
        uitkomsten = await asyncio.gather(*(een(claim) for claim in claims), return_exceptions=True)
    finally:
        await postbode.sluit()
    fouten = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, BaseException)]
    verslag.mislukt = len(fouten)
    for fout in fouten:
        if not isinstance(fout, Exception):
            raise fout  # afgebroken: de leases lopen af, en wat begonnen was wordt dan onzeker
    return verslag


async def _verzend(omgeving: Omgeving, postbode: Postbode, claim: _Claim) -> Berichtstatus | None:
    stuk = _begin(omgeving, claim)
    if isinstance(stuk, Poststuk):
        return _leg_vast(omgeving, claim, await postbode.bezorg(stuk))
    return stuk


def _begin(omgeving: Omgeving, claim: _Claim) -> Poststuk | Berichtstatus | None:
    """Leg vast dat de poging begint. Geen poststuk als de lease weg is of als de oorzaak verviel."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        bericht = _nog_van_ons(ruimte, claim)
        if bericht is None or bericht.status is not Berichtstatus.BEZIG:
            return None
        if bericht.lease_tot is None or bericht.lease_tot <= nu:
            return None  # te lang in de rij: een ander mag hem al hebben
        if reden := _vervallen(ruimte, bericht):
            bericht.status = Berichtstatus.VERVALLEN
            bericht.lease_tot = None
            bericht.antwoord = reden
            ruimte.bewaar(bericht)
            return Berichtstatus.VERVALLEN
        if open_op := wacht_tot_open(ruimte, omgeving, bericht.ontvanger_code):
            # Klaargezet op een open dag, maar het is er intussen een waarop de ontvanger dicht is (I7).
            bericht.status = Berichtstatus.UITGESTELD if bericht.pogingen else Berichtstatus.WACHTEND
            bericht.volgende_poging = open_op
            bericht.lease_tot = None
            ruimte.bewaar(bericht)
            return bericht.status
        bericht.pogingen += 1
        bericht.poging_begonnen_op = nu
        bericht.lease_tot = nu + LEASE
        ruimte.bewaar(bericht)
        return Poststuk(
            message_id=bericht.message_id,
            adres=bericht.adres,
            onderwerp=bericht.onderwerp,
            tekst=bericht.tekst,
            datum=bericht.aangemaakt_op,
        )


def _leg_vast(omgeving: Omgeving, claim: _Claim, uitkomst: Verzenduitkomst) -> Berichtstatus | None:
    """Leg de uitkomst vast; niets als een ander de lease intussen overnam."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        bericht = _nog_van_ons(ruimte, claim)
        # Was de lease afgelopen en het bericht al onzeker, dan weten wij het nu alsnog zeker.
        if bericht is None or bericht.status not in {Berichtstatus.BEZIG, Berichtstatus.ONZEKER}:
            return None
        bericht.status = uitkomst.status
        bericht.antwoord = uitkomst.antwoord[:1000]
        bericht.fout_code = uitkomst.code[:60]
        bericht.lease_tot = None
        bericht.poging_begonnen_op = None
        match uitkomst.status:
            case Berichtstatus.AANVAARD:
                bericht.aanvaard_op = nu
                bericht.fout_code = None
            case Berichtstatus.UITGESTELD:
                _stel_uit(bericht, nu)
            case Berichtstatus.ONBESTELBAAR | Berichtstatus.ONZEKER:
                pass
        ruimte.bewaar(bericht)
        _meld(ruimte, omgeving, bericht)
        return bericht.status


def _stel_uit(bericht: Bericht, nu: datetime) -> None:
    if bericht.pogingen >= MINSTE_POGINGEN and nu - bericht.aangemaakt_op >= OPGEVEN_NA:
        bericht.status = Berichtstatus.ONBESTELBAAR
        bericht.fout_code = "te_lang_uitgesteld"
        return
    bericht.volgende_poging = nu + wachttijd(bericht.pogingen)


def wachttijd(pogingen: int) -> timedelta:
    """Hoe lang wij wachten na deze poging: eerst kort (greylisting), later lang."""
    return timedelta(minutes=TERUGVAL[min(max(pogingen, 1), len(TERUGVAL)) - 1])


def verklaar_verdwaalde_onzeker(omgeving: Omgeving) -> int:
    """Zet op `onzeker` wat begonnen was en waarvan de houder niet meer leeft; geef het aantal."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        verdwaald = [
            bericht
            for bericht in ruimte.berichten(statussen={Berichtstatus.BEZIG})
            if bericht.poging_begonnen_op is not None and bericht.lease_tot is not None and bericht.lease_tot < nu
        ]
        for bericht in verdwaald:
            bericht.status = Berichtstatus.ONZEKER
            bericht.fout_code = "houder_weg"
            ruimte.bewaar(bericht)
            _meld(ruimte, omgeving, bericht)
    return len(verdwaald)


def _nog_van_ons(ruimte: Ruimte, claim: _Claim) -> Bericht | None:
    bericht = ruimte.bericht_met_sleutel(claim.sleutel)
    return bericht if bericht is not None and bericht.lease_nummer == claim.lease_nummer else None


def _vervallen(ruimte: Ruimte, bericht: Bericht) -> str | None:
    """Zeg waarom dit bericht geen zin meer heeft, of None."""
    if bericht.soort not in VRAAGT_IETS or bericht.stap_id is None:
        return None
    stap = ruimte.stap(bericht.stap_id)
    if stap.status is not Stapstatus.OPEN:
        return "de stap is niet meer open"
    if stap.generatie != bericht.generatie:
        return "de stap is intussen verzet of heropend"
    if bericht.soort != ESCALATIE and stap.medewerker not in {None, bericht.ontvanger_code}:
        return "de stap is intussen van een ander"
    return None


def _meld(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht) -> None:
    """Vertel de coördinator wat een mens moet weten. Geen adres: alleen de code van de ontvanger."""
    match bericht.status:
        case Berichtstatus.AANVAARD:
            # Was het onzeker en komt er toch nog een antwoord, dan hoeft niemand meer iets uit te zoeken.
            los_op(ruimte, omgeving, "post_onzeker", _stap_van(ruimte, bericht), bericht.dossier_id)
            return
        case Berichtstatus.ONBESTELBAAR:
            melding = (
                f"Een mail ({bericht.soort}) aan {bericht.ontvanger_code} is niet te bezorgen "
                f"({bericht.fout_code}). Controleer het adres, of geef de taak aan een ander."
            )
            soort, ernst = "post_onbestelbaar", "fout"
        case Berichtstatus.ONZEKER:
            melding = (
                f"Van een mail ({bericht.soort}) aan {bericht.ontvanger_code} is niet zeker of hij aankwam. "
                "Vraag het na, en beslis of hij opnieuw mag."
            )
            soort, ernst = "post_onzeker", "waarschuwing"
        case _:
            return
    meld_signaal(ruimte, omgeving, soort, ernst, melding, _stap_van(ruimte, bericht), bericht.dossier_id)


def _stap_van(ruimte: Ruimte, bericht: Bericht) -> Stap | None:
    return ruimte.stap(bericht.stap_id) if bericht.stap_id else None
