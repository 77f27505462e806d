"""`regie apitoken`: tokens waarmee systemen van partners de API gebruiken."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon
from domein.begrippen import Tokenrecht

if TYPE_CHECKING:
    from domein.model import Apitoken

# Anders kent de opdrachtregel alleen de naam van een lid, en niet het woord zelf; een test houdt ze gelijk.
Rechtwoord = Literal[
    "dossiers:lezen", "bsn:lezen", "gebeurtenissen:lezen", "uitkomsten:schrijven", "kennisgevingen:schrijven"
]

apitoken_app = App(name="apitoken", help="Beheer tokens waarmee systemen van partners de API gebruiken.")


@apitoken_app.command
def maak(
    naam: Annotated[str, Parameter(help="Hoe het token heet, zoals merwede-lvs; een naam komt nooit terug.")],
    /,
    *,
    partner: Annotated[str, Parameter(help="De code van de partner in de samenwerkingsafspraken.")],
    recht: Annotated[list[Rechtwoord], Parameter(help="Wat het token mag; herhaal de optie voor meer.")],
    reden: Reden,
    door: Door,
    dagen: Annotated[int, Parameter(help="Hoeveel dagen het geldt, hoogstens 400.")] = 365,
    naar: Annotated[
        Path | None, Parameter(help="Zet het token in dit nieuwe bestand in plaats van op het scherm.")
    ] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Maak een token. U ziet het één keer: geef het de partner langs een veilige weg."""
    from adapters.instellingen import schrijf_geheim
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import apitokens

    if naar is not None and naar.exists():
        fout(f"{naar} bestaat al; er is geen token gemaakt.", "Kies een bestand dat er nog niet is.")
    nieuw = apitokens.maak(
        omgeving(), naam, partner, frozenset(map(Tokenrecht, recht)), dagen, reden, Actor(door), proef=proef
    )
    rij = {**_rij(nieuw.rij), "proef": proef}
    if naar is not None and not proef:
        schrijf_geheim(naar, nieuw.token.encode("ascii"))
        rij["bestand"] = str(naar)
    elif not proef:
        rij["token"] = nieuw.token
    toon(rij, als_json, _toon_nieuw)


@apitoken_app.command
def lijst(*, als_json: Json = False) -> None:
    """Noem de tokens, ook die niet meer gelden. Het token zelf is nergens te lezen."""
    from adapters.omgeving import omgeving

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        rijen = [{**_rij(rij), "geldt": _geldt(rij, hier.klok.nu())} for rij in ruimte.apitokens()]
    toon(rijen, als_json, _toon_lijst)


@apitoken_app.command(name="trek-in")
def trek_in(
    naam: Annotated[str, Parameter(help="De naam van het token.")],
    /,
    *,
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Trek een token in. Het werkt meteen niet meer, en komt niet terug."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import apitokens

    rij = apitokens.trek_in(omgeving(), naam, reden, Actor(door), proef=proef)
    toon({**_rij(rij), "proef": proef}, als_json, _toon_ingetrokken)


def _rij(rij: "Apitoken") -> dict[str, Any]:
    return rij.model_dump(exclude={"token_hash"})


def _geldt(rij: "Apitoken", nu: Any) -> bool:
    return rij.ingetrokken_op is None and nu < rij.vervalt_op


def _toon_nieuw(data: dict[str, Any]) -> None:
    if data["proef"]:
        print(f"Een proef: '{data['naam']}' kan worden gemaakt voor {data['partner']}. Er is niets bewaard.")
        return
    print(f"Token '{data['naam']}' voor {data['partner']}, geldig tot {data['vervalt_op']:%Y-%m-%d}.")
    if "bestand" in data:
        print(f"Het staat in {data['bestand']}. Geef het langs een veilige weg, en gooi het bestand daarna weg.")
    else:
        print(f"\n  {data['token']}\n\nU ziet het nu voor het laatst. Geef het langs een veilige weg.")


def _toon_ingetrokken(data: dict[str, Any]) -> None:
    zin = "zou worden ingetrokken; er is niets gewijzigd" if data["proef"] else "is ingetrokken en werkt niet meer"
    print(f"Token '{data['naam']}' van {data['partner']} {zin}.")


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "naam": "Naam", "partner": "Partner", "rechten": "Mag", "geldt": "Geldt", "vervalt_op": "Tot",
        "gebruikt_op": "Laatst gebruikt", "gemaakt_door": "Door", "reden": "Reden",
    }  # fmt: skip
    tabel([{**rij, "rechten": ", ".join(rij["rechten"])} for rij in rijen], kolommen, leeg="Er zijn geen tokens.")
