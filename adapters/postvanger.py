"""The mail catcher of the demo: a real SMTP server on loopback that keeps every message, with a page.

`python -m adapters.postvanger --map MAP [--poort N] [--webpoort N]` prints one JSON line with its
addresses once both listen, and writes the same to `MAP/postvanger.json`. A message is answered with 250
only after it is on disk.
"""

import argparse
import asyncio
import errno
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as beleid
from pathlib import Path
from typing import Any, Final, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

BESTAND: Final = "post.db"
ADRESBESTAND: Final = "postvanger.json"
LOOPBACK: Final = "127.0.0.1"
GROOTSTE_MAIL: Final = 10_000_000

_TABEL: Final = """
CREATE TABLE IF NOT EXISTS mail (
    nummer INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    afzender TEXT NOT NULL,
    ontvanger TEXT NOT NULL,
    ruw BLOB NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class OntvangenMail:
    """One message for one recipient, in the order in which the server accepted them."""

    nummer: int
    message_id: str
    afzender: str
    ontvanger: str
    ruw: bytes

    @property
    def bericht(self) -> EmailMessage:
        return message_from_bytes(self.ruw, policy=beleid)

    @property
    def onderwerp(self) -> str:
        return str(self.bericht.get("Subject", "(geen onderwerp)"))

    @property
    def tekst(self) -> str:
        """The plain text, with the line ends of a text file."""
        deel = self.bericht.get_body(preferencelist=("plain",))
        inhoud = cast("object", deel.get_content()) if deel is not None else ""
        return inhoud.replace("\r\n", "\n") if isinstance(inhoud, str) else ""


def ontvangen(map_: Path, *, na: int = 0, ontvanger: str | None = None, grens: int = -1) -> list[OntvangenMail]:
    """All messages after number `na`, oldest first; empty when the catcher never ran here."""
    if not (map_ / BESTAND).exists():
        return []
    vraag = "SELECT nummer, message_id, afzender, ontvanger, ruw FROM mail WHERE nummer > ?"
    waarden: list[Any] = [na]
    if ontvanger is not None:
        vraag += " AND ontvanger = ?"
        waarden.append(ontvanger)
    vraag += " ORDER BY nummer LIMIT ?"
    waarden.append(grens)
    with _open(map_) as verbinding:
        return [OntvangenMail(*rij) for rij in verbinding.execute(vraag, waarden)]


def laatste_nummer(map_: Path) -> int:
    """The number of the newest message, 0 when there is none: what comes after it has a higher one."""
    if not (map_ / BESTAND).exists():
        return 0
    with _open(map_) as verbinding:
        return int(verbinding.execute("SELECT COALESCE(MAX(nummer), 0) FROM mail").fetchone()[0])


def een_mail(map_: Path, nummer: int) -> OntvangenMail | None:
    return next((mail for mail in ontvangen(map_, na=nummer - 1, grens=1) if mail.nummer == nummer), None)


def postbussen(map_: Path) -> list[tuple[str, int]]:
    """Each address with its number of messages, on name."""
    if not (map_ / BESTAND).exists():
        return []
    with _open(map_) as verbinding:
        vraag = "SELECT ontvanger, COUNT(*) FROM mail GROUP BY ontvanger ORDER BY ontvanger"
        return [(str(adres), int(aantal)) for adres, aantal in verbinding.execute(vraag)]


def bewaar(map_: Path, afzender: str, ontvangers: list[str], ruw: bytes) -> None:
    message_id = str(message_from_bytes(ruw, policy=beleid).get("Message-ID", ""))
    with _open(map_) as verbinding, verbinding:
        verbinding.executemany(
            "INSERT INTO mail (message_id, afzender, ontvanger, ruw) VALUES (?, ?, ?, ?)",
            [(message_id, afzender, ontvanger.lower(), ruw) for ontvanger in ontvangers],
        )


@contextmanager
def _open(map_: Path) -> Generator[sqlite3.Connection]:
    map_.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(map_ / BESTAND, timeout=10)) as verbinding:
        verbinding.execute("PRAGMA journal_mode=WAL")
        verbinding.execute(_TABEL)
        yield verbinding


class _Brievenbus:
    """The handler that aiosmtpd calls; its method names are theirs."""

    def __init__(self, map_: Path) -> None:
        self._map = map_

    async def handle_DATA(self, _server: SMTP, _sessie: Session, envelop: Envelope) -> str:  # noqa: N802
        inhoud = envelop.original_content or b""
        bewaar(self._map, envelop.mail_from or "", [str(adres) for adres in envelop.rcpt_tos], inhoud)
        return "250 OK bewaard"


class Postvanger:
    """The SMTP server, to run in a loop of yours (tests) or in its own process."""

    def __init__(self, map_: Path) -> None:
        self._map = map_
        self._server: asyncio.Server | None = None

    async def start(self, poort: int = 0) -> int:
        """Listen, on another free port when this one is taken; give the port."""
        with _open(self._map):
            pass
        lus = asyncio.get_running_loop()
        stekker = luister(poort)

        def maak() -> SMTP:
            bus = _Brievenbus(self._map)
            return SMTP(bus, hostname="postvanger.example", loop=lus, data_size_limit=GROOTSTE_MAIL)

        self._server = await lus.create_server(maak, sock=stekker)
        return int(stekker.getsockname()[1])

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await asyncio.sleep(0)  # let the close reach the loop; open sessions end with their clients
            self._server = None


def luister(poort: int) -> socket.socket:
    """A listening socket on loopback; another free port when `poort` is taken."""
    stekker = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    stekker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        stekker.bind((LOOPBACK, poort))
    except OSError as fout:
        if fout.errno not in {errno.EADDRINUSE, errno.EACCES} or poort == 0:
            stekker.close()
            raise
        sys.stderr.write(f"Poort {poort} is bezet; ik kies een andere.\n")
        stekker.bind((LOOPBACK, 0))
    stekker.listen(128)
    stekker.setblocking(False)
    return stekker


async def draai(map_: Path, poort: int, webpoort: int) -> None:
    """Run both servers until SIGINT or SIGTERM."""
    import uvicorn  # the page is the only part that needs a web server

    from adapters.postvanger_pagina import maak_pagina

    class _Server(uvicorn.Server):
        def capture_signals(self) -> Any:
            return nullcontext()  # ours stop both servers

    vanger = Postvanger(map_)
    smtp = await vanger.start(poort)
    webstekker = luister(webpoort)
    web = int(webstekker.getsockname()[1])
    server = _Server(uvicorn.Config(maak_pagina(map_), log_level="warning", access_log=False))

    def stop() -> None:
        server.should_exit = True

    for teken in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(teken, stop)
    adressen = {
        "smtp_host": LOOPBACK,
        "smtp_port": smtp,
        "web": f"http://{LOOPBACK}:{web}/",
        "pid": os.getpid(),
    }
    _schrijf_adressen(map_, adressen)
    sys.stdout.write(json.dumps(adressen) + "\n")
    sys.stdout.flush()
    try:
        await server.serve(sockets=[webstekker])
    finally:
        await vanger.stop()
        (map_ / ADRESBESTAND).unlink(missing_ok=True)


def _schrijf_adressen(map_: Path, adressen: dict[str, Any]) -> None:
    tijdelijk = map_ / f".{ADRESBESTAND}.{os.getpid()}"
    tijdelijk.write_text(json.dumps(adressen), encoding="utf-8")
    tijdelijk.replace(map_ / ADRESBESTAND)


def hoofd(argumenten: list[str] | None = None) -> int:
    lezer = argparse.ArgumentParser(prog="postvanger", description="De postvanger van de demo.")
    lezer.add_argument("--map", type=Path, required=True, help="waar de mails worden bewaard")
    lezer.add_argument("--poort", type=int, default=0, help="SMTP-poort; 0 kiest een vrije")
    lezer.add_argument("--webpoort", type=int, default=0, help="poort van de pagina; 0 kiest een vrije")
    keuze = lezer.parse_args(argumenten)
    asyncio.run(draai(cast("Path", keuze.map), int(keuze.poort), int(keuze.webpoort)))
    return 0


if __name__ == "__main__":
    raise SystemExit(hoofd())
