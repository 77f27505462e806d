"""Verlenging van de inburgeringstermijn: wat elke grond hoogstens geeft, en wat aantoonbare inspanning vraagt.

DUO beslist; dit helpt een klantmanager adviseren, en een typefout in een datum van DUO te zien. Bron: art. 12 Wi,
art. 4.3 tot en met 4.5 Bi, art. 4.1 en 4.2 Ri.
"""

from datetime import date, timedelta
from typing import Final

from domein.begrippen import TAALONDERDELEN, Doelgroep, Examenonderdeel, Leerroute
from domein.regels.kalender import datum, plus_jaren, plus_maanden
from domein.regels.planvormen import Kader
from domein.regels.stappen.aanbieder import aanbod_gedaan_op, aanbod_termijn
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import lesuren
from domein.stand import Stand

INSPANNING: Final = "inspanning"
GEEN_AANBOD: Final = "geen_aanbod"
ARTIKEL_AANBOD: Final = "artikel 4.1 lid 1 onder g Regeling inburgering"
ARTIKEL: Final = "artikelen 4.1 en 4.2 Regeling inburgering"
# grond -> het getal voor de kortste en dat voor de langste verlenging; leeg: daar is geen grens.
GRONDEN: Final[dict[str, tuple[str, str]]] = {
    "ziekte": ("verlenging_ziekte_vanaf_maanden", ""),
    "opvang": ("verlenging_opvang_vanaf_maanden", ""),
    "overlijden_naaste": ("", "verlenging_overlijden_naaste_maanden"),
    "bevalling": ("", "verlenging_bevalling_weken"),
    "alfabetisering": ("verlenging_alfabetisering_vanaf_maanden", "verlenging_alfabetisering_max_maanden"),
    "dakloosheid": ("verlenging_dakloosheid_vanaf_maanden", "verlenging_dakloosheid_max_jaren"),
    "aanbieder": ("verlenging_aanbieder_vanaf_maanden", "verlenging_aanbieder_max_maanden"),
    "overig": ("verlenging_overig_vanaf_maanden", "verlenging_overig_max_jaren"),
    INSPANNING: ("", "verlenging_inspanning_maanden"),
}


def twijfel(stand: Stand, grond: str | None, nieuw_einde: date, op: date, kader: Kader) -> str:
    """Zeg waarom een verlenging niet past bij haar grond; leeg als zij past of als de grond geen grens kent."""
    einde = laatste_dag(stand, kader)
    if einde is not None and grond == GEEN_AANBOD:
        return _geen_aanbod(stand, einde, nieuw_einde, kader)
    if einde is None or grond not in GRONDEN:
        return ""
    kortst, langst = GRONDEN[grond]
    if langst and nieuw_einde > (grens := _erbij(einde, langst, op, kader)):
        return f"Bij deze grond verlengt DUO hoogstens tot en met {datum(grens)} ({ARTIKEL})."
    if kortst and nieuw_einde < (grens := _erbij(einde, kortst, op, kader)):
        return f"Bij deze grond verlengt DUO minstens tot en met {datum(grens)} ({ARTIKEL})."
    return ""


def _geen_aanbod(stand: Stand, einde: date, nieuw_einde: date, kader: Kader) -> str:
    """Zonder aanbod komt er bij wat het langer duurde dan drie maanden, of zes in de onderwijsroute (onderdeel g)."""
    termijn = aanbod_termijn(stand, kader)
    if termijn is None:
        return f"Een aanbod hoort alleen bij een asielstatushouder ({ARTIKEL_AANBOD})."
    gedaan = aanbod_gedaan_op(stand)
    if gedaan is None:
        return ""  # hoe lang het duurt staat nog niet vast
    grens = einde + max(gedaan - termijn.einde, timedelta())
    if nieuw_einde <= grens:
        return ""
    return (
        f"Het aanbod was er op {datum(gedaan)}, en had er uiterlijk op {datum(termijn.einde)} moeten zijn: dat geeft "
        f"hoogstens een verlenging tot en met {datum(grens)} ({ARTIKEL_AANBOD})."
    )


def _erbij(einde: date, naam: str, op: date, kader: Kader) -> date:
    versie = kader.regeling.regel(naam, op)
    if versie.eenheid == "weken":
        return einde + timedelta(weeks=versie.waarde)
    return plus_jaren(einde, versie.waarde) if versie.eenheid == "jaren" else plus_maanden(einde, versie.waarde)


def ontbreekt_voor_inspanning(stand: Stand, op: date, kader: Kader) -> list[str]:
    """Noem wat er volgens het dossier ontbreekt voor aantoonbare inspanning (art. 4.3 tot en met 4.5 Bi)."""
    gehaald = {examen.onderdeel for examen in stand.examens.values() if examen.gehaald} | stand.vrij_van
    nodig = kader.regeling.getal("verlenging_inspanning_onderdelen", op)
    uit: list[str] = []
    if stand.leerroute is not Leerroute.B1:
        uit.append("de B1-route")
    if len(gehaald & TAALONDERDELEN) < nodig:
        uit.append(f"{nodig} taalonderdelen (gehaald: {len(gehaald & TAALONDERDELEN)})")
    if Examenonderdeel.KNM not in gehaald:
        uit.append("KNM")
    if stand.pvt_op is None:
        uit.append("het PVT")
    if stand.map_op is None:
        uit.append("de MAP")
    uren = kader.regeling.getal("verlenging_inspanning_uren", op)
    if stand.doelgroep is not Doelgroep.ASIELSTATUSHOUDER and lesuren(stand) < uren:
        uit.append(f"{uren} uur les (gevolgd: {lesuren(stand)})")
    return uit
