"""Reading ahead: what an act needs of many dossiers, in a handful of queries instead of a handful for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy import select as kies
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, select

from adapters.opslag_gebeurtenissen import Gebeurtenisdeel
from domein.fouten import OpslagOnbeschikbaar
from domein.model import (
    Bericht,
    Dossier,
    Dossiermijlpaal,
    Dossiertermijn,
    GebeurtenisRij,
    Persoonsgegeven,
    Signaal,
    Stap,
)

_GEBEURTENIS: Final = cast("Table", GebeurtenisRij.__table__)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_TEKSTEN: Final = (Bericht.tekst, Bericht.html, Bericht.agenda)


class Vooruitdeel(Gebeurtenisdeel):
    def dossiers_van_stappen(self, stap_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
        vraag = select(Stap.id, Stap.dossier_id).where(col(Stap.id).in_(list(stap_ids)))
        return dict(self.sessie.exec(vraag).all())

    def lees_vooruit(
        self, dossier_ids: Collection[UUID], stap_ids: Collection[UUID] = (), *, met_gebeurtenissen: bool = True
    ) -> None:
        nieuw = [dossier_id for dossier_id in dossier_ids if dossier_id not in self._vastgezet]
        if nieuw:
            # The dossiers first: what is read after them is judged on their number (see `_zet_vast`).
            for dossier in self.sessie.exec(select(Dossier).where(col(Dossier.id).in_(nieuw))):
                self._vastgezet[dossier.id] = dossier
                self._door_de_wand()
            self._lees_stappen(nieuw)
            self._lees_signalen(nieuw)
            if met_gebeurtenissen:
                self._lees_gebeurtenissen(nieuw)
                self._lees_bord(nieuw)
        if stap_ids:
            self._lees_berichten(stap_ids)

    def _lees_stappen(self, dossier_ids: list[UUID]) -> None:
        vraag = select(Stap).where(col(Stap.dossier_id).in_(dossier_ids))
        self._werk.clear()
        for dossier_id in dossier_ids:
            self._stappen[dossier_id] = {}
            self._eigen_werk.veranderd(dossier_id)
        for stap in self.sessie.exec(vraag, execution_options={"populate_existing": True}):
            self._stappen[stap.dossier_id][stap.id] = stap

    def _lees_gebeurtenissen(self, dossier_ids: list[UUID]) -> None:
        self._sleutelbos.lees_vooruit(dossier_ids)
        # That there is a person is enough here; who wants to know the person reads the row.
        er_zijn = select(Persoonsgegeven.dossier_id).where(col(Persoonsgegeven.dossier_id).in_(dossier_ids))
        self._leesbaar.update(dict.fromkeys(self.sessie.exec(er_zijn)))
        leesbaar = [dossier_id for dossier_id in dossier_ids if dossier_id in self._leesbaar]  # the rest is erased
        # Bare rows: an event never changes, so the session has nothing to watch.
        vraag = kies(_GEBEURTENIS).where(_GEBEURTENIS.c.dossier_id.in_(leesbaar))
        rijen: dict[UUID, list[GebeurtenisRij]] = {dossier_id: [] for dossier_id in leesbaar}
        op_volgorde = vraag.order_by(_GEBEURTENIS.c.dossier_id, _GEBEURTENIS.c.volgnummer)
        for rij in self.sessie.connection().execute(op_volgorde):  # what was not yet written went with the steps' query
            rijen[rij.dossier_id].append(cast("GebeurtenisRij", rij))
        for dossier_id, van_dossier in rijen.items():
            try:
                sleutel = self._sleutel(dossier_id)
                self._gelezen[dossier_id] = [self._lees(rij, sleutel) for rij in van_dossier]
            except OpslagOnbeschikbaar:
                raise
            except Exception:  # asked for by itself, such a dossier says what is wrong; the others go on
                self._gelezen.pop(dossier_id, None)

    def _lees_signalen(self, dossier_ids: list[UUID]) -> None:
        vraag = select(Signaal).where(col(Signaal.dossier_id).in_(dossier_ids), col(Signaal.opgelost_op).is_(None))
        per_dossier: dict[UUID, list[Signaal]] = {dossier_id: [] for dossier_id in dossier_ids}
        for signaal in self.sessie.exec(vraag.order_by(col(Signaal.sinds), col(Signaal.soort))):
            per_dossier[cast("UUID", signaal.dossier_id)].append(signaal)
        self._signalen.update(per_dossier)

    def _lees_bord(self, dossier_ids: list[UUID]) -> None:
        mijlpalen = self.sessie.exec(select(Dossiermijlpaal).where(col(Dossiermijlpaal.dossier_id).in_(dossier_ids)))
        per_dossier = {rij.dossier_id: rij for rij in mijlpalen}
        termijnen: dict[UUID, list[Dossiertermijn]] = {dossier_id: [] for dossier_id in dossier_ids}
        for rij in self.sessie.exec(select(Dossiertermijn).where(col(Dossiertermijn.dossier_id).in_(dossier_ids))):
            termijnen[rij.dossier_id].append(rij)
        self._bord.update({een: (per_dossier.get(een), termijnen[een]) for een in dossier_ids})

    def _lees_berichten(self, stap_ids: Collection[UUID]) -> None:
        teksten = [defer(cast("QueryableAttribute[Any]", kolom)) for kolom in _TEKSTEN]
        vraag = select(Bericht).where(col(Bericht.stap_id).in_(list(stap_ids))).options(*teksten)
        per_stap: defaultdict[UUID, list[Bericht]] = defaultdict(list)
        for bericht in self.sessie.exec(vraag.order_by(col(Bericht.aangemaakt_op), col(Bericht.sleutel))):
            per_stap[cast("UUID", bericht.stap_id)].append(bericht)
        self._berichten.update({stap_id: per_stap[stap_id] for stap_id in stap_ids})
