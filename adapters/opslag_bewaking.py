"""Region versions, alerts, leases and daily work."""

from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import case, delete, literal, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.model import Dagwerk, Lease, Regioversie, Signaal


class Bewakingsdeel(RuimteBasis):
    def regioversie_op(self, regio: str, dag: date) -> Regioversie | None:
        if (regio, dag) in self._regioversies:
            return self._regioversies[(regio, dag)]
        vraag = (
            select(Regioversie)
            .where(Regioversie.regio == regio, Regioversie.geldig_van <= dag)
            .order_by(col(Regioversie.geldig_van).desc(), col(Regioversie.laadnummer).desc())
            .limit(1)
            # The content is large and never changes: who remembers it by its digest does not read it again.
            .options(defer(cast("QueryableAttribute[Any]", Regioversie.inhoud)))
        )
        gevonden = self.sessie.exec(vraag).one_or_none()
        self._regioversies[(regio, dag)] = gevonden
        return gevonden

    def regioversies(self, regio: str | None = None) -> list[Regioversie]:
        vraag = select(Regioversie).order_by(
            col(Regioversie.regio), col(Regioversie.geldig_van), col(Regioversie.laadnummer)
        )
        if regio is not None:
            vraag = vraag.where(Regioversie.regio == regio)
        return list(self.sessie.exec(vraag))

    def signalen(
        self, *, open_alleen: bool = True, dossier_id: UUID | None = None, soort: str | None = None
    ) -> list[Signaal]:
        onthoud = dossier_id if open_alleen and soort is None else None
        if onthoud is not None and onthoud in self._signalen:
            return [signaal for signaal in self._signalen[onthoud] if signaal.opgelost_op is None]
        vraag = select(Signaal).order_by(col(Signaal.sinds), col(Signaal.soort))
        if soort is not None:
            vraag = vraag.where(Signaal.soort == soort)
            if open_alleen:  # a range of the unique key: what was solved is not even looked at
                vraag = vraag.where(col(Signaal.open_sleutel) >= f"{soort}/", col(Signaal.open_sleutel) < f"{soort}0")
        if open_alleen:
            vraag = vraag.where(col(Signaal.opgelost_op).is_(None))
        if dossier_id is not None:
            vraag = vraag.where(Signaal.dossier_id == dossier_id)
        gevonden = list(self.sessie.exec(vraag))
        if onthoud is not None:
            self._signalen[onthoud] = gevonden
        return list(gevonden)

    def databasetijd(self) -> datetime:
        sqlite_ = self.sessie.get_bind().dialect.name == "sqlite"
        nu = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')" if sqlite_ else "clock_timestamp()"
        gelezen = self.sessie.connection().execute(text(f"SELECT {nu}")).scalar_one()
        return (datetime.fromisoformat(gelezen) if isinstance(gelezen, str) else gelezen).astimezone(UTC)

    def neem_lease(self, naam: str, houder: str, nu: datetime, tot: datetime) -> int | None:
        """Take or prolong a lease. The number rises with every new hold, so a late writer is recognised.

        A lease that ends later than anyone can get one now is from before the clock was set back: it is free.
        """
        nog_van_mij = (col(Lease.houder) == houder) & (col(Lease.tot) > nu)
        voorbij = or_(col(Lease.tot) <= nu, col(Lease.tot) > tot + (tot - nu))
        verleng = (
            update(Lease)
            .where(col(Lease.naam) == naam, or_(nog_van_mij, voorbij, col(Lease.houder) == ""))
            .values(houder=houder, tot=tot, nummer=case((nog_van_mij, col(Lease.nummer)), else_=Lease.nummer + 1))
            .returning(col(Lease.nummer))
            .execution_options(synchronize_session=False)
        )
        nummer = self.sessie.exec(verleng).scalar_one_or_none()
        if nummer is not None:
            return nummer
        nieuw = {"naam": naam, "houder": houder, "tot": tot, "nummer": 1}
        return 1 if self._voeg_toe_of_laat(Lease, nieuw) else None

    def verleng_lease(self, naam: str, houder: str, nummer: int, tot: datetime) -> bool:
        """Prolong a lease that is still ours; also holds its row, so nobody takes it before this transaction ends."""
        opdracht = (
            update(Lease)
            .where(col(Lease.naam) == naam, col(Lease.houder) == houder, col(Lease.nummer) == nummer)
            .values(tot=tot)
            .returning(col(Lease.nummer))
            .execution_options(synchronize_session=False)
        )
        return self.sessie.exec(opdracht).scalar_one_or_none() is not None

    def laat_lease_los(self, naam: str, houder: str) -> None:
        # The row stays, so that its number goes on rising.
        self.sessie.exec(
            update(Lease)
            .where(col(Lease.naam) == naam, col(Lease.houder) == houder)
            .values(houder="")
            .execution_options(synchronize_session=False)
        )

    def dagwerk_gedaan(self, soort: str, dag: date) -> bool:
        vraag = select(Dagwerk.soort).where(Dagwerk.soort == soort, Dagwerk.dag == dag)
        return self.sessie.exec(vraag).one_or_none() is not None

    def doe_dagwerk(self, soort: str, dag: date, nu: datetime) -> bool:
        return self._voeg_toe_of_laat(Dagwerk, {"soort": soort, "dag": dag, "uitgevoerd_op": nu})

    def vergeet_dagwerk(self, voor: date) -> None:
        """Drop the marks of daily work from before a day."""
        self.sessie.exec(delete(Dagwerk).where(col(Dagwerk.dag) < voor))

    def _voeg_toe_of_laat(self, tabel: Any, rij: dict[str, Any]) -> bool:
        """Insert, or do nothing when the key exists; True when this call inserted."""
        sqlite_ = self.sessie.get_bind().dialect.name == "sqlite"
        opdracht = (sqlite if sqlite_ else postgresql).insert(tabel).values(**rij).on_conflict_do_nothing()
        # The row count is not known on every driver; a returned row is.
        return self.sessie.exec(opdracht.returning(literal(1))).first() is not None
