"""Een installatie op beide databases, met een wachtwoordbestand en mappen voor de kopieën."""

from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from adapters.database import maak_engine
from tests.integratie.bedrijf.hulp import WACHTWOORD
from tests.integratie.beheer_hulp import Regie


@pytest.fixture
def wachtwoord(tmp_path: Path) -> Path:
    bestand = tmp_path / "wachtwoord"
    bestand.write_text(WACHTWOORD + "\n", encoding="utf-8")
    return bestand


@pytest.fixture
def op_database(regie: Regie, soort: str, lege_database: str) -> Regie:
    """De installatie, met haar database op SQLite (in haar map) of op PostgreSQL."""
    if soort == "postgresql":
        regie.instelling(database_url=lege_database)
    return regie


@pytest.fixture
def tweede_postgres(postgres: URL) -> Iterator[str]:
    """Nog een lege database op dezelfde server."""
    naam = f"t{token_hex(6)}"
    _bestuur(postgres, f"CREATE DATABASE {naam}")
    yield postgres.set(database=naam).render_as_string(hide_password=False)
    _bestuur(postgres, f"DROP DATABASE {naam} WITH (FORCE)")


def _bestuur(adres: URL, opdracht: str) -> None:
    engine = maak_engine(adres.render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text(opdracht))
    engine.dispose()
