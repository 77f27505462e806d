"""The stored bulk acts and their lines."""

from uuid import UUID

from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.model import Bulk, Bulkregel


class Bulkdeel(RuimteBasis):
    def bulk(self, bulk_id: str) -> Bulk | None:
        return self.sessie.get(Bulk, bulk_id)

    def bulken(self) -> list[Bulk]:
        return list(self.sessie.exec(select(Bulk).order_by(col(Bulk.begonnen_op).desc(), col(Bulk.id))))

    def bulkregels(self, bulk_id: str, dossier_id: UUID | None = None) -> list[Bulkregel]:
        if dossier_id is not None:
            # Read the dossier first: who loses the race for it must judge these lines again.
            self._zet_vast(dossier_id)
        vraag = select(Bulkregel).where(Bulkregel.bulk_id == bulk_id)
        if dossier_id is not None:
            vraag = vraag.where(Bulkregel.dossier_id == dossier_id)
        return list(self.sessie.exec(vraag.order_by(col(Bulkregel.volgorde))))
