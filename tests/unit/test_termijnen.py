"""Elke soort termijn, met de dagen van wet.md paragraaf 6 als voorbeelden."""

from datetime import date

import pytest

from domein.regeling import regeling
from domein.regels.termijnen import (
    SOORTEN,
    OnbekendeTermijn,
    OngeldigAnker,
    bereken,
    einde_kwartaal,
    lijst,
)


@pytest.mark.parametrize(
    ("soort", "vanaf", "ruw", "einde"),
    [
        pytest.param("pip", date(2026, 3, 6), date(2026, 5, 15), date(2026, 5, 18), id="aangewezen-dag"),
        pytest.param("pip", date(2026, 1, 25), date(2026, 4, 5), date(2026, 4, 7), id="pasen"),
        pytest.param("pip", date(2026, 2, 24), date(2026, 5, 5), date(2026, 5, 6), id="5-mei-geen-lustrum"),
        pytest.param("pip", date(2026, 10, 16), date(2026, 12, 25), date(2026, 12, 28), id="kerst"),
        pytest.param("pip-na-derde", date(2026, 5, 1), date(2026, 5, 15), date(2026, 5, 18), id="derde"),
        pytest.param("pip", date(2026, 7, 6), date(2026, 9, 14), date(2026, 9, 14), id="gewone-maandag"),
        pytest.param("bezwaar", date(2026, 4, 3), date(2026, 5, 15), date(2026, 5, 18), id="bezwaar"),
    ],
)
def test_de_voorbeelden_van_de_wet(soort: str, vanaf: date, ruw: date, einde: date) -> None:
    termijn = bereken(soort, vanaf)
    assert (termijn.anker, termijn.ruw, termijn.einde) == (vanaf, ruw, einde)
    assert termijn.soort_einde == "atw"
    assert termijn.verschoven == (ruw != einde)


@pytest.mark.parametrize(
    ("soort", "vanaf", "ruw", "einde", "soort_einde"),
    [
        pytest.param("pip-na-brp", date(2026, 3, 6), date(2026, 5, 15), date(2026, 5, 18), "atw", id="pip-na-brp"),
        pytest.param(
            "intake-nieuwe-termijn",
            date(2026, 3, 6),
            date(2026, 5, 6),
            date(2026, 5, 6),
            "maximum",
            id="nieuwe-termijn-op-een-werkdag",
        ),
        pytest.param(
            "intake-nieuwe-termijn",
            date(2026, 3, 15),
            date(2026, 5, 15),
            date(2026, 5, 13),
            "maximum",
            id="nieuwe-termijn-wordt-eerder",
        ),
        pytest.param(
            "inburgeringstermijn",
            date(2026, 5, 5),
            date(2029, 5, 5),
            date(2029, 5, 5),
            "vast",
            id="drie-jaar-eindigt-op-zaterdag-5-mei",
        ),
        pytest.param(
            "inburgeringstermijn",
            date(2024, 2, 29),
            date(2027, 2, 28),
            date(2027, 2, 28),
            "vast",
            id="pip-op-schrikkeldag",
        ),
        pytest.param(
            "inburgeringstermijn",
            date(2024, 2, 28),
            date(2027, 2, 28),
            date(2027, 2, 28),
            "vast",
            id="begint-op-schrikkeldag",
        ),
        pytest.param(
            "leerroute-wijzigen",
            date(2026, 5, 5),
            date(2027, 11, 5),
            date(2027, 11, 5),
            "vast",
            id="anderhalf-jaar",
        ),
        pytest.param("aanbod", date(2026, 3, 7), date(2026, 6, 7), date(2026, 6, 7), "vast", id="aanbod-zondag"),
        pytest.param(
            "taalschakeltraject-start",
            date(2026, 8, 31),
            date(2027, 2, 28),
            date(2027, 2, 28),
            "vast",
            id="taalschakeltraject-ontbrekende-dag",
        ),
        pytest.param(
            "ontzorgen",
            date(2026, 3, 1),
            date(2026, 8, 31),
            date(2026, 8, 31),
            "vast",
            id="ontzorgen-eerste-dag-telt-mee",
        ),
        pytest.param(
            "ontzorgen",
            date(2026, 8, 31),
            date(2027, 2, 28),
            date(2027, 2, 28),
            "vast",
            id="ontzorgen-ontbrekende-dag-gaat-niet-dubbel-af",
        ),
        pytest.param(
            "verlenging-aanvragen",
            date(2029, 5, 5),
            date(2028, 11, 5),
            date(2028, 11, 5),
            "achteruit",
            id="verlenging-schuift-niet-van-zondag",
        ),
        pytest.param("duo-besluit", date(2026, 3, 20), date(2026, 5, 15), date(2026, 5, 18), "atw", id="duo-besluit"),
        pytest.param("swi-levering", date(2026, 3, 31), date(2026, 4, 28), date(2026, 4, 28), "maximum", id="swi-q1"),
        pytest.param("bewaartermijn", date(2026, 3, 1), date(2031, 3, 1), date(2031, 3, 1), "vast", id="bewaren"),
    ],
)
def test_elke_soort_telt_zoals_haar_artikel_zegt(
    soort: str, vanaf: date, ruw: date, einde: date, soort_einde: str
) -> None:
    termijn = bereken(soort, vanaf)
    assert (termijn.ruw, termijn.einde, termijn.soort_einde) == (ruw, einde, soort_einde)


@pytest.mark.parametrize(
    ("dag", "einde"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 30), date(2026, 12, 31)),
    ],
)
def test_swi_telt_vanaf_het_einde_van_het_kwartaal(dag: date, einde: date) -> None:
    assert einde_kwartaal(dag) == einde
    assert bereken("swi-levering", dag).anker == einde


def test_de_uitleg_is_de_zin_die_een_klantmanager_kan_voorlezen() -> None:
    assert bereken("pip", date(2026, 3, 6)).uitleg == (
        "De 10 weken eindigen op vrijdag 15 mei 2026. Dat is een aangewezen feestdag. "
        "Daarom is maandag 18 mei 2026 de laatste dag. "
        "Artikel 5.3 Besluit inburgering; artikel 1 Algemene termijnenwet."
    )


@pytest.mark.parametrize(
    ("soort", "vanaf", "zin"),
    [
        pytest.param(
            "pip",
            date(2026, 1, 25),
            "Ook maandag 6 april 2026 telt niet: Tweede paasdag.",
            id="tweede-sluiting",
        ),
        pytest.param("pip", date(2026, 1, 25), "Dat is in het weekend. ", id="weekend"),
        pytest.param(
            "inburgeringstermijn",
            date(2026, 5, 5),
            "Dat is in het weekend, maar deze termijn schuift niet op.",
            id="vast",
        ),
        pytest.param(
            "intake-nieuwe-termijn",
            date(2026, 3, 15),
            "Kies daarom woensdag 13 mei 2026 of een eerdere werkdag.",
            id="maximum-eerder",
        ),
        pytest.param("intake-nieuwe-termijn", date(2026, 3, 6), "Langer mag de termijn niet duren.", id="maximum"),
        pytest.param(
            "verlenging-aanvragen",
            date(2029, 5, 5),
            "6 maanden vóór het einde van de termijn is zondag 5 november 2028. Vanaf die dag kan",
            id="achteruit",
        ),
        pytest.param("inburgeringstermijn", date(2026, 5, 5), "De termijn van 3 jaar eindigt op", id="jaren"),
        pytest.param(
            "pip", date(2029, 3, 6), "Voor 2029 zijn nog geen extra feestdagen aangewezen", id="onbekend-jaar"
        ),
    ],
)
def test_de_uitleg_zegt_waarom(soort: str, vanaf: date, zin: str) -> None:
    assert zin in bereken(soort, vanaf).uitleg


def test_een_termijn_die_niet_verschuift_noemt_de_termijnenwet_niet() -> None:
    assert bereken("pip", date(2026, 7, 6)).uitleg == (
        "De 10 weken eindigen op maandag 14 september 2026. Artikel 5.3 Besluit inburgering."
    )


def test_een_ander_getal_in_de_regeling_geeft_een_andere_dag() -> None:
    for soort, regel in SOORTEN.items():
        vanaf = date(2026, 7, 6)
        anders = regeling().met_getal(regel.regel, regeling().getal(regel.regel) + 1)
        assert bereken(soort, vanaf, regels=anders).ruw != bereken(soort, vanaf).ruw, soort


def test_de_dag_van_het_anker_beslist_welke_versie_geldt() -> None:
    wijziging = regeling().met_getal("pip_weken", 12, vanaf=date(2027, 1, 1))
    assert bereken("pip", date(2026, 12, 31), regels=wijziging).ruw == date(2027, 3, 11)
    assert bereken("pip", date(2027, 1, 1), regels=wijziging).ruw == date(2027, 3, 26)


@pytest.mark.parametrize(("weken", "soort_einde"), [(12, "atw"), (13, "vast")])
def test_een_termijn_van_meer_dan_twaalf_weken_schuift_niet(weken: int, soort_einde: str) -> None:
    """Artikel 4 Algemene termijnenwet."""
    termijn = bereken("pip", date(2026, 3, 7), regels=regeling().met_getal("pip_weken", weken))
    assert termijn.soort_einde == soort_einde
    assert termijn.verschoven == (weken == 12)


def test_het_bewijs_gaat_mee() -> None:
    assert bereken("pip", date(2026, 3, 6), "kennisgeving DUO-1").bewijs == "kennisgeving DUO-1"


def test_een_onbekende_soort_noemt_wat_er_wel_is() -> None:
    with pytest.raises(OnbekendeTermijn) as fout:
        bereken("pipp", date(2026, 3, 6))
    assert "'pipp' bestaat niet" in fout.value.melding
    assert all(soort in fout.value.uitweg for soort in SOORTEN)


@pytest.mark.parametrize("vanaf", [date(2021, 12, 31), date(2101, 1, 1)], ids=date.isoformat)
def test_een_dag_buiten_de_wet_wordt_geweigerd(vanaf: date) -> None:
    with pytest.raises(OngeldigAnker) as fout:
        bereken("pip", vanaf)
    assert "2022-01-01" in fout.value.uitweg
    assert "2100-12-31" in fout.value.uitweg


def test_de_lijst_beschrijft_elke_soort() -> None:
    beschreven = lijst()
    assert [regel.soort for regel in beschreven] == [
        "pip",
        "pip-na-brp",
        "pip-na-derde",
        "intake-nieuwe-termijn",
        "bezwaar",
        "bezwaar-beslissen",
        "bezwaar-beslissen-commissie",
        "bezwaar-verdagen",
        "beroep",
        "hoger-beroep",
        "aanvraag-beslissen",
        "ingebrekestelling",
        "dwangsom-vaststellen",
        "inburgeringstermijn",
        "leerroute-wijzigen",
        "aanbod",
        "taalschakeltraject-start",
        "ontzorgen",
        "verlenging-aanvragen",
        "duo-besluit",
        "swi-levering",
        "bewaartermijn",
        "avg-verzoek",
        "avg-verzoek-verlengd",
    ]
    assert beschreven[0].termijn == "10 weken"
    assert beschreven[13].termijn == "3 jaar"
    assert all(regel.artikel and regel.vanaf for regel in beschreven)
