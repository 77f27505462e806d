"""De keuze van een handeling in bulk: welke stappen of dossiers zij raakt. Beleid, geen wet.

Alleen codes, verwijzingen en dagen: een keuze mag in een tabel en op het bord staan.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from domein.begrippen import Stapsoort, Stapstatus
from domein.fouten import OngeldigeGegevens

ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)


class Handeling(StrEnum):
    """Wat ops met een stap of een dossier kan doen."""

    VERZETTEN = "verzetten"
    OPNIEUW = "opnieuw"
    OVERSLAAN = "overslaan"
    HEROPENEN = "heropenen"
    OVERDRAGEN = "overdragen"
    HERPLANNEN = "herplannen"
    TOEWIJZEN = "toewijzen"
    PAUZEREN = "pauzeren"
    HERVATTEN = "hervatten"
    DOORHALEN = "doorhalen"  # een eerdere handeling in bulk ongedaan maken


# Deze gaan over een heel dossier, de andere over een stap.
OP_DOSSIER: Final = frozenset({Handeling.HERPLANNEN, Handeling.TOEWIJZEN, Handeling.PAUZEREN, Handeling.HERVATTEN})

# Bij welke statussen een handeling kan; daarop kiest zij ook, als niemand een status noemt.
STATUSSEN: Final[Mapping[Handeling, tuple[Stapstatus, ...]]] = {
    Handeling.VERZETTEN: ONAF,
    Handeling.OPNIEUW: ONAF,
    Handeling.OVERSLAAN: ONAF,
    Handeling.OVERDRAGEN: ONAF,
    Handeling.HEROPENEN: (Stapstatus.OVERGESLAGEN,),
}


class Kiesbaar(Protocol):
    """Wat de keuze van een stap moet weten; de tabelrij heeft deze velden."""

    id: UUID
    kenmerk: str
    gemeente: str
    stapsoort: Stapsoort
    status: Stapstatus
    streef: date
    partner: str | None
    medewerker: str | None


@dataclass(frozen=True, slots=True)
class Bulkkeuze:
    """Stappen die aan alles voldoen wat is ingevuld. `van` en `tot` (beide dagen tellen mee) gaan over de streefdag.

    `stappen` zijn ids of REFERENTIE:kenmerk, `dossiers` referenties. `partner` telt ook voor een stap die nog niet open
    is: dan is het de partner die de afspraken noemen. `klantmanager` gaat over het dossier.
    """

    stappen: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    gemeente: str | None = None
    partner: str | None = None
    medewerker: str | None = None
    klantmanager: str | None = None
    stap: Stapsoort | None = None
    kenmerk: str | None = None
    statussen: tuple[Stapstatus, ...] = ()
    van: date | None = None
    tot: date | None = None

    @property
    def is_leeg(self) -> bool:
        return not any(getattr(self, veld.name) for veld in fields(self))

    @property
    def noemt_zelf(self) -> bool:
        """Zeg of iemand de stappen of dossiers zelf opsomde, in plaats van te filteren."""
        return bool(self.stappen or self.dossiers)

    @classmethod
    def uit_dict(cls, bewaard: Mapping[str, Any]) -> "Bulkkeuze":
        """De keuze terug uit `als_dict`."""
        lees: dict[str, Callable[[Any], Any]] = {
            "stappen": tuple, "dossiers": tuple, "stap": Stapsoort, "van": date.fromisoformat,
            "tot": date.fromisoformat, "statussen": lambda rij: tuple(map(Stapstatus, rij)),
        }  # fmt: skip
        return cls(**{naam: lees.get(naam, str)(waarde) for naam, waarde in bewaard.items()})

    def als_dict(self) -> dict[str, Any]:
        """De ingevulde voorwaarden, zoals zij bij de bulk worden bewaard."""
        ingevuld = {naam: waarde for naam, waarde in asdict(self).items() if waarde}
        alles: dict[str, Any] = json.loads(json.dumps(ingevuld, default=str))
        return alles


def controleer(keuze: Bulkkeuze, handeling: Handeling) -> None:
    """OngeldigeGegevens als de keuze niets inhoudt, niet kan, of niet bij de handeling past."""
    if keuze.is_leeg:
        raise OngeldigeGegevens(
            "Zonder keuze zou dit over alles gaan.",
            "Noem stappen of dossiers, of kies met --gemeente, --partner, --stap, --van, --tot of --status.",
        )
    if keuze.van is not None and keuze.tot is not None and keuze.van > keuze.tot:
        raise OngeldigeGegevens(
            f"{keuze.van} ligt na {keuze.tot}.", "Geef bij --van de eerste dag, bij --tot de laatste."
        )
    kan = STATUSSEN.get(handeling, tuple(Stapstatus))
    verkeerd = [status.value for status in keuze.statussen if status not in kan]
    if verkeerd:
        raise OngeldigeGegevens(
            f"{handeling.value.capitalize()} kan niet bij een stap die {' of '.join(verkeerd)} is.",
            f"Kies uit: {', '.join(kan)}.",
        )


def past(keuze: Bulkkeuze, stap: Kiesbaar, statussen: Collection[Stapstatus]) -> bool:
    """Zeg of een stap past bij alles behalve partner, klantmanager en de opgesomde dossiers.

    Die drie vragen meer dan de stap zelf weet: de partner van een stap die nog niet open is, volgt uit de afspraken.
    """
    return (
        stap.status in statussen
        and keuze.gemeente in (None, stap.gemeente)
        and keuze.medewerker in (None, stap.medewerker)
        and keuze.stap in (None, stap.stapsoort)
        and (keuze.kenmerk is None or stap.kenmerk == keuze.kenmerk or stap.kenmerk.startswith(f"{keuze.kenmerk}/"))
        and (keuze.van is None or keuze.van <= stap.streef)
        and (keuze.tot is None or stap.streef <= keuze.tot)
    )


def kies(keuze: Bulkkeuze, stappen: Iterable[Kiesbaar], statussen: Collection[Stapstatus]) -> list[UUID]:
    """Geef de ids van de stappen die passen, in de volgorde waarin zij kwamen."""
    return [stap.id for stap in stappen if past(keuze, stap, statussen)]


def vingerafdruk(handeling: Handeling, keuze: Bulkkeuze, waarden: Mapping[str, Any]) -> str:
    """Een hash van wat er gevraagd is: een tweede keer met hetzelfde bulknummer moet dezelfde vraag zijn."""
    inhoud = [handeling.value, keuze.als_dict(), {naam: waarde for naam, waarde in waarden.items() if waarde}]
    return hashlib.sha256(json.dumps(inhoud, sort_keys=True, default=str).encode()).hexdigest()
