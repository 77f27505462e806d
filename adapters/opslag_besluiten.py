"""The texts of besluiten: encrypted with the key of the dossier, one row per version, never changed."""

from typing import Final
from uuid import UUID, uuid4

from sqlmodel import col, func, select

from adapters.kluis import Plek
from adapters.opslag_basis import RuimteBasis
from domein.fouten import RegieFout
from domein.model import Besluittekst, GebeurtenisRij

_TABEL: Final = "besluittekst"
# A decision has a text, or was taken on paper and recorded as one of the last two.
_BESLUITEN: Final = ("besluit_tekst", "besluit_ondertekend", "pip_vastgesteld", "voorstel_afgewezen")


class Besluitdeel(RuimteBasis):
    def bewaar_besluittekst(self, dossier_id: UUID, besluit: int, versie: int, tekst: str) -> None:
        rij_id = uuid4()
        cijfertekst = self._kluis.versleutel(self._sleutel(dossier_id), _plek(rij_id), tekst.encode())
        self.bewaar(
            Besluittekst(
                id=rij_id, dossier_id=dossier_id, besluit=besluit, versie=versie, cijfertekst=cijfertekst,
                vastgelegd_op=self._klok.nu(),
            )
        )  # fmt: skip

    def besluittekst(self, dossier_id: UUID, besluit: int, versie: int) -> str:
        sleutel = self._sleutel(dossier_id)
        vraag = select(Besluittekst).where(
            col(Besluittekst.dossier_id) == dossier_id,
            col(Besluittekst.besluit) == besluit,
            col(Besluittekst.versie) == versie,
        )
        rij = self.sessie.exec(vraag).one_or_none()
        if rij is None:
            raise RegieFout(
                f"Van besluit {besluit} is versie {versie} van de tekst er niet.", "Kijk met 'regie besluit toon'."
            )
        return self._kluis.ontsleutel(sleutel, _plek(rij.id), rij.cijfertekst).decode()

    def dossiers_met_besluit(self) -> list[UUID]:
        laatst = func.max(col(GebeurtenisRij.vastgelegd_op))
        vraag = select(GebeurtenisRij.dossier_id).where(col(GebeurtenisRij.soort).in_(_BESLUITEN))
        vraag = vraag.group_by(col(GebeurtenisRij.dossier_id))
        return list(self.sessie.exec(vraag.order_by(laatst.desc(), col(GebeurtenisRij.dossier_id))))


def _plek(rij_id: UUID) -> Plek:
    return Plek(_TABEL, "cijfertekst", rij_id)
