"""Sends mail over a few sessions that stay open, one recipient per message, and says what became of it.

Implements the port `Postbode`. A session that fails says nothing about the recipient: as long as nothing was handed
over, the message goes over the next one.
"""

import asyncio
import ssl
from typing import Final

from adapters.postdialoog import bezorg_over, kort
from adapters.postgesprek import Gesprek
from adapters.postinstellingen import Postinstellingen
from adapters.postverbinding import GeenVerbinding, open_gesprek
from adapters.postvorm import OngeldigPoststuk, los_adres, maak_bericht
from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst

# A server that cannot be reached is asked again after so many seconds; what comes in between waits its turn.
STORING: Final = 5.0
# How a session that lay still turns out to be closed: this says nothing about the message.
_OUD_GESPREK: Final = frozenset({"verbroken", "421"})


class SmtpPostbode:
    """Keeps sessions open between messages, up to `verbindingen`, and fewer when the server refuses more."""

    def __init__(self, instellingen: Postinstellingen) -> None:
        self._instellingen = instellingen
        self._context: ssl.SSLContext | None = None
        self._pipelining = True
        self._begin()

    def _begin(self) -> None:
        self._vrij: list[Gesprek] = []
        self._aantal = 0  # sessions that are open or being opened
        self._hoogstens = self._instellingen.verbindingen
        self._storing: tuple[float, Verzenduitkomst] | None = None
        self._wachtenden: list[asyncio.Future[None]] = []

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        i = self._instellingen
        try:
            inhoud, ontvanger = maak_bericht(stuk, i.afzender), los_adres(stuk.adres)
        except OngeldigPoststuk as fout:
            return Verzenduitkomst(Berichtstatus.ONBESTELBAAR, fout.code, kort(str(fout)))
        retour = i.afzender.retour_voor(stuk.retour_token)
        while True:
            try:
                gesprek, gebruikt = await self._neem()
            except GeenVerbinding as geen:
                return geen.uitkomst
            try:
                uitkomst = await bezorg_over(
                    gesprek, retour, ontvanger, inhoud, wachttijd=i.wachttijd, wacht_na_data=i.wacht_na_data
                )
            finally:
                self._geef_terug(gesprek)
            uitgesteld = uitkomst.status is Berichtstatus.UITGESTELD
            if gesprek.haperde and self._pipelining:
                self._pipelining = False  # it promised pipelining and lost commands: one at a time from here on
            elif not (gebruikt and uitgesteld and uitkomst.code in _OUD_GESPREK):
                return uitkomst

    async def sluit(self) -> None:
        vrij = self._vrij
        await asyncio.gather(*(gesprek.neem_afscheid() for gesprek in vrij))
        await asyncio.sleep(0)  # a transport closes in the next turn of the loop; the loop may end after us
        self._begin()  # the next batch may run in another event loop, and a session belongs to one

    # the sessions

    async def _neem(self) -> tuple[Gesprek, bool]:
        """A session, and whether it was used before. Waits for one while others are busy."""
        while True:
            gesprek = await self._vrij_of_beurt()
            if gesprek is not None:
                return gesprek, True
            try:
                return await self._open(), False
            except GeenVerbinding as geen:
                if not self._kan_met_minder(geen.uitkomst):
                    raise
            except BaseException:
                self._geef_terug(None)
                raise

    async def _vrij_of_beurt(self) -> Gesprek | None:
        """A session that lies free, or None: the caller may open one more."""
        while True:
            while self._vrij:
                gesprek = self._vrij.pop()
                if gesprek.open:
                    return gesprek
                self._aantal -= 1
            if self._storing is not None and asyncio.get_running_loop().time() < self._storing[0]:
                raise GeenVerbinding(self._storing[1])
            if self._aantal < self._hoogstens:
                self._aantal += 1
                return None
            wachter = asyncio.get_running_loop().create_future()
            self._wachtenden.append(wachter)
            await wachter

    async def _open(self) -> Gesprek:
        if self._context is None:
            self._context = await asyncio.to_thread(self._instellingen.tls_context)
        return await open_gesprek(self._instellingen, self._context, pipelining=self._pipelining)

    def _kan_met_minder(self, uitkomst: Verzenduitkomst) -> bool:
        """After a failure to open one more: whether the sessions that we have can do the work."""
        self._aantal -= 1
        self._wek()
        if self._aantal > 0:
            self._hoogstens = self._aantal  # "too many connections": these are what it takes
            return True
        self._hoogstens = self._instellingen.verbindingen
        self._storing = (asyncio.get_running_loop().time() + STORING, uitkomst)
        return False

    def _geef_terug(self, gesprek: Gesprek | None) -> None:
        if gesprek is not None and gesprek.open:
            self._vrij.append(gesprek)
        else:
            self._aantal -= 1
        self._wek()

    def _wek(self) -> None:
        # All of them: who finds nothing waits again, and nobody is forgotten when one was cancelled.
        wachtenden, self._wachtenden = self._wachtenden, []
        for wachter in wachtenden:
            if not wachter.done():
                wachter.set_result(None)
