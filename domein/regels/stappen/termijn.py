"""De inburgeringstermijn: drie jaar vanaf het eerste PIP, tenzij DUO anders besluit (art. 11, 12, 24 en 25 Wi)."""

from dataclasses import replace
from datetime import date

from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
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
    termijn (art. 24 en 25 Wi).
    """
    basis = basistermijn(stand, kader)
    if basis is None or stand.verlengd_tot is None:
        return basis
    if stand.nieuwe_termijn:
        return replace(
            basis,
            einde=stand.verlengd_tot,
            artikel="artikel 24 en 25 Wet inburgering 2021",
            uitleg=f"De termijn is overschreden. DUO gaf een nieuwe termijn, tot en met {datum(stand.verlengd_tot)}. "
            "Artikel 24 en 25 Wet inburgering 2021.",
        )
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
