"""`regie koppelingen`: koppelingen van het COA registreren uit een bestand, alle rijen of geen."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from beheer.registratie import registreer_bestand
from beheer.uitvoer import Door, Json, Proef

koppelingen_app = App(name="koppelingen", help="Registreer koppelingen van het COA uit een bestand.")


@koppelingen_app.command
def registreer(
    bestand: Annotated[Path, Parameter(help="Een CSV- of XLSX-bestand met een rij per persoon.")],
    /,
    *,
    door: Door = "administratie",
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Registreer koppelingen: alle rijen of geen. Hetzelfde bestand nog eens verandert niets."""
    from adapters.koppelingen_bestand import lees
    from domein.handelingen.koppelen import koppel

    return registreer_bestand(
        bestand, lees, lambda hier, rijen, actor, op_proef: koppel(hier, rijen, actor, proef=op_proef),
        door=door, proef=proef, als_json=als_json,
    )  # fmt: skip
