"""`regie bulk`: handelingen op veel stappen tegelijk bekijken, en er een terugdraaien."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.opskeuze import meter, toon_verslag, wek
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, toon

Bulk = Annotated[str, Parameter(name="BULK", help="Het nummer van de bulk, zoals B-7F3K9QXM; 'bulk lijst' noemt ze.")]

bulk_app = App(name="bulk", help="Bekijk handelingen op veel stappen tegelijk, of draai er een terug.")


@bulk_app.command
def lijst(*, als_json: Json = False) -> None:
    """Noem de handelingen in bulk, de jongste eerst; een die niet af is, is te hervatten."""
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien_bulk import bulk_lijst

    toon(bulk_lijst(omgeving()), als_json, _toon_lijst)


@bulk_app.command(name="toon")
def toon_(bulk: Bulk, /, *, als_json: Json = False) -> None:
    """Toon van een bulk per stap of dossier wat er gebeurde, en waarom niet."""
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien_bulk import toon_bulk

    toon(toon_bulk(omgeving(), bulk), als_json, _toon_bulk)


@bulk_app.command
def ongedaan(bulk: Bulk, /, *, reden: Reden, door: Door, proef: Proef = False, als_json: Json = False) -> int:
    """Haal alles door wat een bulk vastlegde; wat er intussen op rust, wordt geweigerd en blijft staan."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import bulk as bulken

    if proef:
        verslag = bulken.proef_doorhaling(omgeving(), bulk, Actor(door), reden)
    else:
        verslag = bulken.haal_bulk_door(omgeving(), bulk, Actor(door), reden, meter())
        wek()
    return toon_verslag(verslag, als_json=als_json)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "bulk": "Bulk", "handeling": "Handeling", "door": "Door", "begonnen_op": "Begonnen", "klaar_op": "Klaar",
        "gedaan": "Gedaan", "geweigerd": "Geweigerd", "te_doen": "Nog te doen",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen handelingen in bulk.")


def _toon_bulk(data: dict[str, Any]) -> None:
    staat = "is af" if data["klaar_op"] else f"heeft nog {data['te_doen']} te doen"
    print(f"Bulk {data['bulk']}: {data['handeling']} door {data['door']}, {staat}.")
    kolommen = {"dossier": "Dossier", "stap": "Stap", "uitslag": "Uitslag", "waarom": "Waarom"}
    tabel(data["regels"], kolommen)
