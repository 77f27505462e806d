"""The stored steps."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Stapstatus
from domein.fouten import OnbekendeStap
from domein.model import Stap


class Stapdeel(RuimteBasis):
    def stap(self, stap_id: UUID) -> Stap:
        dossier_id = self.sessie.exec(select(Stap.dossier_id).where(Stap.id == stap_id)).one_or_none()
        if dossier_id is None:
            raise OnbekendeStap("Deze stap bestaat niet.", "Zoek de stap op in de lijst van het dossier.")
        eerst = self._zet_vast(dossier_id)
        return self.sessie.get_one(Stap, stap_id, populate_existing=eerst)

    def stappen(self, dossier_id: UUID) -> list[Stap]:
        eerst = self._zet_vast(dossier_id)
        vraag = select(Stap).where(Stap.dossier_id == dossier_id).order_by(col(Stap.start), col(Stap.kenmerk))
        return list(self.sessie.exec(vraag, execution_options={"populate_existing": eerst}))

    def stappen_waar(
        self,
        *,
        statussen: Collection[Stapstatus] | None = None,
        begonnen_op: date | None = None,
        gemeente: str | None = None,
        partner: str | None = None,
        medewerker: str | None = None,
        stapsoort: str | None = None,
        kenmerk: str | None = None,
        ids: Collection[UUID] | None = None,
        afgerond_vanaf: datetime | None = None,
        grens: int | None = None,
    ) -> list[Stap]:
        gelijk = {
            Stap.gemeente: gemeente,
            Stap.partner: partner,
            Stap.medewerker: medewerker,
            Stap.stapsoort: stapsoort,
            Stap.kenmerk: kenmerk,
        }
        vraag = select(Stap).where(*(col(kolom) == waarde for kolom, waarde in gelijk.items() if waarde is not None))
        if statussen is not None:
            vraag = vraag.where(col(Stap.status).in_(list(statussen)))
        if ids is not None:
            vraag = vraag.where(col(Stap.id).in_(list(ids)))
        if begonnen_op is not None:
            vraag = vraag.where(Stap.start <= begonnen_op)
        if afgerond_vanaf is not None:
            vraag = vraag.where(col(Stap.afgerond_op) >= afgerond_vanaf)
        vraag = vraag.order_by(
            col(Stap.uiterst).nulls_last(), col(Stap.streef), col(Stap.kenmerk), col(Stap.dossier_id)
        )
        return list(self.sessie.exec(vraag.limit(grens)))

    def open_last(self) -> Mapping[str, int]:
        vraag = (
            select(Stap.medewerker, func.count())
            .where(Stap.status == Stapstatus.OPEN, col(Stap.medewerker).is_not(None))
            .group_by(col(Stap.medewerker))
        )
        return {medewerker: aantal for medewerker, aantal in self.sessie.exec(vraag) if medewerker is not None}
