"""De wereld van een wandeling: een echte database in het geheugen, in een oogwenk weer leeg, en een klok.

Alles is echt (handelingen, SQLite, versleuteling, sjablonen); alleen wat al eens is gelezen, wordt onthouden: een
gebeurtenis verandert nooit.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Engine

from adapters.database import maak_engine, maak_klaar
from adapters.kluis import Kluis, Sleutel
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn, SqlRuimte
from adapters.opslag_basis import Sessie
from adapters.regiobestand import laad_regiobestand
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.handelingen.regio import laad_regio
from domein.model import Regioversie
from domein.ports import Omgeving
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, ZetKlok
from tests.integratie.regels.leven import VOORBEELD

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class _Gelezen:
    """Wat nooit verandert, en dus maar één keer hoeft te worden gelezen."""

    gebeurtenis: dict[UUID, Gebeurtenis] = field(default_factory=dict)
    reeks: dict[UUID, tuple[Gebeurtenis, ...]] = field(default_factory=dict)
    regio: dict[tuple[str, date], Regioversie | None] = field(default_factory=dict)


class _Ruimte(SqlRuimte):
    gelezen: _Gelezen

    def gebeurtenissen(self, dossier_id: UUID, *, zoals_bekend_op: datetime | None = None) -> tuple[Gebeurtenis, ...]:
        aantal = self.dossier(dossier_id).laatste_volgnummer
        self._sleutel(dossier_id)
        if zoals_bekend_op is not None:
            return super().gebeurtenissen(dossier_id, zoals_bekend_op=zoals_bekend_op)
        if dossier_id not in self.gelezen.reeks or len(self.gelezen.reeks[dossier_id]) != aantal:
            self.gelezen.reeks[dossier_id] = super().gebeurtenissen(dossier_id)
        return self.gelezen.reeks[dossier_id]

    def regioversie_op(self, regio: str, dag: date) -> Regioversie | None:
        if (regio, dag) not in self.gelezen.regio:
            self.gelezen.regio[(regio, dag)] = super().regioversie_op(regio, dag)
        return self.gelezen.regio[(regio, dag)]

    def _lees(self, rij: Any, sleutel: Sleutel) -> Gebeurtenis:
        if rij.id not in self.gelezen.gebeurtenis:
            self.gelezen.gebeurtenis[rij.id] = super()._lees(rij, sleutel)
        return self.gelezen.gebeurtenis[rij.id]


class _Magazijn(SqlMagazijn):
    def __init__(self, engine: Engine, bos: Sleutelbos, klok: ZetKlok) -> None:
        super().__init__(engine, Kluis(INDEXSLEUTEL), bos, klok)
        self.gelezen = _Gelezen()

    @contextmanager
    def ruimte(self) -> Generator[SqlRuimte]:
        with Sessie(self.engine) as sessie:
            ruimte = _Ruimte(sessie, self._kluis, self.sleutelbos, self._klok)
            ruimte.gelezen = self.gelezen
            try:
                yield ruimte
                ruimte.bevestig()
            except BaseException:
                self.gelezen.reeks.clear()  # wat nu teruggaat, is nooit gebeurd
                raise


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
        self.magazijn.gelezen = _Gelezen(regio=self.magazijn.gelezen.regio)
        self.klok.moment = BEGIN

    def dagen_verder(self, aantal: int) -> None:
        self.klok.moment += timedelta(days=aantal)


@cache
def wereld() -> Wereld:
    return Wereld()
