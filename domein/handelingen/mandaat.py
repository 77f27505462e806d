"""Wie een besluit mag nemen: alleen een mandaathouder van de eigen gemeente, voor deze stap (regel 15)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import Actor
from domein.regio.model import Regio

# De feiten die een besluit zijn, met de stap waarvoor het mandaat moet gelden.
BESLUITEN: Final[Mapping[str, Stapsoort]] = {
    "pip_vastgesteld": Stapsoort.PIP,
    "voorstel_afgewezen": Stapsoort.PIP,
}


def eis_mandaat(regio: Regio, gemeente: str | None, stap: Stapsoort, actor: Actor, op: date) -> None:
    """GeenBevoegdheid als deze persoon op deze dag geen mandaat heeft voor dit besluit namens deze gemeente."""
    wie = regio.medewerker(actor.code)
    gemandateerd = any(
        mandaat.gemeente == gemeente
        and stap in mandaat.stappen
        and actor.code in mandaat.houders
        and mandaat.geldt_op(op)
        for mandaat in regio.mandaten
    )
    if wie is None or Rol.MANDAATHOUDER not in wie.rollen or not gemandateerd:
        raise GeenBevoegdheid(
            f"'{actor.code[:40]}' heeft geen mandaat voor dit besluit namens {gemeente}.",
            "Laat een mandaathouder van deze gemeente het besluit nemen.",
        )
