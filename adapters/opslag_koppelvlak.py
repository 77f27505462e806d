"""Tokens, answers to requests that must happen once, and uploaded files that wait for a confirmation."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, or_, update
from sqlmodel import col, select

from adapters.kluis import CijfertekstGeweigerd, Plek, Sleutel, nieuwe_sleutelwaarde
from adapters.opslag_bewaking import Bewakingsdeel
from domein.begrippen import Dossierstatus, Stapstatus
from domein.handelingen.koppelvlakpoort import Eerder
from domein.model import Apitoken, Dossier, Idempotentie, Importbestand, Stap


class Koppelvlakdeel(Bewakingsdeel):
    # tokens

    def apitoken(self, naam: str) -> Apitoken | None:
        return self.sessie.get(Apitoken, naam)

    def apitoken_met(self, token_hash: str) -> Apitoken | None:
        return self.sessie.exec(select(Apitoken).where(Apitoken.token_hash == token_hash)).one_or_none()

    def apitokens(self) -> Sequence[Apitoken]:
        return self.sessie.exec(select(Apitoken).order_by(col(Apitoken.partner), col(Apitoken.naam))).all()

    def zie_apitoken(self, naam: str, nu: datetime) -> None:
        self._doe(update(Apitoken).where(col(Apitoken.naam) == naam).values(gebruikt_op=nu))

    def dossiers_van_partner(self, partner: str, na: str, grens: int) -> Sequence[Dossier]:
        taak = select(Stap.dossier_id).where(Stap.status == Stapstatus.OPEN, Stap.partner == partner)
        regie = and_(col(Dossier.regie_partner) == partner, col(Dossier.status) == Dossierstatus.LOPEND)
        vraag = select(Dossier).where(or_(col(Dossier.id).in_(taak), regie), col(Dossier.referentie) > na)
        return self.sessie.exec(vraag.order_by(col(Dossier.referentie)).limit(grens)).all()

    # requests that happen once

    def begin_eenmalig(self, partner: str, sleutel: str, inhoud: bytes, nu: datetime) -> Eerder | None:
        """The unique key makes the second of two wait until the first is done, on both engines."""
        merk = self._kluis.vingerafdruk(inhoud)
        rij: dict[str, Any] = {
            "id": uuid4(), "partner": partner, "sleutel": sleutel, "vingerafdruk": merk, "gemaakt_op": nu, "status": 0,
            "antwoord": {},
        }  # fmt: skip
        if self._voeg_toe_of_laat(Idempotentie, rij):
            return None
        vraag = select(Idempotentie).where(Idempotentie.partner == partner, Idempotentie.sleutel == sleutel)
        oud = self.sessie.exec(vraag).one()
        return Eerder(oud.vingerafdruk == merk, oud.status, oud.antwoord)

    def sluit_eenmalig(self, partner: str, sleutel: str, status: int, antwoord: dict[str, Any]) -> None:
        deze = (col(Idempotentie.partner) == partner, col(Idempotentie.sleutel) == sleutel)
        self._doe(update(Idempotentie).where(*deze).values(status=status, antwoord=antwoord))

    def vergeet_eenmalig(self, voor: datetime) -> None:
        self._doe(delete(Idempotentie).where(col(Idempotentie.gemaakt_op) < voor))

    # uploaded files

    def bewaar_importbestand(self, bestand: Importbestand, inhoud: bytes) -> str:
        waarde = nieuwe_sleutelwaarde()
        bestand.cijfertekst = self._kluis.versleutel(Sleutel(bestand.id, waarde), _plek(bestand.id), inhoud)
        self.bewaar(bestand)
        return base64.urlsafe_b64encode(waarde).decode("ascii")

    def importbestand(self, bestand_id: UUID) -> Importbestand | None:
        return self.sessie.get(Importbestand, bestand_id)

    def lees_importbestand(self, bestand: Importbestand, sleutel: str) -> bytes | None:
        try:
            waarde = base64.b64decode(sleutel.encode("ascii"), altchars=b"-_", validate=True)
            return self._kluis.ontsleutel(Sleutel(bestand.id, waarde), _plek(bestand.id), bestand.cijfertekst)
        except (CijfertekstGeweigerd, UnicodeEncodeError, binascii.Error, ValueError):
            return None

    def neem_importbestand(self, bestand_id: UUID, nu: datetime) -> bool:
        """One conditional update: of two presses on the button one does the work."""
        opdracht = update(Importbestand).where(col(Importbestand.id) == bestand_id)
        opdracht = opdracht.where(col(Importbestand.gedaan_op).is_(None)).values(gedaan_op=nu, cijfertekst=b"")
        return self._doe(opdracht.returning(col(Importbestand.id))).one_or_none() is not None

    def sluit_importbestand(self, bestand_id: UUID, verslag: Sequence[dict[str, Any]], vervalt_op: datetime) -> None:
        opdracht = update(Importbestand).where(col(Importbestand.id) == bestand_id)
        self._doe(opdracht.values(verslag=list(verslag), vervalt_op=vervalt_op))

    def ruim_importbestanden_op(self, tot: datetime) -> None:
        self._doe(delete(Importbestand).where(col(Importbestand.vervalt_op) <= tot))

    def _doe(self, opdracht: Any) -> Any:
        return self.sessie.exec(  # pyright: ignore[reportUnknownVariableType]
            opdracht.execution_options(synchronize_session=False)
        )


def _plek(rij_id: UUID) -> Plek:
    return Plek("importbestand", "cijfertekst", rij_id)
