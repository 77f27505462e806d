"""`regie stap`: stappen bekijken, een uitkomst vastleggen, en wat een mens over een stap besluit."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from beheer import stap_ops
from beheer.invoer import lees_gemeente, lees_json
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Reden, toon
from beheer.uitwerking import voer_uit_en_toon
from domein.begrippen import Stapsoort, Stapstatus

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Wijzer = Annotated[str, Parameter(help="Het id van de stap, of dossier en kenmerk: D-7F3K9:voortgang/3.")]
Gegevens = Annotated[str | None, Parameter(name="--gegevens", help="De velden van de uitkomst, als JSON.")]
_GEGEVENS: Final = '{"op_koers": true}'

stap_app = App(name="stap", help="Bekijk stappen, leg uitkomsten vast, en verzet of verdeel het werk.")
stap_ops.voeg_toe(stap_app)


@stap_app.command
def lijst(
    *,
    status: Annotated[tuple[Stapstatus, ...], Parameter(show_default=False)] = (),
    gemeente: str | None = None,
    partner: str | None = None,
    medewerker: str | None = None,
    stap: Stapsoort | None = None,
    dossier: str | None = None,
    als_json: Json = False,
) -> None:
    """Noem de stappen, de dringendste eerst, met status, dagen, partner en run.

    Parameters
    ----------
    status
        Alleen stappen met deze status; mag vaker.
    gemeente
        Alleen stappen van deze gemeente, zoals Gorinchem of GM0512.
    partner
        Alleen stappen bij deze partner.
    medewerker
        Alleen stappen bij deze medewerker.
    stap
        Alleen stappen van dit thema, zoals intake of duo.
    dossier
        Alleen stappen van dit dossier, zoals D-7F3K9.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import stap_lijst

    rijen = stap_lijst(
        omgeving(),
        referentie=dossier,
        statussen=status or None,
        gemeente=lees_gemeente(gemeente) if gemeente else None,
        partner=partner,
        medewerker=medewerker,
        stapsoort=stap.value if stap else None,
    )
    toon(rijen, als_json, _toon_lijst)


@stap_app.command
def uitkomst(
    stap: Wijzer,
    /,
    *,
    soort: str,
    datum: date,
    door: Door,
    gegevens: Gegevens = None,
    reden: Annotated[Reden, Parameter(show_default=False)] = "",
    als_json: Json = False,
) -> None:
    """Leg vast hoe een stap afliep; het plan volgt daaruit.

    Parameters
    ----------
    soort
        De uitkomst, zoals gesprek_gevoerd; past zij niet bij de stap, dan noemt de fout welke wel kunnen.
    datum
        De dag waarop het gebeurde, als jjjj-mm-dd.
    """
    from adapters.omgeving import instellingen
    from adapters.wekker import wek_ronde
    from domein.fouten import AlBeantwoord
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.uitkomst import geef_uitkomst

    waarden = lees_json(gegevens, "--gegevens", _GEGEVENS)
    hier, stap_id = _zoek(stap)
    try:
        uitwerking = geef_uitkomst(hier, stap_id, soort, datum, waarden, Actor(door), reden=reden)
    except AlBeantwoord:
        wek_ronde(instellingen().map)  # het tweede antwoord werd een vraag aan een mens
        raise
    voer_uit_en_toon(uitwerking, proef=False, als_json=als_json)


def _zoek(wijzer: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import zoek_stap

    hier = omgeving()
    return hier, zoek_stap(hier, wijzer)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "dossier": "Dossier", "kenmerk": "Stap", "titel": "Wat", "status": "Status", "start": "Start",
        "streef": "Streefdag", "uiterst": "Uiterst", "partner": "Partner", "medewerker": "Bij",
        "gemeente": "Gemeente",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen stappen die hierbij passen.")
