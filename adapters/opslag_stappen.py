"""The stored steps."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, func, update
from sqlalchemy.orm.util import identity_key
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Stapsoort, Stapstatus
from domein.fouten import OnbekendeStap, StapAchterDeWand
from domein.model import Dossier, Stap

_ONBEKEND: Final = ("Deze stap bestaat niet.", "Zoek de stap op in de lijst van het dossier.")
_TABEL: Final = cast("Table", Stap.__table__)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_BIJ: Final = (
    update(_TABEL)
    .where(
        _TABEL.c.id == bindparam("een"),
        _TABEL.c.status == bindparam("stand"),
        _TABEL.c.start == bindparam("begin"),
        _TABEL.c.generatie == bindparam("keer"),
        _TABEL.c.run_id.is_not_distinct_from(bindparam("run")),
    )
    .values(bord_bij=True)
)


class Stapdeel(RuimteBasis):
    def stap(self, stap_id: UUID) -> Stap:
        bekend = self.sessie.identity_map.get(identity_key(Stap, stap_id))
        if isinstance(bekend, Stap) and bekend.dossier_id in self._vastgezet:
            return bekend
        dossier_id = self.sessie.exec(select(Stap.dossier_id).where(Stap.id == stap_id)).one_or_none()
        if dossier_id is None:
            raise self._geen_stap(stap_id)
        eerst = self._zet_vast(dossier_id)
        return self.sessie.get_one(Stap, stap_id, populate_existing=eerst)

    def _geen_stap(self, stap_id: UUID) -> OnbekendeStap:
        if self.wand is not None and self.wand.staat:
            vraag = select(Dossier.id, Dossier.referentie).join(Stap, col(Stap.dossier_id) == col(Dossier.id))
            with self._achterlangs():
                gevonden = self.sessie.exec(vraag.where(Stap.id == stap_id)).first()
            if gevonden is not None:
                return StapAchterDeWand(*_ONBEKEND, *gevonden)
        return OnbekendeStap(*_ONBEKEND)

    def stappen(self, dossier_id: UUID) -> list[Stap]:
        eerst = self._zet_vast(dossier_id)
        if dossier_id not in self._stappen:
            self._werk.clear()
            vraag = select(Stap).where(Stap.dossier_id == dossier_id)
            gelezen = self.sessie.exec(vraag, execution_options={"populate_existing": eerst})
            self._stappen[dossier_id] = {stap.id: stap for stap in gelezen}
            self._eigen_werk.veranderd(dossier_id)
        return sorted(self._stappen[dossier_id].values(), key=lambda stap: (stap.start, stap.kenmerk))

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

    def verdeeld_werk(self, stapsoort: Stapsoort, partner: str) -> list[Stap]:
        self._flush()
        with self._achterlangs():
            return self.stappen_waar(stapsoort=stapsoort.value, partner=partner)

    def stappen_te_bezien(self, aan_de_beurt: date, binnen: date, grens: int) -> list[Stap]:
        nog_niet, gepland = col(Stap.bord_bij).is_(False), Stap.status == Stapstatus.GEPLAND
        voorbij = col(Stap.status).in_([Stapstatus.KLAAR, Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN])
        zonder_run, met_run = col(Stap.run_id).is_(None), col(Stap.run_id).is_not(None)
        # Apart: each is answered from one range of one index, however many steps there are.
        vragen = (
            select(Stap).where(nog_niet, Stap.status == Stapstatus.OPEN),
            select(Stap).where(nog_niet, gepland, zonder_run, Stap.start <= binnen),
            select(Stap).where(nog_niet, gepland, met_run),  # also when it was moved far ahead: its run moves along
            select(Stap).where(gepland, Stap.start <= aan_de_beurt),
            select(Stap).where(nog_niet, voorbij, met_run).limit(grens),
        )
        gevonden = {stap.id: stap for vraag in vragen for stap in self.sessie.exec(vraag)}
        return list(gevonden.values())

    def greep_stappen(self, vanaf: UUID, aantal: int) -> list[Stap]:
        def uit(status: Stapstatus, *waar: ColumnElement[bool]) -> list[Stap]:
            vraag = select(Stap).where(Stap.status == status, col(Stap.bord_bij).is_(True), *waar)
            return list(self.sessie.exec(vraag.order_by(col(Stap.id)).limit(aantal)))

        def samen(*waar: ColumnElement[bool]) -> list[Stap]:
            return sorted([*uit(Stapstatus.OPEN, *waar), *uit(Stapstatus.GEPLAND, *waar)], key=lambda stap: stap.id)

        gevonden = samen(col(Stap.id) >= vanaf)
        if len(gevonden) < aantal:
            gevonden += samen(col(Stap.id) < vanaf)
        return gevonden[:aantal]

    def aantal_open_werk(self, medewerkers: Collection[str]) -> Mapping[tuple[str, Stapsoort], int]:
        team = frozenset(medewerkers)
        if team not in self._werk:
            vraag = (
                select(Stap.medewerker, Stap.stapsoort, func.count())
                .where(Stap.status == Stapstatus.OPEN, col(Stap.medewerker).in_(sorted(team)))
                .group_by(col(Stap.medewerker), col(Stap.stapsoort))
            )
            self._flush()
            with self._achterlangs():  # numbers of people's work, nothing of a dossier
                geteld = self.sessie.exec(vraag).all()
            alles = {(wie, Stapsoort(soort)): n for wie, soort, n in geteld if wie is not None}
            self._werk[team] = Counter(alles)
            self._werk[team].subtract(self._eigen_werk.van(team))
        return self._werk[team] + self._eigen_werk.van(team)

    def zet_bord_bij(self, stappen: Collection[Stap]) -> None:
        gezien = [
            {"een": s.id, "stand": s.status, "begin": s.start, "keer": s.generatie, "run": s.run_id} for s in stappen
        ]
        if gezien:
            self._flush()
            self.sessie.connection().execute(_BIJ, gezien)

    def open_last(self) -> Mapping[str, int]:
        vraag = (
            select(Stap.medewerker, func.count())
            .where(Stap.status == Stapstatus.OPEN, col(Stap.medewerker).is_not(None))
            .group_by(col(Stap.medewerker))
        )
        self._flush()
        with self._achterlangs():
            geteld = self.sessie.exec(vraag).all()
        return {medewerker: aantal for medewerker, aantal in geteld if medewerker is not None}
