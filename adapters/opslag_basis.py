"""What every part of the storage shares: one session, one transaction, and what happens around its end."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Engine, Table, insert, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import select
from typing_extensions import override

from adapters.eigen_werk import EigenWerk
from adapters.kluis import Kluis, Sleutel
from adapters.opslag_afgeschermd import neem_wijzigingen, schrijf_wijzigingen
from adapters.opslag_telling import Telsessie, schrijf_telling
from adapters.opslag_wand import Wand
from adapters.sleutelbos import Sleutelbos, persoon_gewist
from domein.begrippen import Stapsoort
from domein.fouten import DossierAchterDeWand, OnbekendDossier, RegieFout, VolgnummerBezet
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.model import (
    Bericht,
    Dossier,
    Dossiermijlpaal,
    Dossiertermijn,
    GebeurtenisRij,
    Persoonsgegeven,
    Regioversie,
    Signaal,
    Stap,
    metadata,
)
from domein.ports import Klok

_GEBEURTENIS: Final = cast("Table", GebeurtenisRij.__table__)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_VELDEN: Final = tuple(kolom.name for kolom in _GEBEURTENIS.columns)
_VOLGORDE: Final = {tabel.name: plaats for plaats, tabel in enumerate(metadata.sorted_tables)}


class Sessie(Telsessie):
    """A session that writes new rows as late as it can, many at once, and in an order that the keys allow.

    There are no relationships between the models, so the order of inserts is ours to keep. Whatever writes (a query
    that needs the rows, the commit) comes through `flush`, which gives a refusal the meaning it has here.
    """

    def __init__(self, engine: Engine) -> None:
        # Rows stay readable after the end: nothing is loaded behind the caller's back.
        super().__init__(engine, expire_on_commit=False)
        self._nieuw: dict[int, Any] = {}
        self._voorgoed: list[GebeurtenisRij] = []
        self.geweigerd = False

    def straks(self, rij: Any) -> None:
        """Insert this row at the next flush."""
        self._nieuw[id(rij)] = rij

    def straks_voorgoed(self, rij: GebeurtenisRij) -> None:
        """Insert this event at the next flush, and forget it: it never changes, so there is nothing to watch."""
        self._voorgoed.append(rij)

    def neemt_op(self, rij: Any) -> bool:
        return id(rij) in self._nieuw or rij in self

    @override
    def flush(self, objects: Sequence[Any] | None = None) -> None:
        berichten = neem_wijzigingen(rij for rij in self.dirty if isinstance(rij, Bericht))
        try:
            while self._nieuw:
                eerste = min(_plaats(rij) for rij in self._nieuw.values())
                nu = [rij for rij in self._nieuw.values() if _plaats(rij) == eerste]
                self._nieuw = {merk: rij for merk, rij in self._nieuw.items() if _plaats(rij) != eerste}
                self.add_all(nu)
                super().flush()
            super().flush(objects)
            if self._voorgoed:
                self._schrijf_voorgoed()
            if berichten:
                schrijf_wijzigingen(self.connection(), berichten)
        except IntegrityError as fout:
            self.geweigerd = True
            if _is_uniek(fout):
                raise VolgnummerBezet from fout
            raise
        except StaleDataError as fout:  # a sender took this message after it was read (lease_nummer)
            self.geweigerd = True
            raise VolgnummerBezet from fout

    def _schrijf_voorgoed(self) -> None:
        # In one order, so that two transactions over the same dossiers never wait for each other.
        rijen = sorted(self._voorgoed, key=lambda rij: (rij.dossier_id, rij.volgnummer))
        self._voorgoed = []
        self.connection().execute(insert(_GEBEURTENIS), [{naam: vars(rij)[naam] for naam in _VELDEN} for rij in rijen])


class RuimteBasis:
    """One transaction over the main database, with the keys it makes and destroys.

    What it read about a dossier it remembers until its end: another transaction that changes the same dossier takes
    the next number, so whatever was judged here on the older reading is refused anyway (rule 9).
    """

    def __init__(self, sessie: Sessie, kluis: Kluis, sleutelbos: Sleutelbos, klok: Klok) -> None:
        self.sessie = sessie
        self._kluis = kluis
        self._sleutelbos = sleutelbos
        self._klok = klok
        self.wand: Wand | None = None  # only around what the portal does, on PostgreSQL
        self._nieuwe_sleutels: dict[UUID, Sleutel] = {}
        self._te_wissen: set[UUID] = set()
        self._te_vernietigen: set[UUID] = set()  # only the key, after the commit; until then it can be read
        self._vastgezet: dict[UUID, Dossier] = {}
        self._leesbaar: dict[UUID, Persoonsgegeven | None] = {}  # there is a person; the row when it was read
        self._gelezen: dict[UUID, list[Gebeurtenis]] = {}
        self._stappen: dict[UUID, dict[UUID, Stap]] = {}
        self._eigen_werk = EigenWerk(sessie, self._stappen)
        self._signalen: dict[UUID, list[Signaal]] = {}
        # What stands on the region board; a row that goes ends what was read of its dossier, a new one joins it.
        self._bord: dict[UUID, tuple[Dossiermijlpaal | None, list[Dossiertermijn]]] = {}
        self._berichten: dict[UUID, list[Bericht]] = {}  # per step, only where it was read ahead
        self._werk: dict[frozenset[str], Counter[tuple[str, Stapsoort]]] = {}  # of everybody else
        self._ongeschreven: set[tuple[str, ...]] = set()  # what new rows are to be found by
        self._regioversies: dict[tuple[str, date], Regioversie | None] = {}

    def bewaar(self, *rijen: Any) -> None:
        # What this session read is written back by itself, at the next query that needs it or at the end.
        for rij in rijen:
            if isinstance(rij, Signaal):
                self._signalen.clear()
            elif isinstance(rij, Regioversie):
                self._regioversies.clear()
            elif isinstance(rij, Stap):
                self._eigen_werk.veranderd(rij.dossier_id)
            if not self.sessie.neemt_op(rij):
                self._neem_op(rij)
                self._zet_op_bord(rij)

    def _zet_op_bord(self, rij: Any) -> None:
        """Keep what was read of the board in step with a new row of it."""
        if not isinstance(rij, Dossiermijlpaal | Dossiertermijn) or (staat := self._bord.get(rij.dossier_id)) is None:
            return
        mijlpaal, termijnen = staat
        self._bord[rij.dossier_id] = (
            (rij, termijnen) if isinstance(rij, Dossiermijlpaal) else (mijlpaal, [*termijnen, rij])
        )

    def bevestig(self) -> None:
        """Commit. New keys are stored first (one too many harms nobody), destroyed keys go last."""
        if self.sessie.geweigerd:  # someone swallowed the refusal: what came after it must not be kept alone
            raise VolgnummerBezet
        self._flush()
        if self._nieuwe_sleutels:  # a demo that starts has no clock yet, and nothing to keep
            self._sleutelbos.bewaar(self._nieuwe_sleutels.items(), self._klok.nu())
        schrijf_telling(self.sessie)
        self.sessie.commit()
        for dossier_id in self._te_wissen | self._te_vernietigen:
            self._sleutelbos.vernietig(dossier_id, self._klok.nu())

    def _neem_op(self, rij: Any) -> None:
        staat = inspect(rij)
        if staat.transient:
            self.sessie.straks(rij)
            if isinstance(rij, Stap) and rij.dossier_id in self._stappen:
                self._stappen[rij.dossier_id][rij.id] = rij
            if isinstance(rij, Bericht) and rij.stap_id is not None and rij.stap_id in self._berichten:
                self._berichten[rij.stap_id].append(rij)
        elif staat.detached and staat.identity_key in self.sessie.identity_map:
            self.sessie.merge(rij)
        else:
            self.sessie.add(rij)

    def _alleen_bewaard(self, *wat: str) -> AbstractContextManager[object]:
        """Look in the database only, unless a row that was not written yet may be what is looked for.

        Otherwise each question would write out what came before it, row by row and under the lock of SQLite.
        """
        return nullcontext() if wat in self._ongeschreven else self.sessie.no_autoflush

    def _zet_vast(self, dossier_id: UUID) -> bool:
        """Read the dossier before anything about it is judged, and hold on to it; True the first time.

        Between two statements another transaction may commit. Its event takes the next number, so an act that was
        judged on what was read from here on fails on that number and is judged again (rule 9). Without this, a step
        read before and a dossier read after the other's commit would let both acts through.
        """
        if dossier_id in self._vastgezet:
            return False
        dossier = self.sessie.get(Dossier, dossier_id)
        if dossier is None:
            self._eis_voor_de_wand(Dossier.id == dossier_id)
            return False
        self._vastgezet[dossier_id] = dossier  # the session itself only holds it weakly
        self._door_de_wand()
        return True

    def _door_de_wand(self) -> None:
        if self.wand is not None:
            self.wand.laat_door()

    def _achterlangs(self) -> AbstractContextManager[object]:
        return nullcontext() if self.wand is None else self.wand.achterlangs()

    def _eis_voor_de_wand(self, waar: Any) -> None:
        """DossierAchterDeWand when what was not found is there after all, for others than who is looking."""
        if self.wand is None or not self.wand.staat:
            return
        with self._achterlangs():
            gevonden = self.sessie.exec(select(Dossier.id, Dossier.referentie).where(waar)).first()
        if gevonden is not None:
            raise DossierAchterDeWand(*ONBEKEND_DOSSIER, *gevonden)

    def _flush(self) -> None:
        self.sessie.flush()

    def _sleutel(self, dossier_id: UUID) -> Sleutel:
        """The key of a dossier; PersoonGewist when it is destroyed, here or in another process."""
        if dossier_id in self._te_wissen:
            raise persoon_gewist()
        sleutel = self._nieuwe_sleutels.get(dossier_id) or self._sleutelbos.zoek(dossier_id)
        if sleutel is None:
            if self.sessie.get(Dossier, dossier_id) is None:
                raise onbekend_dossier()
            raise RegieFout(
                "De sleutel van dit dossier ontbreekt.",
                "Zet de reservekopie van de sleutels terug; zonder sleutel is het dossier niet te lezen.",
            )
        # A key remembered by this process may have been destroyed by another one. Once seen in this transaction is
        # enough: what this transaction erases itself is in `_te_wissen`.
        if dossier_id not in self._leesbaar:
            rij = self.sessie.get(Persoonsgegeven, dossier_id)
            if rij is None:
                raise persoon_gewist()
            self._leesbaar[dossier_id] = rij
        return sleutel


def _plaats(rij: Any) -> int:
    return _VOLGORDE[rij.__tablename__]


ONBEKEND_DOSSIER: Final = ("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")


def onbekend_dossier() -> OnbekendDossier:
    return OnbekendDossier(*ONBEKEND_DOSSIER)


def _is_uniek(fout: IntegrityError) -> bool:
    return getattr(fout.orig, "sqlstate", None) == "23505" or "UNIQUE constraint failed" in str(fout.orig)
