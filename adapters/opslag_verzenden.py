"""The outbox while it is being sent: every write is one conditional UPDATE that only the holder of the claim can do.

Claims are taken one process at a time (a lock of the database for the length of one short transaction), so that the
limits per domain hold over all senders together and no sender comes home empty because another was just ahead.
"""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy import select as kies
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import ONBEGRENSD, Boeking, Claim, Geclaimd, Postgrenzen, Staptoestand
from domein.model import Bericht, Stap

MINUUT: Final = timedelta(minutes=1)
_CLAIMSLOT: Final = 7_202_103  # any fixed number: one claim at a time on PostgreSQL
_GENOEG: Final = 1_000_000_000  # "no limit" for a comparison in SQL
_TABEL: Final = cast("Any", Bericht).__table__
_STAP: Final = cast("Any", Stap).__table__
_GECLAIMD: Final = [_TABEL.c[veld.name] for veld in fields(Geclaimd)]
_BEGIN_WAARDEN: Final[dict[str, Any]] = {
    "pogingen": _TABEL.c.pogingen + 1,
    "poging_begonnen_op": bindparam("nu"),
    "laatste_poging_op": bindparam("nu"),
    "lease_tot": bindparam("tot"),
}
_BEGIN: Final = (
    update(_TABEL)
    .where(
        _TABEL.c.id == bindparam("een"),
        _TABEL.c.lease_nummer == bindparam("nummer"),
        _TABEL.c.status == Berichtstatus.BEZIG,
        _TABEL.c.lease_tot > bindparam("nu"),  # too long in the queue: another may have it by now
    )
    .values(_BEGIN_WAARDEN)
)
_BOEK: Final = (
    update(_TABEL)
    .where(_TABEL.c.id == bindparam("een"), _TABEL.c.lease_nummer == bindparam("nummer"))
    .values(
        lease_tot=null(),
        poging_begonnen_op=null(),
        lease_nummer=_TABEL.c.lease_nummer + 1,
        status=bindparam("naar"),
        fout_code=bindparam("code"),
        antwoord=bindparam("zei"),
        aanvaard_op=bindparam("aanvaard"),
        volgende_poging=bindparam("volgende"),
        onzeker_sinds=func.coalesce(bindparam("onzeker", type_=_TABEL.c.onzeker_sinds.type), _TABEL.c.onzeker_sinds),
    )
)


class Verzenddeel(RuimteBasis):
    def claim_berichten(
        self, nu: datetime, lease_tot: datetime, aantal: int, grenzen: Postgrenzen = ONBEGRENSD
    ) -> list[Geclaimd]:
        """Claim what may be sent now, also what a sender left behind before it began an attempt.

        A message whose attempt had begun (`poging_begonnen_op`) is never claimed again by itself: it may have
        been accepted. The sweep makes that one `onzeker`.
        """
        self._flush()
        if not self._iets_te_versturen(nu):  # without the lock: this is asked every few seconds
            return []
        self._een_tegelijk()
        wachtend = _te_versturen(nu)
        rang = func.row_number().over(partition_by=wachtend.c.adresdomein, order_by=wachtend.c.aangemaakt_op)
        gerangd = kies(wachtend, rang.label("rang")).cte("gerangd")
        # The first of every domain, then the second of each: a thousand mails to one domain keep nobody waiting.
        kandidaten = kies(gerangd.c.id).order_by(gerangd.c.rang, gerangd.c.aangemaakt_op).limit(aantal)
        if grenzen.telt_per_minuut:
            kandidaten = kandidaten.where(gerangd.c.rang <= self._nog_toegestaan(gerangd.c.adresdomein, nu, grenzen))
        opdracht = (
            update(Bericht)
            .where(col(Bericht.id).in_(kandidaten), or_(_wacht(nu), _bleef_liggen(nu)))
            .values(
                status=Berichtstatus.BEZIG,
                lease_tot=lease_tot,
                lease_nummer=col(Bericht.lease_nummer) + 1,
                poging_begonnen_op=None,
            )
            .returning(col(Bericht.id))
            .execution_options(synchronize_session=False)
        )
        ids = self.sessie.exec(opdracht).scalars().all()
        # Read apart: SQLite copies what an UPDATE returns, with every body.
        rijen = self.sessie.connection().execute(kies(*_GECLAIMD).where(_TABEL.c.id.in_(ids)))
        return sorted((Geclaimd(*rij) for rij in rijen), key=lambda een: (een.aangemaakt_op, een.sleutel))

    def begin_pogingen(self, claims: Collection[Claim], nu: datetime, lease_tot: datetime) -> set[UUID]:
        """Record that these attempts begin; give those that are still ours."""
        if not claims:
            return set()
        rijen = [{"een": c.id, "nummer": c.lease_nummer, "nu": nu, "tot": lease_tot} for c in claims]
        with self.sessie.begin_nested() as poging:
            if self.sessie.connection().execute(_BEGIN, rijen).rowcount == len(rijen):
                return {claim.id for claim in claims}
            poging.rollback()
        op_tijd = _TABEL.c.lease_tot > nu
        return set(self._schrijf(claims, [Berichtstatus.BEZIG], _BEGIN_WAARDEN, op_tijd, nu=nu, tot=lease_tot))

    def boek(self, boekingen: Sequence[Boeking]) -> dict[UUID, Berichtstatus]:
        """Record outcomes; give for those that were still ours the status before.

        When the lease had run out and the sweep made it `onzeker`, we now know after all.
        """
        if not boekingen:
            return {}
        bezig, beide = [Berichtstatus.BEZIG], [Berichtstatus.BEZIG, Berichtstatus.ONZEKER]
        with self.sessie.begin_nested() as poging:
            if self._boek_rijen(boekingen, bezig) == len(boekingen):
                return {boeking.claim.id: Berichtstatus.BEZIG for boeking in boekingen}
            poging.rollback()
        # Not all of them were ours. Which ones are, is fixed first: from then on nobody else can write them.
        eerder = self._schrijf([boeking.claim for boeking in boekingen], beide, {"lease_tot": null()})
        self._boek_rijen([boeking for boeking in boekingen if boeking.claim.id in eerder], beide)
        return eerder

    def _boek_rijen(self, boekingen: Sequence[Boeking], statussen: list[Berichtstatus]) -> int:
        rijen = [
            {
                "een": b.claim.id, "nummer": b.claim.lease_nummer, "naar": b.status, "code": b.code, "zei": b.antwoord,
                "aanvaard": b.aanvaard_op, "volgende": b.volgende_poging, "onzeker": b.onzeker_sinds,
            }
            for b in boekingen
        ]  # fmt: skip
        if not rijen:
            return 0
        # No IN: a list cannot be part of one statement for many rows.
        opdracht = _BOEK.where(or_(*(_TABEL.c.status == status for status in statussen)))
        return self.sessie.connection().execute(opdracht, rijen).rowcount

    def verleng_leases(self, claims: Collection[Claim], lease_tot: datetime) -> set[UUID]:
        """The heartbeat of a sender that is still busy with these; give those that are still its own."""
        return set(self._schrijf(claims, [Berichtstatus.BEZIG], {"lease_tot": lease_tot}))

    def geef_claims_terug(self, claims: Collection[Claim], *, begonnen: bool) -> None:
        """Let go of what was surely not sent; `begonnen`: an attempt was recorded that never happened."""
        pogingen = _TABEL.c.pogingen - 1 if begonnen else _TABEL.c.pogingen
        status = case((pogingen > 0, Berichtstatus.UITGESTELD.value), else_=Berichtstatus.WACHTEND.value)
        waarden = {"status": status, "pogingen": pogingen, "lease_tot": null(), "poging_begonnen_op": null()}
        self._schrijf(claims, [Berichtstatus.BEZIG], waarden)

    def verklaar_onzeker(self, nu: datetime) -> list[Bericht]:
        """Make `onzeker` what had begun and whose sender is gone; give those."""
        self._flush()
        opdracht = (
            update(Bericht)
            .where(
                col(Bericht.status) == Berichtstatus.BEZIG,
                col(Bericht.poging_begonnen_op).is_not(None),
                col(Bericht.lease_tot) < nu,
            )
            # The number stays: the sender may still come back with the answer.
            .values(status=Berichtstatus.ONZEKER, fout_code="houder_weg", onzeker_sinds=nu)
            .returning(Bericht)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        return list(self.sessie.exec(opdracht).scalars())

    def staptoestanden(self, ids: Collection[UUID]) -> dict[UUID, Staptoestand]:
        if not ids:
            return {}
        vraag = kies(_STAP.c.id, _STAP.c.status, _STAP.c.generatie, _STAP.c.medewerker).where(_STAP.c.id.in_(ids))
        return {rij[0]: Staptoestand(*rij[1:]) for rij in self.sessie.connection().execute(vraag)}

    # inside

    def _schrijf(
        self,
        claims: Collection[Claim],
        statussen: list[Berichtstatus],
        waarden: dict[str, Any],
        *ook: ColumnElement[bool],
        **gebonden: Any,
    ) -> dict[UUID, Berichtstatus]:
        if not claims:
            return {}
        opdracht = (
            update(_TABEL)
            .where(
                _TABEL.c.id.in_([claim.id for claim in claims]),  # SQLite finds no index for a list of pairs
                tuple_(_TABEL.c.id, _TABEL.c.lease_nummer).in_([(c.id, c.lease_nummer) for c in claims]),
                _TABEL.c.status.in_(statussen),
                *ook,
            )
            .values(waarden)
            .returning(_TABEL.c.id, _TABEL.c.status)
        )
        return {rij.id: rij.status for rij in self.sessie.connection().execute(opdracht, gebonden)}

    def _iets_te_versturen(self, nu: datetime) -> bool:
        verbinding = self.sessie.connection()
        vragen = (kies(_TABEL.c.id).where(waar).limit(1) for waar in (_wacht(nu), _bleef_liggen(nu)))
        return any(verbinding.execute(vraag).first() is not None for vraag in vragen)

    def _een_tegelijk(self) -> None:
        verbinding = self.sessie.connection()
        if verbinding.dialect.name != "sqlite":
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": _CLAIMSLOT})
        elif not cast("Any", verbinding.connection.dbapi_connection).in_transaction:
            verbinding.exec_driver_sql("BEGIN IMMEDIATE")

    def _nog_toegestaan(self, domein: ColumnElement[str], nu: datetime, grenzen: Postgrenzen) -> ColumnElement[int]:
        """How many more each domain may get in this minute, over all senders."""
        net = and_(col(Bericht.laatste_poging_op) > nu - MINUUT, col(Bericht.laatste_poging_op) <= nu)
        straks = and_(
            col(Bericht.status) == Berichtstatus.BEZIG,
            col(Bericht.poging_begonnen_op).is_(None),
            col(Bericht.lease_tot) > nu,
        )
        vraag = select(Bericht.adresdomein, func.count()).where(or_(net, straks)).group_by(col(Bericht.adresdomein))
        gebruikt = dict(self.sessie.exec(vraag).all())

        def over(naam: str) -> int:
            grens = grenzen.voor(naam).per_minuut
            return _GENOEG if grens is None else max(grens - gebruikt.get(naam, 0), 0)

        bekend = {naam: over(naam) for naam in {*gebruikt, *grenzen.per_domein}}
        standaard = grenzen.standaard.per_minuut
        rest = _GENOEG if standaard is None else standaard
        return case(bekend, value=domein, else_=rest) if bekend else literal(rest)


def _wacht(nu: datetime) -> ColumnElement[bool]:
    return and_(
        col(Bericht.status).in_([Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD]),
        or_(col(Bericht.volgende_poging).is_(None), col(Bericht.volgende_poging) <= nu),
    )


def _bleef_liggen(nu: datetime) -> ColumnElement[bool]:
    return and_(
        col(Bericht.status) == Berichtstatus.BEZIG,
        col(Bericht.lease_tot) <= nu,
        col(Bericht.poging_begonnen_op).is_(None),
    )


def _te_versturen(nu: datetime) -> CTE:
    # Apart, so that the first half is answered from its index alone and never reads a body.
    kolommen = (_TABEL.c.id, _TABEL.c.adresdomein, _TABEL.c.aangemaakt_op)
    delen = union_all(kies(*kolommen).where(_wacht(nu)), kies(*kolommen).where(_bleef_liggen(nu)))
    # Materialized: otherwise SQLite walks all mail ever sent in the order of its domains, to spare itself a sort.
    return delen.cte("wachtend").prefix_with("MATERIALIZED")
