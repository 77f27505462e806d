"""Wie een besluit mag nemen: alleen een mandaathouder van de eigen gemeente, voor deze stap (regel 15)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import Actor
from domein.regels.opvolging import heeft_mandaat
from domein.regio.model import Regio

# De feiten die een besluit zijn, met de stap waarvoor het mandaat moet gelden.
BESLUITEN: Final[Mapping[str, Stapsoort]] = {
    "pip_vastgesteld": Stapsoort.PIP,
    "voorstel_afgewezen": Stapsoort.PIP,
}


def eis_mandaat(regio: Regio, gemeente: str | None, stap: Stapsoort, actor: Actor, op: date) -> None:
    """GeenBevoegdheid als deze persoon op deze dag geen mandaat heeft voor dit besluit namens deze gemeente."""
    wie = regio.medewerker(actor.code)
    gemandateerd = heeft_mandaat(regio, gemeente, stap, actor.code, op)
    if wie is None or Rol.MANDAATHOUDER not in wie.rollen or not gemandateerd:
        raise GeenBevoegdheid(
            f"'{actor.code[:40]}' heeft geen mandaat voor dit besluit namens {gemeente}.",
            "Laat een mandaathouder van deze gemeente het besluit nemen.",
        )
