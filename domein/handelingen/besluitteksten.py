"""De tekst van een besluit: gevuld uit een sjabloon, verder geschreven door een mens, en bewaard zoals zij is getekend.

De tekst bevat een naam en ligt daarom alleen versleuteld in de kluis; de gebeurtenis houdt haar hash.
"""

import hashlib
from datetime import date
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Besluitsoort, Leerroute, Stapsoort
from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.handelingen.aanschrijven import aanschrijving
from domein.handelingen.kern import kader
from domein.handelingen.openen import wijs_aan
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.briefzinnen import GEDRAGINGEN, WAARTEGEN
from domein.regels.kalender import datum
from domein.regels.samenwerking import Toewijzing
from domein.regels.samenwerking_partijen import orgaan
from domein.regels.stappen.pip_wijzigen import ROUTENAMEN
from domein.regio.afspraken import COLLEGE
from domein.regio.model import Regio
from domein.stand import Stand, Voorstel

SJABLONEN: Final = {
    Besluitsoort.PIP: "besluit_pip",
    Besluitsoort.PIP_WIJZIGING: "besluit_wijziging",
    Besluitsoort.WEIGERING: "besluit_weigering",
    Besluitsoort.MAATREGEL: "besluit_maatregel",
    Besluitsoort.BESLISSING_OP_BEZWAAR: "besluit_bezwaar",
}
# Wat pas bij de ondertekening vaststaat, staat zo in het concept.
DATUM: Final = "[datum]"
TEKENAAR: Final = "[ondertekenaar]"
INVULLEN: Final = "[vul hier in"
LANGST: Final = 20_000


def hash_van(tekst: str) -> str:
    return hashlib.sha256(tekst.encode()).hexdigest()


def bevoegd_orgaan(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> str:
    """Geef in wiens naam het besluit gaat: het orgaan van de afspraken (ook na delegatie), anders het college."""
    if stap.kenmerk.startswith("bezwaar/"):
        # Op bezwaar beslist het orgaan dat het besluit nam (art. 7:11 Awb): dat van de afspraken over het PIP.
        stap = next((s_ for s_ in ruimte.stappen(stap.dossier_id) if s_.stapsoort is Stapsoort.PIP), stap)
    antwoord = wijs_aan(ruimte, regio, stap, stand, op)
    if isinstance(antwoord, Toewijzing) and stap.stapsoort is Stapsoort.PIP:
        return antwoord.bevoegd_orgaan
    return orgaan(regio, COLLEGE, stap.gemeente)


def eerste_tekst(
    ruimte: Ruimte, omgeving: Omgeving, regio: Regio, stap: Stap, stand: Stand, soort: Besluitsoort, gegevens: Gegevens
) -> str:
    """Vul het sjabloon van deze soort besluit; de datum en wie tekent volgen bij de ondertekening."""
    vandaag = omgeving.klok.vandaag()
    persoon = ruimte.persoon(stap.dossier_id)
    if persoon is None:
        raise PersoonGewist("De gegevens van deze persoon zijn gewist.", "Er is niemand meer om aan te schrijven.")
    vast = {
        **aanschrijving(persoon, vandaag),
        "referentie": ruimte.dossier(stap.dossier_id).referentie,
        "gemeente": regio.gemeentenaam(stap.gemeente),
        "orgaan": bevoegd_orgaan(ruimte, regio, stap, stand, vandaag),
        "datumregel": DATUM,
        "tekenaar": TEKENAAR,
        "motivering": f"{INVULLEN} waarom]",
    }
    return omgeving.brieven.schrijf(SJABLONEN[soort], {**vast, **_inhoud(gegevens, stand)}).tekst


def _inhoud(gegevens: Gegevens, stand: Stand) -> dict[str, Any]:
    match gegevens:
        case s.PipVastgesteld():
            vorig = stand.pip.leerroute if stand.pip is not None else gegevens.leerroute
            eerste = stand.pips[0].dagtekening if stand.pips else None
            regels = kader().regeling
            return {
                "interval_maanden": gegevens.interval_maanden,
                "pvt_uren": regels.getal("pvt_uren", eerste),
                "map_uren": 0 if gegevens.leerroute is Leerroute.ONDERWIJS else regels.getal("map_uren", eerste),
                "aanleiding": gegevens.grond,
                "leerroute": ROUTENAMEN[gegevens.leerroute],
                "vorige_leerroute": ROUTENAMEN[vorig],
                "aantal_gesprekken": gegevens.aantal_gesprekken,
                "op_a2": ", ".join(onderdeel.value for onderdeel in gegevens.a2_onderdelen),
                "uren_per_week": gegevens.uren_per_week or 0,
                "eerste": not stand.pips,
            }
        case s.MaatregelBesloten():
            maatregel = stand.maatregelen[gegevens.nummer]
            return {
                "opgelegd": gegevens.opgelegd,
                "boete": gegevens.bedrag,
                "gedraging": GEDRAGINGEN[maatregel.gedraging],
                "voornemen_op": maatregel.voornemen_op or maatregel.op,
                "gedraging_op": maatregel.gedraging_op,
            }
        case s.BezwaarBeslist():
            bezwaar = stand.bezwaren[gegevens.nummer]
            return {
                "uitkomst": gegevens.uitkomst,
                "herroept": gegevens.herroept,
                "ontvangen_op": bezwaar.op,
                "waartegen": WAARTEGEN[bezwaar.tegen],
            }
        case s.VoorstelAfgewezen():
            voorstel = stand.voorstellen[gegevens.nummer]
            return {"voorstel": _voorstel(voorstel), "gevraagd": voorstel.aanvraag}
        case _:
            return {}


def _voorstel(voorstel: Voorstel) -> str:
    if voorstel.naar is not None:
        return f"een andere route ({ROUTENAMEN[voorstel.naar]})"
    return f"niveau A2 voor {', '.join(onderdeel.value for onderdeel in voorstel.onderdelen)}"


def getekende_tekst(concept: str, op: date, tekenaar: str) -> str:
    """Zet de dagtekening en wie tekent in de tekst; OngeldigeGegevens als de tekst daar geen plaats voor heeft."""
    if DATUM not in concept or TEKENAAR not in concept:
        raise OngeldigeGegevens(
            f"De tekst heeft geen plaats voor de dagtekening of de ondertekening: {DATUM} of {TEKENAAR} ontbreekt.",
            "Zet ze terug met 'regie besluit tekst'.",
        )
    if INVULLEN in concept:
        raise OngeldigeGegevens(
            f"Nog niet ingevuld: {', '.join(_open_plekken(concept))} (artikelen 3:45, 3:46 en 3:47 Awb).",
            "Schrijf het met 'regie besluit tekst --bestand'; tekst met '[vul hier in' moet weg.",
        )
    return concept.replace(DATUM, datum(op)).replace(TEKENAAR, tekenaar)


def _open_plekken(concept: str) -> list[str]:
    """Wat een mens nog moet invullen, in de woorden van het sjabloon: `[vul hier in waarom]` is `waarom`."""
    return [stuk.split("]")[0].strip() for stuk in concept.split(INVULLEN)[1:]]


def eis_rechtsmiddel(tekst: str, soort: Besluitsoort) -> None:
    """OngeldigeGegevens als de tekst niet meer zegt hoe iemand ertegenop kan komen (Awb 3:45 en 6:23)."""
    in_beroep = soort is Besluitsoort.BESLISSING_OP_BEZWAAR
    nodig = ("beroep", "rechtbank", "zes weken") if in_beroep else ("bezwaar", "zes weken")
    if ontbreekt := [woord for woord in nodig if woord not in tekst.lower()]:
        wat = "beroep bij de rechtbank (artikel 6:23 Awb)" if in_beroep else "bezwaar (artikel 3:45 Awb)"
        raise OngeldigeGegevens(
            f"De tekst zegt niet hoe en binnen welke tijd iemand in {wat} kan: {', '.join(ontbreekt)} ontbreekt.",
            "Zet het stuk uit het sjabloon terug met 'regie besluit tekst'.",
        )


def eis_tekst(tekst: str) -> str:
    schoon = tekst.strip()
    if not schoon or len(schoon) > LANGST:
        raise OngeldigeGegevens(
            f"Een besluit heeft een tekst van hoogstens {LANGST} tekens.", "Geef een bestand met gewone tekst."
        )
    return schoon + "\n"


def lees_tekst(ruimte: Ruimte, dossier_id: UUID, nummer: int, versie: int, verwacht: str) -> str:
    """Geef de tekst uit de kluis; RegieFout als zij niet meer is wat de gebeurtenis zegt."""
    tekst = ruimte.besluittekst(dossier_id, nummer, versie)
    if hash_van(tekst) != verwacht:
        raise OngeldigeGegevens(
            f"De tekst van besluit {nummer} is niet meer wat is vastgelegd: de hash klopt niet.",
            "Zet een reservekopie terug en zoek uit wat er is gebeurd.",
        )
    return tekst
