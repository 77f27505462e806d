"""The events: append-only, encrypted with the key of the dossier, chained by hash."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final, cast
from uuid import UUID, uuid4

from sqlmodel import col, select

from adapters.keten import hash_van
from adapters.kluis import Plek, Sleutel
from adapters.opslag_basis import RuimteBasis, onbekend_dossier
from domein.fouten import VolgnummerBezet
from domein.gebeurtenissen import soorten
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.model import Dossier, GebeurtenisRij, Persoonsgegeven
from domein.ports import Bronversie

_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Gebeurtenisdeel(RuimteBasis):
    def gebeurtenissen(self, dossier_id: UUID, *, zoals_bekend_op: datetime | None = None) -> tuple[Gebeurtenis, ...]:
        self._zet_vast(dossier_id)
        sleutel = self._sleutel(dossier_id)
        if zoals_bekend_op is None and dossier_id in self._gelezen:
            return tuple(self._gelezen[dossier_id])
        vraag = select(GebeurtenisRij).where(GebeurtenisRij.dossier_id == dossier_id)
        if zoals_bekend_op is not None:
            vraag = vraag.where(GebeurtenisRij.vastgelegd_op <= zoals_bekend_op)
        rijen = self.sessie.exec(vraag.order_by(col(GebeurtenisRij.volgnummer))).all()
        gelezen = [self._lees(rij, sleutel) for rij in rijen]
        if zoals_bekend_op is None:
            self._gelezen[dossier_id] = gelezen
        return tuple(gelezen)

    def schrijf(self, dossier_id: UUID, nieuw: NieuweGebeurtenis, verwacht_volgnummer: int) -> Gebeurtenis:
        sleutel = self._sleutel(dossier_id)
        dossier = self._vastgezet.get(dossier_id) or self.sessie.get(Dossier, dossier_id)
        if dossier is None:
            raise onbekend_dossier()
        if dossier.laatste_volgnummer != verwacht_volgnummer and dossier in self.sessie:
            self.sessie.refresh(dossier, ["laatste_volgnummer", "keten_hoofd"])  # read earlier in this transaction
        if dossier.laatste_volgnummer != verwacht_volgnummer:
            self.sessie.geweigerd = True
            raise VolgnummerBezet
        inhoud = {"gegevens": soorten.schrijf(nieuw.gegevens), "reden": nieuw.reden}
        rij = self._rij(dossier, nieuw, inhoud, sleutel)
        dossier.laatste_volgnummer, dossier.keten_hoofd = rij.volgnummer, rij.hash
        self.sessie.straks_voorgoed(rij)
        if rij.bronkenmerk is not None:
            self._ongeschreven.add(("bron", rij.bron, rij.bronkenmerk))
        geschreven = _gebeurtenis(rij, inhoud)
        if dossier_id in self._gelezen:
            self._gelezen[dossier_id].append(geschreven)
        return geschreven

    def _rij(
        self, dossier: Dossier, nieuw: NieuweGebeurtenis, inhoud: dict[str, Any], sleutel: Sleutel
    ) -> GebeurtenisRij:
        """The row of a new event. A bare one: it never changes, so the session has nothing to watch."""
        rij_id = uuid4()
        rij = SimpleNamespace(
            id=rij_id,
            dossier_id=dossier.id,
            volgnummer=dossier.laatste_volgnummer + 1,
            soort=nieuw.soort,
            geldig_op=nieuw.geldig_op,
            vastgelegd_op=self._klok.nu().astimezone(UTC),
            bron=nieuw.bron,
            bronkenmerk=nieuw.bronkenmerk,
            bronversie=nieuw.bronversie,
            actor=nieuw.actor.code,
            verificatie=nieuw.actor.verificatie,
            stap_kenmerk=nieuw.stap,
            cijfertekst=self._kluis.versleutel(sleutel, _plek(rij_id), _klare_tekst(inhoud)),
            vorige_hash=dossier.keten_hoofd,
        )
        rij.hash = hash_van(cast("GebeurtenisRij", rij))
        return cast("GebeurtenisRij", rij)

    def uit_bron(self, bron: str, bronkenmerk: str) -> tuple[Gebeurtenis, ...]:
        vraag = (
            select(GebeurtenisRij)
            .where(GebeurtenisRij.bron == bron, GebeurtenisRij.bronkenmerk == bronkenmerk)
            .order_by(col(GebeurtenisRij.bronversie))
        )
        gewist = {versie.dossier_id for versie in self.bronversies(bron, bronkenmerk) if versie.gewist}
        rijen = [rij for rij in self.sessie.exec(vraag) if rij.dossier_id not in gewist]
        return tuple(self._lees(rij, self._sleutel(rij.dossier_id)) for rij in rijen)

    def bronversies(self, bron: str, bronkenmerk: str) -> tuple[Bronversie, ...]:
        is_weg = col(Persoonsgegeven.dossier_id).is_(None)
        vraag = (
            select(GebeurtenisRij.dossier_id, GebeurtenisRij.soort, GebeurtenisRij.bronversie, is_weg)
            .join(Persoonsgegeven, col(Persoonsgegeven.dossier_id) == col(GebeurtenisRij.dossier_id), isouter=True)
            .where(GebeurtenisRij.bron == bron, GebeurtenisRij.bronkenmerk == bronkenmerk)
            .order_by(col(GebeurtenisRij.bronversie))
        )
        with self._alleen_bewaard("bron", bron, bronkenmerk):
            return tuple(Bronversie(*rij) for rij in self.sessie.exec(vraag).all())

    def controleer_keten(self, dossier_id: UUID) -> bool:
        """Recompute the whole chain from what is stored; needs no key."""
        dossier = self.sessie.get(Dossier, dossier_id, populate_existing=True)
        if dossier is None:
            raise onbekend_dossier()
        vraag = (
            select(GebeurtenisRij)
            .where(GebeurtenisRij.dossier_id == dossier_id)
            .order_by(col(GebeurtenisRij.volgnummer))
            .execution_options(populate_existing=True)
        )
        vorige, aantal = "", 0
        for aantal, rij in enumerate(self.sessie.exec(vraag), start=1):
            if rij.volgnummer != aantal or rij.vorige_hash != vorige or rij.hash != hash_van(rij):
                return False
            vorige = rij.hash
        return dossier.laatste_volgnummer == aantal and dossier.keten_hoofd == vorige

    def _lees(self, rij: GebeurtenisRij, sleutel: Sleutel) -> Gebeurtenis:
        klaar = self._kluis.ontsleutel(sleutel, _plek(rij.id), rij.cijfertekst)
        return _gebeurtenis(rij, cast("dict[str, Any]", json.loads(klaar)))


def _klare_tekst(inhoud: dict[str, Any]) -> bytes:
    return _JSON.encode(inhoud).encode()


def _gebeurtenis(rij: GebeurtenisRij, inhoud: dict[str, Any]) -> Gebeurtenis:
    return Gebeurtenis(
        id=rij.id,
        dossier_id=rij.dossier_id,
        volgnummer=rij.volgnummer,
        soort=rij.soort,
        geldig_op=rij.geldig_op,
        vastgelegd_op=rij.vastgelegd_op,
        gegevens=soorten.lees(rij.soort, inhoud["gegevens"]),
        actor=Actor(rij.actor, rij.verificatie),
        reden=inhoud["reden"],
        stap=rij.stap_kenmerk,
        bron=rij.bron,
        bronkenmerk=rij.bronkenmerk,
        bronversie=rij.bronversie,
    )


def _plek(rij_id: UUID) -> Plek:
    return Plek("gebeurtenis", "cijfertekst", rij_id)
