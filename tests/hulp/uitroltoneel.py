"""Wat om de containers van `uitrol/` heen staat: de geheimen, een mailserver, en de start van PostgreSQL en Redis."""

import asyncio
import secrets
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from adapters.postvanger import GROOTSTE_MAIL, _Brievenbus
from beheer.dienst import LOOPBACK, claim_poort
from tests.hulp.certificaat import Uitgever
from tests.hulp.naspeler import Container, geef_aan, gewone_gebruiker

STOPTIJD = 10.0
DATABASE_SH = Path(__file__).resolve().parents[2] / "uitrol" / "database.sh"
GEBRUIKER, WACHTWOORD = "regie", secrets.token_urlsafe(16)


def maak_geheimen(map_: Path) -> None:
    """De bestanden van `uitrol/geheimen`, zoals LEESMIJ.md ze beschrijft."""
    map_.mkdir()
    woorden = {naam: secrets.token_urlsafe(12) for naam in ("postgres", "regie", "sleutels", "prefect")}
    inhoud = {naam: secrets.token_hex(32) for naam in ("hoofdsleutel", "bsn-index", "links")}
    inhoud |= {f"wachtwoord_{naam}": woord for naam, woord in woorden.items()}
    inhoud |= {
        "regie_database_url": f"postgresql://regie:{woorden['regie']}@postgres/regie",
        "regie_sleutels_url": f"postgresql://sleutels:{woorden['sleutels']}@postgres/sleutels",
        "prefect_database_url": f"postgresql+asyncpg://prefect:{woorden['prefect']}@postgres/prefect",
        "regie_smtp_wachtwoord": WACHTWOORD,
        "regie_metrieken_sleutel": secrets.token_urlsafe(32),
    }
    for naam, tekst in inhoud.items():
        (map_ / naam).write_text(f"{tekst}\n", encoding="utf-8")
        (map_ / naam).chmod(0o600)


class Sessies:
    """Telt de open verbindingen van een mailserver die in een eigen draad loopt."""

    def __init__(self) -> None:
        self._open = 0
        self._veranderd = threading.Condition()

    def tel(self, erbij: int) -> None:
        with self._veranderd:
            self._open += erbij
            self._veranderd.notify_all()

    def wacht_tot_leeg(self, seconden: float) -> bool:
        with self._veranderd:
            return self._veranderd.wait_for(lambda: self._open == 0, seconden)


class _GeteldeSmtp(SMTP):
    """Een verbinding die zegt wanneer zij er is en wanneer zij weg is. STARTTLS begint haar opnieuw: dat telt niet."""

    def __init__(self, sessies: Sessies, bus: _Brievenbus, **opties: Any) -> None:
        super().__init__(bus, **opties)
        self._sessies, self._telt = sessies, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self._telt:
            self._telt = True
            self._sessies.tel(1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        if self._telt:
            self._telt = False
            self._sessies.tel(-1)


class _Brievenserver(Controller):
    def __init__(self, sessies: Sessies, bus: _Brievenbus, **opties: Any) -> None:
        super().__init__(bus, **opties)
        self._bus, self._tellen = bus, sessies

    def factory(self) -> SMTP:
        return _GeteldeSmtp(self._tellen, self._bus, **self.SMTP_kwargs)


class Mailserver:
    """De postvanger achter STARTTLS en een wachtwoord: zo praat een echte installatie met haar mailserver."""

    def __init__(self, map_: Path, uitgever: Uitgever) -> None:
        map_.mkdir()
        self._poort = claim_poort(8125)
        self._sessies = Sessies()
        self._controller = _Brievenserver(
            self._sessies,
            _Brievenbus(map_), hostname=LOOPBACK, port=self._poort.nummer, ready_timeout=30,
            tls_context=uitgever.server_context(), require_starttls=True, auth_required=True,
            authenticator=self._keur, data_size_limit=GROOTSTE_MAIL,
        )  # fmt: skip

    @staticmethod
    def _keur(_server: object, _sessie: Session, _envelop: Envelope, _soort: str, wie: object) -> AuthResult:
        goed = isinstance(wie, LoginPassword) and (wie.login, wie.password) == (
            GEBRUIKER.encode(),
            WACHTWOORD.encode(),
        )
        return AuthResult(success=goed)

    @property
    def poort(self) -> int:
        return self._poort.nummer

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        """Stop als de laatste afzender weg is: een verbinding die dan nog sluit, blijft anders half open achter.

        Wie halverwege STARTTLS met kill -9 is gestopt, meldt zich nooit af: daarop wacht dit niet eindeloos.
        """
        self._sessies.wacht_tot_leeg(STOPTIJD)
        self._controller.stop(no_assert=True)
        self._poort.los()


def bereid_postgres(container: Container) -> None:
    """Wat het image van postgres bij de eerste start doet: initdb, en de scripts uit docker-entrypoint-initdb.d."""
    bin_ = _postgres_bin()
    data, gebruiker = Path(container.omgeving["PGDATA"]), gewone_gebruiker()
    stekkers, poort = container.paden["/var/run/postgresql"], container.poort
    assert poort is not None
    container.gebruiker = gebruiker
    container.omgeving |= {"PGHOST": str(stekkers), "PGPORT": str(poort.nummer), "POSTGRES_USER": "postgres"}
    vast = f"-p {poort.nummer} -c listen_addresses={LOOPBACK} -c unix_socket_directories={stekkers}"
    _schrijf_omhulling(container, "postgres", f'{bin_}/postgres "$@" {vast}')
    for naam in ("pg_isready", "psql"):
        _schrijf_omhulling(container, naam, f'{bin_}/{naam} "$@"')
    if data.exists():
        return
    geheimen = container.paden["/run/secrets"].iterdir()  # LEESMIJ.md: deze leest de gebruiker van PostgreSQL
    for pad in [data.parent, stekkers, container.map / "tmp", *geheimen]:
        geef_aan(pad, gebruiker)
    woord = container.omgeving["POSTGRES_PASSWORD_FILE"]
    tijdelijk = f"-c listen_addresses= -p {poort.nummer} -c unix_socket_directories={stekkers}"
    stappen = [
        [f"{bin_}/initdb", "-D", str(data), "-U", "postgres", f"--pwfile={woord}", "-E", "UTF8",
         "--auth-local=trust", "--auth-host=scram-sha-256"],
        [f"{bin_}/pg_ctl", "-D", str(data), "-w", "-o", tijdelijk, "-l", str(container.map / "tmp" / "init"), "start"],
        ["sh", str(_vertaald_script(container))],
        [f"{bin_}/pg_ctl", "-D", str(data), "-w", "-m", "fast", "stop"],
    ]  # fmt: skip
    for nummer, woorden in enumerate(stappen):
        gedaan = _doe(container, woorden, gebruiker)
        assert gedaan.returncode == 0, f"{woorden[0]}: {gedaan.stdout[-1000:]}{gedaan.stderr[-2000:]}"
        if nummer == 1:  # de tijdelijke server draait: wie nu al "gezond" hoort, vindt een halve database
            assert container.dienst.peiling is not None
            assert _doe(container, container.dienst.peiling.opdracht, gebruiker).returncode != 0


def _doe(container: Container, woorden: list[str], gebruiker: str | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        woorden, env=container.omgeving, cwd=container.map, user=gebruiker, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def bereid_redis(container: Container) -> None:
    """Het image van redis luistert op 6379 in /data; hier op een eigen poort in een eigen map."""
    programma = shutil.which("redis-server")
    assert programma is not None, "redis-server is er niet: apt-get install redis-server (en laat zijn dienst uit)"
    poort = container.poort
    assert poort is not None
    _schrijf_omhulling(
        container, "redis-server",
        f'{programma} "$@" --port {poort.nummer} --bind {LOOPBACK} --dir {container.paden["/data"]}',
    )  # fmt: skip
    _schrijf_omhulling(container, "redis-cli", f'{shutil.which("redis-cli")} -p {poort.nummer} "$@"')


def _postgres_bin() -> Path:
    """De jongste PostgreSQL van de machine; die van de andere tests mist pg_trgm, dat Prefect nodig heeft."""
    mappen = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda pad: float(pad.parts[-3]))
    assert mappen, "PostgreSQL met pg_trgm is er niet: apt-get install postgresql (en laat zijn dienst uit)"
    return mappen[-1].parent


def _vertaald_script(container: Container) -> Path:
    pad = container.map / "database.sh"
    tekst = DATABASE_SH.read_text(encoding="utf-8")
    pad.write_text(tekst.replace("/run/secrets", str(container.paden["/run/secrets"])), encoding="utf-8")
    return pad


def _schrijf_omhulling(container: Container, naam: str, opdracht: str) -> None:
    pad = container.map / "bin" / naam
    pad.write_text(f"#!/bin/sh\nexec {opdracht}\n", encoding="utf-8")
    pad.chmod(0o755)
