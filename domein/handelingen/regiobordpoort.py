"""De poort naar de tellingen van het regiobord; een deel van `Ruimte`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domein.begrippen import Stapsoort, Stapstatus
from domein.model import Dossier, Dossiermijlpaal, Dossiertermijn, Stap
from domein.regels.bordtelling import Cel


class Bordruimte(Protocol):
    """Lezen van tellingen kost evenveel bij honderd dossiers als bij honderdduizend."""

    def bordsom(
        self,
        maat: str,
        per: Sequence[str],
        *,
        gemeenten: Collection[str],
        waar: Mapping[str, str] | None = None,
        vanaf: str = "",
        tot: str = "",
    ) -> list[tuple[tuple[str | int, ...], int]]:
        """Tel op per combinatie van velden van `Cel`; `gemeenten` beperkt de inzage, vanaf en tot tellen mee.

        Wat niet bij een gemeente hoort (de lege gemeente) telt altijd mee.
        """
        ...

    def stappenblad(
        self,
        gemeente: str,
        status: Stapstatus,
        *,
        stapsoort: Stapsoort | None = None,
        partner: str | None = None,
        na: UUID | None = None,
        grens: int = 50,
    ) -> list[tuple[Stap, str]]:
        """Een blad stappen met de referentie van hun dossier; `na` is de laatste stap van het vorige blad."""
        ...

    def termijnenblad(
        self, gemeenten: Collection[str], soort: str, van: date, tot: date, *, grens: int = 50
    ) -> list[tuple[Dossiertermijn, str]]:
        """Termijnen van een soort die nog lopen en in deze dagen eindigen, met de referentie van hun dossier."""
        ...

    def dossiers_van(self, medewerker: str, grens: int) -> Sequence[Dossier]:
        """De lopende dossiers van deze klantmanager, op referentie."""
        ...

    def mijlpaal(self, dossier_id: UUID) -> Dossiermijlpaal | None: ...

    def dossiertermijnen(self, dossier_id: UUID) -> list[Dossiertermijn]: ...

    def verwijder(self, *rijen: Dossiermijlpaal | Dossiertermijn) -> None: ...

    def zonder_mijlpaal(self, grens: int, na: UUID | None = None) -> list[UUID]:
        """Dossiers die nog niet op het bord staan en niet zijn gewist, op nummer; `na` dit nummer."""
        ...

    def telverschil(self) -> Mapping[Cel, tuple[int, int]]:
        """Tel alles opnieuw; geef per cel die afwijkt wat er staat en wat het moet zijn."""
        ...

    def hertel(self) -> int:
        """Vervang alle tellingen door een nieuwe telling; geef hoeveel cellen er staan."""
        ...
