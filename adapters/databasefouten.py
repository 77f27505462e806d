"""What the database says when it cannot go on, in plain Dutch: full, locked, or gone.

Nothing of the statement or its values gets into the message: they may be about a person.
"""

import sqlite3
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as GeenVerbindingVrij

from domein.fouten import DatabaseBezet, DatabaseWeg, OpslagOnbeschikbaar, SchijfVol

_BEZET: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_WEG: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_TE_DRUK: Final = frozenset({"40001", "40P01", "53300", "55P03"})  # serialization, deadlock, connections, lock
_VOL: Final = "53100"
_WEG_KLASSEN: Final = ("08", "57")  # no connection; the server is stopped, crashed or starting

# The bare one comes from our own BEGIN IMMEDIATE, which runs where SQLAlchemy does not wrap.
DATABASEFOUTEN: Final = (DBAPIError, GeenVerbindingVrij, sqlite3.OperationalError)
Databasefout = DBAPIError | GeenVerbindingVrij | sqlite3.OperationalError


def leg_uit(fout: Databasefout) -> OpslagOnbeschikbaar | None:
    """The same failure as a refusal that says what to do; None when it is not a passing one."""
    if isinstance(fout, GeenVerbindingVrij):
        return bezet()
    if isinstance(fout, sqlite3.OperationalError):
        return _sqlite(fout)
    oorzaak = fout.orig
    if isinstance(oorzaak, sqlite3.OperationalError):
        return _sqlite(oorzaak)
    if isinstance(oorzaak, psycopg.Error):
        return _postgres(oorzaak, fout)
    return None


def _sqlite(oorzaak: sqlite3.OperationalError) -> OpslagOnbeschikbaar | None:
    code = getattr(oorzaak, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest the detail
    if code == sqlite3.SQLITE_FULL:
        return vol()
    if code in _BEZET:
        return bezet()
    return weg() if code in _WEG else None


def _postgres(oorzaak: psycopg.Error, fout: DBAPIError) -> OpslagOnbeschikbaar | None:
    code = oorzaak.sqlstate or ""
    if code == _VOL:
        return vol()
    if code in _TE_DRUK:
        return bezet()
    verbroken = fout.connection_invalidated or (not code and isinstance(oorzaak, psycopg.OperationalError))
    return weg() if verbroken or code.startswith(_WEG_KLASSEN) else None


def vol() -> SchijfVol:
    return SchijfVol(
        "De schijf van de database is vol; er wordt niets meer vastgelegd.",
        "Maak ruimte vrij. Daarna gaat alles vanzelf verder; er is niets verloren.",
    )


def bezet() -> DatabaseBezet:
    return DatabaseBezet(
        "De database is bezet: een ander programma houdt haar te lang vast.",
        "Probeer het over een minuut opnieuw. Blijft dit, stop dan wat de database vasthoudt.",
    )


def weg() -> DatabaseWeg:
    return DatabaseWeg(
        "De database antwoordt niet.",
        "Probeer het over een minuut opnieuw; wat was vastgelegd, staat er nog. Blijft dit, kijk met 'regie dokter'.",
    )
