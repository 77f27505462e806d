"""De gegevens voor een brief bij een echte stap, om af te drukken of zelf te sturen.

Hier komt de naam van een persoon in een tekst, en nergens anders: het systeem mailt en bewaart een brief nooit. Alleen
wie de stap mag doen, krijgt haar te zien. Een gezinslid leest nooit in andermans brief: elke brief gaat over één
dossier.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Eindegrond, Leerroute, Verwijtbaarheid
from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.aanschrijven import aanschrijving
from domein.handelingen.bevoegdheid import eis_behandelaar
from domein.handelingen.kern import kader
from domein.handelingen.openen import wijs_aan
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezwaartermijn import beslistermijn
from domein.regels.briefzinnen import GEDRAGINGEN, WAARTEGEN
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.regels.samenwerking import Toewijzing
from domein.regels.stappen.intake import waarschuwing_nodig
from domein.regels.stappen.pip_wijzigen import ROUTENAMEN
from domein.regels.stappen.termijn import inburgeringstermijn
from domein.regels.tarief import tarief
from domein.regels.termijnen import bereken
from domein.regels.uitkomsten import stapvorm
from domein.regio.model import Regio
from domein.stand import Stand, vouw

# De talen waarin een tolk wordt gevraagd, met hun Nederlandse naam (ISO 639-1).
TALEN: Final[Mapping[str, str]] = {
    "am": "Amhaars", "ar": "Arabisch", "bn": "Bengaals", "en": "Engels", "es": "Spaans", "fa": "Perzisch (Farsi)",
    "fr": "Frans", "hi": "Hindi", "ku": "Koerdisch", "pl": "Pools", "prs": "Dari", "ps": "Pasjtoe", "pt": "Portugees",
    "ro": "Roemeens", "ru": "Russisch", "so": "Somalisch", "sw": "Swahili", "th": "Thai", "ti": "Tigrinya",
    "tl": "Tagalog", "tr": "Turks", "uk": "Oekraïens", "ur": "Urdu", "vi": "Vietnamees", "zh": "Chinees",
}  # fmt: skip
DUUR: Final = "1 uur"
ONBEKEND_CONTACT: Final = "uw contactpersoon van de gemeente"


@dataclass(frozen=True, slots=True)
class Keuzes:
    """Wat wie de brief maakt zelf weet; wat ontbreekt wordt een stippellijn of een voorstel."""

    dag: date | None = None
    tijd: str = ""
    plaats: str = ""
    telefoon: str = ""


@dataclass(frozen=True, slots=True)
class _Werk:
    ruimte: Ruimte
    omgeving: Omgeving
    regio: Regio
    stap: Stap
    stand: Stand
    keuzes: Keuzes
    kader: Kader
    vandaag: date

    @property
    def nummer(self) -> int:
        return int(self.stap.kenmerk.rsplit("/", 1)[-1])

    def toewijzing(self) -> Toewijzing | None:
        """Wie de stap volgens de afspraken van vandaag doet, namens wie; None als zij niemand aanwijzen."""
        antwoord = wijs_aan(self.ruimte, self.regio, self.stap, self.stand, self.vandaag)
        return antwoord if isinstance(antwoord, Toewijzing) else None


def briefgegevens(omgeving: Omgeving, stap_id: UUID, soort: str, actor: Actor, keuzes: Keuzes) -> dict[str, Any]:
    """Geef de waarden voor deze brief bij deze stap; OngeldigeGegevens als zij daar niet bij hoort.

    GeenBevoegdheid voor wie de stap niet mag doen, PersoonGewist als er niemand meer is om aan te schrijven.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        stap = ruimte.stap(stap_id)
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        eis_behandelaar(regio, stap, stap.gemeente, actor, vandaag)
        stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
        werk = _Werk(ruimte, omgeving, regio, stap, stand, keuzes, kader(), vandaag)
        maak = BRIEVEN.get(soort)
        if maak is None or stapvorm(stap.kenmerk) not in BIJ_STAP[soort]:
            passend = [brief for brief, vormen in BIJ_STAP.items() if stapvorm(stap.kenmerk) in vormen]
            raise OngeldigeGegevens(
                f"De brief {soort[:60]} hoort niet bij de stap '{stap.kenmerk}'.",
                f"Kies: {', '.join(passend)}." if passend else "Bij deze stap hoort geen brief.",
            )
        return {**_vast(werk), **maak(werk)}


def _vast(werk: _Werk) -> dict[str, Any]:
    dossier = werk.ruimte.dossier(werk.stap.dossier_id)
    persoon = werk.ruimte.persoon(werk.stap.dossier_id)
    if persoon is None:
        raise PersoonGewist("De gegevens van deze persoon zijn gewist.", "Er is niemand meer om aan te schrijven.")
    toewijzing = werk.toewijzing()
    code = werk.stap.medewerker or werk.stand.klantmanager
    contact = werk.regio.medewerker(code) if code else None
    partner = werk.regio.partner(contact.partner) if contact else None
    naar = toewijzing.afzender if toewijzing is not None else (partner.naam if partner else "de gemeente")
    return {
        **aanschrijving(persoon, werk.vandaag),
        "dagtekening": werk.vandaag,
        "referentie": dossier.referentie,
        "gemeente": werk.regio.gemeentenaam(werk.stap.gemeente),
        "afzender": naar,
        "contactnaam": (contact.naam if contact else "") or ONBEKEND_CONTACT,
        "telefoon": werk.keuzes.telefoon,
    }


def _gesprek(werk: _Werk, dag: date) -> dict[str, Any]:
    return {"dag": werk.keuzes.dag or dag, "tijd": werk.keuzes.tijd, "plaats": werk.keuzes.plaats}


def _oproep_zonder_waarschuwing(werk: _Werk) -> dict[str, Any]:
    if waarschuwing_nodig(werk.stand, werk.nummer, werk.kader):
        raise OngeldigeGegevens(
            "Deze oproep moet een waarschuwing bevatten (artikel 14 lid 2 Wet inburgering 2021).",
            "Maak de brief brief_oproep_waarschuwing.",
        )
    return _oproep(werk)


def _oproep(werk: _Werk) -> dict[str, Any]:
    """De dag van het gesprek kiest een mens; zonder keuze stelt het beleid er een voor.

    Bij het gesprek zelf staat de dag vast: wie het gesprek verzet, maakt hier de nieuwe brief.
    """
    if stapvorm(werk.stap.kenmerk) == "intake/gesprek":
        return _gesprek(werk, werk.stap.streef)
    dagen = timedelta(days=werk.kader.regeling.getal("oproep_tot_afspraak_dagen"))
    return _gesprek(werk, werk.kader.werkdag(werk.vandaag + dagen))


def _waarschuwing(werk: _Werk) -> dict[str, Any]:
    """Een nieuwe oproep na niet verschijnen bevat een schriftelijke waarschuwing (art. 14 lid 2 Wi)."""
    if not waarschuwing_nodig(werk.stand, werk.nummer, werk.kader):
        raise OngeldigeGegevens(
            "Bij deze oproep hoort geen waarschuwing: de persoon miste geen gesprek zonder goede reden.",
            "Maak de brief brief_oproep.",
        )
    op = werk.stand.begin_op or werk.vandaag
    return {
        **_oproep(werk),
        "gemist_op": werk.stand.verzuim[werk.nummer - 1].op,
        "nummer": werk.nummer,
        "meeste": werk.kader.regeling.getal("max_oproepen", op),
        "boete": werk.kader.regeling.getal("boete_intake_euro", werk.vandaag),
    }


def _uitnodiging(werk: _Werk) -> dict[str, Any]:
    return _gesprek(werk, werk.stap.streef)


def _pip(werk: _Werk) -> dict[str, Any]:
    """De bezwaartermijn telt vanaf de bekendmaking (art. 6:8 Awb)."""
    eigen = [pip for pip in werk.stand.pips if not pip.elders]
    if not eigen:
        raise OngeldigeGegevens(
            "Er is nog geen PIP vastgesteld.", "Leg eerst het besluit vast; de brief volgt daaruit."
        )
    pip = eigen[-1]
    if pip.besluit is not None and pip.bekendgemaakt_op is None:
        raise OngeldigeGegevens(
            "Dit PIP is getekend en nog niet bekendgemaakt: de bezwaartermijn loopt nog niet (artikel 6:8 Awb).",
            "Verstuur het besluit zelf ('regie besluit toon') en leg de bekendmaking vast.",
        )
    toewijzing = werk.toewijzing()
    gemeente = werk.regio.gemeentenaam(werk.stap.gemeente)
    college = f"college van burgemeester en wethouders van {gemeente}"
    return {
        "leerroute": ROUTENAMEN[pip.leerroute],
        "aantal_gesprekken": pip.aantal_gesprekken,
        "termijn_einde": _termijn_einde(werk),
        "bezwaar_tot": bereken("bezwaar", pip.bekendgemaakt_op or pip.dagtekening, regels=werk.kader.regeling).einde,
        "orgaan": toewijzing.bevoegd_orgaan if toewijzing is not None else college,
    }


def _termijn_einde(werk: _Werk) -> date:
    termijn = inburgeringstermijn(werk.stand, werk.kader)
    if termijn is None:
        raise OngeldigeGegevens("Er is nog geen PIP, dus nog geen termijn.", "Deze brief kan pas na het eerste PIP.")
    return termijn.einde


def _verhuizing(werk: _Werk) -> dict[str, Any]:
    nummer = int(werk.stap.kenmerk.split("/")[2])
    een = werk.stand.verhuizingen[nummer]
    return {
        "verhuisd_op": een.op,
        "nieuwe_gemeente": werk.regio.gemeentenaam(een.naar),
        "leerroute": ROUTENAMEN.get(werk.stand.leerroute, Leerroute.ONBEKEND.value),
        "termijn_einde": _termijn_einde(werk),
    }


def _einde(werk: _Werk) -> dict[str, Any]:
    einde = werk.stand.einde
    if einde is None or einde.grond is Eindegrond.OVERLIJDEN:
        raise OngeldigeGegevens(
            "Bij dit einde hoort geen brief aan de inburgeraar.", "Neem zelf contact op met wie dit aangaat."
        )
    return {"grond": einde.grond.value, "dag": werk.stap.streef}


def _tolk(werk: _Werk) -> dict[str, Any]:
    """Geen naam: het bureau hoort alleen de taal, de dag en de verwijzing."""
    if werk.stand.tolk_taal is None:
        raise OngeldigeGegevens("In dit dossier is geen taal voor een tolk bekend.", "Leg eerst de taal vast.")
    gesprek = werk.stap.kenmerk.split("/", 3)[3]
    geboekt = werk.stand.tolken.get(gesprek)
    gepland = plan(werk.stand, werk.kader).stap(gesprek)
    dag = gepland.streef if gepland is not None else (geboekt.gesprek_op if geboekt is not None else werk.stap.streef)
    return {
        **_gesprek(werk, dag),
        "taalnaam": TALEN.get(werk.stand.tolk_taal, werk.stand.tolk_taal),
        "duur": DUUR,
        "verzet": geboekt is not None and not geboekt.afgezegd,
    }


def _voornemen(werk: _Werk) -> dict[str, Any]:
    """Het voornemen noemt de gedraging, het hoogste bedrag en de dag om te reageren (art. 4:8 en 5:53 Awb)."""
    maatregel = werk.stand.maatregelen[werk.nummer]
    dagen = timedelta(days=werk.kader.regeling.getal("zienswijze_dagen"))
    hoogst = tarief(werk.stand, maatregel, Verwijtbaarheid.OPZET, werk.kader)
    return {
        "gedraging": GEDRAGINGEN[maatregel.gedraging],
        "gedraging_op": maatregel.gedraging_op,
        "boete": hoogst.bedrag,
        "reageren_tot": maatregel.zienswijze_tot or werk.keuzes.dag or werk.kader.werkdag(werk.vandaag + dagen),
    }


def _bezwaar_ontvangen(werk: _Werk) -> dict[str, Any]:
    bezwaar = werk.stand.bezwaren[werk.nummer]
    termijn = beslistermijn(werk.stand, bezwaar, werk.kader)
    assert termijn is not None
    return {"ontvangen_op": bezwaar.op, "waartegen": WAARTEGEN[bezwaar.tegen], "beslist_voor": termijn.einde}


BRIEVEN: Final[Mapping[str, Callable[[_Werk], dict[str, Any]]]] = {
    "brief_oproep": _oproep_zonder_waarschuwing,
    "brief_oproep_waarschuwing": _waarschuwing,
    "brief_uitnodiging": _uitnodiging,
    "brief_pip_aanbieding": _pip,
    "brief_verhuizing": _verhuizing,
    "brief_einde": _einde,
    "brief_voornemen": _voornemen,
    "brief_bezwaar_ontvangen": _bezwaar_ontvangen,
    "tolk_boeking": _tolk,
    "tolk_afzegging": _tolk,
}
BIJ_STAP: Final[Mapping[str, frozenset[str]]] = {
    "brief_oproep": frozenset({"intake/oproep", "intake/gesprek"}),
    "brief_oproep_waarschuwing": frozenset({"intake/oproep", "intake/gesprek"}),
    "brief_uitnodiging": frozenset({"voortgang", "eindgesprek"}),
    "brief_pip_aanbieding": frozenset(
        {"pip/vaststellen", "pip/verhuizing", "pip/leerroute", "pip/afschalen", "pip/herzien"}
    ),
    "brief_voornemen": frozenset({"maatregel/voornemen", "maatregel/zienswijze"}),
    "brief_bezwaar_ontvangen": frozenset({"bezwaar/te-laat", "bezwaar/horen"}),
    "brief_verhuizing": frozenset(
        {"verhuizing/opvragen", "verhuizing/levering", "verhuizing/ontvangst", "verhuizing/aanbieder"}
    ),
    "brief_einde": frozenset({"einde/afsluiten", "einde/wissen", "einde/certificaat"}),
    "tolk_boeking": frozenset({"tolk/boeken"}),
    "tolk_afzegging": frozenset({"tolk/afzeggen"}),
}
