"""Dossiers, and the personal data that only ever exist encrypted."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlmodel import col, select

from adapters.kluis import Plek, Sleutel
from adapters.opslag_basis import RuimteBasis, onbekend_dossier
from domein.begrippen import Dossierstatus
from domein.fouten import PersoonGewist
from domein.model import Dossier, Dossiermijlpaal, Dossiertermijn, Persoonsgegeven
from domein.ports import Persoon

_TABEL: Final = "persoonsgegeven"


class Dossierdeel(RuimteBasis):
    def nieuw_dossier(self, dossier: Dossier, persoon: Persoon, *, na: UUID | None = None) -> None:
        if na is not None:
            eerder = self.sessie.get_one(Persoonsgegeven, na)
            eerder.bsn_index = self._kluis.vroegere_bsn_index(persoon.bsn, na)
            self.bewaar(eerder)
        sleutel = self._sleutelbos.maak()
        self._nieuwe_sleutels[dossier.id] = sleutel
        # Nobody else can know this dossier yet: what there is about it, is what this transaction writes.
        self._gelezen[dossier.id], self._stappen[dossier.id], self._signalen[dossier.id] = [], {}, []
        self._bord[dossier.id] = None, []
        rij = Persoonsgegeven(
            dossier_id=dossier.id,
            cijfertekst=self._verpak(dossier.id, sleutel, persoon),
            bsn_index=self._kluis.bsn_index(persoon.bsn),
        )
        self._ongeschreven |= {("bsn", rij.bsn_index), ("referentie", dossier.referentie)}
        self._vastgezet[dossier.id], self._leesbaar[dossier.id] = dossier, rij
        self.bewaar(dossier, rij)

    def dossier(self, dossier_id: UUID) -> Dossier:
        self._zet_vast(dossier_id)
        dossier = self._vastgezet.get(dossier_id)
        if dossier is None:
            raise onbekend_dossier()
        return dossier

    def dossier_bij(self, referentie: str) -> Dossier:
        vraag = select(Dossier).where(Dossier.referentie == referentie.strip().upper())
        dossier = self.sessie.exec(vraag).one_or_none()
        if dossier is None:
            self._eis_voor_de_wand(Dossier.referentie == referentie.strip().upper())
            raise onbekend_dossier()
        self._door_de_wand()
        return dossier

    def bestaat_referentie(self, referentie: str) -> bool:
        vraag = select(Dossier.id).where(col(Dossier.referentie) == referentie)
        with self._alleen_bewaard("referentie", referentie), self._achterlangs():
            return self.sessie.exec(vraag).first() is not None

    def dossier_met_bsn(self, bsn: str) -> Dossier | None:
        index = self._kluis.bsn_index(bsn)
        vraag = (
            select(Dossier)
            .join(Persoonsgegeven, col(Persoonsgegeven.dossier_id) == col(Dossier.id))
            .where(Persoonsgegeven.bsn_index == index)
        )
        with self._alleen_bewaard("bsn", index):
            return self.sessie.exec(vraag).one_or_none()

    def dossiers(
        self, *, status: Dossierstatus | None = None, gemeenten: Collection[str] | None = None
    ) -> Sequence[Dossier]:
        vraag = select(Dossier).order_by(col(Dossier.referentie))
        if status is not None:
            vraag = vraag.where(Dossier.status == status)
        if gemeenten is not None:  # an empty collection sees nothing
            vraag = vraag.where(col(Dossier.gemeente).in_(list(gemeenten)))
        return self.sessie.exec(vraag).all()

    def huisgenoten(self, huishouden: str) -> Sequence[Dossier]:
        vraag = select(Dossier).where(Dossier.huishouden == huishouden).order_by(col(Dossier.referentie))
        return self.sessie.exec(vraag).all()

    def persoon(self, dossier_id: UUID) -> Persoon | None:
        rij = self.sessie.get(Persoonsgegeven, dossier_id)
        if rij is None:
            self.dossier(dossier_id)  # erased is None; never existed is an error
            return None
        try:
            return self._pak_uit(rij)
        except PersoonGewist:
            return None

    def _pak_uit(self, rij: Persoonsgegeven) -> Persoon:
        """The person in this row; PersoonGewist when the key is destroyed."""
        klaar = self._kluis.ontsleutel(self._sleutel(rij.dossier_id), _plek(rij.dossier_id), rij.cijfertekst)
        inhoud = cast("dict[str, Any]", json.loads(klaar))
        return Persoon(
            bsn=inhoud["bsn"],
            naam=inhoud["naam"],
            geboortedatum=date.fromisoformat(inhoud["geboortedatum"]),
            gegevens=inhoud["gegevens"],
        )

    def wijzig_persoon(self, dossier_id: UUID, persoon: Persoon) -> None:
        sleutel = self._sleutel(dossier_id)
        rij = self.sessie.get_one(Persoonsgegeven, dossier_id)
        rij.cijfertekst = self._verpak(dossier_id, sleutel, persoon)
        if rij.bsn_index != self._kluis.vroegere_bsn_index(persoon.bsn, dossier_id):
            self._ongeschreven.add(("bsn", rij.bsn_index))
            rij.bsn_index = self._kluis.bsn_index(persoon.bsn)
            self._ongeschreven.add(("bsn", rij.bsn_index))
        self.bewaar(rij)

    def wis_persoon(self, dossier_id: UUID) -> None:
        self.dossier(dossier_id)
        rij = self.sessie.get(Persoonsgegeven, dossier_id)
        if rij is not None:
            self.sessie.delete(rij)
        self._bord.pop(dossier_id, None)
        # The days that followed from what can no longer be read go as well, and with them what they add to the board.
        for soort in (Dossiermijlpaal, Dossiertermijn):
            for dag in self.sessie.exec(select(soort).where(soort.dossier_id == dossier_id)):
                self.sessie.delete(dag)
        self._flush()
        # The key goes after the commit: a refused act must not have erased anyone.
        self._te_wissen.add(dossier_id)

    def _verpak(self, dossier_id: UUID, sleutel: Sleutel, persoon: Persoon) -> bytes:
        inhoud = {
            "bsn": persoon.bsn,
            "naam": persoon.naam,
            "geboortedatum": persoon.geboortedatum.isoformat(),
            "gegevens": dict(persoon.gegevens),
        }
        klaar = json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return self._kluis.versleutel(sleutel, _plek(dossier_id), klaar)


def _plek(dossier_id: UUID) -> Plek:
    return Plek(_TABEL, "cijfertekst", dossier_id)
