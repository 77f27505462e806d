"""Een handeling die niet doorging, zoals de pagina haar toont: wat er is, wat iemand kan doen, en bij welk veld."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig, RegieFout

# Een uitweg noemt soms een opdracht of een optie: wie in het portaal werkt, heeft die niet.
_OPDRACHT: Final = re.compile(r"'regie |--[a-z]")
_ZINNEN: Final = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Weigering:
    """Waarom er niets is veranderd; `fouten` op de naam van het veld."""

    melding: str = ""
    uitweg: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int = 422


GOED: Final = Weigering(status=200)


def weigering(fout: RegieFout) -> Weigering:
    """Maak van een fout wat de pagina toont: 403 bij geen bevoegdheid, 422 bij invoer, anders 409."""
    status = (
        403 if isinstance(fout, GeenBevoegdheid) else 422 if isinstance(fout, OngeldigeGegevens | RedenNodig) else 409
    )
    fouten = fout.fouten if isinstance(fout, OngeldigeGegevens) else {}
    return Weigering(fout.melding, zonder_opdracht(fout.uitweg), fouten, status)


def zonder_opdracht(uitweg: str) -> str:
    """Laat de zinnen weg die een opdrachtregel noemen."""
    return " ".join(zin for zin in _ZINNEN.split(uitweg) if not _OPDRACHT.search(zin))
