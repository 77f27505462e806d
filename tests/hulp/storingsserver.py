"""Een SMTP-server die op afspraak stukgaat, op elk punt van het gesprek.

Per opdracht staat in het script wat de server doet; wat er niet in staat, gaat goed. `EINDE` is het antwoord op de
punt na de inhoud, `INHOUD` gebeurt zodra het eerste stuk van de inhoud er is. Een rij geldt per keer; de laatste
blijft.

Een daad is een antwoord (regels gescheiden door ` / `), of:

    weg              de verbinding dicht, zonder antwoord
    weg-na:ANTWOORD  antwoord, dan dicht
    reset            de verbinding afgebroken (RST)
    stil             nooit een antwoord
    drup:ANTWOORD    een byte per keer
    dubbel:ANTWOORD  twee antwoorden op één opdracht
    ruis             iets dat geen SMTP is
    eindeloos        een antwoord zonder einde
    half:ANTWOORD    het antwoord in twee delen, met een regeleinde dat later komt
"""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

EINDE = b"\r\n.\r\n"
DRUP = 0.02  # seconden tussen twee bytes


@dataclass
class Storingsserver:
    """Wat de server kan, wat hij doet, en wat hij zag."""

    script: dict[str, list[str]] = field(default_factory=dict)
    extensies: tuple[str, ...] = ("PIPELINING", "8BITMIME")
    tls: ssl.SSLContext | None = None
    slokt: bool = False  # zegt PIPELINING te kunnen, en gooit weg wat na de eerste opdracht binnenkwam
    opdrachten: list[str] = field(default_factory=list)
    regels: list[str] = field(default_factory=list)
    bewaard: list[bytes] = field(default_factory=list)
    verbindingen: int = 0
    poort: int = 0
    einde: asyncio.Event = field(default_factory=asyncio.Event)
    taken: set[asyncio.Task[Any]] = field(default_factory=set)
    nieuw: asyncio.Event = field(default_factory=asyncio.Event)

    async def wacht_op(self, aantal: int, seconden: float = 60) -> list[bytes]:
        """De bewaarde berichten, zodra het er zo veel zijn."""
        async with asyncio.timeout(seconden):
            while len(self.bewaard) < aantal:
                self.nieuw.clear()
                await self.nieuw.wait()
        return self.bewaard

    def gescript(self, opdracht: str) -> str | None:
        rij = self.script.get(opdracht)
        if not rij:
            return None
        return rij.pop(0) if len(rij) > 1 else rij[0]

    async def bedien(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        self.verbindingen += 1
        taak = asyncio.current_task()
        assert taak is not None
        self.taken.add(taak)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await _Gesprek(self, lezer, schrijver).voer()
        finally:
            schrijver.close()
            with suppress(OSError):
                await schrijver.wait_closed()


@dataclass
class _Gesprek:
    """Eén verbinding."""

    server: Storingsserver
    lezer: asyncio.StreamReader
    schrijver: asyncio.StreamWriter
    afzender: bool = False  # de laatste afzender is aangenomen
    ontvanger: bool = False  # de laatste ontvanger is aangenomen
    nam_aan: bool = False  # het laatste antwoord vroeg om de inhoud

    async def voer(self) -> None:
        server = self.server
        if not await self._doe("BEGIN"):
            return
        while regel := await self.lezer.readline():
            tekst = regel.decode("utf-8", "replace").strip()
            opdracht = tekst.split(" ")[0].upper()
            server.opdrachten.append(opdracht)
            server.regels.append(tekst)
            if server.slokt and opdracht == "MAIL":
                self.lezer._buffer.clear()  # type: ignore[attr-defined]
            if not await self._doe(opdracht):
                return
            if opdracht == "STARTTLS":
                assert server.tls is not None
                await self.schrijver.start_tls(server.tls)
            if opdracht == "DATA" and self.nam_aan and not await self._neem_inhoud():
                return

    async def _neem_inhoud(self) -> bool:
        begin = await self.lezer.readuntil(b"\r\n")
        if not await self._doe("INHOUD"):
            return False
        self.server.bewaard.append(begin + await self.lezer.readuntil(EINDE))
        self.server.nieuw.set()
        return await self._doe("EINDE")

    def _daad(self, opdracht: str) -> str:
        gescript = self.server.gescript(opdracht)
        if gescript is not None:
            return gescript
        if opdracht == "EHLO":
            return " / ".join(["250-storing.example", *(f"250-{naam}" for naam in self.server.extensies), "250 HELP"])
        if opdracht == "RCPT" and not self.afzender:
            return "503 5.5.1 eerst MAIL"
        if opdracht == "DATA" and not self.ontvanger:
            return "554 5.5.1 geen geldige ontvanger"
        vast = {
            "BEGIN": "220 storing.example ESMTP", "STARTTLS": "220 ga door", "DATA": "354 ga door", "INHOUD": "",
            "QUIT": "weg-na:221 dag",
        }  # fmt: skip
        return vast.get(opdracht, "250 OK")

    async def _doe(self, opdracht: str) -> bool:
        """Doe wat het script zegt; False als het gesprek daarmee voorbij is."""
        daad = self._daad(opdracht)
        soort, _, rest = daad.partition(":")
        self._onthoud(opdracht, rest or daad)
        schrijver = self.schrijver
        match soort:
            case "weg":
                return False
            case "reset":
                stekker: socket.socket = schrijver.get_extra_info("socket")
                stekker.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                schrijver.transport.abort()
                return False
            case "stil":
                await self.server.einde.wait()
                return False
            case "weg-na":
                await self._zeg(rest)
                return False
            case "drup":
                for byte in rest.encode() + b"\r\n":
                    schrijver.write(bytes([byte]))
                    await self._even()
            case "dubbel":
                schrijver.write(f"{rest}\r\n{rest}\r\n".encode())
            case "ruis":
                schrijver.write(b"\x00\xff<html>HTTP/1.1 200\r\n")
            case "eindeloos":
                schrijver.write(b"250-" + b"x" * 70_000)
            case "half":
                schrijver.write(rest[: len(rest) // 2].encode())
                await self._even()
                schrijver.write(rest[len(rest) // 2 :].encode() + b"\r\n")
            case _:
                return await self._zeg(daad)
        await schrijver.drain()
        return True

    def _onthoud(self, opdracht: str, antwoord: str) -> None:
        self.nam_aan = antwoord.startswith("354")
        if opdracht == "MAIL":
            self.afzender, self.ontvanger = antwoord.startswith("25"), False
        if opdracht == "RCPT":
            self.ontvanger = antwoord.startswith("25")

    async def _even(self) -> None:
        await self.schrijver.drain()
        with suppress(TimeoutError):
            async with asyncio.timeout(DRUP):
                await self.server.einde.wait()

    async def _zeg(self, antwoord: str) -> bool:
        for regel in antwoord.split(" / ") if antwoord else []:
            self.schrijver.write(regel.encode() + b"\r\n")
        await self.schrijver.drain()
        return not antwoord.startswith("421")


@asynccontextmanager
async def storingsserver(
    script: dict[str, str | list[str]] | None = None, *, meteen_tls: bool = False, **anders: Any
) -> AsyncGenerator[Storingsserver]:
    """Draai een server met dit script op een vrije poort; `meteen_tls` spreekt TLS vanaf de eerste byte."""
    gegeven = script or {}
    server = Storingsserver({naam: [w] if isinstance(w, str) else list(w) for naam, w in gegeven.items()}, **anders)
    tls = server.tls if meteen_tls else None
    luisteraar = await asyncio.start_server(server.bedien, "127.0.0.1", 0, ssl=tls)
    server.poort = luisteraar.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.einde.set()
        luisteraar.close()
        await asyncio.gather(*server.taken, return_exceptions=True)
