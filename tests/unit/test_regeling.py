"""De regelgegevens: elk getal met zijn artikel, per dag."""

from datetime import date
from typing import Any

import pytest

from domein.regeling import (
    OnbekendeRegel,
    OngeldigeRegeling,
    feestdagen,
    maak_feestdagen,
    maak_regeling,
    regeling,
)

KOP = {"versie": "proef", "naam": "Proefwet", "overgangsrecht": "Geen."}


def wetsregel(**anders: Any) -> dict[str, Any]:
    return {
        "waarde": 10,
        "eenheid": "weken",
        "artikel": "artikel 1 Proefwet",
        "geldig_van": date(2022, 1, 1),
        **anders,
    }


def beleidsregel(**anders: Any) -> dict[str, Any]:
    return {
        "waarde": 5,
        "eenheid": "dagen",
        "beleid": True,
        "reden": "Zo is het afgesproken.",
        "geldig_van": date(2022, 1, 1),
        **anders,
    }


@pytest.mark.parametrize(
    ("naam", "getal", "artikel"),
    [
        ("pip_weken", 10, "artikel 5.3 Besluit inburgering"),
        ("pip_na_brp_weken", 10, "artikel 5.3 Besluit inburgering"),
        ("pip_na_derde_weken", 2, "artikel 5.3 Besluit inburgering"),
        ("max_oproepen", 3, "artikel 14 Wet inburgering 2021"),
        ("inburgeringstermijn_jaren", 3, "artikel 11 Wet inburgering 2021"),
        (
            "leerroute_wijzigen_maanden",
            18,
            "artikel 17 Wet inburgering 2021; artikel 5.4 Besluit inburgering",
        ),
        ("afschalen_uren", 600, "artikel 17 Wet inburgering 2021; artikel 5.5 Besluit inburgering"),
        ("aanbod_maanden", 3, "artikel 4.1 Regeling inburgering"),
        ("taalschakeltraject_start_maanden", 6, "artikel 4.1 Regeling inburgering"),
        ("map_uren", 40, "artikel 3.2 Besluit inburgering; artikel 3.1 Regeling inburgering"),
        ("pvt_uren", 12, "artikel 3.1 Besluit inburgering"),
        ("z_cursusuren", 800, "artikel 3.14 Besluit inburgering"),
        ("z_participatieuren", 800, "artikel 3.14 Besluit inburgering"),
        ("bewaartermijn_jaren", 5, "artikel 9.9 Besluit inburgering"),
        ("bezwaar_weken", 6, "artikelen 6:7 en 6:8 Algemene wet bestuursrecht"),
        ("gesprek_opent_dagen_vooraf", 14, "beleid, geen wet"),
        ("duo_navraag_dagen", 28, "beleid, geen wet"),
        ("aanmelding_antwoord_werkdagen", 5, "beleid, geen wet"),
        ("pip_opent_dagen_vooraf", 21, "beleid, geen wet"),
    ],
)
def test_elk_getal_noemt_zijn_artikel(naam: str, getal: int, artikel: str) -> None:
    assert regeling().getal(naam, date(2026, 3, 6)) == getal
    assert regeling().artikel(naam) == artikel


def test_de_regeling_heeft_een_versie_en_elke_regel_overgangsrecht() -> None:
    assert regeling().versie == "wi2021-2026-01"
    assert all(regeling().overgang(naam) for naam in regeling().regels)


def test_beleid_geeft_een_reden_en_wet_een_artikel() -> None:
    for naam, versies in regeling().regels.items():
        for versie in versies:
            assert bool(versie.reden) == versie.beleid, naam
            assert ("artikel" in versie.artikel or "hoofdstuk" in versie.artikel) != versie.beleid, naam


def test_een_onbekende_regel_zegt_wat_erop_lijkt() -> None:
    with pytest.raises(OnbekendeRegel) as fout:
        regeling().getal("pip_week")
    assert "kent geen regel 'pip_week'" in fout.value.melding
    assert "pip_weken" in fout.value.uitweg


def test_voor_de_wet_geldt_er_geen_getal() -> None:
    with pytest.raises(OnbekendeRegel, match="geldt niet op 2021-12-31"):
        regeling().getal("pip_weken", date(2021, 12, 31))


def test_een_nieuwe_versie_geldt_vanaf_haar_eerste_dag() -> None:
    nieuw = wetsregel(waarde=8, geldig_van=date(2027, 1, 1), overgangsrecht="Lopende termijnen blijven.")
    oud = wetsregel(geldig_tot=date(2027, 1, 1))
    regels = maak_regeling({"regeling": KOP, "regel": {"x": [nieuw, oud]}}, {"regel": {}})
    assert regels.getal("x", date(2026, 12, 31)) == 10
    assert regels.getal("x", date(2027, 1, 1)) == 8
    assert regels.getal("x") == 8
    assert regels.overgang("x", date(2027, 6, 1)) == "Lopende termijnen blijven."
    assert regels.overgang("x", date(2026, 6, 1)) == "Geen."


@pytest.mark.parametrize(
    ("versies", "melding"),
    [
        pytest.param([wetsregel(waarde="tien")], "waarde", id="geen-getal"),
        pytest.param([wetsregel(waarde=True)], "waarde", id="ja-is-geen-getal"),
        pytest.param([wetsregel(geldig_van="2022-01-01")], "geldig_van", id="tekst-is-geen-datum"),
        pytest.param([wetsregel(jurist="ja")], "ja/nee", id="tekst-is-geen-ja"),
        pytest.param([wetsregel(overgangsrecht=3)], "geen tekst", id="getal-is-geen-tekst"),
        pytest.param([{"waarde": 1}], "eenheid", id="velden-ontbreken"),
        pytest.param("tien", "velden van 'x'", id="geen-lijst"),
        pytest.param([wetsregel(waarde=-1)], "negatief", id="negatief"),
        pytest.param([wetsregel(eenheid="uurtjes")], "eenheid", id="eenheid"),
        pytest.param([wetsregel(artikel="")], "artikel", id="leeg-artikel"),
        pytest.param([wetsregel(artikkel="x")], "artikkel", id="onbekend-veld"),
        pytest.param([wetsregel(geldig_tot=date(2022, 1, 1))], "geldig_tot", id="tot-voor-van"),
        pytest.param([wetsregel(peildatum="ooit")], "peildatum", id="peildatum"),
        pytest.param([wetsregel(), wetsregel(geldig_van=date(2027, 1, 1))], "sluiten niet aan", id="overlap"),
        pytest.param(
            [wetsregel(geldig_tot=date(2026, 1, 1)), wetsregel(geldig_van=date(2027, 1, 1))],
            "sluiten niet aan",
            id="gat",
        ),
        pytest.param(
            [wetsregel(geldig_tot=date(2027, 1, 1)), wetsregel(geldig_van=date(2027, 1, 1))],
            "lopende dossiers",
            id="zonder-overgangsrecht",
        ),
        pytest.param([beleidsregel()], "verkeerde bestand", id="beleid-tussen-de-wet"),
        pytest.param([], "geen versies", id="leeg"),
    ],
)
def test_een_fout_in_de_gegevens_wordt_geweigerd(versies: list[dict[str, Any]], melding: str) -> None:
    with pytest.raises(OngeldigeRegeling, match=melding):
        maak_regeling({"regeling": KOP, "regel": {"x": versies}}, {"regel": {}})


@pytest.mark.parametrize(
    ("regel", "melding"),
    [
        pytest.param({"x": [beleidsregel(reden="")]}, "reden", id="beleid-zonder-reden"),
        pytest.param({"x": [wetsregel()]}, "verkeerde bestand", id="wet-tussen-het-beleid"),
        pytest.param({"w": [beleidsregel()]}, "Zowel wet als beleid: w", id="dubbele-naam"),
    ],
)
def test_een_fout_in_het_beleid_wordt_geweigerd(regel: dict[str, Any], melding: str) -> None:
    with pytest.raises(OngeldigeRegeling, match=melding):
        maak_regeling({"regeling": KOP, "regel": {"w": [wetsregel()]}}, {"regel": regel})


@pytest.mark.parametrize(
    "wet",
    [
        pytest.param({"regel": {}}, id="zonder-kop"),
        pytest.param({"regeling": {**KOP, "versie": ""}, "regel": {}}, id="lege-versie"),
        pytest.param({"regeling": {**KOP, "extra": "x"}, "regel": {}}, id="vreemd-veld"),
        pytest.param({"regeling": KOP, "regels": {}}, id="vreemde-tabel"),
    ],
)
def test_een_bestand_met_een_verkeerde_vorm_wordt_geweigerd(wet: dict[str, Any]) -> None:
    with pytest.raises(OngeldigeRegeling):
        maak_regeling(wet, {"regel": {}})


@pytest.mark.parametrize(
    "inhoud",
    [
        {"aangewezen": [date(2026, 5, 15)]},
        {"aangewezen": ["2026-05-15"], "bekend_tot_en_met": 2028},
        {"aangewezen": [], "bekend_tot_en_met": "2028"},
        {"aangewezen": [], "bekend_tot_en_met": 2028, "extra": 1},
    ],
    ids=["zonder-jaar", "tekst-als-dag", "tekst-als-jaar", "vreemd-veld"],
)
def test_een_verkeerde_feestdagenlijst_wordt_geweigerd(inhoud: dict[str, Any]) -> None:
    with pytest.raises(OngeldigeRegeling, match="feestdagen"):
        maak_feestdagen(inhoud)


def test_met_getal_verandert_het_origineel_niet() -> None:
    anders = regeling().met_getal("pip_weken", 12, vanaf=date(2027, 1, 1))
    assert anders.getal("pip_weken", date(2026, 12, 31)) == 10
    assert anders.getal("pip_weken", date(2027, 1, 1)) == 12
    assert regeling().getal("pip_weken", date(2027, 1, 1)) == 10
    assert anders.versie != regeling().versie


def test_de_aangewezen_dagen_lopen_tot_en_met_het_bekende_jaar() -> None:
    dagen = feestdagen()
    assert max(dagen.aangewezen).year == dagen.bekend_tot_en_met == 2028
    assert all(dag.weekday() < 5 for dag in dagen.aangewezen)
