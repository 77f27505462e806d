"""Wat de API en het inlezen in het portaal van de opslag vragen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domein.model import Apitoken, Dossier, Importbestand


@dataclass(frozen=True, slots=True)
class Eerder:
    """Het verzoek dat deze sleutel eerder had; `zelfde`: met dezelfde inhoud."""

    zelfde: bool
    status: int
    antwoord: dict[str, Any]


class Koppelvlakruimte(Protocol):
    """Een deel van `Ruimte`."""

    def apitoken(self, naam: str) -> Apitoken | None: ...

    def apitoken_met(self, token_hash: str) -> Apitoken | None: ...

    def apitokens(self) -> Sequence[Apitoken]:
        """Alle tokens, ook die niet meer gelden, op partner en naam."""
        ...

    def zie_apitoken(self, naam: str, nu: datetime) -> None:
        """Onthoud dat het token nu is gebruikt."""
        ...

    def dossiers_van_partner(self, partner: str, na: str, grens: int) -> Sequence[Dossier]:
        """De dossiers waarin deze partner een open taak of de regie heeft, na deze referentie."""
        ...

    def begin_eenmalig(self, partner: str, sleutel: str, inhoud: bytes, nu: datetime) -> Eerder | None:
        """Neem deze sleutel; None als zij nieuw is. Wie tegelijk komt met dezelfde sleutel, wacht op het antwoord."""
        ...

    def sluit_eenmalig(self, partner: str, sleutel: str, status: int, antwoord: dict[str, Any]) -> None:
        """Bewaar het antwoord bij de sleutel die deze transactie nam."""
        ...

    def vergeet_eenmalig(self, voor: datetime) -> None:
        """Vergeet de antwoorden van voor dit moment."""
        ...

    def bewaar_importbestand(self, bestand: Importbestand, inhoud: bytes) -> str:
        """Bewaar het bestand versleuteld en geef de sleutel; alleen wie haar terugbrengt kan het lezen."""
        ...

    def importbestand(self, bestand_id: UUID) -> Importbestand | None: ...

    def lees_importbestand(self, bestand: Importbestand, sleutel: str) -> bytes | None:
        """Geef de inhoud; None als de sleutel niet past of het bestand er niet meer is."""
        ...

    def neem_importbestand(self, bestand_id: UUID, nu: datetime) -> bool:
        """Zet het bestand op gedaan en gooi de inhoud weg; False als een ander dat net deed."""
        ...

    def sluit_importbestand(self, bestand_id: UUID, verslag: Sequence[dict[str, Any]], vervalt_op: datetime) -> None:
        """Bewaar wat er per rij gebeurde, tot dit moment."""
        ...

    def ruim_importbestanden_op(self, tot: datetime) -> None:
        """Vergeet bestanden die tot en met dit moment vervielen, met hun verslag."""
        ...
