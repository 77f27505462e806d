"""De handleiding klopt: haar stukken vormen samen een regio die werkt, en elke bevinding staat erin."""

import ast
import re
from datetime import date
from pathlib import Path

from adapters.regiobestand import toets_regiobestand
from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import Kenmerken, Toewijzing, zoek
from domein.regio.soorten import Alfabetisering

WORTEL = Path(__file__).parents[2]
TEKST = (WORTEL / "docs" / "handleidingen" / "regio-opschrijven.md").read_text(encoding="utf-8")
MELDERS = [
    *(WORTEL / "domein" / "regio").glob("controle*.py"),
    *(WORTEL / "domein" / "regels").glob("dekking*.py"),
    WORTEL / "adapters" / "regiobestand.py",
]


def regio_uit_handleiding(map_: Path) -> Path:
    stukken = re.findall(r"```toml\n(.*?)```", TEKST, re.DOTALL)
    (map_ / "regio.toml").write_text("\n".join(stukken), encoding="utf-8")
    return map_


def test_de_stukken_van_de_handleiding_vormen_een_regio_zonder_bevindingen(tmp_path: Path) -> None:
    geladen, bevindingen = toets_regiobestand(regio_uit_handleiding(tmp_path), date(2026, 3, 2))
    assert bevindingen == ()
    assert geladen is not None
    regio = geladen.regio
    for profiel, verwacht in ((None, "taalkade"), (Alfabetisering.ANALFABEET, "taalwal")):
        antwoord = zoek(
            regio, gemeente="GM0216", stap=Stapsoort.AANMELDING, leerroute=Leerroute.Z,
            doelgroep=Doelgroep.ASIELSTATUSHOUDER, op=date(2026, 3, 2), kenmerken=Kenmerken(alfabetisering=profiel),
        )  # fmt: skip
        assert isinstance(antwoord, Toewijzing)
        assert antwoord.uitvoerder == verwacht


def soorten_in_de_code() -> set[str]:
    """De eerste tekst van elke Bevinding; een naam die uit stukken bestaat tot aan het eerste stuk."""
    gevonden: set[str] = set()
    for bestand in MELDERS:
        for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Name) and knoop.func.id == "Bevinding":
                eerste = knoop.args[0]
                if isinstance(eerste, ast.Constant):
                    gevonden.add(str(eerste.value))
                elif isinstance(eerste, ast.JoinedStr) and isinstance(eerste.values[0], ast.Constant):
                    gevonden.add(str(eerste.values[0].value))
    return gevonden | {"geen_adres", "ongeldige_waarde"}


def test_elke_bevinding_staat_in_de_handleiding_en_andersom() -> None:
    rijen = re.findall(r"^\| (`[^|]+) \|", TEKST, re.MULTILINE)
    uitgelegd = {naam for rij in rijen for naam in re.findall(r"`([a-z_]+)", rij)}
    # Een naam met een staart (onbekende_partner, loopt_af_30) staat er als groep.
    staart = {"onbekende_gemeente": "onbekende_"}
    assert {staart.get(soort, soort) for soort in soorten_in_de_code()} == uitgelegd


def test_elke_verwijzing_in_de_handleiding_bestaat() -> None:
    for doel in re.findall(r"\]\(([^)#]+)\)", TEKST):
        assert (WORTEL / "docs" / "handleidingen" / doel).resolve().exists(), doel
