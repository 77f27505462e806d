"""Wanneer bezwaar en beroep kunnen, en tot wanneer erop moet zijn beslist (Awb 6:7, 6:8, 6:11, 7:10)."""

from dataclasses import dataclass, replace
from datetime import date

from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Beroep, Besluit, Bezwaar, Stand


@dataclass(frozen=True, slots=True)
class Bestreden:
    """Waartegen een bezwaar is gericht: wat het is, en vanaf wanneer de termijn telt."""

    wat: str
    bekendgemaakt_op: date | None


def bestreden(stand: Stand, tegen: str, van: int) -> Bestreden | None:
    """Zoek op waartegen het bezwaar gaat, of None als het er niet is."""
    if tegen == "pip":
        pip = next((p for p in stand.pips if p.nummer == van and not p.elders), None)
        return Bestreden(f"PIP {van}", pip.bekendgemaakt_op) if pip is not None else None
    if tegen == "maatregel":
        maatregel = stand.maatregelen.get(van)
        besluit = stand.besluiten.get(maatregel.besluit) if maatregel is not None and maatregel.besluit else None
        return Bestreden(f"maatregel {van}", besluit.bekendgemaakt_op) if besluit is not None else None
    besluit = stand.besluiten.get(van)
    return Bestreden(f"besluit {van}", besluit.bekendgemaakt_op) if besluit is not None else None


def bezwaartermijn(stand: Stand, tegen: str, van: int, kader: Kader) -> Termijn | None:
    """Geef de termijn om bezwaar te maken; None zolang het besluit niet is bekendgemaakt: dan loopt er niets."""
    wat = bestreden(stand, tegen, van)
    if wat is None or wat.bekendgemaakt_op is None:
        return None
    return bereken("bezwaar", wat.bekendgemaakt_op, f"bekendmaking van {wat.wat}", regels=kader.regeling)


def te_laat(stand: Stand, bezwaar: Bezwaar, kader: Kader) -> bool:
    termijn = bezwaartermijn(stand, bezwaar.tegen, bezwaar.van, kader)
    return termijn is not None and bezwaar.op > termijn.einde


def beslistermijn(stand: Stand, bezwaar: Bezwaar, kader: Kader) -> Termijn | None:
    """Geef tot wanneer op het bezwaar moet zijn beslist (Awb 7:10).

    Zij telt vanaf de dag na de laatste dag om bezwaar te maken, en bij een laat bezwaar vanaf de dag na de ontvangst.
    Met een adviescommissie duurt zij langer; uitstel kan één keer.
    """
    maken = bezwaartermijn(stand, bezwaar.tegen, bezwaar.van, kader)
    anker = bezwaar.op if maken is None else max(maken.einde, bezwaar.op)
    soort = "bezwaar-beslissen-commissie" if bezwaar.commissie else "bezwaar-beslissen"
    termijn = bereken(soort, anker, f"bezwaar {bezwaar.nummer}", regels=kader.regeling)
    if bezwaar.verdaagd_op is not None:
        bewijs = f"einde van de beslistermijn van bezwaar {bezwaar.nummer}, uitgesteld op {datum(bezwaar.verdaagd_op)}"
        later = bereken("bezwaar-verdagen", termijn.einde, bewijs, regels=kader.regeling)
        termijn = replace(later, verlengd_van=termijn.einde)
    vervallen = "het bezwaar is ingetrokken" if bezwaar.ingetrokken_op is not None else ""
    return replace(termijn, gehaald_op=bezwaar.beslist_op, vervallen=vervallen)


def beroepstermijn(stand: Stand, bezwaar: Bezwaar, kader: Kader) -> Termijn | None:
    """Geef tot wanneer beroep kan tegen de beslissing op dit bezwaar, zodra zij is bekendgemaakt."""
    besluit = stand.besluiten.get(bezwaar.besluit) if bezwaar.besluit is not None else None
    if besluit is None or besluit.bekendgemaakt_op is None:
        return None
    bewijs = f"bekendmaking van de beslissing op bezwaar {bezwaar.nummer}"
    return bereken("beroep", besluit.bekendgemaakt_op, bewijs, regels=kader.regeling)


def onherroepelijk_op(stand: Stand, tegen: str, van: int, kader: Kader) -> date | None:
    """Geef vanaf welke dag een besluit vaststaat als er niets meer komt; None zolang bezwaar of beroep loopt of kan.

    Een uitspraak van de rechtbank telt hier als het einde: hoger beroep legt iemand vast als nieuw beroep.
    """
    maken = bezwaartermijn(stand, tegen, van, kader)
    if maken is None:
        return None
    laatste = maken.einde
    for bezwaar in (b for b in stand.bezwaren.values() if (b.tegen, b.van) == (tegen, van)):
        if bezwaar.ingetrokken_op is not None:
            laatste = max(laatste, bezwaar.ingetrokken_op)
            continue
        beroep = beroepstermijn(stand, bezwaar, kader)
        if beroep is None:
            return None
        laatste = max(laatste, beroep.einde)
        for een in _beroepen(stand, bezwaar):
            if een.beslist_op is None:
                return None
            laatste = max(laatste, een.beslist_op)
    return laatste


def _beroepen(stand: Stand, bezwaar: Bezwaar) -> list[Beroep]:
    return [een for een in stand.beroepen.values() if een.bezwaar == bezwaar.nummer]


def besluit_van(stand: Stand, bezwaar: Bezwaar) -> Besluit | None:
    return stand.besluiten.get(bezwaar.besluit) if bezwaar.besluit is not None else None
