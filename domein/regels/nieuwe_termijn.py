"""De nieuwe termijn na overschrijding (art. 24 en 25 Wi, art. 7.1 tot en met 7.4 Ri). DUO beslist.

Hier staat alleen hoe lang zij hoogstens is bij wat is vastgelegd. Wat nog niet is vastgelegd, maakt haar korter: wie
meer uren of onderdelen heeft, krijgt minder tijd. De langste van alles wat ontbreekt, geldt.
"""

from datetime import date
from typing import Final

from domein.begrippen import TAALONDERDELEN, Examenonderdeel, Leerroute
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import Kader
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.stand import Stand

ARTIKEL: Final = "artikel 24 Wet inburgering 2021; artikelen 7.1 tot en met 7.4 Regeling inburgering"
EXAMEN: Final = TAALONDERDELEN | {Examenonderdeel.KNM}
_ONDERDELEN: Final = (
    "nieuwe_termijn_0_onderdelen_maanden", "nieuwe_termijn_1_onderdeel_maanden", "nieuwe_termijn_2_onderdelen_maanden",
    "nieuwe_termijn_3_onderdelen_maanden", "nieuwe_termijn_3_onderdelen_maanden",
)  # fmt: skip


def hoogstens_maanden(stand: Stand, einde: date, kader: Kader) -> int:
    """Geef hoeveel maanden een nieuwe termijn hoogstens duurt; 0 als volgens het dossier alles is gehaald."""
    route = _z_route(stand, einde, kader) if stand.leerroute is Leerroute.Z else _examen(stand, einde, kader)
    return max(route, _participatie(stand, einde, kader))


def twijfel(stand: Stand, tot: date, op: date, kader: Kader) -> str:
    """Zeg waarom deze nieuwe termijn te lang lijkt; een lege tekst als zij kan."""
    einde = laatste_dag(stand, kader)
    if einde is None:
        return ""
    maanden = hoogstens_maanden(stand, einde, kader)
    uiterlijk = plus_maanden(max(einde, op), maanden)
    if tot <= uiterlijk:
        return ""
    return (
        f"Bij wat is vastgelegd duurt een nieuwe termijn hoogstens {maanden} maanden, tot en met {datum(uiterlijk)} "
        f"({ARTIKEL})."
    )


def _examen(stand: Stand, einde: date, kader: Kader) -> int:
    gehaald = {examen.onderdeel for examen in stand.examens.values() if examen.gehaald} | stand.vrij_van
    aantal = len(gehaald & EXAMEN)
    return 0 if aantal == len(EXAMEN) else kader.regeling.getal(_ONDERDELEN[aantal], einde)


def _z_route(stand: Stand, einde: date, kader: Kader) -> int:
    """Bij een asielstatushouder tellen les en participatie samen, bij een ander alleen de les."""
    groep, uren = "gezin", cursusuren(stand)
    nodig = kader.regeling.getal("z_cursusuren", stand.pips[0].dagtekening)
    if stand.is_asiel:
        groep, uren = "asiel", uren + participatie_uren(stand, kader)
        nodig += kader.regeling.getal("z_participatieuren", stand.pips[0].dagtekening)
    if uren >= nodig:
        return 0
    for trap in (1, 2, 3):
        if uren <= kader.regeling.getal(f"nieuwe_termijn_z_{groep}_trap_{trap}_uren", einde):
            return kader.regeling.getal(f"nieuwe_termijn_z_trap_{trap}_maanden", einde)
    return kader.regeling.getal("nieuwe_termijn_z_trap_4_maanden", einde)


def _participatie(stand: Stand, einde: date, kader: Kader) -> int:
    pvt = stand.pvt_op is None and Examenonderdeel.PVT not in stand.vrij_van
    map_ = stand.map_op is None and Examenonderdeel.MAP not in stand.vrij_van
    if stand.leerroute is Leerroute.ONDERWIJS:
        map_ = False  # die route kent geen MAP (art. 8 lid 3 Wi)
    if pvt and map_:
        return kader.regeling.getal("nieuwe_termijn_pvt_en_map_maanden", einde)
    return kader.regeling.getal("nieuwe_termijn_pvt_of_map_maanden", einde) if pvt or map_ else 0
