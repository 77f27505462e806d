"""The outbox."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, update
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Berichtstatus
from domein.model import Bericht


class Postdeel(RuimteBasis):
    def bericht_met_sleutel(self, sleutel: str) -> Bericht | None:
        return self.sessie.exec(select(Bericht).where(Bericht.sleutel == sleutel)).one_or_none()

    def berichten(
        self,
        *,
        statussen: Collection[Berichtstatus] | None = None,
        stap_id: UUID | None = None,
        dossier_id: UUID | None = None,
        grens: int | None = None,
    ) -> list[Bericht]:
        vraag = select(Bericht).order_by(col(Bericht.aangemaakt_op), col(Bericht.sleutel))
        if statussen is not None:
            vraag = vraag.where(col(Bericht.status).in_(list(statussen)))
        if stap_id is not None:
            vraag = vraag.where(Bericht.stap_id == stap_id)
        if dossier_id is not None:
            vraag = vraag.where(Bericht.dossier_id == dossier_id)
        return list(self.sessie.exec(vraag.limit(grens)))

    def claim_berichten(self, nu: datetime, lease_tot: datetime, aantal: int) -> list[Bericht]:
        """Claim what may be sent now, also what a sender left behind before it began an attempt.

        A message whose attempt had begun (`poging_begonnen_op`) is never claimed again by itself: it may have
        been accepted. The sweep makes that one `onzeker`.
        """
        te_versturen = and_(
            col(Bericht.status).in_([Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD]),
            or_(col(Bericht.volgende_poging).is_(None), col(Bericht.volgende_poging) <= nu),
        )
        blijven_liggen = and_(
            col(Bericht.status) == Berichtstatus.BEZIG,
            col(Bericht.lease_tot) <= nu,
            col(Bericht.poging_begonnen_op).is_(None),
        )
        # A CTE, because PostgreSQL may evaluate a plain sub-select more than once and then exceed its limit.
        kandidaten = (
            select(Bericht.id)
            .where(or_(te_versturen, blijven_liggen))
            .order_by(col(Bericht.aangemaakt_op), col(Bericht.sleutel))
            .limit(aantal)
            .with_for_update(skip_locked=True)
            .cte("kandidaten")
        )
        opdracht = (
            update(Bericht)
            .where(col(Bericht.id).in_(select(kandidaten.c.id)))
            .values(
                status=Berichtstatus.BEZIG,
                lease_tot=lease_tot,
                lease_nummer=col(Bericht.lease_nummer) + 1,
                poging_begonnen_op=None,
            )
            .returning(Bericht)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        self._flush()
        geclaimd = self.sessie.exec(opdracht).scalars().all()
        return sorted(geclaimd, key=lambda bericht: (bericht.aangemaakt_op, bericht.sleutel))
