"""The keys of the dossiers, in a database of their own: outside the backups of the main database.

Each key is wrapped by a master key that lives in a file. Destroying a key erases the person everywhere,
also in old backups of the main database; a tombstone remembers that it was destroyed (rule 12).

A new key is only stored when the master key that wraps it is the one that the key database names, checked in the same
transaction: a process that missed a change of the master key stores nothing that nobody can open.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select, update

from adapters.hoofdsleutel import HoofdsleutelOnbekend, afdruk, gemerkt, kies, pak_uit, verpak
from adapters.kluis import CijfertekstGeweigerd, Sleutel, nieuwe_sleutelwaarde
from adapters.sleuteltabellen import SLEUTELTABEL, maak_tabellen
from domein.fouten import PersoonGewist

ONTHOUDEN: Final = 4096
POGINGEN: Final = 3  # the first chooses the key, a change of the master key may spoil one more


class Sleutelbos:
    """Makes, gives and destroys dossier keys; remembers the last few in this process.

    `andere` gives the master keys that are on this machine now: the first one may have been replaced since.
    """

    def __init__(
        self, engine: Engine, hoofdsleutel: bytes, andere: Callable[[], Iterable[bytes]] = tuple[bytes]
    ) -> None:
        self._engine = engine
        self._hoofd = hoofdsleutel
        self._andere = andere
        self._onthouden: OrderedDict[UUID, Sleutel] = OrderedDict()
        self._slot = Lock()
        maak_tabellen(engine)

    def maak(self) -> Sleutel:
        """A new key, not stored yet."""
        return Sleutel(uuid4(), nieuwe_sleutelwaarde())

    def bewaar(self, sleutels: Iterable[tuple[UUID, Sleutel]], nu: datetime) -> None:
        """Store new keys. Do this before the dossiers themselves: a key too many harms nobody."""
        paren = list(sleutels)
        for _ in range(POGINGEN if paren else 0):
            hoofd = self._hoofd
            if self._voeg_toe(paren, hoofd, nu):
                return
            with self._engine.begin() as verbinding:
                self._hoofd = kies(verbinding, (hoofd, *self._andere()))
        if paren:
            raise HoofdsleutelOnbekend

    def _voeg_toe(self, paren: Sequence[tuple[UUID, Sleutel]], hoofd: bytes, nu: datetime) -> bool:
        rijen = [
            {
                "dossier_id": dossier_id,
                "sleutel_id": sleutel.id,
                "verpakt": verpak(hoofd, dossier_id, sleutel),
                "gemaakt_op": nu,
            }
            for dossier_id, sleutel in paren
        ]
        with self._engine.begin() as verbinding:
            verbinding.execute(insert(SLEUTELTABEL), rijen)
            # After the insert: it takes the lock on SQLite, and on PostgreSQL whoever changes the master key waits.
            if gemerkt(verbinding, houd=True) == afdruk(hoofd):
                return True
            verbinding.rollback()
            return False

    def zoek(self, dossier_id: UUID) -> Sleutel | None:
        """The key of a dossier, None when there never was one; PersoonGewist when it was destroyed."""
        with self._slot:
            bekend = self._onthouden.get(dossier_id)
            if bekend is not None:
                self._onthouden.move_to_end(dossier_id)
                return bekend
        vraag = select(SLEUTELTABEL.c.sleutel_id, SLEUTELTABEL.c.verpakt).where(SLEUTELTABEL.c.dossier_id == dossier_id)
        with self._engine.connect() as verbinding:
            rij = verbinding.execute(vraag).one_or_none()
        if rij is None:
            return None
        if rij.verpakt is None:
            raise persoon_gewist()
        return self._onthoud(dossier_id, self._pak_uit(dossier_id, rij.sleutel_id, rij.verpakt))

    def lees_vooruit(self, dossier_ids: Collection[UUID]) -> None:
        """Remember the keys of these dossiers; destroyed, unreadable or never there: `zoek` says so."""
        with self._slot:
            onbekend = [dossier_id for dossier_id in dossier_ids if dossier_id not in self._onthouden]
        if not onbekend:
            return
        vraag = select(SLEUTELTABEL).where(SLEUTELTABEL.c.dossier_id.in_(onbekend), SLEUTELTABEL.c.verpakt.is_not(None))
        with self._engine.connect() as verbinding:
            rijen = verbinding.execute(vraag).all()
        for rij in rijen:
            with suppress(CijfertekstGeweigerd, HoofdsleutelOnbekend):
                self._onthoud(rij.dossier_id, self._pak_uit(rij.dossier_id, rij.sleutel_id, rij.verpakt))

    def vernietig(self, dossier_id: UUID, nu: datetime) -> None:
        """Destroy a key for good; harmless when done twice."""
        with self._slot:
            self._onthouden.pop(dossier_id, None)
        with self._engine.begin() as verbinding:
            verbinding.execute(
                update(SLEUTELTABEL)
                .where(SLEUTELTABEL.c.dossier_id == dossier_id, SLEUTELTABEL.c.verpakt.is_not(None))
                .values(verpakt=None, vernietigd_op=nu)
            )

    def id_van(self, dossier_id: UUID) -> UUID | None:
        """The id of the key that a dossier has or had."""
        vraag = select(SLEUTELTABEL.c.sleutel_id).where(SLEUTELTABEL.c.dossier_id == dossier_id)
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
            return set(verbinding.scalars(select(SLEUTELTABEL.c.dossier_id).where(SLEUTELTABEL.c.verpakt.is_not(None))))

    def vernietigde(self) -> set[UUID]:
        """The dossiers whose key was destroyed."""
        with self._engine.connect() as verbinding:
            return set(verbinding.scalars(select(SLEUTELTABEL.c.dossier_id).where(SLEUTELTABEL.c.verpakt.is_(None))))

    def sluit(self) -> None:
        self._engine.dispose()

    def _pak_uit(self, dossier_id: UUID, sleutel_id: UUID, verpakt: bytes) -> Sleutel:
        """Open a key, also right after a change of the master key; HoofdsleutelOnbekend when it is not here."""
        try:
            return pak_uit((self._hoofd,), dossier_id, sleutel_id, verpakt)[0]
        except CijfertekstGeweigerd:
            bekend = (self._hoofd, *self._andere())
        try:
            sleutel, self._hoofd = pak_uit(bekend, dossier_id, sleutel_id, verpakt)
        except CijfertekstGeweigerd:
            with self._engine.begin() as verbinding:
                kies(verbinding, bekend)
            raise
        return sleutel

    def _onthoud(self, dossier_id: UUID, sleutel: Sleutel) -> Sleutel:
        with self._slot:
            self._onthouden[dossier_id] = sleutel
            while len(self._onthouden) > ONTHOUDEN:
                self._onthouden.popitem(last=False)
        return sleutel


def persoon_gewist() -> PersoonGewist:
    return PersoonGewist(
        "De persoon in dit dossier is gewist.", "Alleen het bewijs is er nog: de keten is nog te controleren."
    )
