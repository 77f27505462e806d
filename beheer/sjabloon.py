"""`regie sjabloon`: de sjablonen van berichten en brieven bekijken, toetsen, en een brief bij een stap maken."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Json, fout, toon

if TYPE_CHECKING:
    from adapters.sjablonen import Sjablonen
    from domein.ports import Brief

BEGRIPPEN: Final = Path(__file__).resolve().parents[1] / "docs" / "begrippen.md"
_ERNST: Final = ("fout", "waarschuwing", "info")

sjabloon_app = App(name="sjabloon", help="Bekijk en toets de sjablonen van berichten en brieven.")
Map = Annotated[Path | None, Parameter(name="--map", help="Map met eigen sjablonen; zonder: die van deze installatie.")]


@sjabloon_app.command(name="lijst")
def lijst(*, map_: Map = None, als_json: Json = False) -> None:
    """Noem elke soort bericht en brief, met haar variabelen, en of er een eigen sjabloon van de regio is."""
    from adapters.sjablonen_soorten import berichtsoorten

    sjablonen = _sjablonen(map_)
    rijen = [
        {
            "soort": soort.naam, "vorm": soort.vorm, "wat": soort.wat, "ontvanger": soort.ontvanger,
            "vraagt_iets": soort.vraagt_iets, "talen": list(soort.talen),
            "eigen": [taal for naam, taal in sjablonen.eigen() if naam == soort.naam],
            "variabelen": {v.naam: {"type": v.type, "uitleg": v.uitleg} for v in soort.variabelen},
        }
        for soort in berichtsoorten().values()
    ]  # fmt: skip
    toon(rijen, als_json, _toon_lijst)


@sjabloon_app.command(name="toon")
def toon_een(
    soort: str,
    /,
    *,
    taal: str = "nl",
    stap: str | None = None,
    door: str | None = None,
    dag: date | None = None,
    tijd: str = "",
    plaats: str = "",
    telefoon: str = "",
    html: bool = False,
    als_json: Json = False,
) -> None:
    """Laat een bericht of brief zien, met verzonnen gegevens of ingevuld voor een echte stap.

    Een brief bij een echte stap bevat de naam van de persoon. Zij wordt alleen getoond: niet verstuurd, niet bewaard.

    Parameters
    ----------
    soort
        De soort, zoals taak of brief_oproep; zie 'regie sjabloon lijst'.
    taal
        De taal, zoals nl, en of ar.
    stap
        De stap waarvoor de brief is, zoals D-7F3K9:intake/oproep/1. Alleen voor brieven; geef dan ook --door.
    door
        Code van de medewerker die de brief maakt.
    dag
        De dag van het gesprek; zonder is het een voorstel.
    tijd
        De tijd van het gesprek, zoals 10.00; zonder komt er een stippellijn.
    plaats
        De plaats van het gesprek; zonder komt er een stippellijn.
    telefoon
        Het telefoonnummer in de brief; zonder komt er een stippellijn.
    html
        Toon de HTML in plaats van de tekst.
    """
    from adapters.sjablonen_soorten import berichtsoorten

    bekend = berichtsoorten().get(soort)
    if bekend is None:
        fout(f"De soort '{soort[:60]}' bestaat niet.", "Kijk met 'regie sjabloon lijst' welke er zijn.")
    if stap is None:
        gegevens: dict[str, Any] = dict(bekend.voorbeelden()[0].gegevens)
    elif bekend.vorm != "brief":
        fout(f"'{soort}' is een mail, geen brief.", "Een echte mail staat in 'regie post lijst'.")
    else:
        gegevens = _van_stap(soort, stap, door, {"dag": dag, "tijd": tijd, "plaats": plaats, "telefoon": telefoon})
    # Alleen wat deze soort mag weten: het tolkenbureau hoort geen naam.
    brief = _sjablonen(None).schrijf(soort, {naam: gegevens[naam] for naam in bekend.namen}, taal)
    toon(brief, als_json, _toon_html if html else _toon_tekst)


def _van_stap(soort: str, stap: str, door: str | None, keuzes: dict[str, Any]) -> dict[str, Any]:
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.brieven import Keuzes, briefgegevens
    from domein.handelingen.inzien import zoek_stap

    if door is None:
        fout("Een brief bij een echte stap bevat een naam.", "Zeg met --door wie haar maakt.", code=2)
    hier = omgeving()
    return briefgegevens(hier, zoek_stap(hier, stap), soort, Actor(door), Keuzes(**keuzes))


@sjabloon_app.command
def toets(*, map_: Map = None, als_json: Json = False) -> int:
    """Toets elk sjabloon: is het te vullen, is het veilig, en is het in klare taal. Einde 1 bij een fout."""
    from adapters.sjablonen_toets import klare_taal
    from adapters.sjablonen_toets import toets as toets_alles

    bevindingen = toets_alles(_sjablonen(map_), klare_taal(BEGRIPPEN), _regelteksten())
    bevindingen.sort(key=lambda b: _ERNST.index(b.ernst))
    toon([asdict(b) for b in bevindingen], als_json, _toon_bevindingen)
    return 1 if any(b.ernst == "fout" for b in bevindingen) else 0


def _regelteksten() -> list[tuple[str, str]]:
    """De zinnen die de regels in een mail zetten, uit korte levens waarin elke soort stap voorkomt."""
    from beheer.naslag.levens import gezien

    return [(f"regels:{een.stap.kenmerk}", een.stap.waarom) for een in gezien()]


@sjabloon_app.command
def voorbeelden(
    *,
    controleer: Annotated[bool, Parameter(help="Schrijf niets; zeg alleen of de bladen nog kloppen.")] = False,
    als_json: Json = False,
) -> int:
    """Schrijf docs/berichten opnieuw uit de sjablonen. Met --controleer is het einde 1 als een blad niet meer klopt."""
    from beheer import sjabloonvoorbeelden

    hoort, map_ = sjabloonvoorbeelden.bladen(), sjabloonvoorbeelden.MAP
    rijen: list[dict[str, object]] = []
    for naam, tekst in hoort.items():
        pad = map_ / naam
        klopte = pad.exists() and pad.read_text(encoding="utf-8") == tekst
        if not klopte and not controleer:
            map_.mkdir(parents=True, exist_ok=True)
            pad.write_text(tekst, encoding="utf-8")
        if not klopte:
            rijen.append({"blad": f"docs/berichten/{naam}", "wat": "klopt niet meer" if controleer else "geschreven"})
    for pad in sorted(map_.iterdir()) if map_.exists() else ():
        if pad.name not in hoort:
            if not controleer:
                pad.unlink()
            rijen.append({"blad": f"docs/berichten/{pad.name}", "wat": "hoort er niet" if controleer else "verwijderd"})
    toon(rijen, als_json, lambda data: tabel(data, {"blad": "Blad", "wat": "Wat"}, leeg="Alle bladen kloppen."))
    return 1 if controleer and rijen else 0


def _sjablonen(map_: Path | None) -> "Sjablonen":
    from adapters.omgeving import instellingen
    from adapters.sjablonen import Sjablonen

    if map_ is not None and not map_.is_dir():
        fout(f"De map {map_} bestaat niet.", "Geef een map met daarin per soort en taal een sjabloon.")
    return Sjablonen(map_ or instellingen().eigen_sjablonen)


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    plat = [{**rij, "talen": ", ".join(rij["talen"]), "eigen": ", ".join(rij["eigen"])} for rij in rijen]
    kolommen = {"soort": "Soort", "vorm": "Vorm", "ontvanger": "Aan", "talen": "Talen", "eigen": "Eigen", "wat": "Wat"}
    tabel(plat, kolommen, leeg="Er zijn geen sjablonen.")


def _toon_tekst(brief: "Brief") -> None:
    print(f"Onderwerp: {brief.onderwerp}\n\n{brief.tekst}", end="")


def _toon_html(brief: "Brief") -> None:
    print(brief.html, end="")


def _toon_bevindingen(rijen: list[dict[str, Any]]) -> None:
    if not rijen:
        print("Alle sjablonen zijn in orde.")
        return
    for rij in rijen:
        print(
            f"{rij['ernst'].upper()} {rij['plaats']}: {rij['melding']}" + (f" {rij['uitweg']}" if rij["uitweg"] else "")
        )
    print(f"{sum(rij['ernst'] == 'fout' for rij in rijen)} fouten.")
