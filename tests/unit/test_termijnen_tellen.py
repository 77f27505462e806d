"""Tellen volgens paragraaf 6: elke gesloten dag, ontbrekende dagen, `maximum`, `achteruit` en de staat (Atw 1, 3 en 4).

De dagen van paragraaf 6 zelf staan in test_termijnen.py; hier staat wat zij niet raken. Alles is met de hand geteld.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domein.regels.kalender import atw_kalender
from domein.regels.termijnen import SOORTEN, Termijnstaat, bereken


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


# De tien weken eindigen op een dag die artikel 3 noemt, of die is aangewezen; daarna komt de laatste dag.
GESLOTEN = [
    ("2027-01-01", "2027-01-04", "nieuwjaarsdag-voor-een-weekend"),
    ("2026-04-03", "2026-04-07", "goede-vrijdag-pasen-en-tweede-paasdag"),
    ("2026-04-06", "2026-04-07", "tweede-paasdag"),
    ("2026-04-27", "2026-04-28", "koningsdag"),
    ("2025-04-26", "2025-04-28", "koningsdag-een-dag-eerder-als-27-april-zondag-is"),
    ("2026-05-05", "2026-05-06", "bevrijdingsdag-elk-jaar"),
    ("2027-05-05", "2027-05-10", "bevrijdingsdag-hemelvaart-en-een-aangewezen-dag"),
    ("2026-05-14", "2026-05-18", "hemelvaart-en-de-aangewezen-vrijdag"),
    ("2026-05-25", "2026-05-26", "tweede-pinksterdag"),
    ("2026-12-25", "2026-12-28", "kerst-voor-een-weekend"),
    ("2024-12-25", "2024-12-30", "beide-kerstdagen-en-een-aangewezen-vrijdag"),
    ("2026-01-02", "2026-01-05", "aangewezen-2026-01-02"),
    ("2026-05-15", "2026-05-18", "aangewezen-2026-05-15"),
    ("2027-05-07", "2027-05-10", "aangewezen-2027-05-07"),
    ("2028-04-28", "2028-05-01", "aangewezen-2028-04-28"),
    ("2028-05-26", "2028-05-29", "aangewezen-2028-05-26"),
    ("2023-04-28", "2023-05-01", "aangewezen-2023-04-28"),
    ("2023-05-19", "2023-05-22", "aangewezen-2023-05-19"),
    ("2024-05-10", "2024-05-13", "aangewezen-2024-05-10"),
    ("2024-12-27", "2024-12-30", "aangewezen-2024-12-27"),
    ("2025-05-30", "2025-06-02", "aangewezen-2025-05-30"),
]


@pytest.mark.parametrize(
    ("ruw", "einde"), [(dag(ruw), dag(einde)) for ruw, einde, _ in GESLOTEN], ids=[naam for *_, naam in GESLOTEN]
)
def test_een_termijn_die_op_een_gesloten_dag_eindigt_loopt_door(ruw: date, einde: date) -> None:
    termijn = bereken("pip", ruw - timedelta(days=70))
    assert (termijn.ruw, termijn.einde) == (ruw, einde)
    assert "artikel 1 Algemene termijnenwet" in termijn.uitleg


def test_een_dag_waarop_alleen_het_kantoor_dicht_is_is_geen_feestdag() -> None:
    """Oudejaarsdag, 24 december en carnaval noemt artikel 3 niet."""
    for tekst in ("2026-12-31", "2026-12-24", "2026-02-16"):
        assert atw_kalender().is_open(dag(tekst)), tekst


@pytest.mark.parametrize(
    ("soort", "vanaf", "einde"),
    [
        pytest.param("aanbod", "2026-11-30", "2027-02-28", id="drie-maanden-naar-februari"),
        pytest.param("aanbod", "2027-11-30", "2028-02-29", id="drie-maanden-naar-een-schrikkeljaar"),
        pytest.param("aanbod", "2028-02-29", "2028-05-29", id="drie-maanden-vanaf-29-februari"),
        pytest.param("taalschakeltraject-start", "2026-08-30", "2027-02-28", id="zes-maanden-vanaf-de-30e"),
        pytest.param("taalschakeltraject-start", "2027-08-31", "2028-02-29", id="zes-maanden-vanaf-de-31e"),
        pytest.param("taalschakeltraject-start", "2026-12-31", "2027-06-30", id="zes-maanden-naar-een-korte-maand"),
        pytest.param("inburgeringstermijn", "2028-02-29", "2031-02-28", id="drie-jaar-vanaf-29-februari"),
        pytest.param("inburgeringstermijn", "2025-02-28", "2028-02-28", id="drie-jaar-naar-een-schrikkeljaar"),
        pytest.param("leerroute-wijzigen", "2026-08-31", "2028-02-29", id="achttien-maanden-naar-29-februari"),
        pytest.param("leerroute-wijzigen", "2025-08-31", "2027-02-28", id="achttien-maanden-naar-28-februari"),
        pytest.param("bewaartermijn", "2028-02-29", "2033-02-28", id="vijf-jaar-vanaf-29-februari"),
        pytest.param("ontzorgen", "2026-03-31", "2026-09-30", id="ontzorgen-vanaf-de-31e"),
        pytest.param("ontzorgen", "2028-02-29", "2028-08-28", id="ontzorgen-vanaf-29-februari"),
        pytest.param("ontzorgen", "2026-01-01", "2026-06-30", id="ontzorgen-een-half-jaar"),
    ],
)
def test_een_dag_die_ontbreekt_wordt_de_laatste_van_de_maand_en_jaren_schuiven_nooit(
    soort: str, vanaf: str, einde: str
) -> None:
    termijn = bereken(soort, dag(vanaf))
    assert (termijn.ruw, termijn.einde) == (dag(einde), dag(einde))


@pytest.mark.parametrize(
    ("soort", "vanaf", "ruw", "einde"),
    [
        pytest.param("intake-nieuwe-termijn", "2026-02-06", "2026-04-06", "2026-04-02", id="voor-pasen"),
        pytest.param("intake-nieuwe-termijn", "2026-12-31", "2027-02-28", "2027-02-26", id="ontbrekende-dag-en-zondag"),
        pytest.param("intake-nieuwe-termijn", "2026-04-09", "2026-06-09", "2026-06-09", id="gewone-dinsdag"),
        pytest.param("swi-levering", "2023-02-01", "2023-04-28", "2023-04-26", id="aangewezen-dag-en-koningsdag"),
        pytest.param("swi-levering", "2026-05-01", "2026-07-28", "2026-07-28", id="tweede-kwartaal"),
        pytest.param("swi-levering", "2026-12-31", "2027-01-28", "2027-01-28", id="vierde-kwartaal"),
    ],
)
def test_een_maximum_kiest_de_laatste_open_dag_die_nog_mag(soort: str, vanaf: str, ruw: str, einde: str) -> None:
    termijn = bereken(soort, dag(vanaf))
    assert (termijn.ruw, termijn.einde, termijn.soort_einde) == (dag(ruw), dag(einde), "maximum")


@pytest.mark.parametrize(
    ("einde", "venster"),
    [
        pytest.param("2028-08-31", "2028-02-29", id="naar-29-februari"),
        pytest.param("2027-08-31", "2027-02-28", id="naar-28-februari"),
        pytest.param("2029-10-25", "2029-04-25", id="gewone-woensdag"),
        pytest.param("2026-10-03", "2026-04-03", id="goede-vrijdag-schuift-niet"),
        pytest.param("2029-06-30", "2028-12-30", id="zaterdag-schuift-niet"),
    ],
)
def test_terugtellen_schuift_nooit(einde: str, venster: str) -> None:
    """Artikel 1 lid 2 Algemene termijnenwet."""
    termijn = bereken("verlenging-aanvragen", dag(einde))
    assert (termijn.ruw, termijn.einde, termijn.soort_einde) == (dag(venster), dag(venster), "achteruit")


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_soort_eindigt_op_een_dag_die_bij_haar_past(soort: str) -> None:
    """Een heel jaar van ankers: `atw` nooit eerder dan geteld, `maximum` nooit later, de rest precies."""
    for nummer in range(366):
        termijn = bereken(soort, dag("2026-01-01") + timedelta(days=nummer))
        match termijn.soort_einde:
            case "atw":
                assert termijn.einde >= termijn.ruw
                assert atw_kalender().is_open(termijn.einde)
            case "maximum":
                assert termijn.einde <= termijn.ruw
                assert atw_kalender().is_open(termijn.einde)
            case "vast" | "achteruit":
                assert termijn.einde == termijn.ruw


@pytest.mark.parametrize(
    ("velden", "op", "staat"),
    [
        pytest.param({}, "2026-03-16", Termijnstaat.LOOPT, id="laatste-dag"),
        pytest.param({}, "2026-03-17", Termijnstaat.OVERSCHREDEN, id="dag-erna"),
        pytest.param({"gehaald_op": "2026-03-16"}, "2026-03-16", Termijnstaat.GEHAALD, id="op-de-laatste-dag"),
        pytest.param({"gehaald_op": "2026-03-16"}, "2026-03-15", Termijnstaat.LOOPT, id="nog-niet-gehaald"),
        pytest.param({"gehaald_op": "2026-03-17"}, "2026-04-01", Termijnstaat.OVERSCHREDEN, id="te-laat-gehaald"),
        pytest.param({"verlengd_van": "2026-02-16"}, "2026-03-01", Termijnstaat.VERLENGD, id="verlengd"),
        pytest.param({"verlengd_van": "2026-02-16"}, "2026-03-17", Termijnstaat.OVERSCHREDEN, id="verlengd-en-voorbij"),
        pytest.param({"vervallen": "geëindigd"}, "2026-04-01", Termijnstaat.VERVALLEN, id="vervallen"),
    ],
)
def test_de_staat_van_een_termijn_volgt_de_dag(velden: dict[str, str], op: str, staat: Termijnstaat) -> None:
    waarden = {naam: waarde if naam == "vervallen" else dag(waarde) for naam, waarde in velden.items()}
    assert replace(bereken("pip", dag("2026-01-05")), **waarden).staat(dag(op)) is staat


def test_een_venster_dat_opengaat_wordt_nooit_overschreden() -> None:
    assert bereken("verlenging-aanvragen", dag("2029-02-25")).staat(dag("2030-01-01")) is Termijnstaat.LOOPT
