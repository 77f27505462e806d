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

    def daad(self, opdracht: str) -> str:
        rij = self.script.get(opdracht)
        if rij:
            return rij.pop(0) if len(rij) > 1 else rij[0]
        if opdracht == "EHLO":
            return " / ".join(["250-storing.example", *(f"250-{naam}" for naam in self.extensies), "250 HELP"])
        vast = {
            "BEGIN": "220 storing.example ESMTP",
            "STARTTLS": "220 ga door",
            "DATA": "354 ga door",
            "QUIT": "weg-na:221 dag",
            "INHOUD": "",
        }
        return vast.get(opdracht, "250 OK")

    async def bedien(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        self.verbindingen += 1
        taak = asyncio.current_task()
        assert taak is not None
        self.taken.add(taak)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._gesprek(lezer, schrijver)
        finally:
            schrijver.close()
            with suppress(OSError):
                await schrijver.wait_closed()

    async def _gesprek(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        if not await self._doe("BEGIN", schrijver):
            return
        while regel := await lezer.readline():
            tekst = regel.decode("utf-8", "replace").strip()
            opdracht = tekst.split(" ")[0].upper()
            self.opdrachten.append(opdracht)
            self.regels.append(tekst)
            if self.slokt and opdracht == "MAIL":
                lezer._buffer.clear()  # type: ignore[attr-defined]
            if not await self._doe(opdracht, schrijver):
                return
            if opdracht == "STARTTLS":
                assert self.tls is not None
                await schrijver.start_tls(self.tls)
            if opdracht == "DATA" and self._nam_aan and not await self._neem_inhoud(lezer, schrijver):
                return

    async def _neem_inhoud(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> bool:
        begin = await lezer.readuntil(b"\r\n")
        if not await self._doe("INHOUD", schrijver):
            return False
        self.bewaard.append(begin + await lezer.readuntil(EINDE))
        return await self._doe("EINDE", schrijver)

    async def _doe(self, opdracht: str, schrijver: asyncio.StreamWriter) -> bool:
        """Doe wat het script zegt; False als het gesprek daarmee voorbij is."""
        daad = self.daad(opdracht)
        soort, _, rest = daad.partition(":")
        self._nam_aan = "354" in daad
        match soort:
            case "weg":
                return False
            case "reset":
                stekker: socket.socket = schrijver.get_extra_info("socket")
                stekker.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                schrijver.transport.abort()
                return False
            case "stil":
                await self.einde.wait()
                return False
            case "weg-na":
                await self._zeg(rest, schrijver)
                return False
            case "drup":
                for byte in rest.encode() + b"\r\n":
                    schrijver.write(bytes([byte]))
                    await schrijver.drain()
                    await self._even()
            case "dubbel":
                schrijver.write(f"{rest}\r\n{rest}\r\n".encode())
            case "ruis":
                schrijver.write(b"\x00\xff<html>HTTP/1.1 200\r\n")
            case "eindeloos":
                schrijver.write(b"250-" + b"x" * 70_000)
            case "half":
                voor, na = rest[: len(rest) // 2], rest[len(rest) // 2 :]
                schrijver.write(voor.encode())
                await schrijver.drain()
                await self._even()
                schrijver.write(na.encode() + b"\r\n")
            case _:
                return await self._zeg(daad, schrijver)
        await schrijver.drain()
        return True

    async def _even(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(DRUP):
                await self.einde.wait()

    async def _zeg(self, antwoord: str, schrijver: asyncio.StreamWriter) -> bool:
        for regel in antwoord.split(" / ") if antwoord else []:
            schrijver.write(regel.encode() + b"\r\n")
        await schrijver.drain()
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
