"""Many persons at once, for a list that shows names; and where someone may look for a name."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from adapters.opslag_beheer import IS_OPEN
from adapters.opslag_dossiers import Dossierdeel
from domein.begrippen import Dossierstatus, Stapstatus
from domein.fouten import PersoonGewist
from domein.handelingen.personenpoort import Zoekkring
from domein.model import Dossier, Persoonsgegeven, Stap
from domein.ports import Persoon


class Personendeel(Dossierdeel):
    def personen(self, dossier_ids: Collection[UUID]) -> Mapping[UUID, Persoon]:
        if not dossier_ids:
            return {}
        self._sleutelbos.lees_vooruit(dossier_ids)
        vraag = select(Persoonsgegeven).where(col(Persoonsgegeven.dossier_id).in_(list(dossier_ids)))
        gevonden: dict[UUID, Persoon] = {}
        for rij in self.sessie.exec(vraag):
            self._leesbaar[rij.dossier_id] = rij
            try:
                gevonden[rij.dossier_id] = self._pak_uit(rij)
            except PersoonGewist:  # in another process, a moment ago
                continue
        return gevonden

    def te_doorzoeken(self, kring: Zoekkring, grens: int) -> Sequence[UUID]:
        lopend = col(Dossier.status) == Dossierstatus.LOPEND
        eigen = select(Dossier.id).where(lopend, col(Dossier.klantmanager).in_(list(kring.medewerkers)))
        waar: list[Any] = [col(Stap.medewerker).in_(list(kring.medewerkers))]
        if kring.partner:
            waar.append(col(Stap.partner) == kring.partner)
        if kring.gemeenten:
            waar.append(and_(col(Stap.besluit), col(Stap.gemeente).in_(list(kring.gemeenten))))
        taken = select(Stap.dossier_id).where(IS_OPEN, or_(*waar)).distinct()
        samen = {een for vraag in (eigen, taken) for een in self.sessie.exec(vraag.limit(grens + 1))}
        return sorted(samen)[: grens + 1]

    def te_doorzoeken_archief(self, kring: Zoekkring, grens: int) -> Sequence[UUID]:
        er_nog = select(Dossier.id).join(Persoonsgegeven, col(Persoonsgegeven.dossier_id) == col(Dossier.id))
        beeindigd = er_nog.where(col(Dossier.status) == Dossierstatus.BEEINDIGD)
        vragen: list[SelectOfScalar[UUID]] = []
        if kring.medewerkers:
            vragen.append(beeindigd.where(col(Dossier.klantmanager).in_(list(kring.medewerkers))))
        if kring.partner:
            vragen.append(beeindigd.where(col(Dossier.regie_partner) == kring.partner))
        if kring.gemeenten:
            genomen = select(Stap.dossier_id).where(
                col(Stap.besluit), Stap.status == Stapstatus.KLAAR, col(Stap.gemeente).in_(list(kring.gemeenten))
            )
            vragen.append(er_nog.where(col(Dossier.id).in_(genomen)))
        samen = {een for vraag in vragen for een in self.sessie.exec(vraag.limit(grens + 1))}
        return sorted(samen)[: grens + 1]
