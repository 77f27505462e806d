"""De formulieren van de knoppen in Prefect: geen veld voor eigen woorden, en elke code heeft een tekst."""

from collections.abc import Iterator
from typing import Any

import pytest
from prefect.utilities.callables import parameter_schema
from pydantic import TypeAdapter, ValidationError

from adapters.prefect.inrichting import laad_flow, lees_yaml
from adapters.prefect.opsformulieren import (
    REDENEN,
    TERMIJNREDENEN,
    Bulknummer,
    Dossierkeuze,
    Redencode,
    Stapkeuze,
    Termijnreden,
    Wie,
)
from domein.begrippen import Pauzegrond, Stapsoort, Stapstatus, Verificatie
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tasks.ops import vraag, vraag_terug

KNOPPEN = [d for d in lees_yaml()["deployments"] if d["tags"] == ["stroom:beheer"] and d["name"] != "ronde-nu"]


def teksten(schema: Any, bij: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Elke plek in een schema waar iemand tekst kan typen."""
    if isinstance(schema, list):
        for deel in schema:
            yield from teksten(deel, bij)
    if isinstance(schema, dict):
        if schema.get("type") == "string":
            yield bij, schema
        for naam, deel in schema.items():
            yield from teksten(deel, f"{bij}.{naam}")


def test_elke_handeling_is_een_knop_in_prefect() -> None:
    namen = {d["name"].split("-", 1)[1] for d in KNOPPEN}
    assert namen == {"terugdraaien" if een is Handeling.DOORHALEN else een.value for een in Handeling}


@pytest.mark.parametrize("knop", KNOPPEN, ids=lambda d: str(d["name"]))
def test_een_knop_vraagt_alleen_codes_keuzes_en_dagen(knop: dict[str, Any]) -> None:
    schema = parameter_schema(laad_flow(knop["entrypoint"])).model_dump_for_openapi()
    waarover = "bulk" if knop["name"] == "bulk-terugdraaien" else "keuze"
    assert set(schema["required"]) >= {waarover, "wie"}
    assert schema["properties"]["alleen_bekijken"]["default"] is True
    assert knop["enforce_parameter_schema"] is True
    gevonden = list(teksten(schema))
    assert gevonden
    for plek, veld in gevonden:
        assert "enum" in veld or veld.get("format") == "date" or "pattern" in veld, f"vrije tekst bij {plek}"
        # Zelfs een code kan geen zin zijn.
        assert "pattern" not in veld or " " not in veld["pattern"].replace("\\s", ""), plek


def test_elke_code_heeft_haar_tekst() -> None:
    assert set(REDENEN) == set(Redencode)
    assert set(TERMIJNREDENEN) == set(Termijnreden)


@pytest.mark.parametrize(
    "velden",
    [
        pytest.param({}, id="niets"),
        pytest.param({"dossiers": "Jan Jansen"}, id="naam"),
        pytest.param({"dossiers": "999990019"}, id="bsn"),
        pytest.param({"gemeente": "Gorinchem"}, id="gemeentenaam"),
        pytest.param({"partner": "een zin met spaties"}, id="zin"),
        pytest.param({"opmerking": "x"}, id="onbekend-veld"),
    ],
)
def test_een_keuze_zonder_inhoud_of_met_woorden_wordt_geweigerd(velden: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Stapkeuze.model_validate(velden)


def test_het_formulier_wordt_de_keuze_en_de_opdracht_van_het_domein() -> None:
    keuze = Stapkeuze.model_validate(
        {
            "dossiers": "d-7f3k9, D-2M8QT",
            "thema": "intake",
            "status": "open",
            "kenmerk": "intake/oproep",
            "van": "2026-01-05",
        }
    )
    assert keuze.keuze() == Bulkkeuze(
        dossiers=("D-7F3K9", "D-2M8QT"), stap=Stapsoort.INTAKE, kenmerk="intake/oproep",
        statussen=(Stapstatus.OPEN,), van=keuze.van,
    )  # fmt: skip
    wie = Wie(medewerkercode="m-reg", reden=Redencode.STORING)
    gevraagd = vraag(Handeling.PAUZEREN, keuze, wie, True, grond=Pauzegrond.OVERIG, aanvaard=Termijnreden.OVERMACHT)
    assert (gevraagd.opdracht.reden, gevraagd.opdracht.aanvaard) == ("na een storing", "overmacht")
    assert (gevraagd.actor.code, gevraagd.actor.verificatie) == ("m-reg", Verificatie.ZELFVERKLAARD)


def test_een_keuze_van_dossiers_noemt_geen_stappen() -> None:
    assert Dossierkeuze.model_validate({"gemeente": "GM0512"}).keuze() == Bulkkeuze(gemeente="GM0512")


@pytest.mark.parametrize("nummer", ["B-7F3K9QXM", "P-" + 32 * "a", "B-WEEK3", "B-7F3K9QXM-ongedaan"])
def test_een_bulknummer_is_een_nummer(nummer: str) -> None:
    assert TypeAdapter(Bulknummer).validate_python(nummer) == nummer


@pytest.mark.parametrize("nummer", ["", "7F3K9QXM", "B-", "B-jan jansen", "999990019", "B-" + 58 * "a"])
def test_wat_geen_bulknummer_is_wordt_geweigerd(nummer: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Bulknummer).validate_python(nummer)


def test_het_formulier_om_terug_te_draaien_wordt_een_doorhaling() -> None:
    wie = Wie(medewerkercode="m-reg", reden=Redencode.FOUT_HERSTELD)
    gevraagd = vraag_terug("B-7F3K9QXM", wie, True)
    assert gevraagd.keuze is None
    assert (gevraagd.opdracht.handeling, gevraagd.opdracht.bulk) == (Handeling.DOORHALEN, "B-7F3K9QXM")
    assert (gevraagd.opdracht.reden, gevraagd.actor.verificatie) == ("een fout is hersteld", Verificatie.ZELFVERKLAARD)
