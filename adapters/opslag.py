"""The storage: one transaction at a time over the main database, with the keys beside it.

Opening a space costs nothing until its first statement; reading takes no lock.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from adapters.database import maak_engine, maak_klaar, schoon_op
from adapters.databasefouten import DATABASEFOUTEN, leg_uit
from adapters.hoofdsleutel import HUIDIG, HoofdsleutelOnbekend, kandidaten
from adapters.instellingen import Instellingen, geheim_uit
from adapters.klok import klok as klok_van
from adapters.kluis import Kluis
from adapters.opslag_basis import Sessie
from adapters.opslag_bedrijf import Bedrijfsdeel
from adapters.opslag_beheer import Beheerdeel
from adapters.opslag_besluiten import Besluitdeel
from adapters.opslag_bewaking import Bewakingsdeel
from adapters.opslag_bewaren import Bewaardeel
from adapters.opslag_bulk import Bulkdeel
from adapters.opslag_koppelvlak import Koppelvlakdeel
from adapters.opslag_partnerpost import Partnerpostdeel
from adapters.opslag_personen import Personendeel
from adapters.opslag_portaal import Portaaldeel
from adapters.opslag_post import Postdeel
from adapters.opslag_regiobord import Borddeel
from adapters.opslag_stappen import Stapdeel
from adapters.opslag_toegang import Toegangsdeel
from adapters.opslag_vooruit import Vooruitdeel
from adapters.opslag_wand import Wand
from adapters.sleutelbos import Sleutelbos
from adapters.sleuteltabellen import SLEUTELTABEL, maak_tabellen
from domein.model import Dossier, Persoonsgegeven
from domein.ports import Klok
from domein.regels.wand import Wandzicht


class SqlRuimte(
    Personendeel,
    Toegangsdeel,
    Vooruitdeel,
    Stapdeel,
    Postdeel,
    Partnerpostdeel,
    Bulkdeel,
    Bedrijfsdeel,
    Portaaldeel,
    Koppelvlakdeel,
    Borddeel,
    Bewaardeel,
    Besluitdeel,
    Beheerdeel,
    Bewakingsdeel,
):
    """One transaction; implements the port `Ruimte`."""


class SqlMagazijn:
    """Implements the port `Magazijn` for SQLite and PostgreSQL."""

    def __init__(self, engine: Engine, kluis: Kluis, sleutelbos: Sleutelbos, klok: Klok) -> None:
        self.engine = engine
        self.sleutelbos = sleutelbos
        self._kluis = kluis
        self._klok = klok

    def ruimte(self) -> AbstractContextManager[SqlRuimte]:
        """One transaction; OpslagOnbeschikbaar when the database is full, locked or gone."""
        return self._ruimte(None)

    def ruimte_achter_wand(self, zicht: Wandzicht | None, *, handelt: bool) -> AbstractContextManager[SqlRuimte]:
        """One transaction that sees no more than this, and nothing of a dossier without it (PostgreSQL only)."""
        return self._ruimte(lambda sessie: Wand(sessie, zicht, handelt=handelt))

    @contextmanager
    def _ruimte(self, maak_wand: Callable[[Sessie], Wand] | None) -> Generator[SqlRuimte]:
        try:
            with Sessie(self.engine) as sessie:
                ruimte = SqlRuimte(sessie, self._kluis, self.sleutelbos, self._klok)
                ruimte.wand = maak_wand(sessie) if maak_wand else None
                yield ruimte
                ruimte.bevestig()
        except DATABASEFOUTEN as fout:
            uitleg = leg_uit(fout)
            if uitleg is None:
                raise
            raise uitleg from fout

    def voltooi_wissen(self) -> int:
        """Destroy the keys that a crash between commit and destruction left behind; give how many."""
        with Session(self.engine) as sessie:
            zonder_persoon = select(Dossier.id).where(col(Dossier.id).not_in(select(Persoonsgegeven.dossier_id)))
            gewist = set(sessie.exec(zonder_persoon))
        over = gewist & self.sleutelbos.levende()
        for dossier_id in over:
            self.sleutelbos.vernietig(dossier_id, self._klok.nu())
        return len(over)

    def schoon_op(self) -> bool:
        """Finish destructions that a crash cut short, and leave no deleted row on disk; False: try again later."""
        self.voltooi_wissen()
        self.sleutelbos.schoon_op()
        return schoon_op(self.engine)

    def sluit(self) -> None:
        self.engine.dispose()
        self.sleutelbos.sluit()


def magazijn(instellingen: Instellingen, klok: Klok | None = None) -> SqlMagazijn:
    """The storage of this installation, brought to the newest revision."""
    engine = maak_engine(instellingen.database)
    maak_klaar(engine)
    kluis = Kluis(geheim_uit(instellingen.geheimenmap / "bsn-index"))
    return SqlMagazijn(engine, kluis, sleutelbos_van(instellingen), klok or klok_van(instellingen))


def sleutelbos_van(instellingen: Instellingen) -> Sleutelbos:
    """The keys of this installation."""
    engine, map_ = maak_engine(instellingen.sleutels, wis_veilig=True), instellingen.geheimenmap
    if not (map_ / HUIDIG).exists():
        _eis_nieuw(engine, map_ / HUIDIG)
    return Sleutelbos(engine, geheim_uit(map_ / HUIDIG), lambda: kandidaten(map_))


def _eis_nieuw(engine: Engine, bestand: Path) -> None:
    """HoofdsleutelOnbekend when there are keys already: a new master key would open none of them."""
    maak_tabellen(engine)
    with engine.connect() as verbinding:
        vraag = select(SLEUTELTABEL.c.dossier_id).where(SLEUTELTABEL.c.verpakt.is_not(None)).limit(1)
        gevuld = verbinding.execute(vraag).first() is not None
    if gevuld and not bestand.exists():  # another process that starts now may have made it in between
        engine.dispose()
        raise HoofdsleutelOnbekend
