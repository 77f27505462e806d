"""Wie een levering betaalt: de afspraak en de gemeente van de dag waarop is geleverd.

Verhuist iemand, of wisselt hij van leerroute, dan knipt de dag van ingang de kosten in tweeen:
wat daarvoor is geleverd, betaalt wie toen betaalde. Geen wet maar werkafspraak.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domein.regels.kalender import voluit
from domein.regels.samenwerking_antwoord import Gat
from domein.regels.samenwerking_partner import partnercode
from domein.regio.model import Regio
from domein.regio.onderdelen import Tarief


@dataclass(frozen=True, slots=True)
class Plaatsing:
    """Bij welke partner iemand zat, onder welke afspraak en in welke gemeente; beide dagen tellen mee."""

    partner: str
    afspraak: str
    gemeente: str
    van: date
    tot: date | None = None

    def bevat(self, dag: date) -> bool:
        """Zeg of de dag in deze plaatsing valt."""
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, slots=True)
class Betaling:
    """Wie betaalt aan wie, tegen welk tarief, en waarom."""

    betaler: str
    aan: str
    tarief: Tarief | None
    waarom: str


def wie_betaalt(regio: Regio, plaatsingen: Iterable[Plaatsing], levering: date) -> Betaling | Gat:
    """Geef wie betaalt voor wat op deze dag is geleverd; een Gat als dat geen of meer plaatsingen zijn."""
    passend = [plaatsing for plaatsing in plaatsingen if plaatsing.bevat(levering)]
    if len(passend) != 1:
        hoeveel = "geen plaatsing" if not passend else "meer dan een plaatsing"
        return Gat(waarom=f"Op {voluit(levering)} was er {hoeveel}; wie betaalt is niet te zeggen.")
    plaatsing = passend[0]
    afspraak = regio.afspraak(plaatsing.afspraak)
    if afspraak is None:
        return Gat(waarom=f"Afspraak {plaatsing.afspraak} staat niet meer in de afspraken.")
    betaler = partnercode(regio, afspraak.betaler, plaatsing.gemeente)
    waarom = (
        f"{betaler} betaalt {plaatsing.partner} voor wat op {voluit(levering)} is geleverd, volgens afspraak "
        f"{afspraak.regel_id} voor {regio.gemeentenaam(plaatsing.gemeente)}."
    )
    return Betaling(betaler, plaatsing.partner, afspraak.tarief, waarom)
