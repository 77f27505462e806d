"""`regie verzoek`: een verzoek van een inburgeraar om inzage in zijn gegevens, of om verbetering ervan."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, toon
from beheer.uitwerking import voer_uit_en_toon
from domein.gebeurtenissen.bewaren import Recht

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
Nummer = Annotated[int | None, Parameter(help="Het nummer van het verzoek; leeg als er maar één openstaat.")]
Datum = Annotated[date | None, Parameter(help="De dag, als jjjj-mm-dd; leeg is vandaag.")]
Waarom = Annotated[str, Parameter(name="--reden", help="Waarom; verplicht bij (gedeeltelijk) afwijzen.")]

verzoek_app = App(name="verzoek", help="Behandel een verzoek om inzage of verbetering van gegevens.")


@verzoek_app.command
def lijst(*, alle: bool = False, als_json: Json = False) -> None:
    """Noem de verzoeken die nog openstaan, met hun laatste dag.

    Parameters
    ----------
    alle
        Ook wat al is afgehandeld.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.verzoeken import verzoeklijst

    toon(verzoeklijst(omgeving(), alle=alle), als_json, _toon_lijst)


@verzoek_app.command
def ontvang(
    referentie: Referentie,
    /,
    *,
    recht: Recht,
    door: Door,
    datum: Datum = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg vast dat er een verzoek binnenkwam; de maand om te antwoorden loopt vanaf die dag.

    Parameters
    ----------
    recht
        Inzage (artikel 15 AVG) of rectificatie (artikel 16 AVG).
    """
    _meld(referentie, "verzoek_ontvangen", {"recht": recht.value}, door, "", datum, proef=proef, als_json=als_json)


@verzoek_app.command
def verleng(
    referentie: Referentie,
    /,
    *,
    reden: Reden,
    door: Door,
    nummer: Nummer = None,
    datum: Datum = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Verleng de termijn met twee maanden. De inburgeraar hoort dat binnen de eerste maand, met de reden."""
    _meld(referentie, "verzoek_verlengd", _nummer(nummer), door, reden, datum, proef=proef, als_json=als_json)


@verzoek_app.command(name="handel-af")
def handel_af(
    referentie: Referentie,
    /,
    *,
    uitkomst: Literal["ingewilligd", "gedeeltelijk", "afgewezen", "ingetrokken"],
    door: Door,
    reden: Waarom = "",
    nummer: Nummer = None,
    datum: Datum = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg vast hoe het verzoek is beantwoord. Afwijzen is een besluit: wijs in de brief op bezwaar."""
    gegevens = {**_nummer(nummer), "uitkomst": uitkomst}
    _meld(referentie, "verzoek_afgehandeld", gegevens, door, reden, datum, proef=proef, als_json=als_json)


@verzoek_app.command
def inzage(referentie: Referentie, /, *, door: Door, als_json: Json = False) -> None:
    """Geef alles wat over de persoon is vastgelegd, om te verstrekken. Bevat persoonsgegevens."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.inzagekopie import inzage_export

    hier, dossier_id = _zoek(referentie)
    toon(inzage_export(hier, dossier_id, Actor(door)), als_json)


def _nummer(nummer: int | None) -> dict[str, Any]:
    return {} if nummer is None else {"nummer": nummer}


def _zoek(referentie: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        return hier, ruimte.dossier_bij(referentie).id


def _meld(
    referentie: str,
    soort: str,
    gegevens: dict[str, Any],
    door: str,
    reden: str,
    datum: date | None,
    *,
    proef: bool,
    als_json: bool,
) -> None:
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.melden import meld, proef_melding

    hier, dossier_id = _zoek(referentie)
    dag = datum or hier.klok.vandaag()
    doe = proef_melding if proef else meld
    uitwerking = doe(hier, dossier_id, soort, dag, gegevens, Actor(door), reden=reden)
    assert uitwerking is not None  # alleen een feit met een bronkenmerk kan er al zijn
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "referentie": "Dossier", "gemeente": "Gemeente", "nummer": "Nummer", "recht": "Recht",
        "ontvangen_op": "Ontvangen op", "uiterst": "Uiterlijk", "verlengd_op": "Verlengd op", "staat": "Staat",
        "uitkomst": "Uitkomst",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er staat geen verzoek open.")
