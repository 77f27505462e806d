"""The heartbeat of the ronde: a row for everyone, a file for this machine, and a call to a watchman outside.

Only a round that really went well beats. Three signs, because each may be gone together with what it watches: the row
goes with the database, the file with the machine, the call with the network. What fails here never stops a round.
A portal beats with a row of its own, for as long as it runs.
"""

import logging
import os
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx

from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from domein.ports import Magazijn

RONDE: Final = "ronde"
PORTAAL: Final = "portaal/"  # with the machine and the process behind it: there may be many
BESTAND: Final = "hartslag"
RIJ_SECONDEN: Final = 20.0  # not each round: a write is not free
BEL_SECONDEN: Final = 60.0
STIL_NA: Final = timedelta(minutes=2)  # six times the pace: whoever was silent for so long, does not run
VERGEET_NA: Final = timedelta(days=1)  # a process that ended without saying so; until then `regie dokter` names it
_NAAM: Final = 60
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


class Aanwezig:
    """Tells that this process works on the database. Failing to tell never stops it; nothing here raises."""

    def __init__(self, magazijn: Magazijn, soort: str) -> None:
        machine = socket.gethostname()
        self._magazijn, self._soort = magazijn, soort
        self._houder = f"{machine}:{os.getpid()}"
        self._naam = f"{soort}{machine[: _NAAM - len(soort) - 12]}:{os.getpid()}"
        self._hapert = False
        self._opgeruimd_op: datetime | None = None

    def klopt(self) -> bool:
        """Beat once; once a day forget who ended without saying so. False when that could not be written."""
        nu = EchteKlok().nu()
        ruim = _verstreken(self._opgeruimd_op, nu) >= VERGEET_NA.total_seconds()
        try:
            with self._magazijn.ruimte() as ruimte:
                ruimte.zet_hartslag(self._naam, self._houder, nu)
                for slag in ruimte.hartslagen(self._soort) if ruim else ():
                    if nu - slag.laatst_op > VERGEET_NA:
                        ruimte.vergeet_hartslag(slag.naam)
        except Exception as fout:  # read-only, full, busy or gone: whoever asks for a page hears that by itself
            if not self._hapert:
                _log.warning("de hartslag is niet te schrijven (%s); de rest gaat door", type(fout).__name__)
            self._hapert = True
            return False
        self._hapert, self._opgeruimd_op = False, nu if ruim else self._opgeruimd_op
        return True

    def gaat(self) -> None:
        """This process ends the ordinary way."""
        with suppress(Exception), self._magazijn.ruimte() as ruimte:  # then it is silent, and that shows too
            ruimte.vergeet_hartslag(self._naam)


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
