"""`regie regio`: een regio laden, toetsen, of vragen wie een stap doet."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from adapters.regiobestand import laad_regiobestand
from beheer import dossier_afspraken
from beheer.invoer import lees_gemeente
from beheer.regio_overgang import overgang_als_dict, toon_overgang
from beheer.regio_toets import toets
from beheer.regio_verschil import verschil, versies
from beheer.uitvoer import Door, Json, Proef, meld, toon
from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import Gat, Kenmerken, NietVanToepassing, Toewijzing, zoek
from domein.regio.geladen import GeladenRegio
from domein.regio.model import Regio
from domein.regio.soorten import Alfabetisering

if TYPE_CHECKING:
    from domein.handelingen.regio import Regioverschil
    from domein.handelingen.regio_overgang import BevestigingNodig, Overgang

VOORBEELD: Final = Path(__file__).resolve().parent.parent / "voorbeelden" / "avres"

regio_app = App(name="regio", help="Laad of toets een regio, of vraag wie wat doet.")
regio_app.command(dossier_afspraken.uitval)


@regio_app.command
def laad(
    map_of_bestand: Path,
    /,
    *,
    door: Door = "regiobeheer",
    bevestigd_door: Annotated[
        str | None, Parameter(help="Medewerkercode van wie bevestigt wat er voor lopende dossiers verandert.")
    ] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Controleer een regio en bewaar haar als nieuwe versie. Een kapot bestand vervangt nooit een werkend.

    Verandert er iets voor lopende dossiers, dan toont dit eerst wat, en vraagt om een bevestiging met een naam.
    """
    geladen = laad_regiobestand(map_of_bestand)
    for melding in geladen.meldingen:
        meld(f"{melding.ernst.value}: {melding.plaats}: {melding.melding} {melding.uitweg}".rstrip())
    if proef:
        from adapters.omgeving import omgeving
        from domein.handelingen.regio_overgang import bekijk_overgang

        zou = bekijk_overgang(omgeving(), geladen)
        toon(overgang_als_dict(zou) | {"proef": True}, als_json, toon_overgang)
        return int(bool(zou.mislukt or zou.onbekend))
    gelukt = bewaar_regio(geladen, door, bevestigd_door)
    if not isinstance(gelukt, tuple):
        toon(overgang_als_dict(gelukt.overgang) | {"proef": False}, als_json, toon_overgang)
        meld(f"Fout: {gelukt.melding} {gelukt.uitweg}")
        return 1
    verschil, overgang = gelukt
    toon(
        {
            **overgang_als_dict(overgang),
            "regio": verschil.regio,
            "versie": verschil.versie,
            "nieuw": verschil.nieuw,
            "vorige": verschil.vorige,
            "geldig_van": geladen.geldig_van,
            "sha256": geladen.sha256,
        },
        als_json,
        _toon_geladen,
    )
    if overgang.onaf is not None:
        meld(f"Geladen, maar: {overgang.onaf.melding} {overgang.onaf.uitweg}")
    return int(overgang.onaf is not None)


regio_app.command(toets)


@Parameter(name="*")
@dataclass(frozen=True)
class Persoon:
    """Voor wie gevraagd wordt; zonder leerroute is zij nog onbekend, zonder doelgroep een asielstatushouder."""

    leerroute: Leerroute = Leerroute.ONBEKEND
    doelgroep: Doelgroep = Doelgroep.ASIELSTATUSHOUDER
    nareiziger: bool = False
    ontzorgen: bool = False
    leeftijd: Annotated[int | None, Parameter(help="In hele jaren, als een afspraak daar een eis aan stelt.")] = None
    alfabetisering: Alfabetisering | None = None


NIETS_BIJZONDERS: Final = Persoon()


@regio_app.command
def wie(
    *,
    gemeente: str,
    stap: Stapsoort,
    op: date,
    persoon: Persoon = NIETS_BIJZONDERS,
    zonder: Annotated[tuple[str, ...], Parameter(help="Partner die niet kan, bijvoorbeeld na een weigering.")] = (),
    regio_bestand: Path | None = None,
    als_json: Json = False,
) -> int:
    """Zeg wie een stap doet, wie besluit en tekent, wie betaalt, wie wat ziet, en waarom.

    Zonder leerroute is zij nog onbekend; zonder doelgroep gaat het om een asielstatushouder.
    """
    gemeente = lees_gemeente(gemeente)
    regio = _regio(op, regio_bestand)
    antwoord = zoek(
        regio,
        gemeente=gemeente,
        stap=stap,
        leerroute=persoon.leerroute,
        doelgroep=persoon.doelgroep,
        op=op,
        uitgesloten_partners=zonder,
        nareiziger=persoon.nareiziger,
        kenmerken=Kenmerken(persoon.ontzorgen, persoon.leeftijd, persoon.alfabetisering),
    )
    toon(antwoord_als_dict(antwoord), als_json, _toon_antwoord)
    return 1 if isinstance(antwoord, Gat) else 0


regio_app.command(verschil)
regio_app.command(versies)


@regio_app.command
def schema() -> None:
    """Geef het JSON-schema van een regiobestand, voor een editor die meekijkt."""
    from adapters.regionaslag import json_schema

    toon(json_schema(), als_json=False)


@regio_app.command
def kolommen() -> None:
    """Geef alle kolommen van een regiobestand met hun betekenis, als Markdown."""
    from adapters.regionaslag import naslag

    toon(naslag(), als_json=False, tekst=lambda tekst: print(tekst, end=""))


def bewaar_regio(
    geladen: GeladenRegio, door: str, bevestigd_door: str | None = None
) -> "tuple[Regioverschil, Overgang] | BevestigingNodig":
    """Bewaar een goedgekeurde regio in de database van deze installatie, of zeg dat iemand moet bevestigen."""
    # Pas hier: de database laden kost tijd, en `toets` en `wie` werken ook zonder.
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.regio_overgang import BevestigingNodig, activeer

    try:
        return activeer(omgeving(), geladen, Actor(door), bevestigd_door=bevestigd_door)
    except BevestigingNodig as nodig:
        return nodig


def antwoord_als_dict(antwoord: Toewijzing | NietVanToepassing | Gat) -> dict[str, Any]:
    """Geef het antwoord altijd met dezelfde sleutels; wat er niet is, is null."""
    leeg: dict[str, Any] = dict.fromkeys(
        (
            "uitvoerder",
            "rol",
            "voorbereider",
            "bevoegd_orgaan",
            "mandaat",
            "ondertekenaar",
            "betaler",
            "tarief",
        ),
    )
    leeg |= {
        "inzage": [],
        "avg_rol": None,
        "afzender": None,
        "afspraak": None,
        "waarom": "",
        "afgevallen": [],
    }
    soort = {Toewijzing: "toewijzing", NietVanToepassing: "niet_van_toepassing", Gat: "gat"}[type(antwoord)]
    return {"uitkomst": soort, **leeg, **antwoord.model_dump(mode="json")}


def _regio(op: date, pad: Path | None) -> Regio:
    if pad is not None:
        return laad_regiobestand(pad).regio
    if (geladen := _uit_installatie(op)) is not None:
        return geladen
    meld(f"Er is hier geen regio geladen; dit antwoord komt uit het voorbeeld {VOORBEELD.name}.")
    return laad_regiobestand(VOORBEELD).regio


def _uit_installatie(op: date) -> Regio | None:
    """Geef de geladen regio van die dag, of None als er geen installatie of versie is."""
    from adapters.omgeving import instellingen, omgeving
    from domein.handelingen.regio import regio_op

    database = instellingen().database
    if database.startswith("sqlite") and not Path(database.removeprefix("sqlite:///")).exists():
        return None  # een vraag maakt geen lege database aan
    with omgeving().magazijn.ruimte() as ruimte:
        if not ruimte.regioversies(omgeving().regio):
            return None
        return regio_op(ruimte, omgeving(), op)


def _toon_geladen(data: dict[str, Any]) -> None:
    if data["nieuw"]:
        print(f"Regio {data['regio']}, versie {data['versie']}, is geladen en geldt vanaf {data['geldig_van']}.")
    else:
        print(f"Regio {data['regio']}, versie {data['versie']}, was al geladen; er is niets veranderd.")


def _toon_antwoord(data: dict[str, Any]) -> None:
    print(data["waarom"])
    regels = (
        ("Uitvoerder", data["uitvoerder"]),
        ("Bevoegd orgaan", data["bevoegd_orgaan"]),
        ("Ondertekenaar", data["ondertekenaar"]),
        ("Betaler", data["betaler"]),
        ("Mag zien", ", ".join(data["inzage"])),
        ("AVG-rol", data["avg_rol"]),
        ("Afzender", data["afzender"]),
    )
    for naam, waarde in regels:
        if waarde:
            print(f"  {naam + ':':<16} {waarde}")
    for weg in data["afgevallen"]:
        print(f"  Niet gekozen:    {weg['afspraak']} {weg['uitvoerder']}: {weg['reden']}")
