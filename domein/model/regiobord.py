"""Wat het regiobord nodig heeft om snel te zijn: tellingen, en per dossier de dagen waaruit zij volgen.

Alles hier is afgeleid, en opnieuw te maken uit de stappen en de gebeurtenissen. Er staan alleen codes, dagen en
aantallen in: geen naam, BSN of geboortedatum.
"""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from domein.model.basis import Tabel


class Bordcel(Tabel, table=True):
    """Een aantal. De sleutel is waarover het gaat; wat niet van toepassing is, is leeg (of nul)."""

    # De volgorde van de sleutel is die van de vragen: eerst wat er geteld is, dan wanneer.
    maat: str = Field(primary_key=True, max_length=20)
    wanneer: str = Field(primary_key=True, max_length=10)  # '', een maand (2026-03) of een dag (2026-03-31)
    gemeente: str = Field(primary_key=True, max_length=6)
    partner: str = Field(primary_key=True, max_length=60)
    wat: str = Field(primary_key=True, max_length=60)
    staat: str = Field(primary_key=True, max_length=30)
    getal: int = Field(primary_key=True)
    aantal: int


class Dossiermijlpaal(Tabel, table=True):
    """De dagen van één dossier waaruit doorlooptijden en lijsten volgen; verdwijnt als de persoon wordt gewist."""

    __table_args__: ClassVar[Any] = (
        Index(None, "bewaren_tot"),
        Index(None, "verzoeken", "verzoek_tot"),
        Index(None, "besluit_tot"),
    )

    dossier_id: UUID = Field(foreign_key="dossier.id", primary_key=True)
    gemeente: str = Field(max_length=6)
    loopt: bool = True
    kennisgeving_op: date | None = None
    intake_op: date | None = None
    pip_op: date | None = None
    les_op: date | None = None
    einde_op: date | None = None
    maatwerk_tot: date | None = None  # de laatste dag van het langste maatwerk dat niet is beëindigd
    bewaren_tot: date | None = None  # deze vier: zie domein/regels/lijstdagen.py
    verzoeken: int = 0
    verzoek_tot: date | None = None
    besluit_tot: date | None = None


class Dossiertermijn(Tabel, table=True):
    """Een bewaakte termijn van een dossier, zoals het plan haar nu berekent; `nummer` telt per soort."""

    __table_args__: ClassVar[Any] = (Index(None, "gehaald_op", "soort", "einde"),)

    dossier_id: UUID = Field(foreign_key="dossier.id", primary_key=True)
    soort: str = Field(primary_key=True, max_length=40)
    nummer: int = Field(primary_key=True)
    gemeente: str = Field(max_length=6)
    einde: date
    gehaald_op: date | None = None
