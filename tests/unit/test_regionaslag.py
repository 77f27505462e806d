"""De naslag en het schema volgen het model: geen kolom zonder uitleg, en geen uitleg zonder kolom."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adapters.regionaslag import json_schema, modellen, naslag
from beheer.hoofd import hoofd
from domein.regio.uitleg import UITLEG

WORTEL = Path(__file__).parents[2]
VOORBEELDEN = sorted(pad.parent for pad in (WORTEL / "voorbeelden").glob("*/regio.toml"))


def test_elke_kolom_heeft_uitleg_en_andersom() -> None:
    kolommen = {n: {v.alias or k for k, v in m.model_fields.items()} for n, m in modellen().items()}
    assert {naam: set(uitleg) for naam, uitleg in UITLEG.items()} == kolommen


def test_de_naslag_in_de_map_is_die_van_het_model() -> None:
    # Anders? Draai: ./regie regio kolommen > docs/naslag/regiobestand.md
    assert (WORTEL / "docs" / "naslag" / "regiobestand.md").read_text(encoding="utf-8") == naslag()


def test_elke_verwijzing_in_de_naslag_komt_uit() -> None:
    tekst = naslag()
    koppen = {kop.lower() for kop in re.findall(r"^## (\w+)$", tekst, re.MULTILINE)}
    assert set(re.findall(r"\]\(#(\w+)\)", tekst)) <= koppen


def test_kolommen_en_schema_op_de_opdrachtregel(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["regio", "kolommen"]) == 0
    assert capsys.readouterr().out == naslag()
    assert hoofd(["regio", "schema"]) == 0
    assert '"title": "Regiobestand"' in capsys.readouterr().out


def test_elke_kolom_in_het_schema_legt_zichzelf_uit() -> None:
    schema = json_schema()
    delen = {"Regio": schema} | schema["$defs"]
    for naam in modellen():
        assert all(kolom.get("description") for kolom in delen[naam]["properties"].values()), naam
        assert delen[naam]["additionalProperties"] is False


def als_json(waarde: Any) -> Any:
    """Schrijf wat TOML geeft zoals een editor het ziet: een datum als tekst."""
    if isinstance(waarde, dict):
        return {sleutel: als_json(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list):
        return [als_json(deel) for deel in waarde]
    return waarde.isoformat() if isinstance(waarde, date) else waarde


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN, ids=lambda pad: pad.name)
def test_een_editor_met_het_schema_keurt_elk_voorbeeld_goed(voorbeeld: Path) -> None:
    gegevens = als_json(tomllib.loads((voorbeeld / "regio.toml").read_text(encoding="utf-8")))
    assert list(Draft202012Validator(json_schema()).iter_errors(gegevens)) == []


@pytest.mark.parametrize(
    ("tabel", "kolom", "waarde"),
    [
        pytest.param("partners", "soort", "clubje", id="vaste-lijst"),
        pytest.param("partners", "postbus", "geen adres", id="adres"),
        pytest.param("medewerkers", "fte", 8, id="grens"),
        pytest.param("samenwerkingsafspraken", "leerroutes", ["b2"], id="leerroute"),
        pytest.param("samenwerkingsafspraken", "uitvoeder", "avres", id="onbekende-kolom"),
    ],
)
def test_een_editor_met_het_schema_ziet_een_fout(tabel: str, kolom: str, waarde: Any) -> None:
    gegevens = als_json(tomllib.loads((VOORBEELDEN[0] / "regio.toml").read_text(encoding="utf-8")))
    gegevens[tabel][0][kolom] = waarde
    assert list(Draft202012Validator(json_schema()).iter_errors(gegevens))
