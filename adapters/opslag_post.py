"""The outbox: finding messages, and what came back. Claiming and sending is in `opslag_verzenden`."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from adapters.opslag_verzenden import Verzenddeel
from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import Geclaimd
from domein.model import Adresstand, Bericht, Bounce, Postbeslissing


class Postdeel(Verzenddeel):
    def bericht(self, bericht_id: UUID) -> Bericht | None:
        return self.sessie.get(Bericht, bericht_id)

    def bericht_met_sleutel(self, sleutel: str) -> Bericht | None:
        vooruit = self._vooruit_gelezen(sleutel)
        if vooruit is not None:
            return next((bericht for bericht in vooruit if bericht.sleutel == sleutel), None)
        return self.sessie.exec(select(Bericht).where(Bericht.sleutel == sleutel)).one_or_none()

    def _vooruit_gelezen(self, sleutel: str) -> list[Bericht] | None:
        """The messages of the step that this key begins with, when they were read ahead."""
        try:
            return self._berichten.get(UUID(sleutel.partition(":")[0]))
        except ValueError:  # a key of something that is not about a step
            return None

    def bericht_met_token(self, token: str) -> Bericht | None:
        return self.sessie.exec(select(Bericht).where(Bericht.retour_token == token)).one_or_none()

    def berichten(
        self,
        *,
        statussen: Collection[Berichtstatus] | None = None,
        stap_id: UUID | None = None,
        dossier_id: UUID | None = None,
        grens: int | None = None,
    ) -> list[Bericht]:
        if stap_id is not None and stap_id in self._berichten and dossier_id is None and grens is None:
            gelezen = self._berichten[stap_id]
            return [bericht for bericht in gelezen if statussen is None or bericht.status in statussen]
        vraag = select(Bericht).order_by(col(Bericht.aangemaakt_op), col(Bericht.sleutel))
        if statussen is not None:
            vraag = vraag.where(col(Bericht.status).in_(list(statussen)))
        if stap_id is not None:
            vraag = vraag.where(Bericht.stap_id == stap_id)
        if dossier_id is not None:
            vraag = vraag.where(Bericht.dossier_id == dossier_id)
        return list(self.sessie.exec(vraag.limit(grens)))

    def onzekere_berichten(self, voor: datetime) -> list[Bericht]:
        vraag = select(Bericht).where(
            Bericht.status == Berichtstatus.ONZEKER,
            col(Bericht.onzeker_sinds) <= voor,
            col(Bericht.hoogstens_eens).is_(False),
        )
        return list(self.sessie.exec(vraag.order_by(col(Bericht.onzeker_sinds), col(Bericht.sleutel))))

    def is_ander_onzeker(self, bericht: Bericht | Geclaimd) -> bool:
        vraag = select(Bericht.id).where(
            Bericht.status == Berichtstatus.ONZEKER,
            col(Bericht.stap_id).is_not_distinct_from(bericht.stap_id),
            col(Bericht.dossier_id).is_not_distinct_from(bericht.dossier_id),
            Bericht.id != bericht.id,
        )
        return self.sessie.exec(vraag.limit(1)).first() is not None

    # what came back, and what a person decided

    def bounces(self, bericht_id: UUID | None = None) -> list[Bounce]:
        vraag = select(Bounce).order_by(col(Bounce.ontvangen_op), col(Bounce.kenmerk))
        if bericht_id is not None:
            vraag = vraag.where(Bounce.bericht_id == bericht_id)
        return list(self.sessie.exec(vraag))

    def postbeslissingen(self, bericht_id: UUID) -> list[Postbeslissing]:
        vraag = select(Postbeslissing).where(Postbeslissing.bericht_id == bericht_id)
        return list(self.sessie.exec(vraag.order_by(col(Postbeslissing.op))))

    # addresses that do not work

    def adresstand(self, adres: str) -> Adresstand | None:
        return self.sessie.get(Adresstand, adres.lower())

    def adresstanden(self) -> list[Adresstand]:
        vraag = select(Adresstand).where(col(Adresstand.hersteld_op).is_(None))
        return list(self.sessie.exec(vraag.order_by(col(Adresstand.onbestelbaar_sinds), col(Adresstand.adres))))

    def onbestelbare_adressen(self, adressen: Collection[str]) -> set[str]:
        vraag = select(Adresstand.adres).where(
            col(Adresstand.adres).in_({adres.lower() for adres in adressen}), col(Adresstand.hersteld_op).is_(None)
        )
        return set(self.sessie.exec(vraag))
