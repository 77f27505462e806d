"""Engines and migrations, for SQLite (the embedded default) and PostgreSQL (production).

On both, a transaction sees what was committed before each statement (read committed). On SQLite a transaction
reads without a lock and takes the write lock at its first write, so it never has to upgrade a read lock: that
upgrade is what fails at once with "database is locked". What two writers must not both do is kept by unique
keys (rule 9).
"""

import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from adapters.migraties import KOP
from domein.fouten import RegieFout
from domein.model import metadata

if TYPE_CHECKING:
    from alembic.config import Config

# A backup or another program may hold SQLite for a minute: a user then waits, and never gets an error.
BUSY_MS: Final = 90_000
MIGRATIES: Final = Path(__file__).parent / "migraties"
MIGRATIESLOT: Final = 7_202_102  # any fixed number: one migration at a time on PostgreSQL
_ZONDER_BEGIN: Final = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "VACUUM")  # VACUUM cannot run inside a transaction


class DatabaseNieuwer(RegieFout):
    """The database was made by a newer version of this program."""

    code = "database_nieuwer"


def maak_engine(url: str, *, wis_veilig: bool = False) -> Engine:
    """An engine for this URL. `wis_veilig` overwrites what is deleted and keeps no log (the key store)."""
    adres = make_url(url)
    if adres.get_backend_name() != "sqlite":
        return create_engine(adres, pool_pre_ping=True, pool_size=5, max_overflow=10)
    if adres.database and adres.database != ":memory:":
        Path(adres.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # isolation_level None: the driver begins nothing by itself; `_begin_bij_schrijven` does.
    engine = create_engine(adres, connect_args={"isolation_level": None, "timeout": BUSY_MS / 1000})
    pragmas = _pragmas(wis_veilig)

    def bij_verbinding(verbinding: Any, _record: Any) -> None:
        for pragma in pragmas:
            _stel_in(verbinding, pragma)

    event.listen(engine, "connect", bij_verbinding)
    event.listen(engine, "before_cursor_execute", _begin_bij_schrijven)
    return engine


def _pragmas(wis_veilig: bool) -> tuple[str, ...]:
    # synchronous FULL: a mail that was recorded as sent must still be so after a power cut.
    basis = ("PRAGMA foreign_keys=ON", f"PRAGMA busy_timeout={BUSY_MS}", "PRAGMA synchronous=FULL")
    if wis_veilig:
        return (*basis, "PRAGMA journal_mode=TRUNCATE", "PRAGMA secure_delete=ON")
    # Copying the log back is what makes a burst slow, not writing it: do that per 32 MB instead of per 4.
    return (*basis, "PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=8000")


def _stel_in(verbinding: sqlite3.Connection, pragma: str) -> None:
    """Run a pragma, waiting for whoever is in the way for as long as any statement here waits.

    SQLite does not wait for the lock with which it changes the journal mode of a new file: two programs that
    start at once on an empty folder would see one of them fall. A write lock it does wait for.
    """
    einde = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            verbinding.execute(pragma).close()
        except sqlite3.OperationalError as fout:
            if fout.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > einde:
                raise
            with suppress(sqlite3.OperationalError):
                verbinding.execute("BEGIN IMMEDIATE").close()
                verbinding.rollback()
        else:
            return


def _begin_bij_schrijven(
    verbinding: Connection, cursor: Any, opdracht: str, _waarden: Any, _context: Any, _veel: bool
) -> None:
    if not opdracht.lstrip()[:7].upper().startswith(_ZONDER_BEGIN):
        dbapi = verbinding.connection.dbapi_connection
        if dbapi is not None and not dbapi.in_transaction:
            cursor.execute("BEGIN IMMEDIATE")


def schoon_op(engine: Engine) -> bool:
    """Rewrite the tables so that no deleted row is left on disk; False when another connection was in the way."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        if engine.dialect.name == "postgresql":
            # FULL writes new files: a plain VACUUM leaves the bytes of dead rows in their pages.
            for tabel in metadata.tables:
                verbinding.exec_driver_sql(f"VACUUM (FULL) {tabel}")
            return True
        try:
            verbinding.exec_driver_sql("VACUUM")
        except OperationalError:  # locked longer than the busy time-out
            return False
        # A reader keeps the log alive; the copy of the pages in it goes at its end.
        bezet = verbinding.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        return bezet == 0


def versie(engine: Engine) -> str | None:
    """The revision of the database, None when it is empty."""
    with engine.connect() as verbinding:
        return _versie(verbinding)


def maak_klaar(engine: Engine) -> None:
    """Bring the database to the newest revision; one cheap query when it is. Safe for racing processes."""
    if versie(engine) == KOP:
        return
    with engine.connect() as verbinding:
        if engine.dialect.name == "sqlite":
            # A batch migration rebuilds a table that others point at; the keys are checked before the end.
            verbinding.exec_driver_sql("PRAGMA foreign_keys=OFF")
            verbinding.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": MIGRATIESLOT})
        try:
            if _versie(verbinding) != KOP:  # another process may have been first
                _migreer(verbinding)
            verbinding.commit()
        finally:
            verbinding.rollback()
            if engine.dialect.name == "sqlite":
                verbinding.exec_driver_sql("PRAGMA foreign_keys=ON")


def alembic_config(verbinding: Connection) -> "Config":
    """Alembic's configuration, without an ini file: it works from an installed package, in any directory."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # its default is whatever stdout was when alembic was first imported
    config.set_main_option("script_location", str(MIGRATIES).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(MIGRATIES / "versies").replace("%", "%%"))
    config.attributes["connection"] = verbinding
    return config


def migreer_naar(verbinding: Connection, revisie: str) -> None:
    """Bring the database behind this connection up to a revision, inside its transaction; does not commit."""
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = alembic_config(verbinding)
    for een in (_versie(verbinding), revisie):
        try:
            ScriptDirectory.from_config(config).get_revision(een or "base")
        except CommandError:
            raise DatabaseNieuwer(
                f"De database heeft versie {een}; dit programma kent hoogstens {KOP}.",
                "Werk het programma bij, of zet een reservekopie van de database terug.",
            ) from None
    command.upgrade(config, revisie)


def _migreer(verbinding: Connection) -> None:
    migreer_naar(verbinding, "head")
    if verbinding.dialect.name == "sqlite":
        los = verbinding.exec_driver_sql("PRAGMA foreign_key_check").all()
        if los:
            raise RegieFout(
                f"Na de migratie verwijzen {len(los)} rijen nergens naar; er is niets gewijzigd.",
                "Zet een reservekopie terug en meld dit bij de beheerder van het programma.",
            )


def _versie(verbinding: Connection) -> str | None:
    if not inspect(verbinding).has_table("alembic_version"):
        return None
    return verbinding.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
