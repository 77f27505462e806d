"""De enige tabel met persoonsgegevens, versleuteld met de sleutel van het dossier."""

from uuid import UUID

from sqlmodel import Field

from domein.model.basis import Tabel


class Persoonsgegeven(Tabel, table=True):
    """Bij het wissen van een persoon verdwijnt deze rij, en de sleutel van het dossier (regel 12)."""

    dossier_id: UUID = Field(foreign_key="dossier.id", primary_key=True)
    cijfertekst: bytes
    bsn_index: str = Field(unique=True, max_length=64)  # blinde index: zoeken zonder het BSN te bewaren
