"""The heartbeat of the ronde: a row for everyone, a file for this machine, and a call to a watchman outside.

Only a round that really went well beats. Three signs, because each may be gone together with what it watches: the row
goes with the database, the file with the machine, the call with the network. What fails here never stops a round.
"""

import logging
import os
import socket
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx

from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from domein.ports import Magazijn

RONDE: Final = "ronde"
BESTAND: Final = "hartslag"
RIJ_SECONDEN: Final = 20.0  # not each round: a write is not free
BEL_SECONDEN: Final = 60.0
_log: Final = logging.getLogger("regie.hartslag")


class Hartslagmelder:
    """Beats after a good round, each sign at its own pace."""

    def __init__(self, magazijn: Magazijn, keuze: Instellingen, houder: str | None = None) -> None:
        self._magazijn = magazijn
        self._map = keuze.map
        self._url = keuze.hartslag_url
        self._houder = houder or f"{socket.gethostname()}:{os.getpid()}"
        self._rij_op: datetime | None = None
        self._gebeld_op: datetime | None = None

    async def klopt(self, *, zelf: bool = True) -> None:
        """This process is well. `zelf`: it did the round itself; otherwise another machine did, and tells so."""
        nu = EchteKlok().nu()
        raak_aan(self._map)
        if not zelf:
            return
        if _verstreken(self._rij_op, nu) >= RIJ_SECONDEN:
            with self._magazijn.ruimte() as ruimte:
                ruimte.zet_hartslag(RONDE, self._houder, nu)
            self._rij_op = nu
        if self._url and _verstreken(self._gebeld_op, nu) >= BEL_SECONDEN:
            self._gebeld_op = nu
            await self._bel()

    async def _bel(self) -> None:
        try:
            async with httpx.AsyncClient(timeout=5.0, follow_redirects=False) as web:
                antwoord = await web.post(self._url)
            if not antwoord.is_success:
                _log.warning("de bewaking buiten antwoordt met %s", antwoord.status_code)
        except httpx.HTTPError as fout:  # never the address: it is the secret of who may beat
            _log.warning("de bewaking buiten is niet te bereiken (%s)", type(fout).__name__)


def raak_aan(map_: Path) -> None:
    """Touch the file that a probe on this machine looks at."""
    try:
        (map_ / BESTAND).touch()
    except OSError as fout:
        _log.warning("het hartslagbestand is niet te schrijven (%s)", type(fout).__name__)


def laatste_ronde(magazijn: Magazijn) -> datetime | None:
    """When a round last went well, on whatever machine."""
    with magazijn.ruimte() as ruimte:
        slag = ruimte.hartslag(RONDE)
    return slag.laatst_op if slag else None


def _verstreken(sinds: datetime | None, nu: datetime) -> float:
    # A clock that was set back must not silence us for the time of its step.
    return float("inf") if sinds is None or nu < sinds else (nu - sinds).total_seconds()
