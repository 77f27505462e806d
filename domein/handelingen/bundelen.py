"""Stappen die samen één mail met aantallen krijgen: zo'n mail gaat over werk, nooit over één dossier."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domein.handelingen.ontvangers import Ontvanger, Wijzer
from domein.model import Stap
from domein.regels.opschaling import cel, totaal
from domein.regels.opschalingsbeleid import Niveau, Opschalingsbeleid


@dataclass(frozen=True, slots=True)
class Bundel:
    """Wat in één mail hoort: hetzelfde niveau, dezelfde ontvanger, hetzelfde werk."""

    ladder: str
    niveau: Niveau
    sjabloon: str
    ontvanger: Ontvanger
    groep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lid:
    """Een stap in een bundel, met de lagere treden die daarmee zijn overgeslagen."""

    stap_id: UUID
    dossier_id: UUID
    generatie: int
    overgeslagen: tuple[tuple[str, int], ...]
    gat: str = ""


def groep_van(sjabloon: str, stap: Stap) -> tuple[str, ...]:
    """Waar de mail over gaat: een aanbieder, een gat in een gemeente, of een soort werk in de regio."""
    soort = stap.stapsoort.value
    match sjabloon:
        case "escalatie_contractmanager":
            return (soort, stap.partner or "")
        case "escalatie_regiocoordinator":
            return (soort, stap.gemeente)
        case _:
            return (soort,)


def gegevens_van(
    bundel: Bundel, stappen: Sequence[Stap], gat: str, wijzer: Wijzer, beleid: Opschalingsbeleid
) -> dict[str, Any]:
    """De cijfers voor de drie sjablonen met aantallen; een overleg ziet geen klein aantal per gemeente."""
    eerste = stappen[0]
    per_gemeente = Counter(wijzer.gemeentenaam(stap.gemeente) for stap in stappen)
    return {
        "onderwerp_van_werk": beleid.werk[eerste.stapsoort],
        "aantal": len(stappen),
        "oudste": min(stap.uiterst or stap.streef for stap in stappen),
        "aanbieder": wijzer.partnernaam(eerste.partner),
        "gemeente": wijzer.gemeentenaam(eerste.gemeente),
        "gat_waarom": gat,
        "regio": wijzer.regionaam(),
        "aantal_tekst": totaal(per_gemeente.values()),
        "gemeenten": [{"naam": naam, "aantal": cel(aantal)} for naam, aantal in sorted(per_gemeente.items())],
        "gedaan": bundel.niveau.gedaan,
        "vraag": bundel.niveau.vraag,
    }
