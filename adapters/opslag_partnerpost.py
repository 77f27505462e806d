"""The messages to the systems of partners."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Berichtstatus
from domein.model import Partnerbericht

_OVER = (Berichtstatus.AANVAARD, Berichtstatus.VERVALLEN)


def _mag(nu: datetime) -> ColumnElement[bool]:
    return or_(
        and_(
            col(Partnerbericht.status).in_([Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD]),
            col(Partnerbericht.volgende_poging) <= nu,
        ),
        # Whoever had it is gone. The id lets the partner recognise a repetition, so sending again is safe.
        and_(col(Partnerbericht.status) == Berichtstatus.BEZIG, col(Partnerbericht.lease_tot) <= nu),
    )


class Partnerpostdeel(RuimteBasis):
    def partnerbericht(self, bericht_id: UUID) -> Partnerbericht:
        return self.sessie.get_one(Partnerbericht, bericht_id, populate_existing=True)

    def partnerberichten(self, *, dossier_id: UUID | None = None, partner: str | None = None) -> list[Partnerbericht]:
        vraag = select(Partnerbericht).order_by(
            col(Partnerbericht.aangemaakt_op), col(Partnerbericht.dossier_id), col(Partnerbericht.volgnummer)
        )
        if dossier_id is not None:
            vraag = vraag.where(Partnerbericht.dossier_id == dossier_id)
        if partner is not None:
            vraag = vraag.where(Partnerbericht.partner == partner)
        return list(self.sessie.exec(vraag))

    def partnerbericht_wacht(self, nu: datetime) -> bool:
        return self.sessie.exec(select(Partnerbericht.id).where(_mag(nu)).limit(1)).first() is not None

    def claim_partnerbericht(self, nu: datetime, lease_tot: datetime) -> Partnerbericht | None:
        """Claim the oldest message that may go now; never one that has an earlier one before it still to go."""
        eerder = aliased(Partnerbericht)
        heeft_eerder = (
            select(eerder.id)
            .where(
                eerder.dossier_id == Partnerbericht.dossier_id,
                eerder.partner == Partnerbericht.partner,
                eerder.volgnummer < Partnerbericht.volgnummer,
                col(eerder.status).not_in(_OVER),
            )
            .exists()
        )
        kandidaat = (
            select(Partnerbericht.id)
            .where(_mag(nu), ~heeft_eerder)
            .order_by(col(Partnerbericht.aangemaakt_op), col(Partnerbericht.volgnummer))
            .limit(1)
            .with_for_update(skip_locked=True)
            .cte("kandidaat")
        )
        opdracht = (
            update(Partnerbericht)
            .where(col(Partnerbericht.id).in_(select(kandidaat.c.id)))
            .values(status=Berichtstatus.BEZIG, lease_tot=lease_tot, lease_nummer=col(Partnerbericht.lease_nummer) + 1)
            .returning(Partnerbericht)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        self._flush()
        return self.sessie.exec(opdracht).scalars().one_or_none()
