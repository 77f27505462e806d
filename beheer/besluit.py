"""`regie besluit`: een besluit van concept tot bekendmaking, met wie, waarom en onder welk mandaat."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from cyclopts import App, Parameter

from beheer.invoer import lees_json
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon
from beheer.uitwerking import voer_uit_en_toon

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
Nummer = Annotated[int, Parameter(help="Het nummer van het besluit; 'regie besluit lijst' noemt het.")]
Optioneel = Annotated[Reden, Parameter(show_default=False)]
_VELDEN: Final = '{"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}'

besluit_app = App(name="besluit", help="Neem een besluit: concept, gronden, advies, handtekening, bekendmaking.")


@besluit_app.command
def lijst(
    referentie: Annotated[str | None, Parameter(help="Het dossier; weglaten noemt alle besluiten.")] = None,
    /,
    *,
    als_json: Json = False,
) -> None:
    """Noem de besluiten, met hoe ver zij zijn, wie tekende en onder welk mandaat."""
    from adapters.omgeving import omgeving
    from domein.handelingen.besluit_inzien import besluit_lijst

    toon(besluit_lijst(omgeving(), referentie), als_json, _toon_lijst)


@besluit_app.command(name="toon")
def laat_zien(
    referentie: Referentie,
    nummer: Annotated[str, Parameter(help="Het nummer of de sleutel van het besluit, zoals 2 of pip-1.")],
    /,
    *,
    tekst_voor: Annotated[
        str | None, Parameter(name="--tekst-voor", help="Toon ook de tekst, aan deze medewerker.")
    ] = None,
    als_json: Json = False,
) -> None:
    """Toon een besluit: de gronden, de adviezen, het mandaat en elke handeling, zodat het is na te gaan."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluit_inzien import besluit_toon

    actor = Actor(tekst_voor) if tekst_voor else None
    toon(besluit_toon(omgeving(), referentie, nummer, actor), als_json, _toon_een)


@besluit_app.command
def maatregel(referentie: Referentie, /, *, als_json: Json = False) -> None:
    """Toon wat over maatregelen bekend is: signalen, geschiedenis, het tarief met zijn artikel, en bezwaar."""
    from adapters.omgeving import omgeving
    from domein.handelingen.besluit_inzien import maatregel_toon

    toon(maatregel_toon(omgeving(), referentie), als_json, _toon_maatregel)


@besluit_app.command
def concept(
    referentie: Referentie,
    /,
    *,
    stap: Annotated[str, Parameter(help="De stap die op een besluit wacht, zoals pip/vaststellen/1.")],
    uitkomst: Annotated[str, Parameter(help="Wat het besluit wordt, zoals pip_vastgesteld of voorstel_afgewezen.")],
    gegevens: Annotated[str | None, Parameter(name="--gegevens", help="De velden van het besluit, als JSON.")] = None,
    reden: Optioneel = "",
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Begin een besluit. De tekst komt uit het sjabloon; de motivering schrijft een mens."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import maak_concept

    waarden = lees_json(gegevens, "--gegevens", _VELDEN) if gegevens is not None else {}
    hier, dossier_id = _zoek(referentie)
    uit = maak_concept(hier, dossier_id, stap, uitkomst, waarden, Actor(door), reden=reden, proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


@besluit_app.command
def grond(
    referentie: Referentie,
    nummer: Nummer,
    grond: Annotated[str, Parameter(help="De code van de grond; 'regie besluit toon' noemt ze.")],
    /,
    *,
    oordeel: Literal["onderzocht", "niet_van_toepassing"] = "onderzocht",
    toelichting: Annotated[str, Parameter(help="Wat er is onderzocht en wat bleek.")],
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg vast dat een grond is onderzocht; zonder alle gronden tekent niemand."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import leg_grond_vast

    hier, dossier_id = _zoek(referentie)
    uit = leg_grond_vast(hier, dossier_id, nummer, grond, oordeel, toelichting, Actor(door), proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


@besluit_app.command
def advies(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    strekking: Literal["positief", "negatief", "anders"],
    toelichting: Annotated[str, Parameter(help="Het advies.")],
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg een advies bij het concept."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import geef_advies

    hier, dossier_id = _zoek(referentie)
    uit = geef_advies(hier, dossier_id, nummer, strekking, toelichting, Actor(door), proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


@besluit_app.command
def tekst(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    bestand: Annotated[Path, Parameter(help="Een bestand met de nieuwe tekst.")],
    reden: Optioneel = "",
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg een nieuwe versie van de tekst in de kluis; de vorige versies blijven."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import schrijf_tekst

    try:
        inhoud = bestand.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        fout(f"{bestand} is niet te lezen.", "Geef een tekstbestand in UTF-8.", code=2)
    hier, dossier_id = _zoek(referentie)
    uit = schrijf_tekst(hier, dossier_id, nummer, inhoud, Actor(door), reden=reden, proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


@besluit_app.command
def onderteken(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    op: date | None = None,
    reden: Optioneel = "",
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Teken namens het bevoegd orgaan, met vandaag als dagtekening. Buiten het mandaat wordt het geweigerd.

    Parameters
    ----------
    op
        De dag waarop op papier is getekend, als dat eerder was, als jjjj-mm-dd.
    """
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import onderteken as teken

    hier, dossier_id = _zoek(referentie)
    uit = teken(hier, dossier_id, nummer, Actor(door), reden=reden, op=op, proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


@besluit_app.command(name="maak-bekend")
def maak_bekend(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    wijze: Literal["post", "aangetekend", "uitgereikt", "digitaal"],
    bewijs: Annotated[str, Parameter(help="Het kenmerk van de verzendlijst of het ontvangstbewijs.")],
    op: Annotated[date, Parameter(help="De dag van verzending of uitreiking, als jjjj-mm-dd.")],
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg de bekendmaking vast, met bewijs; de dag erna begint de bezwaartermijn."""
    waarden = {"nummer": nummer, "wijze": wijze, "bewijs": bewijs}
    _meld(referentie, "besluit_bekendgemaakt", op, waarden, door, proef=proef, als_json=als_json)


@besluit_app.command
def retour(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    adres_klopt: Annotated[
        bool, Parameter(name="--adres-klopt", help="Het adres was goed; anders was het fout.")
    ] = False,
    redencode: Literal["onbekend-adres", "vertrokken", "niet-afgehaald", "anders"] = "anders",
    op: Annotated[date, Parameter(help="De dag waarop de post terugkwam, als jjjj-mm-dd.")],
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """De post kwam terug. Klopte het adres niet, dan is er niet bekendgemaakt en loopt er geen termijn."""
    waarden = {"nummer": nummer, "adres_klopt": adres_klopt, "redencode": redencode}
    _meld(referentie, "besluit_retour", op, waarden, door, proef=proef, als_json=als_json)


@besluit_app.command(name="trek-in")
def trek_in(
    referentie: Referentie,
    nummer: Nummer,
    /,
    *,
    redencode: Literal["vervallen", "verkeerd", "anders"] = "anders",
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Trek een concept in; een ondertekend besluit kan niet meer worden ingetrokken."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.besluiten import trek_in as trek

    hier, dossier_id = _zoek(referentie)
    uit = trek(hier, dossier_id, nummer, redencode, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uit, proef=proef, als_json=als_json)


def _meld(
    referentie: str, soort: str, op: date, waarden: dict[str, Any], door: str, *, proef: bool, als_json: bool
) -> None:
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.melden import meld, proef_melding

    hier, dossier_id = _zoek(referentie)
    uit = (proef_melding if proef else meld)(hier, dossier_id, soort, op, waarden, Actor(door))
    if uit is not None:
        voer_uit_en_toon(uit, proef=proef, als_json=als_json)


def _zoek(referentie: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving
    from domein.handelingen.besluit_inzien import dossier_id

    hier = omgeving()
    return hier, dossier_id(hier, referentie)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "dossier": "Dossier", "nummer": "Nr", "soort": "Soort", "stap": "Stap", "stand": "Stand",
        "opsteller": "Opsteller", "ondertekenaar": "Ondertekenaar", "mandaat": "Mandaat", "dagtekening": "Dagtekening",
        "bekendgemaakt_op": "Bekendgemaakt", "bezwaar_tot": "Bezwaar of beroep tot",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen besluiten.")


def _toon_een(rij: dict[str, Any]) -> None:
    print(f"Besluit {rij['nummer']} in {rij['dossier']}: {rij['soort']}, {rij['stand']}.")
    if rij["op_papier"]:
        print(f"Op papier genomen door {rij['ondertekenaar']} op {rij['dagtekening']}; de tekst staat op dat papier.")
    else:
        print(f"Opgesteld door {rij['opsteller']} op {rij['opgesteld_op']}.")
        if rij["ondertekenaar"]:
            print(f"Getekend door {rij['ondertekenaar']} op {rij['dagtekening']}, namens {rij['namens']}.")
    if rij["mandaat"]:
        afgeleid = " (afgeleid uit de afspraken van die dag)" if rij["mandaat_afgeleid"] else ""
        print(f"Mandaat {rij['mandaat']}: {rij['bron_mandaat']}{afgeleid}.")
    if rij["onderzocht"]:
        print(f"Onderzocht: {rij['onderzocht']}")
    if rij["bezwaar_tot"]:
        print(f"Bezwaar of beroep kan tot en met {rij['bezwaar_tot']}.")
    print()
    leeg = "Wat is onderzocht, is hier niet vastgelegd. Het staat op het papieren besluit."
    kolommen = {"code": "Grond", "oordeel": "Oordeel", "door": "Door", "op": "Op", "toelichting": "Wat bleek"}
    tabel(rij["gronden"], kolommen, leeg=leeg)
    print()
    tabel(rij["verloop"], {"op": "Op", "soort": "Wat", "door": "Door", "reden": "Reden"})
    if "tekst" in rij:
        print(f"\n{rij['tekst']}", end="")


def _toon_maatregel(rij: dict[str, Any]) -> None:
    tabel(
        rij["signalen"], {"gedraging_op": "Op", "wat": "Signaal", "artikel": "Artikel"}, leeg="Er zijn geen signalen."
    )
    for een in rij["maatregelen"]:
        print(f"\nMaatregel {een['nummer']} voor de gedraging van {een['gedraging_op']}:")
        hoogsten = [{"verwijt": v, **t} for v, t in een["tarief"].items()]
        tabel(hoogsten, {"verwijt": "Verwijtbaarheid", "hoogstens": "Hoogstens", "uitleg": "Uitleg"})
