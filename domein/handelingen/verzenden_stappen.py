"""Wat er in de database gebeurt rond het verzenden: beginnen, vastleggen, melden. Elke schrijfactie is afgeschermd.

Beginnen wordt bewaard vóór de inhoud de deur uit gaat en de uitkomst erna: valt het systeem daartussen uit, dan
weten wij niet of de mail weg is, en dat heet `onzeker`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.bericht import ESCALATIE, VRAAGT_IETS, VROEGE_WAARSCHUWING, wacht_tot_open
from domein.handelingen.postbeheer import niets_meer_onzeker, stap_van
from domein.handelingen.postbeheer_adres import markeer_adres
from domein.handelingen.postpoort import Boeking, Claim, Geclaimd, Poststuk, Staptoestand, Verzenduitkomst
from domein.handelingen.signalen import meld_signaal
from domein.handelingen.verzenden_rij import Begonnen
from domein.model import Bericht, Stap
from domein.ports import Omgeving, Ruimte

LEASE: Final = timedelta(minutes=2)  # een verzender die leeft verlengt haar; na een stroomstoring wacht niemand lang
# Minuten tot de volgende poging; daarna blijft het laatste getal gelden.
TERUGVAL: Final = (1, 5, 15, 30, 60, 120, 240)
OPGEVEN_NA: Final = timedelta(hours=72)
MINSTE_POGINGEN: Final = 8  # wie zelf drie dagen stil lag, geeft niet op bij de eerste 4xx
ADRES_ONBESTELBAAR: Final = "adres_onbestelbaar"
# RFC 3463: de postbus of het domein bestaat niet, of het adres is geen adres. Een volle postbus hoort hier niet bij.
_ADRES_BESTAAT_NIET: Final = re.compile(r"5\.1\.(?:1|2|3|6|10)(?!\d)")

_BIJ_DE_STAP: Final = VRAAGT_IETS | {VROEGE_WAARSCHUWING}
_VOORBIJ: Final = frozenset({Stapstatus.KLAAR, Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN})

Openingsdagen = dict[tuple[str, date], datetime | None]


class Stappen:
    """De transacties van één verzender; onthoudt per ontvanger of zijn kantoor vandaag open is."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._open_op: Openingsdagen = {}

    def schrijf(
        self, ruimte: Ruimte, uitkomsten: Sequence[tuple[Begonnen, Verzenduitkomst]], berichten: Sequence[Geclaimd]
    ) -> tuple[list[Berichtstatus], list[Begonnen], list[Berichtstatus]]:
        """Leg uitkomsten vast en begin nieuwe pogingen, in één transactie.

        Geeft de statussen van de uitkomsten die nog van ons waren, wat er is begonnen, en de statussen van wat
        niet meer hoefde of nog niet mag.
        """
        nu = self._omgeving.klok.nu()
        gelegd = self._leg_vast(ruimte, uitkomsten, nu) if uitkomsten else []
        begonnen, anders = self._begin(ruimte, berichten, nu) if berichten else ([], [])
        return gelegd, begonnen, anders

    # beginnen

    def _begin(
        self, ruimte: Ruimte, berichten: Sequence[Geclaimd], nu: datetime
    ) -> tuple[list[Begonnen], list[Berichtstatus]]:
        stap_ids = {b.stap_id for b in berichten if b.stap_id is not None and b.soort in _BIJ_DE_STAP}
        stappen = ruimte.staptoestanden(stap_ids)
        dood = ruimte.onbestelbare_adressen({bericht.adres for bericht in berichten})
        boekingen: list[tuple[Geclaimd, Boeking]] = []
        mogen: list[Geclaimd] = []
        for bericht in berichten:
            stap = stappen.get(bericht.stap_id) if bericht.stap_id else None
            boeking = self._niet_nu(ruimte, bericht, stap, bericht.adres.lower() in dood)
            if boeking is None:
                mogen.append(bericht)
            else:
                boekingen.append((bericht, boeking))
        lease_tot = nu + LEASE
        van_ons = ruimte.begin_pogingen([claim_van(bericht) for bericht in mogen], nu, lease_tot)
        begonnen = [Begonnen(b, claim_van(b), poststuk(b), lease_tot) for b in mogen if b.id in van_ons]
        eerder = ruimte.boek([boeking for _, boeking in boekingen])
        for bericht, boeking in boekingen:
            if bericht.id in eerder:
                _meld(ruimte, self._omgeving, bericht, boeking, eerder[bericht.id])
        return begonnen, [boeking.status for bericht, boeking in boekingen if bericht.id in eerder]

    def _niet_nu(
        self, ruimte: Ruimte, bericht: Geclaimd, stap: Staptoestand | None, adres_dood: bool
    ) -> Boeking | None:
        claim = claim_van(bericht)
        if reden := vervallen(bericht, stap):
            return Boeking(claim, Berichtstatus.VERVALLEN, antwoord=reden)
        if adres_dood:
            return Boeking(claim, Berichtstatus.ONBESTELBAAR, ADRES_ONBESTELBAAR)
        if (open_op := self._wacht_tot_open(ruimte, bericht.ontvanger_code)) is None:
            return None
        # Klaargezet op een open dag, maar het is er intussen een waarop de ontvanger dicht is (I7).
        status = Berichtstatus.UITGESTELD if bericht.pogingen else Berichtstatus.WACHTEND
        return Boeking(claim, status, bericht.fout_code, bericht.antwoord, volgende_poging=open_op)

    def _wacht_tot_open(self, ruimte: Ruimte, ontvanger: str) -> datetime | None:
        sleutel = (ontvanger, self._omgeving.klok.vandaag())
        if sleutel not in self._open_op:
            self._open_op[sleutel] = wacht_tot_open(ruimte, self._omgeving, ontvanger)
        return self._open_op[sleutel]

    # vastleggen

    def _leg_vast(
        self, ruimte: Ruimte, uitkomsten: Sequence[tuple[Begonnen, Verzenduitkomst]], nu: datetime
    ) -> list[Berichtstatus]:
        boekingen = [boeking_van(begonnen, uitkomst, nu) for begonnen, uitkomst in uitkomsten]
        eerder = ruimte.boek(boekingen)
        gelegd: list[Berichtstatus] = []
        for (begonnen, uitkomst), boeking in zip(uitkomsten, boekingen, strict=True):
            bericht = begonnen.bericht
            if bericht.id not in eerder:
                continue  # een ander nam de lease over: hij weet meer dan wij
            gelegd.append(boeking.status)
            if boeking.status is Berichtstatus.ONBESTELBAAR and _ADRES_BESTAAT_NIET.match(uitkomst.antwoord):
                markeer_adres(ruimte, bericht, uitkomst.code, nu)
            _meld(ruimte, self._omgeving, bericht, boeking, eerder[bericht.id])
        return gelegd


def geef_terug(ruimte: Ruimte, begonnen: Iterable[Begonnen], geclaimd: Collection[Claim]) -> None:
    """Geef terug wat zeker niet weg is, zodat een ander er niet op hoeft te wachten."""
    ruimte.geef_claims_terug([een.claim for een in begonnen], begonnen=True)
    ruimte.geef_claims_terug(geclaimd, begonnen=False)


def claim_van(bericht: Bericht | Geclaimd) -> Claim:
    return Claim(bericht.id, bericht.lease_nummer)


def poststuk(bericht: Bericht | Geclaimd) -> Poststuk:
    """Wat er de deur uit gaat. Alles komt uit de rij zelf: elke poging geeft dezelfde bytes."""
    return Poststuk(
        message_id=bericht.message_id,
        adres=bericht.adres,
        onderwerp=bericht.onderwerp,
        tekst=bericht.tekst,
        datum=bericht.aangemaakt_op,
        html=bericht.html,
        agenda=bericht.agenda,
        agenda_methode=bericht.agenda_methode,
        antwoord_aan=bericht.antwoord_aan,
        in_antwoord_op=bericht.in_antwoord_op,
        afmelden=bericht.afmelden,
        afmeldlink=bericht.afmeldlink,
        retour_token=bericht.retour_token,
    )


def vervallen(bericht: Bericht | Geclaimd, stap: Staptoestand | Stap | None) -> str | None:
    """Zeg waarom dit bericht geen zin meer heeft, of None."""
    if bericht.soort == VROEGE_WAARSCHUWING and stap is not None and stap.status in _VOORBIJ:
        return "de stap is niet meer nodig"
    if bericht.soort not in VRAAGT_IETS or bericht.stap_id is None:
        return None
    if stap is None or stap.status is not Stapstatus.OPEN:
        return "de stap is niet meer open"
    if stap.generatie != bericht.generatie:
        return "de stap is intussen verzet of heropend"
    if bericht.soort != ESCALATIE and stap.medewerker not in {None, bericht.ontvanger_code}:
        return "de stap is intussen van een ander"
    return None


def boeking_van(begonnen: Begonnen, uitkomst: Verzenduitkomst, nu: datetime) -> Boeking:
    """Vertaal wat de server zei in wat wij vastleggen; na 72 uur uitstel geven wij op."""
    bericht, claim = begonnen.bericht, begonnen.claim
    code, antwoord = uitkomst.code[:60], uitkomst.antwoord[:1000]
    pogingen = bericht.pogingen + 1
    match uitkomst.status:
        case Berichtstatus.AANVAARD:
            return Boeking(claim, Berichtstatus.AANVAARD, None, antwoord, aanvaard_op=nu)
        case Berichtstatus.ONZEKER:
            return Boeking(claim, Berichtstatus.ONZEKER, code, antwoord, onzeker_sinds=nu)
        case Berichtstatus.ONBESTELBAAR:
            return Boeking(claim, Berichtstatus.ONBESTELBAAR, code, antwoord)
        case Berichtstatus.UITGESTELD:
            if pogingen >= MINSTE_POGINGEN and nu - bericht.aangemaakt_op >= OPGEVEN_NA:
                return Boeking(claim, Berichtstatus.ONBESTELBAAR, "te_lang_uitgesteld", antwoord)
            straks = nu + wachttijd(pogingen)
            return Boeking(claim, Berichtstatus.UITGESTELD, code, antwoord, volgende_poging=straks)


def wachttijd(pogingen: int) -> timedelta:
    """Hoe lang wij wachten na deze poging: eerst kort (greylisting), later lang."""
    return timedelta(minutes=TERUGVAL[min(max(pogingen, 1), len(TERUGVAL)) - 1])


def verklaar_verdwaalde_onzeker(omgeving: Omgeving) -> int:
    """Zet op `onzeker` wat begonnen was en waarvan de verzender niet meer leeft; geef het aantal."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        verdwaald = ruimte.verklaar_onzeker(nu)
        for bericht in verdwaald:
            boeking = Boeking(claim_van(bericht), Berichtstatus.ONZEKER, bericht.fout_code)
            _meld(ruimte, omgeving, bericht, boeking, Berichtstatus.BEZIG)
    return len(verdwaald)


def _meld(
    ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht | Geclaimd, boeking: Boeking, eerder: Berichtstatus
) -> None:
    """Vertel de coördinator wat een mens moet weten. Geen adres: alleen de code van de ontvanger."""
    aan = f"Een mail ({bericht.soort}) aan {bericht.ontvanger_code}"
    match boeking.status:
        case Berichtstatus.AANVAARD | Berichtstatus.UITGESTELD | Berichtstatus.VERVALLEN | Berichtstatus.WACHTEND:
            if eerder is Berichtstatus.ONZEKER:
                # Het was onzeker en er kwam toch nog een antwoord: niemand hoeft meer iets uit te zoeken.
                niets_meer_onzeker(ruimte, omgeving, bericht)
            return
        case Berichtstatus.ONBESTELBAAR:
            soort, ernst = "post_onbestelbaar", "fout"
            waarom = "het adres werkte eerder niet" if boeking.code == ADRES_ONBESTELBAAR else boeking.code
            melding = f"{aan} is niet te bezorgen ({waarom}). Controleer het adres, of geef de taak aan een ander."
        case Berichtstatus.ONZEKER:
            soort, ernst = "post_onzeker", "waarschuwing"
            melding = (
                f"Van een mail ({bericht.soort}) aan {bericht.ontvanger_code} is niet zeker of hij aankwam. "
                f"Vraag het na, en beslis met 'regie post beslis {bericht.id}'."
            )
        case Berichtstatus.BEZIG:
            return
    meld_signaal(ruimte, omgeving, soort, ernst, melding, stap_van(ruimte, bericht), bericht.dossier_id)
