"""The storage: one transaction at a time over the main database, with the keys beside it.

Opening a space costs nothing until its first statement; reading takes no lock.
"""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from adapters.database import maak_engine, maak_klaar
from adapters.instellingen import Instellingen, geheim_uit
from adapters.klok import klok as klok_van
from adapters.kluis import Kluis
from adapters.opslag_besluiten import Besluitdeel
from adapters.opslag_bewaking import Bewakingsdeel
from adapters.opslag_dossiers import Dossierdeel
from adapters.opslag_gebeurtenissen import Gebeurtenisdeel
from adapters.opslag_partnerpost import Partnerpostdeel
from adapters.opslag_post import Postdeel
from adapters.opslag_stappen import Stapdeel
from adapters.sleutelbos import Sleutelbos
from domein.model import Dossier, Persoonsgegeven
from domein.ports import Klok


class SqlRuimte(Dossierdeel, Gebeurtenisdeel, Besluitdeel, Stapdeel, Postdeel, Partnerpostdeel, Bewakingsdeel):
    """One transaction; implements the port `Ruimte`."""


class SqlMagazijn:
    """Implements the port `Magazijn` for SQLite and PostgreSQL."""

    def __init__(self, engine: Engine, kluis: Kluis, sleutelbos: Sleutelbos, klok: Klok) -> None:
        self.engine = engine
        self.sleutelbos = sleutelbos
        self._kluis = kluis
        self._klok = klok

    @contextmanager
    def ruimte(self) -> Generator[SqlRuimte]:
        # Rows stay readable after the end: nothing is loaded behind the caller's back.
        with Session(self.engine, expire_on_commit=False) as sessie:
            ruimte = SqlRuimte(sessie, self._kluis, self.sleutelbos, self._klok)
            yield ruimte
            ruimte.bevestig()

    def voltooi_wissen(self) -> int:
        """Destroy the keys that a crash between commit and destruction left behind; give how many."""
        with Session(self.engine) as sessie:
            zonder_persoon = select(Dossier.id).where(col(Dossier.id).not_in(select(Persoonsgegeven.dossier_id)))
            gewist = set(sessie.exec(zonder_persoon))
        over = gewist & self.sleutelbos.levende()
        for dossier_id in over:
            self.sleutelbos.vernietig(dossier_id, self._klok.nu())
        return len(over)

    def sluit(self) -> None:
        self.engine.dispose()
        self.sleutelbos.sluit()


def magazijn(instellingen: Instellingen, klok: Klok | None = None) -> SqlMagazijn:
    """The storage of this installation, brought to the newest revision."""
    engine = maak_engine(instellingen.database)
    maak_klaar(engine)
    geheimen = instellingen.geheimenmap
    sleutelbos = Sleutelbos(maak_engine(instellingen.sleutels, wis_veilig=True), geheim_uit(geheimen / "hoofdsleutel"))
    return SqlMagazijn(engine, Kluis(geheim_uit(geheimen / "bsn-index")), sleutelbos, klok or klok_van(instellingen))
