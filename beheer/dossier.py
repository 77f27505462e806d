"""`regie dossier`: een dossier en zijn plan bekijken, iets melden of doorhalen."""

from datetime import date
from typing import Annotated, Any, Final

from cyclopts import App, Parameter

from beheer import dossier_afspraken, dossier_beheer, dossier_persoon
from beheer.invoer import lees_gemeente, lees_json, lees_moment
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, toon
from beheer.uitwerking import toon_wijzigingen, voer_uit_en_toon
from domein.begrippen import Dossierstatus

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
BekendOp = Annotated[
    str | None,
    Parameter(name="--zoals-bekend-op", help="Zoals het toen bekend was: een dag of een moment."),
]
Gegevens = Annotated[str | None, Parameter(name="--gegevens", help="De velden van de gebeurtenis, als JSON.")]
_STEL_DAT: Final = '{"soort": "brp_ingeschreven", "datum": "2026-03-06", "gegevens": {}}'
_GEGEVENS: Final = '{"nieuwe_einddatum": "2030-03-06"}'

dossier_app = App(name="dossier", help="Bekijk een dossier en zijn plan, meld iets of haal iets door.")
dossier_beheer.voeg_toe(dossier_app)
dossier_afspraken.voeg_toe(dossier_app)
dossier_persoon.voeg_toe(dossier_app)


@dossier_app.command
def lijst(*, gemeente: str | None = None, status: Dossierstatus | None = None, als_json: Json = False) -> None:
    """Noem de dossiers met hun volgende stap.

    Parameters
    ----------
    gemeente
        Alleen dossiers van deze gemeente, zoals Gorinchem of GM0512.
    status
        Alleen lopende of beëindigde dossiers.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import dossier_lijst

    gemeente = lees_gemeente(gemeente) if gemeente else None
    rijen = [
        rij
        for rij in dossier_lijst(omgeving())
        if gemeente in (None, rij["gemeente"]) and (status is None or rij["status"] == status.value)
    ]
    toon(rijen, als_json, _toon_lijst)


@dossier_app.command(name="toon")
def toon_(referentie: Referentie, /, *, zoals_bekend_op: BekendOp = None, als_json: Json = False) -> None:
    """Toon een dossier: zijn stand, termijnen, stappen en gebeurtenissen."""
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import toon_dossier

    moment = lees_moment(zoals_bekend_op, "--zoals-bekend-op")
    toon(toon_dossier(omgeving(), referentie, zoals_bekend_op=moment), als_json, _toon_dossier)


@dossier_app.command
def plan(
    referentie: Referentie,
    /,
    *,
    stel_dat: Annotated[
        str | None, Parameter(name="--stel-dat", help="Een gebeurtenis, als JSON; er wordt niets bewaard.")
    ] = None,
    zoals_bekend_op: BekendOp = None,
    als_json: Json = False,
) -> None:
    """Toon het plan van een dossier met de redenen, en wat een gebeurtenis eraan zou veranderen."""
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import toon_plan

    stel = lees_json(stel_dat, "--stel-dat", _STEL_DAT) if stel_dat is not None else None
    moment = lees_moment(zoals_bekend_op, "--zoals-bekend-op")
    toon(toon_plan(omgeving(), referentie, stel=stel, zoals_bekend_op=moment), als_json, _toon_plan)


@dossier_app.command
def meld(
    referentie: Referentie,
    /,
    *,
    soort: str,
    datum: date,
    door: Door,
    gegevens: Gegevens = None,
    reden: Annotated[Reden, Parameter(show_default=False)] = "",
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg vast wat er is gebeurd, zoals een verhuizing, een overlijden of een verlenging door DUO.

    Parameters
    ----------
    soort
        De soort gebeurtenis, zoals verlengd; bij een onbekende soort noemt de fout ze alle.
    datum
        De dag waarop het gold, als jjjj-mm-dd.
    """
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import melden

    waarden = lees_json(gegevens, "--gegevens", _GEGEVENS)
    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        dossier_id = ruimte.dossier_bij(referentie).id
    handeling = melden.proef_melding if proef else melden.meld
    uitwerking = handeling(hier, dossier_id, soort, datum, waarden, Actor(door), reden=reden)
    if uitwerking is not None:  # None komt alleen bij een bronkenmerk, en dat geven wij niet
        voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


@dossier_app.command
def doorhaal(
    referentie: Referentie,
    gebeurtenis: Annotated[str, Parameter(help="Het volgnummer van de gebeurtenis; 'dossier toon' noemt ze.")],
    /,
    *,
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Haal een gebeurtenis door: zij geldt niet meer, maar blijft leesbaar."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import doorhalen

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        dossier_id = ruimte.dossier_bij(referentie).id
    handeling = doorhalen.proef_doorhaling if proef else doorhalen.haal_door
    uitwerking = handeling(hier, dossier_id, gebeurtenis, Actor(door), reden)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "referentie": "Dossier", "gemeente": "Gemeente", "status": "Status", "klantmanager": "Klantmanager",
        "volgende_stap": "Volgende stap", "volgende_dag": "Streefdag", "einde": "Einde",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen dossiers.")


def _toon_dossier(data: dict[str, Any]) -> None:
    stand = data["stand"]
    if not data["gebeurtenissen"]:
        print(f"Dossier {data['referentie']} was toen nog niet bekend.")
        return
    print(f"Dossier {data['referentie']}: {data['status']}, {stand['gemeente']}, {stand['doelgroep']}.")
    velden = {
        "leerroute": "Leerroute", "klantmanager": "Klantmanager", "kennisgeving_op": "Kennisgeving",
        "intake_op": "Intake", "dagtekening_pip": "PIP van", "gesprekken_gevoerd": "Gesprekken gevoerd",
        "einde": "Einde", "einde_op": "Geëindigd op",
    }  # fmt: skip
    gevuld = [{"wat": kop, "waarde": stand[naam]} for naam, kop in velden.items() if stand[naam]]
    tabel(gevuld, {"wat": "Stand", "waarde": ""})
    brief = data["geadresseerde"]
    aan = brief["aan"] if brief["soort"] is None else f"{brief['aan']} ({brief['soort']})"
    print(f"Brieven gaan naar: {aan}, per {brief['kanaal']}, in de taal {brief['taal']}.")
    _toon_termijnen(data["termijnen"])
    print()
    stappen = {
        "kenmerk": "Stap", "titel": "Wat", "status": "Status", "start": "Start", "streef": "Streefdag",
        "uiterst": "Uiterst", "partner": "Partner", "medewerker": "Bij",
    }  # fmt: skip
    if data["stappen"] and "status" not in data["stappen"][0]:
        for kolom in ("status", "partner", "medewerker"):  # wie het toen deed, staat in de gebeurtenissen
            del stappen[kolom]
    tabel(data["stappen"], stappen, leeg="Er zijn geen stappen.")
    print()
    rijen = [{**g, "geldt": "" if g["geldt"] else "doorgehaald of vervangen"} for g in data["gebeurtenissen"]]
    kolommen = {
        "volgnummer": "Nr", "geldig_op": "Geldig op", "label": "Gebeurtenis", "stap": "Stap", "door": "Door",
        "vastgelegd_op": "Vastgelegd op", "reden": "Reden", "geldt": "",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er waren nog geen gebeurtenissen.")
    if not data["keten_klopt"]:
        print("\nLet op: de keten van dit dossier klopt niet. Voer 'regie dokter' uit.")


def _toon_termijnen(termijnen: list[dict[str, Any]]) -> None:
    from domein.regels.bordtelling import BEWAAKT

    if termijnen:
        print()
        kolommen = {"soort": "Termijn", "datum": "Tot en met", "staat": "Staat", "uitleg": "Uitleg"}
        # Een mogelijkheid die voorbij is (bezwaar, een venster) is niet overschreden: zij is voorbij.
        voorbij = [
            {**t, "staat": "voorbij"} if t["staat"] == "overschreden" and t["soort"] not in BEWAAKT else t
            for t in termijnen
        ]
        tabel(voorbij, kolommen)


def _toon_plan(data: dict[str, Any]) -> None:
    print(f"Plan van {data['referentie']} (regeling {data['regeling']})")
    _toon_termijnen(data["termijnen"])
    print()
    kolommen = {
        "kenmerk": "Stap", "titel": "Wat", "start": "Start", "streef": "Streefdag", "uiterst": "Uiterst",
        "rol": "Rol", "waarom": "Waarom", "artikel": "Artikel",
    }  # fmt: skip
    tabel(data["stappen"], kolommen, leeg="Er hoeft niets meer te gebeuren.")
    if "wijzigingen" in data:
        print(f"\nStel dat {data['stel_dat']['soort']} op {data['stel_dat']['datum']} geldt:")
        toon_wijzigingen(data["wijzigingen"])
