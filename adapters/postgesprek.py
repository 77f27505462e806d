"""One SMTP session after the sign-in: commands out, replies in, strictly paired.

aiosmtplib opens the session (greeting, TLS, login); its reply reader takes one reply per command and keeps what
came with it for the next one. A server that says one line too much would then answer for the wrong command, and a
refused message could be read as accepted. Here a reply that nobody asked for ends the session.
"""

import asyncio
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_REGEL: Final = re.compile(rb"([2-5]\d\d)([ -]?)(.*)", re.DOTALL)
LANGSTE_ANTWOORD: Final = 65_536
AFSCHEID: Final = 5.0


@dataclass(frozen=True, slots=True)
class Antwoord:
    """A complete reply, of one line or more."""

    code: int
    tekst: str


class GesprekVoorbij(Exception):
    """The session cannot go on; `code` says how it ended: `verbroken`, `tijd_op` or `onleesbaar`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gesprek(asyncio.Protocol):
    """Takes over an open transport. Not for two senders at once."""

    def __init__(self, transport: asyncio.Transport, *, pipelining: bool) -> None:
        self.pipelining = pipelining
        self.haperde = False  # the replies to a pipelined group stopped half way
        self._transport = transport
        self._buffer = bytearray()
        self._antwoorden: deque[Antwoord] = deque()
        self._verwacht = 0
        self._einde: str | None = None
        self._wachter: asyncio.Future[None] | None = None
        self._dicht = asyncio.get_running_loop().create_future()
        transport.set_protocol(self)

    @property
    def open(self) -> bool:
        return self._einde is None and not self._transport.is_closing()

    # what asyncio calls

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        try:
            self._ontleed()
        except ValueError:
            self._eindig("onleesbaar")
            self._transport.abort()
        self._wek()

    def eof_received(self) -> bool:
        self._eindig("verbroken")
        return False  # asyncio closes the transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._eindig("verbroken")
        if not self._dicht.done():
            self._dicht.set_result(None)

    # what we call

    def zeg(self, regels: bytes, antwoorden: int = 1) -> None:
        """Write commands (with their line ends) that will get this many replies."""
        if not self.open:
            raise GesprekVoorbij(self._einde or "verbroken")
        self._verwacht += antwoorden
        self._transport.write(regels)

    async def hoor(self, seconden: float) -> Antwoord:
        """The next reply; GesprekVoorbij when it does not come whole in time, drip by drip or not at all."""
        if not self._antwoorden:
            if self._einde is not None:
                raise GesprekVoorbij(self._einde)
            lus = asyncio.get_running_loop()
            self._wachter = lus.create_future()
            wekker = lus.call_later(seconden, self._te_laat)
            try:
                await self._wachter
            finally:
                wekker.cancel()
                self._wachter = None
            if not self._antwoorden:
                raise GesprekVoorbij(self._einde or "verbroken")
        return self._antwoorden.popleft()

    async def vraag(self, regel: bytes, seconden: float) -> Antwoord:
        self.zeg(regel)
        return await self.hoor(seconden)

    def breek(self) -> None:
        """Close at once, without a word: the session cannot be trusted any more."""
        self._eindig("verbroken")
        self._transport.abort()

    async def neem_afscheid(self) -> None:
        """QUIT, and wait until the transport is closed."""
        with suppress(GesprekVoorbij):
            if self.open:
                await self.vraag(b"QUIT\r\n", AFSCHEID)
        self._transport.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(AFSCHEID):
                await asyncio.shield(self._dicht)
        self._transport.abort()

    # inside

    def _ontleed(self) -> None:
        """Move whole replies from the buffer to the queue; ValueError when this is not SMTP (any more)."""
        begin, code, tekst = 0, 0, list[bytes]()
        while (einde := self._buffer.find(b"\n", begin)) >= 0:
            regel = bytes(self._buffer[begin:einde]).rstrip(b"\r")
            begin = einde + 1
            gevonden = _REGEL.fullmatch(regel)
            if gevonden is None or (not gevonden[2] and gevonden[3]) or (code and int(gevonden[1]) != code):
                raise ValueError("geen SMTP-antwoord")
            code = int(gevonden[1])
            tekst.append(gevonden[3])
            if gevonden[2] == b"-":
                continue
            if self._verwacht == 0 and code != 421:
                raise ValueError("een antwoord waar niemand om vroeg")
            self._verwacht = max(self._verwacht - 1, 0)
            self._antwoorden.append(Antwoord(code, b" ".join(tekst).decode("utf-8", "replace")))
            del self._buffer[:begin]
            begin, code, tekst = 0, 0, []
        if len(self._buffer) > LANGSTE_ANTWOORD:
            raise ValueError("een eindeloos antwoord")

    def _eindig(self, code: str) -> None:
        if self._einde is None:
            self._einde = code
        self._wek()

    def _te_laat(self) -> None:
        self._eindig("tijd_op")
        self._transport.abort()

    def _wek(self) -> None:
        klaar = self._antwoorden or self._einde is not None
        if klaar and self._wachter is not None and not self._wachter.done():
            self._wachter.set_result(None)
