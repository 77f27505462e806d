"""Een dienst: een kindproces dat de opzichter start, in de gaten houdt en stopt.

Sterft de opzichter zelf, ook door kill -9, dan stopt de kern het kind (PDEATHSIG): er blijft niets achter.
"""

import asyncio
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import httpx

from domein.fouten import RegieFout

LOOPBACK: Final = "127.0.0.1"
STOPTIJD: Final = 15.0
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class DienstStartNiet(RegieFout):
    """Een dienst kwam niet op tijd op; `uitweg` noemt het logboek."""

    code = "dienst_start_niet"


@dataclass(slots=True)
class Poort:
    """Een poort die van dit proces is, ook zolang de dienst die haar gebruikt nog niet luistert."""

    nummer: int
    slot: IO[str]

    def los(self) -> None:
        self.slot.close()


def claim_poort(voorkeur: int) -> Poort:
    """Neem de voorkeurspoort, of een vrije andere als die bezet of door een ander geclaimd is."""
    for nummer in (voorkeur, *(_willekeurige_poort() for _ in range(20))):
        slot = (Path(tempfile.gettempdir()) / f"regie-poort-{nummer}.slot").open("a", encoding="ascii")
        try:
            # Tussen kiezen en luisteren zitten seconden; het slot houdt een tweede installatie hier weg.
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            slot.close()
            continue
        if _is_vrij(nummer):
            return Poort(nummer, slot)
        slot.close()
    raise DienstStartNiet("Er is geen vrije poort gevonden.", "Stop een andere demo en probeer het opnieuw.")


def _is_vrij(nummer: int) -> bool:
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((LOOPBACK, nummer))
        except OSError:
            return False
        return True


def _willekeurige_poort() -> int:
    with socket.socket() as proef:
        proef.bind((LOOPBACK, 0))
        return int(proef.getsockname()[1])


def _in_het_kind() -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Dienst:
    """Eén kindproces. `gezond` zegt of het zijn werk kan doen; None als dat niet te vragen is."""

    naam: str
    opdracht: Sequence[str]
    omgeving: Mapping[str, str]
    logboek: Path
    gezond: Callable[[], Awaitable[bool]] | None = None
    proces: subprocess.Popen[bytes] | None = field(default=None, init=False)
    herstarts: int = field(default=0, init=False)
    niet_voor: float = field(default=0.0, init=False)
    _log: IO[bytes] | None = field(default=None, init=False)

    @property
    def leeft(self) -> bool:
        return self.proces is not None and self.proces.poll() is None

    def start(self) -> None:
        """Start het proces; het schrijft naar zijn eigen logboek."""
        self.logboek.parent.mkdir(parents=True, exist_ok=True)
        self._log = self.logboek.open("ab")
        # Een eigen sessie: Ctrl-C gaat naar de opzichter alleen, en die stopt alles in de goede volgorde.
        self.proces = subprocess.Popen(  # noqa: S603 - vaste opdrachten, geen invoer van buiten
            [sys.executable, *self.opdracht],
            env={**os.environ, **self.omgeving},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_in_het_kind,  # noqa: PLW1509 - de opzichter heeft bij het starten geen andere draden
        )

    async def wacht_tot_gezond(self, seconden: float) -> None:
        """Wacht tot de dienst werkt; DienstStartNiet als zij stopt of te lang duurt."""
        lus = asyncio.get_running_loop()
        tot = lus.time() + seconden
        while lus.time() < tot:
            if not self.leeft:
                raise DienstStartNiet(f"De dienst '{self.naam}' is gestopt.", f"Lees {self.logboek}.")
            if self.gezond is None or await self.gezond():
                return
            await asyncio.sleep(0.1)
        raise DienstStartNiet(
            f"De dienst '{self.naam}' werkt na {seconden:.0f} seconden nog niet.", f"Lees {self.logboek}."
        )

    async def stop(self) -> None:
        """Vraag het proces te stoppen; na een kwart minuut stopt de kern het, met alles wat eronder draait."""
        if self.proces is None:
            return
        if self.leeft:
            self.proces.terminate()
            lus = asyncio.get_running_loop()
            tot = lus.time() + STOPTIJD
            while self.leeft and lus.time() < tot:  # noqa: ASYNC110 - een proces geeft geen gebeurtenis
                await asyncio.sleep(0.05)
        with suppress(ProcessLookupError):
            os.killpg(self.proces.pid, signal.SIGKILL)  # ook kinderen van het kind
        self.proces.wait()
        if self._log is not None:
            self._log.close()


def webdienst(url: str) -> Callable[[], Awaitable[bool]]:
    """Maak een gezondheidsvraag voor een dienst met een webadres."""

    async def vraag() -> bool:
        try:
            async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
                return (await client.get(url)).is_success
        except httpx.HTTPError:
            return False

    return vraag
