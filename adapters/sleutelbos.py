"""The keys of the dossiers, in a database of their own: outside the backups of the main database.

Each key is wrapped by a master key that lives in a file. Destroying a key erases the person everywhere,
also in old backups of the main database; a tombstone remembers that it was destroyed (rule 12).
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from datetime import datetime
from threading import Lock
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, Uuid, insert, inspect, select, text, update
from sqlalchemy.schema import CreateTable
from sqlmodel.sql.sqltypes import UTCDateTime

from adapters.kluis import Kluis, Plek, Sleutel, nieuwe_sleutelwaarde
from domein.fouten import PersoonGewist

ONTHOUDEN: Final = 4096

_tabellen = MetaData()
_sleutels = Table(
    "dossiersleutel",
    _tabellen,
    Column("dossier_id", Uuid(), primary_key=True),
    Column("sleutel_id", Uuid(), nullable=False),
    Column("verpakt", LargeBinary(), nullable=True),  # empty: destroyed
    Column("gemaakt_op", UTCDateTime(), nullable=False),
    Column("vernietigd_op", UTCDateTime(), nullable=True),
)

_MAAKSLOT: Final = 7_202_103  # any fixed number: one process at a time makes the table on PostgreSQL
SLEUTELTABEL: Final = _sleutels  # for backups and for turning the master key


def _maak_tabel(engine: Engine) -> None:
    """Make the table when it is not there. Processes that start on an empty database at once wait for each other."""
    if inspect(engine).has_table(_sleutels.name):
        return
    with engine.begin() as verbinding:
        if verbinding.dialect.name == "postgresql":  # there, IF NOT EXISTS alone still fails when two make it
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": _MAAKSLOT})
        verbinding.execute(CreateTable(_sleutels, if_not_exists=True))


class Sleutelbos:
    """Makes, gives and destroys dossier keys; remembers the last few in this process."""

    def __init__(self, engine: Engine, hoofdsleutel: bytes) -> None:
        self._engine = engine
        self._hoofd = Sleutel(UUID(int=0), hoofdsleutel)
        self._kluis = Kluis(hoofdsleutel)
        self._onthouden: OrderedDict[UUID, Sleutel] = OrderedDict()
        self._slot = Lock()
        _maak_tabel(engine)

    def maak(self) -> Sleutel:
        """A new key, not stored yet."""
        return Sleutel(uuid4(), nieuwe_sleutelwaarde())

    def bewaar(self, sleutels: Iterable[tuple[UUID, Sleutel]], nu: datetime) -> None:
        """Store new keys. Do this before the dossiers themselves: a key too many harms nobody."""
        rijen = [
            {
                "dossier_id": dossier_id,
                "sleutel_id": sleutel.id,
                "verpakt": self._kluis.versleutel(self._hoofd, _plek(dossier_id, sleutel.id), sleutel.waarde),
                "gemaakt_op": nu,
            }
            for dossier_id, sleutel in sleutels
        ]
        if rijen:
            with self._engine.begin() as verbinding:
                verbinding.execute(insert(_sleutels), rijen)

    def zoek(self, dossier_id: UUID) -> Sleutel | None:
        """The key of a dossier, None when there never was one; PersoonGewist when it was destroyed."""
        with self._slot:
            bekend = self._onthouden.get(dossier_id)
            if bekend is not None:
                self._onthouden.move_to_end(dossier_id)
                return bekend
        vraag = select(_sleutels.c.sleutel_id, _sleutels.c.verpakt).where(_sleutels.c.dossier_id == dossier_id)
        with self._engine.connect() as verbinding:
            rij = verbinding.execute(vraag).one_or_none()
        if rij is None:
            return None
        if rij.verpakt is None:
            raise persoon_gewist()
        waarde = self._kluis.ontsleutel(self._hoofd, _plek(dossier_id, rij.sleutel_id), rij.verpakt)
        return self._onthoud(dossier_id, Sleutel(rij.sleutel_id, waarde))

    def lees_vooruit(self, dossier_ids: Collection[UUID]) -> None:
        """Remember the keys of these dossiers; what was destroyed or never existed stays for `zoek` to say."""
        with self._slot:
            onbekend = [dossier_id for dossier_id in dossier_ids if dossier_id not in self._onthouden]
        if not onbekend:
            return
        vraag = select(_sleutels).where(_sleutels.c.dossier_id.in_(onbekend), _sleutels.c.verpakt.is_not(None))
        with self._engine.connect() as verbinding:
            rijen = verbinding.execute(vraag).all()
        for rij in rijen:
            waarde = self._kluis.ontsleutel(self._hoofd, _plek(rij.dossier_id, rij.sleutel_id), rij.verpakt)
            self._onthoud(rij.dossier_id, Sleutel(rij.sleutel_id, waarde))

    def vernietig(self, dossier_id: UUID, nu: datetime) -> None:
        """Destroy a key for good; harmless when done twice."""
        with self._slot:
            self._onthouden.pop(dossier_id, None)
        with self._engine.begin() as verbinding:
            verbinding.execute(
                update(_sleutels)
                .where(_sleutels.c.dossier_id == dossier_id, _sleutels.c.verpakt.is_not(None))
                .values(verpakt=None, vernietigd_op=nu)
            )

    def id_van(self, dossier_id: UUID) -> UUID | None:
        """The id of the key that a dossier has or had."""
        vraag = select(_sleutels.c.sleutel_id).where(_sleutels.c.dossier_id == dossier_id)
        with self._engine.connect() as verbinding:
            return verbinding.scalars(vraag).one_or_none()

    def schoon_op(self) -> None:
        """Leave nothing of destroyed keys behind on disk; SQLite overwrites them at once (`wis_veilig`)."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
                verbinding.exec_driver_sql("VACUUM (FULL) dossiersleutel")

    def levende(self) -> set[UUID]:
        """The dossiers whose key still exists."""
        with self._engine.connect() as verbinding:
            return set(verbinding.scalars(select(_sleutels.c.dossier_id).where(_sleutels.c.verpakt.is_not(None))))

    def vernietigde(self) -> set[UUID]:
        """The dossiers whose key was destroyed."""
        with self._engine.connect() as verbinding:
            return set(verbinding.scalars(select(_sleutels.c.dossier_id).where(_sleutels.c.verpakt.is_(None))))

    def sluit(self) -> None:
        self._engine.dispose()

    def _onthoud(self, dossier_id: UUID, sleutel: Sleutel) -> Sleutel:
        with self._slot:
            self._onthouden[dossier_id] = sleutel
            while len(self._onthouden) > ONTHOUDEN:
                self._onthouden.popitem(last=False)
        return sleutel


def verpak_opnieuw(dossier_id: UUID, sleutel_id: UUID, verpakt: bytes, oud: bytes, nieuw: bytes) -> bytes:
    """The key of a dossier, wrapped by another master key; CijfertekstGeweigerd when the old one does not fit."""
    plek, leeg = _plek(dossier_id, sleutel_id), UUID(int=0)
    waarde = Kluis(oud).ontsleutel(Sleutel(leeg, oud), plek, verpakt)
    return Kluis(nieuw).versleutel(Sleutel(leeg, nieuw), plek, waarde)


def persoon_gewist() -> PersoonGewist:
    return PersoonGewist(
        "De persoon in dit dossier is gewist.", "Alleen het bewijs is er nog: de keten is nog te controleren."
    )


def _plek(dossier_id: UUID, sleutel_id: UUID) -> Plek:
    # The key id is bound too: two keys cannot change places.
    return Plek("dossiersleutel", f"verpakt:{sleutel_id.hex}", dossier_id)
