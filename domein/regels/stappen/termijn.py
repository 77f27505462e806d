"""De inburgeringstermijn: drie jaar vanaf het eerste PIP, tenzij DUO anders besluit (art. 11, 12, 24 en 25 Wi)."""

from dataclasses import replace
from datetime import date, timedelta

from domein.begrippen import Eindegrond
from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.regels.stilstand import gat_te_lang_op
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


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
    dagen = _gatdagen(stand, kader, na=stand.verlengd_op)
    if dagen:
        einde = termijn.einde + timedelta(days=dagen)
        termijn = replace(
            termijn,
            einde=einde,
            verlengd_van=termijn.verlengd_van or basis.einde,
            uitleg=f"{termijn.uitleg} Door een gat in het verblijf van {dagen} dagen schuift dat naar {datum(einde)}. "
            "Artikel 4.2 Besluit inburgering.",
        )
    return _met_afloop(termijn, stand)


def _met_besluit(basis: Termijn, stand: Stand) -> Termijn:
    if stand.verlengd_tot is None:
        return basis
    if stand.nieuwe_termijn:
        return replace(
            basis,
            einde=stand.verlengd_tot,
            verlengd_van=basis.einde,
            artikel="artikel 24 en 25 Wet inburgering 2021",
            uitleg=f"De termijn is overschreden. DUO gaf een nieuwe termijn, tot en met {datum(stand.verlengd_tot)}. "
            "Artikel 24 en 25 Wet inburgering 2021.",
        )
    return replace(
        basis,
        einde=stand.verlengd_tot,
        verlengd_van=basis.einde,
        artikel="artikel 12 Wet inburgering 2021",
        uitleg=f"DUO heeft de termijn verlengd tot en met {datum(stand.verlengd_tot)}. "
        "Artikel 12 Wet inburgering 2021.",
    )


def _met_afloop(termijn: Termijn, stand: Stand) -> Termijn:
    if stand.einde is None:
        return termijn
    if stand.einde.grond is Eindegrond.VOLDAAN:
        return replace(termijn, gehaald_op=stand.einde.op)
    if stand.einde.grond is Eindegrond.TERMIJN_OVERSCHREDEN:
        return termijn
    return replace(termijn, vervallen="het traject is geëindigd")


def _gatdagen(stand: Stand, kader: Kader, na: date | None) -> int:
    """Tel de dagen van gaten van hoogstens een jaar; een gat van vóór een besluit van DUO zit al in dat besluit."""
    return sum(
        (gat.hervat_op - gat.van).days
        for gat in stand.gaten.values()
        if gat.hervat_op is not None and gat.hervat_op < gat_te_lang_op(gat.van, kader) and (na is None or gat.van > na)
    )


def laatste_dag(stand: Stand, kader: Kader) -> date | None:
    termijn = inburgeringstermijn(stand, kader)
    return termijn.einde if termijn else None
