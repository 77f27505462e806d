"""De inburgeringstermijn: drie jaar vanaf het eerste PIP, tenzij DUO haar verlengt (art. 11 en 12 Wi)."""

from dataclasses import replace
from datetime import date

from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def inburgeringstermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de lopende inburgeringstermijn, of None zolang er geen PIP is.

    Alleen een besluit van DUO verandert het einde; een later PIP doet dat niet (art. 11 lid 3 Wi).
    """
    if not stand.pips:
        return None
    basis = bereken(
        "inburgeringstermijn",
        stand.pips[0].dagtekening,
        "dagtekening van het eerste PIP",
        regels=kader.regeling,
    )
    if stand.verlengd_tot is None:
        return basis
    return replace(
        basis,
        einde=stand.verlengd_tot,
        artikel="artikel 12 Wet inburgering 2021",
        uitleg=f"DUO heeft de termijn verlengd tot en met {datum(stand.verlengd_tot)}. "
        "Artikel 12 Wet inburgering 2021.",
    )


def laatste_dag(stand: Stand, kader: Kader) -> date | None:
    termijn = inburgeringstermijn(stand, kader)
    return termijn.einde if termijn else None
