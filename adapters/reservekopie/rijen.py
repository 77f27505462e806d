"""Rows of any table as JSON and back, the same for SQLite and PostgreSQL: a backup of one goes back into the other.

A column has a kind that says how its value is written. Kinds travel with the backup, so an older revision is put
back with its own columns and migrated afterwards.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.sql.expression import ColumnClause, TableClause
from sqlmodel.sql.sqltypes import UTCDateTime

PER_KEER: Final = 2000

Rij = list[Any]


class Kolom(NamedTuple):
    naam: str
    soort: str


def _zelf(waarde: Any) -> Any:
    return waarde


def _b64(waarde: bytes) -> str:
    return base64.b64encode(waarde).decode("ascii")


# kind -> (type to read and write with, to JSON, from JSON)
_SOORTEN: Final[dict[str, tuple[Callable[[], Any], Callable[[Any], Any], Callable[[Any], Any]]]] = {
    "uuid": (sa.Uuid, lambda w: w.hex, lambda w: UUID(hex=w)),
    "moment": (UTCDateTime, lambda w: w.isoformat(), datetime.fromisoformat),
    "dag": (sa.Date, lambda w: w.isoformat(), date.fromisoformat),
    "bytes": (sa.LargeBinary, _b64, lambda w: base64.b64decode(w, validate=True)),
    "json": (sa.JSON, _zelf, _zelf),
    "vlag": (sa.Boolean, _zelf, _zelf),
    "getal": (sa.Integer, _zelf, _zelf),
    "breuk": (sa.Float, _zelf, _zelf),
    "tekst": (sa.String, _zelf, _zelf),
}


def soort_van(kolomtype: Any) -> str:
    """The kind of a column. TypeError for a type that no backup knows yet: add it above."""
    if isinstance(kolomtype, UTCDateTime):
        return "moment"
    for soort, basis in (
        ("uuid", sa.Uuid), ("vlag", sa.Boolean), ("getal", sa.Integer), ("breuk", sa.Float), ("json", sa.JSON),
        ("bytes", sa.LargeBinary), ("moment", sa.DateTime), ("dag", sa.Date), ("tekst", sa.Enum), ("tekst", sa.String),
    ):  # fmt: skip
        if isinstance(kolomtype, basis):
            return soort
    if isinstance(kolomtype, sa.types.TypeDecorator):
        return soort_van(kolomtype.impl_instance)  # pyright: ignore[reportUnknownMemberType]
    raise TypeError(f"a backup does not know the type {type(kolomtype).__name__}")


def kolommen_van(tabel: sa.Table) -> list[Kolom]:
    return [Kolom(kolom.name, soort_van(kolom.type)) for kolom in tabel.columns]


def tabel_van(naam: str, kolommen: Sequence[Kolom]) -> TableClause:
    return sa.table(naam, *(_kolom(kolom) for kolom in kolommen))


def _kolom(kolom: Kolom) -> ColumnClause[Any]:
    return sa.column(kolom.naam, _SOORTEN[kolom.soort][0]())


def lees(verbinding: Connection, tabel: sa.Table, volgorde: Sequence[str]) -> Iterator[Rij]:
    """Every row, in a fixed order, a few thousand in memory at a time."""
    kolommen = kolommen_van(tabel)
    bron = tabel_van(tabel.name, kolommen)
    naar = [_SOORTEN[kolom.soort][1] for kolom in kolommen]
    vraag = sa.select(*bron.columns).order_by(*(bron.c[naam] for naam in volgorde))
    gevonden = verbinding.execution_options(stream_results=True, yield_per=PER_KEER).execute(vraag)
    for rij in gevonden:
        yield [None if waarde is None else maak(waarde) for maak, waarde in zip(naar, rij, strict=True)]


def naar_waarden(kolommen: Sequence[Kolom], rij: Rij) -> dict[str, Any]:
    """The typed values of one row by name. ValueError when it does not fit its columns."""
    uit: dict[str, Any] = {}
    for kolom, waarde in zip(kolommen, rij, strict=True):
        uit[kolom.naam] = None if waarde is None else _SOORTEN[kolom.soort][2](waarde)
    return uit


class Invoeger:
    """Puts rows of one table back, many per statement."""

    def __init__(self, verbinding: Connection, naam: str, kolommen: Sequence[Kolom]) -> None:
        self._verbinding = verbinding
        self._opdracht = sa.insert(tabel_van(naam, kolommen))
        self._kolommen = kolommen
        self._wacht: list[dict[str, Any]] = []

    def neem(self, rij: Rij) -> None:
        self._wacht.append(naar_waarden(self._kolommen, rij))
        if len(self._wacht) >= PER_KEER:
            self.leeg()

    def leeg(self) -> None:
        if self._wacht:
            self._verbinding.execute(self._opdracht, self._wacht)
            self._wacht.clear()


__all__ = ["Invoeger", "Kolom", "Rij", "kolommen_van", "lees", "naar_waarden", "soort_van", "tabel_van"]
