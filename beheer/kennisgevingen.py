"""`regie kennisgevingen`: kennisgevingen van DUO registreren uit een bestand, alle rijen of geen."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from beheer.registratie import registreer_bestand
from beheer.uitvoer import Door, Json, Proef

kennisgevingen_app = App(name="kennisgevingen", help="Registreer kennisgevingen uit een bestand.")


@kennisgevingen_app.command
def registreer(
    bestand: Annotated[Path, Parameter(help="Een CSV- of XLSX-bestand met een rij per persoon.")],
    /,
    *,
    door: Door = "administratie",
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Registreer kennisgevingen: alle rijen of geen. Hetzelfde bestand nog eens verandert niets."""
    from adapters.kennisgevingen_bestand import lees
    from domein.handelingen.registreren import registreer as leg_vast

    return registreer_bestand(
        bestand, lees, lambda hier, rijen, actor, op_proef: leg_vast(hier, rijen, actor, proef=op_proef),
        door=door, proef=proef, als_json=als_json,
    )  # fmt: skip
