"""De lease van de ronde: één ronde tegelijk, hoeveel opzichters er ook zijn.

Wie haar heeft, verlengt haar in elke transactie waarin hij iets opschrijft; het nummer schermt af wat een oude houder
nog zou schrijven. Valt de database weg terwijl een ronde haar heeft, dan is zij niet los te laten. Dit proces onthoudt
onder welke naam het haar had en gaat daarmee verder; anders hield het zichzelf een minuut buiten.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Final
from uuid import uuid4

from domein.fouten import OpslagOnbeschikbaar
from domein.ports import Omgeving, Ruimte

LEASE: Final = "ronde"
LEASEDUUR: Final = timedelta(seconds=60)
_log = logging.getLogger(__name__)
_niet_losgelaten: set[str] = set()  # namen waaronder dit proces haar nam, en die niemand hier nog gebruikt
_slot: Final = Lock()


class LeaseKwijt(Exception):
    """De ronde duurde te lang en een ander draait nu: wat deze nog wilde opschrijven, geldt niet meer."""


@dataclass(frozen=True, slots=True)
class Houder:
    """Wie de lease heeft, met haar nummer."""

    naam: str
    nummer: int

    @classmethod
    def neem(cls, omgeving: Omgeving) -> "Houder | None":
        """Neem de lease; None als een andere ronde haar heeft. OpslagOnbeschikbaar als de database zwijgt."""
        with _slot:
            naam = _niet_losgelaten.pop() if _niet_losgelaten else uuid4().hex
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                nu = ruimte.databasetijd()  # de klokken van twee machines lopen nooit gelijk
                nummer = ruimte.neem_lease(LEASE, naam, nu, nu + LEASEDUUR)
        except OpslagOnbeschikbaar:
            _onthoud(naam)  # misschien kwam zij er net voor het wegvallen nog door
            raise
        return None if nummer is None else cls(naam, nummer)

    def houd(self, ruimte: Ruimte) -> None:
        """Verleng de lease in deze transactie; LeaseKwijt als een ander haar heeft."""
        if not ruimte.verleng_lease(LEASE, self.naam, self.nummer, ruimte.databasetijd() + LEASEDUUR):
            raise LeaseKwijt

    def laat_los(self, omgeving: Omgeving) -> None:
        """Laat de lease los; zwijgt de database, dan gebeurt het bij de volgende ronde van dit proces."""
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                ruimte.laat_lease_los(LEASE, self.naam)
        except OpslagOnbeschikbaar:
            _log.warning("de lease van de ronde is nog niet losgelaten: de database antwoordt niet")
            _onthoud(self.naam)


def _onthoud(naam: str) -> None:
    with _slot:
        _niet_losgelaten.add(naam)
