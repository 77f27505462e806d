"""Wat een feit mag zijn: onmogelijk wordt geweigerd met het veld erbij, onwaarschijnlijk vraagt om een reden."""

from typing import Any

import pytest

from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.soorten import lees
from domein.regels.toets_uitkomst import toets
from tests.unit.kernbouw import KADER, Dossier, dag

VANDAAG = "2029-06-01"
PIP: dict[str, Any] = {"leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6, "mandaathouder": "m-gor"}


def nieuw() -> Dossier:
    return Dossier("2026-01-05")


def na_intake() -> Dossier:
    return nieuw().intake("2026-01-21")


def na_pip() -> Dossier:
    return na_intake().pip("2026-02-25")


def beeindigd() -> Dossier:
    return na_pip().feit("voldaan", "2028-06-21")


def doe(
    dossier: Dossier, soort: str, op: str, gegevens: dict[str, Any], reden: str = "", vandaag: str = VANDAAG
) -> None:
    toets(dossier.stand, lees(soort, gegevens), dag(op), dag(vandaag), reden, KADER)


GEWEIGERD = [
    pytest.param(nieuw, "intake_gehouden", "2029-06-02", {}, "datum", id="intake-in-de-toekomst"),
    pytest.param(na_pip, "voldaan", "2029-06-02", {}, "datum", id="voldaan-in-de-toekomst"),
    pytest.param(
        nieuw,
        "oproep_verzonden",
        "2026-01-07",
        {"nummer": 1, "afspraak_op": "2026-01-06"},
        "afspraak_op",
        id="afspraak-voor-oproep",
    ),
    pytest.param(
        nieuw, "oproep_verzonden", "0001-01-01", {"nummer": 1, "afspraak_op": "2026-01-21"}, "datum", id="jaar-een"
    ),
    pytest.param(
        nieuw,
        "oproep_verzonden",
        "2026-01-07",
        {"nummer": 1, "afspraak_op": "9999-12-31"},
        "afspraak_op",
        id="afspraak-over-achtduizend-jaar",
    ),
    pytest.param(
        lambda: nieuw().gemist(1, "2026-01-07", "2026-01-21"),
        "oproep_verzonden",
        "2026-01-22",
        {"nummer": 2, "afspraak_op": "2026-02-05", "waarschuwing": False},
        "waarschuwing",
        id="art-14-lid-2-zonder-waarschuwing",
    ),
    pytest.param(
        na_intake,
        "pip_vastgesteld",
        "2026-02-25",
        {**PIP, "bekendgemaakt_op": "2026-02-24"},
        "bekendgemaakt_op",
        id="bekend-voor-besluit",
    ),
    pytest.param(
        na_pip,
        "aanmelding_geaccepteerd",
        "2026-03-05",
        {"nummer": 1, "startdatum": "2026-03-04"},
        "startdatum",
        id="les-voor-acceptatie",
    ),
    pytest.param(
        na_pip, "map_voltooid", "2027-06-16", {"praktijkuren": 39}, "praktijkuren", id="art-3.2-bi-te-weinig-uren"
    ),
    pytest.param(
        na_pip,
        "termijn_overschreden",
        "2029-03-01",
        {"nieuwe_termijn_tot": "2029-03-01"},
        "nieuwe_termijn_tot",
        id="art-24-nieuwe-termijn-al-om",
    ),
    pytest.param(
        na_pip, "duo_bevestigd", "2026-03-04", {"melding": "duo/pvt/1"}, "melding", id="bevestigd-maar-nooit-ingevoerd"
    ),
    pytest.param(na_pip, "dossier_afgesloten", "2026-03-04", {}, "datum", id="afsluiten-zonder-einde"),
]


@pytest.mark.parametrize(("dossier", "soort", "op", "gegevens", "veld"), GEWEIGERD)
def test_het_onmogelijke_wordt_geweigerd_ook_met_een_reden(dossier, soort, op, gegevens, veld) -> None:
    with pytest.raises(OngeldigeGegevens) as fout:
        doe(dossier(), soort, op, gegevens, reden="toch")
    assert set(fout.value.fouten) == {veld}
    assert fout.value.uitweg


TWIJFEL = [
    pytest.param(
        na_intake,
        "pip_vastgesteld",
        "2025-12-31",
        {**PIP, "bekendgemaakt_op": "2026-02-25"},
        "vóór de kennisgeving",
        id="pip-voor-de-kennisgeving",
    ),
    pytest.param(
        nieuw,
        "pip_vastgesteld",
        "2026-02-25",
        {**PIP, "bekendgemaakt_op": "2026-02-25"},
        "zonder dat er een brede intake",
        id="pip-zonder-intake",
    ),
    pytest.param(
        na_intake,
        "pip_vastgesteld",
        "2026-01-20",
        {**PIP, "bekendgemaakt_op": "2026-02-25"},
        "vóór de intake",
        id="pip-voor-de-intake",
    ),
    pytest.param(nieuw, "intake_gehouden", "2026-01-04", {}, "vóór de kennisgeving", id="intake-voor-de-kennisgeving"),
    pytest.param(
        na_intake, "gesprek_gevoerd", "2026-03-01", {"nummer": 1}, "vóór het eerste PIP", id="gesprek-zonder-pip"
    ),
    pytest.param(na_pip, "pvt_voltooid", "2026-02-24", {}, "vóór het eerste PIP", id="pvt-voor-het-pip"),
    pytest.param(
        na_pip, "map_voltooid", "2026-02-24", {"praktijkuren": 48}, "vóór het eerste PIP", id="map-voor-het-pip"
    ),
    pytest.param(na_pip, "les_gestart", "2026-02-24", {"nummer": 1}, "vóór het eerste PIP", id="les-voor-het-pip"),
    pytest.param(
        na_pip,
        "aanmelding_geaccepteerd",
        "2026-02-24",
        {"nummer": 1, "startdatum": "2026-03-04"},
        "vóór het eerste PIP",
        id="acceptatie-voor-het-pip",
    ),
    pytest.param(na_intake, "voldaan", "2026-03-01", {}, "nog geen PIP", id="voldaan-zonder-pip"),
    pytest.param(
        na_intake,
        "verlengd",
        "2026-03-01",
        {"nieuwe_einddatum": "2029-08-25"},
        "nog geen PIP",
        id="verlengd-zonder-pip",
    ),
    pytest.param(na_intake, "termijn_overschreden", "2026-03-01", {}, "nog geen PIP", id="overschreden-zonder-pip"),
    pytest.param(
        na_pip,
        "verlengd",
        "2028-06-16",
        {"nieuwe_einddatum": "2029-02-25"},
        "tot en met 25 februari 2029",
        id="art-12-verlengd-tot-dezelfde-dag",
    ),
    pytest.param(
        na_pip,
        "verlengd",
        "2028-06-16",
        {"nieuwe_einddatum": "2028-12-31"},
        "tot en met 25 februari 2029",
        id="art-12-verkorting",
    ),
    pytest.param(beeindigd, "gesprek_gevoerd", "2028-07-01", {"nummer": 5}, "al geëindigd", id="gesprek-na-het-einde"),
    pytest.param(beeindigd, "termijn_overschreden", "2028-07-01", {}, "al geëindigd", id="een-tweede-einde"),
]


@pytest.mark.parametrize(("dossier", "soort", "op", "gegevens", "wat"), TWIJFEL)
def test_het_onwaarschijnlijke_vraagt_om_een_reden_en_mag_dan(dossier, soort, op, gegevens, wat) -> None:
    with pytest.raises(RedenNodig, match=wat) as fout:
        doe(dossier(), soort, op, gegevens, reden="   ")
    assert "reden" in fout.value.uitweg
    doe(dossier(), soort, op, gegevens, reden="bevestigd door de gemeente")


GEWOON = [
    pytest.param(nieuw, "intake_gehouden", "2026-01-05", {}, id="intake-op-de-dag-van-de-kennisgeving"),
    pytest.param(
        nieuw,
        "oproep_verzonden",
        "2026-01-07",
        {"nummer": 1, "afspraak_op": "2026-01-07"},
        id="afspraak-op-dezelfde-dag",
    ),
    pytest.param(
        lambda: nieuw().gemist(1, "2026-01-07", "2026-01-21"),
        "oproep_verzonden",
        "2026-01-22",
        {"nummer": 2, "afspraak_op": "2026-02-05", "waarschuwing": True},
        id="art-14-lid-2-met-waarschuwing",
    ),
    pytest.param(
        lambda: nieuw().gemist(1, "2026-01-07", "2026-01-21", verschoonbaar=True),
        "oproep_verzonden",
        "2026-01-22",
        {"nummer": 2, "afspraak_op": "2026-02-05", "waarschuwing": False},
        id="na-een-goede-reden-geen-waarschuwing",
    ),
    pytest.param(
        na_intake,
        "pip_vastgesteld",
        "2026-01-21",
        {**PIP, "bekendgemaakt_op": "2026-01-21"},
        id="pip-op-de-dag-van-de-intake",
    ),
    pytest.param(na_pip, "map_voltooid", "2027-06-16", {"praktijkuren": 40}, id="art-3.2-bi-precies-genoeg-uren"),
    pytest.param(na_pip, "pvt_voltooid", "2026-02-25", {}, id="pvt-op-de-dag-van-het-pip"),
    pytest.param(na_pip, "verlengd", "2028-06-16", {"nieuwe_einddatum": "2029-02-26"}, id="art-12-een-dag-langer"),
    pytest.param(
        lambda: na_pip().feit("verlengd", "2028-06-16", nieuwe_einddatum="2030-02-25"),
        "verlengd",
        "2028-03-01",
        {"nieuwe_einddatum": "2029-08-25"},
        id="art-12-een-eerdere-verlenging-mag-later-binnenkomen",
    ),
    pytest.param(na_pip, "termijn_overschreden", "2029-03-01", {}, id="art-24-zonder-nieuwe-termijn"),
    pytest.param(nieuw, "brp_ingeschreven", "2029-06-02", {}, id="een-inschrijving-mag-vooruit-bekend-zijn"),
    pytest.param(beeindigd, "dossier_afgesloten", "2028-06-28", {}, id="afsluiten-na-het-einde"),
    pytest.param(
        beeindigd,
        "duo_ingevoerd",
        "2028-06-28",
        {"melding": "duo/pvt/1", "referentie": "PI-1"},
        id="nog-melden-na-het-einde",
    ),
    pytest.param(nieuw, "plicht_beeindigd", "2026-01-06", {"grond": "overlijden"}, id="een-einde-mag-altijd"),
    pytest.param(na_pip, "intake_gehouden", VANDAAG, {}, id="vandaag-is-geen-toekomst"),
]


@pytest.mark.parametrize(("dossier", "soort", "op", "gegevens"), GEWOON)
def test_het_gewone_mag_zonder_reden(dossier, soort, op, gegevens) -> None:
    doe(dossier(), soort, op, gegevens)


@pytest.mark.parametrize(
    ("soort", "waarden", "veld"),
    [
        ("pip_vastgesteld", {**PIP, "bekendgemaakt_op": "2026-02-25", "leerroute": "onbekend"}, "leerroute"),
        ("pip_vastgesteld", {**PIP, "bekendgemaakt_op": "2026-02-25", "aantal_gesprekken": 0}, "aantal_gesprekken"),
        ("pip_vastgesteld", {**PIP, "bekendgemaakt_op": "2026-02-25", "interval_maanden": 13}, "interval_maanden"),
        ("pip_vastgesteld", {**PIP, "bekendgemaakt_op": "25 februari"}, "bekendgemaakt_op"),
        ("oproep_verzonden", {"nummer": 0, "afspraak_op": "2026-01-21"}, "nummer"),
        ("kennisgeving", {"gemeente": "Gorinchem", "doelgroep": "asielstatushouder"}, "gemeente"),
        ("kennisgeving", {"gemeente": "GM0512", "doelgroep": "toerist"}, "doelgroep"),
        ("duo_ingevoerd", {"melding": "duo/pvt/1", "referentie": "twee woorden"}, "referentie"),
        ("pvt_voltooid", {"uren": 8}, "uren"),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_een_verkeerd_veld_wordt_bij_naam_genoemd_in_het_nederlands(
    soort: str, waarden: dict[str, Any], veld: str
) -> None:
    with pytest.raises(OngeldigeGegevens) as fout:
        lees(soort, waarden)
    assert list(fout.value.fouten) == [veld]
    assert not {"field", "should", "input", "valid", "required"} & set(fout.value.fouten[veld].lower().split())


def test_een_onbekende_soort_noemt_wat_wel_bestaat() -> None:
    with pytest.raises(OngeldigeGegevens) as fout:
        lees("verhuist", {})
    assert "pip_vastgesteld" in fout.value.uitweg
