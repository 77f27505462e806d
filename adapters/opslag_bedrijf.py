"""Whether the mail stands still, and when a process last did its work well."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from adapters.opslag_bewaking import Bewakingsdeel
from domein.model import Hartslag, Postpauze
from domein.model.bedrijf import OPEN


class Bedrijfsdeel(Bewakingsdeel):
    def postpauze(self) -> Postpauze | None:
        return self.sessie.exec(select(Postpauze).where(Postpauze.open_sleutel == OPEN)).one_or_none()

    def zet_hartslag(self, naam: str, houder: str, op: datetime) -> None:
        bij = (
            update(Hartslag)
            .where(col(Hartslag.naam) == naam)
            .values(laatst_op=op, houder=houder)
            .returning(col(Hartslag.naam))
            .execution_options(synchronize_session=False)
        )
        if self.sessie.exec(bij).first() is None:
            self._voeg_toe_of_laat(Hartslag, {"naam": naam, "houder": houder, "laatst_op": op})

    def hartslag(self, naam: str) -> Hartslag | None:
        vraag = select(Hartslag).where(Hartslag.naam == naam).execution_options(populate_existing=True)
        return self.sessie.exec(vraag).one_or_none()

    def hartslagen(self, begin: str) -> list[Hartslag]:
        waar = col(Hartslag.naam).startswith(begin, autoescape=True)
        return list(self.sessie.exec(select(Hartslag).where(waar).order_by(Hartslag.naam)))

    def vergeet_hartslag(self, naam: str) -> None:
        self.sessie.exec(
            delete(Hartslag).where(col(Hartslag.naam) == naam).execution_options(synchronize_session=False)
        )
