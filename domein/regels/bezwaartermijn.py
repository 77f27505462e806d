"""Wanneer bezwaar, beroep en hoger beroep kunnen, en tot wanneer op bezwaar is beslist (Awb 6:7, 6:8, 6:24, 7:10)."""

from dataclasses import dataclass, replace
from datetime import date

from domein.regels.beslistermijn import schort_op
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
    if tegen == "afwijzing":
        afwijzing = stand.afwijzingen.get(van)
        return Bestreden(f"afwijzing van voorstel {van}", afwijzing.bekendgemaakt_op) if afwijzing is not None else None
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
    Met een adviescommissie duurt zij langer; uitstel kan één keer, en soms staat zij stil. Vernietigde de rechter de
    beslissing, dan telt zij vanaf de uitspraak; noemt die een kortere termijn, dan gaat die voor (Awb 8:72).
    """
    maken = bezwaartermijn(stand, bezwaar.tegen, bezwaar.van, kader)
    anker = bezwaar.op if maken is None else max(maken.einde, bezwaar.op)
    bewijs = f"bezwaar {bezwaar.nummer}"
    if bezwaar.opnieuw_op is not None:
        anker, bewijs = bezwaar.opnieuw_op, f"uitspraak over bezwaar {bezwaar.nummer}: opnieuw beslissen"
    soort = "bezwaar-beslissen-commissie" if bezwaar.commissie else "bezwaar-beslissen"
    termijn = bereken(soort, anker, bewijs, regels=kader.regeling)
    if bezwaar.verdaagd_op is not None:
        bewijs = f"einde van de beslistermijn van bezwaar {bezwaar.nummer}, uitgesteld op {datum(bezwaar.verdaagd_op)}"
        later = bereken("bezwaar-verdagen", termijn.einde, bewijs, regels=kader.regeling)
        was = f"Zonder uitstel was {datum(termijn.einde)} de laatste dag."
        termijn = replace(later, verlengd_van=termijn.einde, uitleg=f"{was} {later.uitleg}")
    termijn = schort_op(termijn, stand, "bezwaar", bezwaar.nummer, bezwaar.opnieuw_op)
    vervallen = "het bezwaar is ingetrokken" if bezwaar.ingetrokken_op is not None else ""
    return replace(termijn, gehaald_op=bezwaar.beslist_op, vervallen=vervallen)


def beroepstermijn(stand: Stand, bezwaar: Bezwaar, kader: Kader) -> Termijn | None:
    """Geef tot wanneer beroep kan tegen de beslissing op dit bezwaar, zodra zij is bekendgemaakt."""
    besluit = stand.besluiten.get(bezwaar.besluit) if bezwaar.besluit is not None else None
    if besluit is None or besluit.bekendgemaakt_op is None:
        return None
    bewijs = f"bekendmaking van de beslissing op bezwaar {bezwaar.nummer}"
    return bereken("beroep", besluit.bekendgemaakt_op, bewijs, regels=kader.regeling)


def hogerberoepstermijn(beroep: Beroep, kader: Kader) -> Termijn | None:
    """Geef tot wanneer hoger beroep kan, vanaf de dag na de verzending van de uitspraak (Awb 6:24 en 8:79)."""
    if beroep.beslist_op is None or beroep.uitkomst == "ingetrokken":
        return None
    return bereken("hoger-beroep", beroep.beslist_op, f"uitspraak in beroep {beroep.nummer}", regels=kader.regeling)


def onherroepelijk_op(stand: Stand, tegen: str, van: int, kader: Kader) -> date | None:
    """Geef vanaf welke dag een besluit vaststaat als er niets meer komt; None zolang er nog iets loopt."""
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
            dag = _einde_bij_de_rechter(stand, een, kader)
            if dag is None:
                return None
            laatste = max(laatste, dag)
    return laatste


def _einde_bij_de_rechter(stand: Stand, beroep: Beroep, kader: Kader) -> date | None:
    """Geef de laatste dag van dit beroep met zijn hoger beroep; None zolang er iets loopt."""
    if beroep.beslist_op is None:
        return None
    termijn = hogerberoepstermijn(beroep, kader)
    dagen = [beroep.beslist_op if termijn is None else termijn.einde]
    for hoger in (h for h in stand.hoger_beroepen.values() if h.beroep == beroep.nummer):
        if hoger.beslist_op is None:
            return None
        dagen.append(hoger.beslist_op)
    return max(dagen)


def _beroepen(stand: Stand, bezwaar: Bezwaar) -> list[Beroep]:
    return [een for een in stand.beroepen.values() if een.bezwaar == bezwaar.nummer]


def besluit_van(stand: Stand, bezwaar: Bezwaar) -> Besluit | None:
    return stand.besluiten.get(bezwaar.besluit) if bezwaar.besluit is not None else None
