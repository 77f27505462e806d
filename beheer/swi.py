"""`regie swi`: de kwartaallevering aan het CBS maken, en bijhouden dat zij is geleverd."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, toon

Kwartaal = Annotated[str, Parameter(help="Het kwartaal, zoals 2026-K1.")]
GemeenteVan = Annotated[str, Parameter(name="--gemeente", help="De gemeente, zoals GM0512.")]

swi_app = App(name="swi", help="Maak de kwartaallevering voor het CBS.")


@swi_app.command
def maak(
    kwartaal: Kwartaal,
    /,
    *,
    door: Annotated[str, Parameter(name="--door", help="Code van de medewerker die dit doet.")] = "administratie",
    gemeente: Annotated[str | None, Parameter(help="Alleen deze gemeente; anders alle van de regio.")] = None,
    naar: Annotated[Path | None, Parameter(help="De map voor de bestanden; anders 'swi' in de installatie.")] = None,
    met_bsn: Annotated[
        bool, Parameter(name="--met-bsn", help="Zet het BSN erbij; de bestanden zijn dan gevoelig.")
    ] = False,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Maak per gemeente de tabel van een afgelopen kwartaal, en zeg wat eraan ontbreekt.

    De tabel heeft een eigen vorm, met namen uit het Gemeentelijk Gegevensmodel. Zij is niet het formaat van het CBS.
    """
    from adapters.omgeving import instellingen, omgeving
    from adapters.swi_bestand import CsvSchrijver
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.swi import maak as stel_samen

    map_ = naar or instellingen().map / "swi"
    data = stel_samen(
        omgeving(), kwartaal, Actor(door), CsvSchrijver(map_), gemeente=_code(gemeente), met_bsn=met_bsn, proef=proef
    )
    toon({**data, "map": None if proef else map_}, als_json, _toon_gemaakt)


@swi_app.command
def lijst(*, als_json: Json = False) -> None:
    """Noem de leveringen die zijn gemaakt, en die nog moeten, met hun laatste dag."""
    from adapters.omgeving import omgeving
    from domein.handelingen.swi import leveringen

    toon(leveringen(omgeving()), als_json, _toon_lijst)


@swi_app.command
def geleverd(
    kwartaal: Kwartaal, /, *, gemeente: GemeenteVan, door: Door, datum: date | None = None, als_json: Json = False
) -> None:
    """Leg vast dat de levering bij het CBS is ingediend.

    Parameters
    ----------
    datum
        De dag, als jjjj-mm-dd; leeg is vandaag.
    """
    _leg_vast(kwartaal, gemeente, "geleverd", datum, door, als_json=als_json)


@swi_app.command
def antwoord(
    kwartaal: Kwartaal,
    wat: Annotated[Literal["aanvaard", "afgewezen"], Parameter(help="Aanvaard of afgewezen.")],
    /,
    *,
    gemeente: GemeenteVan,
    door: Door,
    datum: date | None = None,
    als_json: Json = False,
) -> None:
    """Leg vast wat het CBS van de levering vond; na afwijzen is een nieuwe nodig.

    Parameters
    ----------
    datum
        De dag, als jjjj-mm-dd; leeg is vandaag.
    """
    _leg_vast(kwartaal, gemeente, wat, datum, door, als_json=als_json)


def _leg_vast(kwartaal: str, gemeente: str, status: str, datum: date | None, door: str, *, als_json: bool) -> None:
    from adapters.omgeving import omgeving
    from domein.begrippen import Leveringstatus
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.swi import leg_vast

    hier = omgeving()
    code = gemeente.strip().upper()
    rij = leg_vast(hier, kwartaal, code, Leveringstatus(status), datum or hier.klok.vandaag(), Actor(door))
    toon(rij, als_json, lambda data: _toon_lijst([data]))


def _code(gemeente: str | None) -> str | None:
    return None if gemeente is None else gemeente.strip().upper()


def _toon_gemaakt(data: dict[str, Any]) -> None:
    kolommen = {
        "gemeente": "Gemeente", "naam": "Naam", "rijen": "Personen", "volledig_procent": "Volledig (%)",
        "ontbreekt": "Lege velden", "uiterst": "Leveren uiterlijk", "bestand": "Bestand",
    }  # fmt: skip
    tabel(data["gemeenten"], kolommen)
    for gemeente in data["gemeenten"]:
        for referentie, velden in gemeente["onvolledig"].items():
            print(f"{referentie} ({gemeente['gemeente']}) mist: {', '.join(velden)}.")
    print("\nDit is een eigen tabel, niet het formaat van het CBS; zie docs/naslag/swi.md.")
    if data["proef"]:
        print("Dit was een proef: er is niets bewaard.")
    else:
        print(f"De bestanden staan in {data['map']}.")


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "kwartaal": "Kwartaal", "gemeente": "Gemeente", "status": "Status", "uiterst": "Uiterlijk",
        "te_laat": "Te laat", "rijen": "Personen", "ontbreekt": "Lege velden",
        "geleverd_op": "Geleverd op", "antwoord_op": "Antwoord op",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er is nog geen kwartaal om te leveren.")
