"""`regie dossier maatwerk|maatwerk-eindigt|bied-aan` en `regie regio uitval`: afwijken, overdragen, herplaatsen."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from beheer.invoer import lees_json
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon
from beheer.uitwerking import voer_uit_en_toon
from domein.begrippen import Stapsoort

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
_MEER = '{"rol": "aanbieder", "bedrag": "900"}'


def voeg_toe(app: App) -> None:
    """Hang deze opdrachten onder `regie dossier`."""
    app.command(maatwerk)
    app.command(maatwerk_eindigt, name="maatwerk-eindigt")
    app.command(bied_aan, name="bied-aan")


def maatwerk(
    referentie: Annotated[str | None, Parameter(help="Het dossier; weglaten noemt al het maatwerk.")] = None,
    /,
    *,
    stap: Stapsoort | None = None,
    partner: str | None = None,
    tot: date | None = None,
    gegevens: Annotated[str | None, Parameter(help="Rol, bedrag, betaler of inzage, als JSON.")] = None,
    reden: Annotated[Reden, Parameter(show_default=False)] = "",
    door: Annotated[str, Parameter(help="Code van de mandaathouder die dit besluit.", show_default=False)] = "",
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Wijk voor één persoon af van de afspraken, binnen het mandaat en tot een dag; of noem al het maatwerk.

    Parameters
    ----------
    stap
        De stap waarvoor een ander het doet.
    partner
        De code van de partner die het doet.
    tot
        De laatste dag waarop het geldt, als jjjj-mm-dd.
    """
    from domein.handelingen.maatwerk import maatwerk_lijst, stel_maatwerk_vast

    if referentie is None:
        from adapters.omgeving import omgeving

        toon(maatwerk_lijst(omgeving()), als_json, _toon_lijst)
        return
    if stap is None or partner is None or tot is None or not door:
        fout("Noem --stap, --partner, --tot, --reden en --door.", "regie dossier maatwerk --help", code=2)
    from domein.gebeurtenissen.basis import Actor

    meer = lees_json(gegevens, "--gegevens", _MEER) if gegevens is not None else {}
    hier, dossier_id = _zoek(referentie)
    uitwerking = stel_maatwerk_vast(hier, dossier_id, stap, partner, tot, Actor(door), reden, meer=meer, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def maatwerk_eindigt(
    referentie: Referentie,
    nummer: Annotated[int, Parameter(help="Het nummer; 'regie dossier maatwerk' noemt ze.")],
    /,
    *,
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Beëindig maatwerk vóór zijn einddatum."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.maatwerk import beeindig_maatwerk

    hier, dossier_id = _zoek(referentie)
    uitwerking = beeindig_maatwerk(hier, dossier_id, nummer, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def bied_aan(
    referentie: Referentie,
    /,
    *,
    aan: Annotated[str, Parameter(help="De code van de klantmanager aan wie u het dossier aanbiedt.")],
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Bied een dossier aan een andere klantmanager aan; tot die aanvaardt, blijft de vorige verantwoordelijk."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import overdragen

    hier, dossier_id = _zoek(referentie)
    uitwerking = overdragen.bied_aan(hier, dossier_id, aan, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def uitval(
    partner: Annotated[str, Parameter(help="De code van de aanbieder die wegvalt.")],
    /,
    *,
    redencode: Literal["keurmerk-kwijt", "gestopt", "anders"],
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Een aanbieder valt weg: begin voor iedereen die daar les krijgt een herplaatsing, in alle gemeenten."""
    from dataclasses import asdict

    from adapters.omgeving import instellingen, omgeving
    from adapters.wekker import wek_ronde
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.uitval import meld_uitval

    getroffen = meld_uitval(omgeving(), partner, redencode, Actor(door), reden, proef=proef)
    if not proef:
        wek_ronde(instellingen().map)
    toon([asdict(een) for een in getroffen], als_json, _toon_uitval)


def _toon_uitval(rijen: list[dict[str, Any]]) -> None:
    tabel(rijen, {"referentie": "Dossier", "gemeente": "Gemeente"}, leeg="Niemand krijgt nu les bij deze aanbieder.")


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "dossier": "Dossier", "nummer": "Nr", "gemeente": "Gemeente", "stap": "Stap", "partner": "Partner",
        "van": "Van", "tot": "Tot en met", "goedgekeurd_door": "Goedgekeurd door",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er geldt geen maatwerk.")


def _zoek(referentie: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        return hier, ruimte.dossier_bij(referentie).id
