"""Counts and short lists for the pages of ops; each answered from one range of one index where there is one."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.beheerpoort import Peil, Postnood, Stapnood
from domein.model import Bericht, Dossier, Lease, Signaal, Stap

_ONDERWEG = (Berichtstatus.WACHTEND, Berichtstatus.BEZIG, Berichtstatus.UITGESTELD)


def _post(nood: Postnood, peil: Peil) -> tuple[ColumnElement[bool], ...]:
    match nood:
        case Postnood.ONZEKER:
            return (col(Bericht.status) == Berichtstatus.ONZEKER,)
        case Postnood.VAST:
            return (col(Bericht.status).in_(_ONDERWEG), col(Bericht.aangemaakt_op) < peil.post_voor)
        case Postnood.MISLUKT:
            return (col(Bericht.status) == Berichtstatus.ONBESTELBAAR,)


# Written out, not a parameter: SQLite uses a partial index only when it can read its condition in the query.
IS_OPEN: Final = col(Stap.status) == literal_column(f"'{Stapstatus.OPEN.value}'")


def _laatste_dag() -> Any:
    return func.coalesce(Stap.uiterst, Stap.streef)


def _stap(nood: Stapnood, peil: Peil) -> tuple[ColumnElement[bool], ...]:
    open_ = col(Stap.status) == Stapstatus.OPEN
    match nood:
        case Stapnood.ZONDER_RUN:
            zonder = (col(Stap.bord_bij).is_(False), col(Stap.run_id).is_(None))
            return (open_, *zonder, col(Stap.geopend_op) < peil.geopend_voor)
        case Stapnood.NIET_GEOPEND:
            return (col(Stap.status) == Stapstatus.GEPLAND, col(Stap.start) < peil.vandaag)
        case Stapnood.TE_LAAT:
            return (IS_OPEN, _laatste_dag() < peil.vandaag)
        case Stapnood.KAPOT:
            raise ValueError(nood)


class Beheerdeel(RuimteBasis):
    def tel_post(self, nood: Postnood, peil: Peil) -> int:
        return self.sessie.exec(select(func.count()).select_from(Bericht).where(*_post(nood, peil))).one()

    def post_in_nood(self, nood: Postnood, peil: Peil, grens: int) -> list[Bericht]:
        vraag = select(Bericht).where(*_post(nood, peil))
        return list(self.sessie.exec(vraag.order_by(col(Bericht.aangemaakt_op), col(Bericht.id)).limit(grens)))

    def tel_stappen_in_nood(self, nood: Stapnood, peil: Peil) -> int:
        return self.sessie.exec(select(func.count()).select_from(Stap).where(*_stap(nood, peil))).one()

    def stappen_in_nood(self, nood: Stapnood, peil: Peil, grens: int) -> Sequence[tuple[Stap, str]]:
        vraag = (
            select(Stap, Dossier.referentie)
            .join(Dossier, col(Dossier.id) == col(Stap.dossier_id))
            .where(*_stap(nood, peil))
            .order_by(col(Stap.geopend_op) if nood is Stapnood.ZONDER_RUN else _laatste_dag(), col(Stap.id))
        )
        return list(self.sessie.exec(vraag.limit(grens)))

    def tel_signalen(self) -> Mapping[str, int]:
        vraag = select(Signaal.soort, func.count()).where(col(Signaal.open_sleutel).is_not(None))
        return dict(self.sessie.exec(vraag.group_by(col(Signaal.soort)).order_by(col(Signaal.soort))).all())

    def lease(self, naam: str) -> Lease | None:
        vraag = select(Lease).where(Lease.naam == naam).execution_options(populate_existing=True)
        return self.sessie.exec(vraag).one_or_none()
