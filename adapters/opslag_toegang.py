"""What decides who may see which dossiers, for a whole list in two queries."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy import select as kies
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Stapstatus
from domein.handelingen.toegangspoort import Stapspoor
from domein.model import Dossier, Stap

_TELT_MEE = or_(
    col(Stap.status) == Stapstatus.OPEN, and_(col(Stap.status) == Stapstatus.KLAAR, col(Stap.besluit).is_(True))
)


class Toegangsdeel(RuimteBasis):
    def sporen(self, dossier_ids: Collection[UUID]) -> Mapping[UUID, tuple[Dossier, Sequence[Stapspoor]]]:
        welke = list(dossier_ids)
        if not welke:
            return {}
        # The dossiers first, as everywhere: an act that follows is judged on their number (rule 9).
        gevonden = {
            dossier.id: dossier for dossier in self.sessie.exec(select(Dossier).where(col(Dossier.id).in_(welke)))
        }
        # Bare columns of the few steps that count: a list has thousands of steps, and this reads them to look only.
        vraag = kies(
            col(Stap.dossier_id), col(Stap.kenmerk), col(Stap.stapsoort), col(Stap.status), col(Stap.partner),
            col(Stap.medewerker), col(Stap.afspraak), col(Stap.besluit),
        ).where(col(Stap.dossier_id).in_(list(gevonden)), _TELT_MEE)  # fmt: skip
        per_dossier: dict[UUID, list[Stapspoor]] = {dossier_id: [] for dossier_id in gevonden}
        for dossier_id, *spoor in self.sessie.connection().execute(vraag):
            per_dossier[dossier_id].append(Stapspoor(*spoor))
        return {dossier_id: (dossier, per_dossier[dossier_id]) for dossier_id, dossier in gevonden.items()}
