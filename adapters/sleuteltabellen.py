"""The tables of the key database. It has no migrations: what is missing is made when it is opened.

`hoofdsleutelmerk` holds one row: the fingerprint of the master key that wraps all keys now. The key database itself
says so, because it is the one thing that every machine and every process shares.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    inspect,
    text,
)
from sqlmodel.sql.sqltypes import UTCDateTime

SLOT: Final = 7_202_103  # any fixed number: one process at a time makes these tables on PostgreSQL

_tabellen = MetaData()
SLEUTELTABEL: Final = Table(
    "dossiersleutel",
    _tabellen,
    Column("dossier_id", Uuid(), primary_key=True),
    Column("sleutel_id", Uuid(), nullable=False),
    Column("verpakt", LargeBinary(), nullable=True),  # empty: destroyed
    Column("gemaakt_op", UTCDateTime(), nullable=False),
    Column("vernietigd_op", UTCDateTime(), nullable=True),
)
MERKTABEL: Final = Table(
    "hoofdsleutelmerk",
    _tabellen,
    Column("nummer", Integer(), CheckConstraint("nummer = 1"), primary_key=True, autoincrement=False),
    Column("afdruk", String(64), nullable=False),
)
NAMEN: Final = frozenset(_tabellen.tables)


def maak_tabellen(engine: Engine) -> None:
    """Make what is missing; one cheap look when nothing is. Safe for racing processes."""
    if set(inspect(engine).get_table_names()) >= NAMEN:
        return
    with engine.begin() as verbinding:
        if engine.dialect.name == "postgresql":
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": SLOT})
        else:
            verbinding.exec_driver_sql("BEGIN IMMEDIATE")
        _tabellen.create_all(verbinding)
