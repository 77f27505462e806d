"""Wat aanleiding kan zijn om een maatregel te overwegen: een lijst voor een mens, nooit een taak en nooit een besluit.

Een maatregel is het laatste middel: de wet verplicht nergens om haar te overwegen. Daarom komt er geen stap
in het plan zolang geen mens besluit dat zij is te overwegen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.begrippen import Gedraging
from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.stand import Stand

# De uren van PVT en MAP worden als participatie-uren opgegeven (art. 3.14 Bi).
_WAAR: Final = {"cursus": "de lessen", "participatie": "participatie (ook PVT en MAP)"}
_DEEL: Final = {"pvt": "het PVT", "map": "de MAP"}


def na_het_pip(stand: Stand, op: date) -> bool:
    """Zeg of er op deze dag een PIP was: zonder PIP is er geen traject waaraan iemand niet meewerkt (art. 23 Wi)."""
    return bool(stand.pips) and op >= min(pip.dagtekening for pip in stand.pips)


@dataclass(frozen=True, slots=True)
class Signaal:
    """Een gedraging die nog niet is bekeken."""

    gedraging: Gedraging
    gedraging_op: date
    wat: str
    artikel: str


def signalen(stand: Stand, kader: Kader) -> tuple[Signaal, ...]:
    """Geef elke gedraging waarvoor nog geen maatregel is overwogen en de bijstand niet al is verlaagd.

    Bij de intake telt pas niet verschijnen na een waarschuwing, dus niet de eerste keer (art. 14 lid 2 Wi). In het
    traject tellen gesprekken, onderdelen van PVT en MAP, en uren les of participatie die zonder goede reden zijn gemist
    (art. 23).
    """
    regels = kader.regeling
    bekeken = {(m.gedraging, m.gedraging_op) for m in stand.maatregelen.values()}
    gemist = sorted((v.op, nummer) for nummer, v in stand.verzuim.items() if not v.verschoonbaar)
    uit = [
        Signaal(
            Gedraging.INTAKE,
            op,
            f"Na een waarschuwing niet verschenen (oproep {nummer}).",
            regels.artikel("boete_intake_euro"),
        )
        for op, nummer in gemist[1:]
    ]
    uit += [
        Signaal(
            Gedraging.TRAJECT,
            gesprek.op,
            f"Niet verschenen op voortgangsgesprek {nummer}.",
            regels.artikel("boete_traject_basis_euro"),
        )
        for nummer, gesprek in sorted(stand.gesprekken.items())
        if not gesprek.gevoerd
    ]
    uit += [
        Signaal(
            Gedraging.TRAJECT,
            verzuim.op,
            f"Niet verschenen bij {_DEEL[verzuim.onderdeel]}: {verzuim.wat}.",
            regels.artikel("boete_traject_basis_euro"),
        )
        for _, verzuim in sorted(stand.participatie_gemist.items())
        if not verzuim.verschoonbaar and na_het_pip(stand, verzuim.op)
    ]
    uit += [
        Signaal(
            Gedraging.TRAJECT,
            opgave.op,
            f"{opgave.ongeoorloofd} uur ongeoorloofd gemist bij {_WAAR[opgave.soort]}, "
            f"in de periode tot en met {datum(opgave.op)}.",
            regels.artikel("boete_traject_basis_euro"),
        )
        for opgave in stand.uren
        if opgave.ongeoorloofd and opgave.soort in _WAAR and na_het_pip(stand, opgave.op)
    ]
    return tuple(
        s for s in uit if (s.gedraging, s.gedraging_op) not in bekeken and s.gedraging_op not in stand.bijstand_verlaagd
    )
