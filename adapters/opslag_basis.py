"""What every part of the storage shares: one session, one transaction, and what happens around its end."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from adapters.kluis import Kluis, Sleutel
from adapters.opslag_telling import schrijf_telling
from adapters.sleutelbos import Sleutelbos, persoon_gewist
from domein.fouten import OnbekendDossier, RegieFout, VolgnummerBezet
from domein.model import Dossier, Persoonsgegeven, metadata
from domein.ports import Klok

_VOLGORDE: Final = {tabel.name: plaats for plaats, tabel in enumerate(metadata.sorted_tables)}


class RuimteBasis:
    """One transaction over the main database, with the keys it makes and destroys."""

    def __init__(self, sessie: Session, kluis: Kluis, sleutelbos: Sleutelbos, klok: Klok) -> None:
        self.sessie = sessie
        self._kluis = kluis
        self._sleutelbos = sleutelbos
        self._klok = klok
        self._nieuwe_sleutels: dict[UUID, Sleutel] = {}
        self._te_wissen: set[UUID] = set()
        self._te_vernietigen: set[UUID] = set()  # only the key, after the commit; until then it can be read
        self._vastgezet: dict[UUID, Dossier] = {}
        self._leesbaar: dict[UUID, Persoonsgegeven] = {}
        self._stuk = False

    def bewaar(self, *rijen: Any) -> None:
        # There are no relationships between the models, so the order of inserts is ours to keep.
        # What this session read is written back by itself.
        nieuw = [rij for rij in rijen if rij not in self.sessie]
        for rij in sorted(nieuw, key=lambda een: _VOLGORDE[een.__tablename__]):
            self._neem_op(rij)
            if inspect(rij).pending:
                self._flush()
        self._flush()

    def bevestig(self) -> None:
        """Commit. New keys are stored first (one too many harms nobody), destroyed keys go last."""
        if self._stuk:  # someone swallowed the refusal: what came after it must not be kept alone
            raise VolgnummerBezet
        self._flush()
        nu = self._klok.nu()
        self._sleutelbos.bewaar(self._nieuwe_sleutels.items(), nu)
        schrijf_telling(self.sessie)
        self.sessie.commit()
        for dossier_id in self._te_wissen | self._te_vernietigen:
            self._sleutelbos.vernietig(dossier_id, nu)

    def _neem_op(self, rij: Any) -> None:
        staat = inspect(rij)
        if staat.detached and staat.identity_key in self.sessie.identity_map:
            self.sessie.merge(rij)
        else:
            self.sessie.add(rij)

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
            return False
        self._vastgezet[dossier_id] = dossier  # the session itself only holds it weakly
        return True

    def _flush(self) -> None:
        try:
            self.sessie.flush()
        except IntegrityError as fout:
            self._stuk = True
            if _is_uniek(fout):
                raise VolgnummerBezet from fout
            raise
        except StaleDataError as fout:  # a sender took this message after it was read (lease_nummer)
            self._stuk = True
            raise VolgnummerBezet from fout

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


def onbekend_dossier() -> OnbekendDossier:
    return OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")


def _is_uniek(fout: IntegrityError) -> bool:
    return getattr(fout.orig, "sqlstate", None) == "23505" or "UNIQUE constraint failed" in str(fout.orig)
