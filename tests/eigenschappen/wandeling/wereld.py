"""De wereld van een wandeling: een echte database in het geheugen, in een oogwenk weer leeg, en een klok.

Alles is echt (handelingen, SQLite, versleuteling, sjablonen); alleen wat al eens is gelezen, wordt onthouden: een
gebeurtenis verandert nooit.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from adapters.database import maak_engine, maak_klaar
from adapters.kluis import Kluis, Sleutel
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn, SqlRuimte
from adapters.regiobestand import laad_regiobestand
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, NieuweGebeurtenis
from domein.handelingen.regio import laad_regio
from domein.model import GebeurtenisRij, Regioversie
from domein.ports import Omgeving
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, ZetKlok
from tests.integratie.regels.leven import VOORBEELD

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


class _Ruimte(SqlRuimte):
    """Leest een gebeurtenis en de regio maar één keer; wat er is, vraagt zij telkens aan de database."""

    gelezen: dict[UUID, Gebeurtenis]
    regios: dict[tuple[str, date], Regioversie | None]

    def gebeurtenissen(self, dossier_id: UUID, *, zoals_bekend_op: datetime | None = None) -> tuple[Gebeurtenis, ...]:
        self._zet_vast(dossier_id)
        self._sleutel(dossier_id)
        vraag = select(GebeurtenisRij.id).where(GebeurtenisRij.dossier_id == dossier_id)
        ids = self.sessie.exec(vraag.order_by(col(GebeurtenisRij.volgnummer))).all()
        if zoals_bekend_op is not None or any(rij_id not in self.gelezen for rij_id in ids):
            return super().gebeurtenissen(dossier_id, zoals_bekend_op=zoals_bekend_op)
        return tuple(self.gelezen[rij_id] for rij_id in ids)

    def schrijf(self, dossier_id: UUID, nieuw: NieuweGebeurtenis, verwacht_volgnummer: int) -> Gebeurtenis:
        g = super().schrijf(dossier_id, nieuw, verwacht_volgnummer)
        self.gelezen[g.id] = g
        return g

    def regioversie_op(self, regio: str, dag: date) -> Regioversie | None:
        if (regio, dag) not in self.regios:
            self.regios[(regio, dag)] = super().regioversie_op(regio, dag)
        return self.regios[(regio, dag)]

    def _lees(self, rij: Any, sleutel: Sleutel) -> Gebeurtenis:
        if rij.id not in self.gelezen:
            self.gelezen[rij.id] = super()._lees(rij, sleutel)
        return self.gelezen[rij.id]


class _Magazijn(SqlMagazijn):
    def __init__(self, engine: Engine, bos: Sleutelbos, klok: ZetKlok) -> None:
        super().__init__(engine, Kluis(INDEXSLEUTEL), bos, klok)
        self.gelezen: dict[UUID, Gebeurtenis] = {}
        self.regios: dict[tuple[str, date], Regioversie | None] = {}

    @contextmanager
    def ruimte(self) -> Generator[SqlRuimte]:
        with Session(self.engine, expire_on_commit=False) as sessie:
            ruimte = _Ruimte(sessie, self._kluis, self.sleutelbos, self._klok)
            ruimte.gelezen, ruimte.regios = self.gelezen, self.regios
            yield ruimte
            ruimte.bevestig()


class Wereld:
    """Eén per proces: een nieuwe engine zou elke opdracht opnieuw vertalen."""

    def __init__(self) -> None:
        self.klok = ZetKlok(BEGIN)
        self._engine = maak_engine("sqlite://")
        maak_klaar(self._engine)
        sleutels = maak_engine("sqlite://", wis_veilig=True)
        self.magazijn = _Magazijn(self._engine, Sleutelbos(sleutels, HOOFDSLEUTEL), self.klok)
        links = GetekendeLinks("geheim-van-deze-test", "http://testserver", self.klok)
        self.omgeving = Omgeving(magazijn=self.magazijn, klok=self.klok, brieven=Sjablonen(), links=links)
        laad_regio(self.omgeving, laad_regiobestand(VOORBEELD), SYSTEEM)
        with self._verbinding() as verbinding:
            self._leeg = verbinding.serialize()

    @contextmanager
    def _verbinding(self) -> Generator[sqlite3.Connection]:
        with self._engine.connect() as verbinding:
            yield cast("sqlite3.Connection", verbinding.connection.dbapi_connection)

    def opnieuw(self) -> None:
        """Zet alles terug: alleen de tabellen en de regio, op de eerste dag."""
        with self._verbinding() as verbinding:
            verbinding.deserialize(self._leeg)
        self.magazijn.gelezen.clear()
        self.klok.moment = BEGIN

    def dagen_verder(self, aantal: int) -> None:
        self.klok.moment += timedelta(days=aantal)


@cache
def wereld() -> Wereld:
    return Wereld()
