"""Wat vernietigen en leveren van de opslag vragen, en het register dat buiten de database staat."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from domein.fouten import RegieFout
from domein.model import Dossier, Swilevering, Vernietigingslijst, Vernietigingsregel


class Bewaarruimte(Protocol):
    """Het deel van een transactie dat over bewaren en vernietigen gaat."""

    def vernietigingslijsten(self) -> list[Vernietigingslijst]:
        """Alle lijsten, de oudste eerst."""
        ...

    def vernietigingsregels(
        self, *, lijst_id: UUID | None = None, dossier_id: UUID | None = None
    ) -> list[Vernietigingsregel]: ...

    def bewaarblad(
        self,
        gemeenten: Collection[str] | None,
        *,
        vanaf: date | None = None,
        tot: date | None = None,
        sla_over: int = 0,
        grens: int | None = None,
    ) -> Sequence[Dossier]:
        """Geëindigde dossiers die er nog zijn, wier bewaartermijn in deze dagen eindigt, de eerste eerst."""
        ...

    def tel_bewaren(self, gemeenten: Collection[str], *, vanaf: date) -> int:
        """Hoeveel geëindigde dossiers er nog zijn, met een bewaartermijn die op of na deze dag eindigt."""
        ...

    def vernietigde(
        self, gemeenten: Collection[str], *, sla_over: int = 0, grens: int = 50
    ) -> Sequence[tuple[Vernietigingsregel, Dossier]]:
        """De vernietigde dossiers van deze gemeenten, de laatste eerst."""
        ...

    def tel_vernietigd(self, gemeenten: Collection[str]) -> int: ...

    def verzoekdossiers(self, gemeenten: Collection[str] | None, *, alle: bool) -> Sequence[Dossier]:
        """Dossiers met een open verzoek, het dringendste eerst; met `alle` ook wier verzoeken zijn afgehandeld."""
        ...

    def besluitdossiers(self, vanaf: date | None, *, sla_over: int, grens: int) -> Sequence[UUID]:
        """Dossiers waar op of na deze dag nog iets met een besluit is, ook geëindigde, wat het langst loopt eerst."""
        ...

    def swileveringen(self, kwartaal: str | None = None) -> list[Swilevering]:
        """De leveringen aan het CBS, op kwartaal, gemeente en versie."""
        ...

    def heeft_persoon(self, dossier_id: UUID) -> bool:
        """Zeg of er nog een rij met persoonsgegevens is, ook als haar sleutel al weg is."""
        ...

    def sleutel_id(self, dossier_id: UUID) -> UUID | None:
        """Geef welke sleutel dit dossier heeft of had."""
        ...

    def vernietig_sleutel(self, dossier_id: UUID) -> None:
        """Vernietig na het bewaren de sleutel, ook van een dossier dat hier niet (meer) is."""
        ...

    def ontdoe_van_inhoud(self, dossier_id: UUID) -> None:
        """Wis wat buiten de versleutelde rijen over dit dossier staat: teksten van post, stappen en signalen."""
        ...


@dataclass(frozen=True, slots=True)
class Registerregel:
    """Eén vernietigd dossier in het register: ids en een dag, verder niets."""

    dossier_id: UUID
    sleutel_id: UUID | None
    op: date


class Vernietigingsregister(Protocol):
    """Buiten de database, zodat een teruggezette reservekopie niemand terughaalt."""

    def schrijf(self, regel: Registerregel) -> None:
        """Schrijf een regel, en kom pas terug als zij op schijf staat."""
        ...

    def lees(self) -> Sequence[Registerregel]:
        """Geef alle regels, de oudste eerst; RegieFout als het register beschadigd is."""
        ...


class GeenRegister:
    """Een omgeving zonder register: vernietigen kan dan niet, want een reservekopie zou het ongedaan maken."""

    def schrijf(self, regel: Registerregel) -> None:
        del regel
        raise RegieFout(
            "Deze omgeving heeft geen vernietigingsregister; er is niets vernietigd.",
            "Vernietig met './regie bewaren vernietig' in de map van de installatie.",
        )

    def lees(self) -> Sequence[Registerregel]:
        return ()
