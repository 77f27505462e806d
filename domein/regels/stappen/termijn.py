"""De inburgeringstermijn: drie jaar vanaf het eerste PIP, tenzij DUO anders besluit (art. 11, 12, 24 en 25 Wi)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Eindegrond
from domein.regels.kalender import DAG, datum
from domein.regels.planvormen import Kader
from domein.regels.stilstand import gat_te_lang_op
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand

ARTIKEL_GAT: Final = "artikel 4.2 Besluit inburgering"


def basistermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de drie jaar vanaf het eerste PIP, zonder besluiten van DUO; None zolang er geen PIP is.

    Een later PIP verandert haar niet (art. 11 lid 3 Wi).
    """
    if not stand.pips:
        return None
    return bereken(
        "inburgeringstermijn",
        stand.pips[0].dagtekening,
        "dagtekening van het eerste PIP",
        regels=kader.regeling,
    )


def inburgeringstermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de lopende inburgeringstermijn, of None zolang er geen PIP is.

    Alleen een besluit van DUO verandert het einde: een verlenging (art. 12 Wi), of na overschrijding een nieuwe
    termijn (art. 24 en 25 Wi). Een gat in het verblijf schuift haar op met het gat (art. 4.2 Bi).
    """
    basis = basistermijn(stand, kader)
    if basis is None:
        return None
    termijn = _met_besluit(basis, stand)
    dagen = _gatdagen(stand, kader, termijn)
    if dagen:
        einde = termijn.einde + timedelta(days=dagen)
        hoeveel = "1 dag" if dagen == 1 else f"{dagen} dagen"
        termijn = replace(
            termijn,
            einde=einde,
            verlengd_van=termijn.verlengd_van or basis.einde,
            artikel=f"{termijn.artikel}; {ARTIKEL_GAT}",
            uitleg=f"{termijn.uitleg} Door een gat in het verblijf van {hoeveel} schuift dat naar {datum(einde)}. "
            f"{ARTIKEL_GAT[0].upper()}{ARTIKEL_GAT[1:]}.",
        )
    return _met_afloop(termijn, stand)


def _met_besluit(basis: Termijn, stand: Stand) -> Termijn:
    if stand.verlengd_tot is None:
        return basis
    eerder, bron = basis.einde, f"geteld vanaf het PIP van {datum(basis.anker)}"
    if not stand.nieuwe_termijn and stand.nieuwe_termijn_tot is not None:
        eerder, bron = stand.nieuwe_termijn_tot, "in de nieuwe termijn na overschrijding"
    zonder = f"Zonder {'DUO' if eerder == basis.einde else 'verlenging'} was {datum(eerder)} de laatste dag, {bron}."
    if stand.nieuwe_termijn:
        artikel = "artikel 24 en 25 Wet inburgering 2021"
        wat = f"De termijn is overschreden. DUO gaf een nieuwe termijn, tot en met {datum(stand.verlengd_tot)}."
    else:
        artikel = "artikel 12 Wet inburgering 2021"
        wat = f"DUO heeft de termijn verlengd tot en met {datum(stand.verlengd_tot)}."
    return replace(
        basis,
        einde=stand.verlengd_tot,
        verlengd_van=eerder,
        artikel=artikel,
        uitleg=f"{wat} {zonder} {artikel[0].upper()}{artikel[1:]}.",
    )


def _met_afloop(termijn: Termijn, stand: Stand) -> Termijn:
    if stand.einde is None:
        return termijn
    if stand.einde.grond is Eindegrond.VOLDAAN:
        return replace(termijn, gehaald_op=stand.einde.op)
    if stand.einde.grond is Eindegrond.TERMIJN_OVERSCHREDEN:
        return termijn
    return replace(termijn, vervallen=weg_door_einde(stand))


def weg_door_einde(stand: Stand) -> str:
    """Zeg waarom een termijn van het traject hier niet meer telt; leeg zolang het traject loopt."""
    if stand.einde is None:
        return ""
    if stand.einde.grond is Eindegrond.VERHUISD:
        return "de inburgeraar is verhuisd naar een gemeente buiten de regio; daar loopt het traject door"
    return "het traject is geëindigd"


def _gatdagen(stand: Stand, kader: Kader, termijn: Termijn) -> int:
    """Tel de dagen van gaten van hoogstens een jaar, voor zover zij in de termijn vallen.

    Wat vóór het begin van de termijn lag, of pas na haar einde begon, schuift niets op. Een gat van vóór een besluit
    van DUO zit al in dat besluit.
    """
    begin, einde = termijn.anker + DAG, termijn.einde
    for gat in sorted(stand.gaten.values(), key=lambda gat: gat.van):
        besloten = stand.verlengd_op is not None and gat.van <= stand.verlengd_op
        if gat.hervat_op is None or gat.hervat_op >= gat_te_lang_op(gat.van, kader) or besloten or gat.van > einde:
            continue
        einde += max(gat.hervat_op - max(gat.van, begin), timedelta())
    return (einde - termijn.einde).days


def laatste_dag(stand: Stand, kader: Kader) -> date | None:
    termijn = inburgeringstermijn(stand, kader)
    return termijn.einde if termijn else None
