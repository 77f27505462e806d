"""Waar de valproef op draait: een postvanger die de val overleeft, en kopieën van een database."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from adapters.database import maak_engine, maak_klaar
from tests.integratie.conftest import postgres, sqlite_sjabloon
from tests.valproef.kind import LEEG
from tests.valproef.proef import Valproef

__all__ = ["postgres", "sqlite_sjabloon"]


@pytest.fixture(scope="session")
def postvanger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """Een echte mailserver in een eigen proces: zijn poort, en de map met wat hij ontving."""
    map_ = tmp_path_factory.mktemp("postvanger")
    opdracht = [sys.executable, "-m", "adapters.postvanger", "--map", str(map_)]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        try:
            yield int(json.loads(proces.stdout.readline())["smtp_port"]), map_
        finally:
            proces.terminate()


class SqliteOpslag:
    def __init__(self, sjabloon: Path) -> None:
        self._sjabloon = sjabloon

    def nieuw(self, map_: Path) -> str:
        shutil.copyfile(self._sjabloon, map_ / "regie.db")
        return self.kopieer("", map_)

    def kopieer(self, database: str, map_: Path) -> str:
        del database  # het bestand ging met de map mee
        return f"sqlite:///{map_ / 'regie.db'}"

    def weg(self, database: str) -> None:
        del database


class PostgresOpslag:
    """Elke stand is een database; een kopie maken kost de server een tiende seconde."""

    def __init__(self, adres: URL) -> None:
        self._adres = adres
        self._engine = maak_engine(adres.render_as_string(hide_password=False))
        self._leeg = self.kopieer("template0", Path())
        engine = maak_engine(self._leeg)
        maak_klaar(engine)
        engine.dispose()

    def nieuw(self, map_: Path) -> str:
        return self.kopieer(self._leeg, map_)

    def kopieer(self, database: str, map_: Path) -> str:
        del map_
        van, naam = database.rpartition("/")[2].partition("?")[0], f"val_{secrets.token_hex(6)}"
        self._doe(f"CREATE DATABASE {naam} TEMPLATE {van}")
        return self._adres.set(database=naam).render_as_string(hide_password=False)

    def weg(self, database: str) -> None:
        self._doe(f"DROP DATABASE {database.rpartition('/')[2].partition('?')[0]} WITH (FORCE)")

    def sluit(self) -> None:
        self._engine.dispose()

    def _doe(self, opdracht: str) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
            verbinding.execute(text(opdracht))


@pytest.fixture
def op_sqlite(sqlite_sjabloon: Path, tmp_path: Path, postvanger: tuple[int, Path]) -> Valproef:
    return Valproef(SqliteOpslag(sqlite_sjabloon), tmp_path, *postvanger)


@pytest.fixture
def op_postgres(postgres: URL, tmp_path: Path, postvanger: tuple[int, Path]) -> Iterator[Valproef]:
    opslag = PostgresOpslag(postgres)
    os.environ.setdefault(LEEG, opslag.nieuw(Path()))  # de smidse begint bij het eerste kind
    yield Valproef(opslag, tmp_path, *postvanger)
    opslag.sluit()
