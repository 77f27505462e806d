"""Termijnen met de hand nageteld op de randen: gaten, wissel van leerroute, verhuizing, stilstand; en hun uitleg."""

from datetime import date

import pytest

from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.bezwaartermijn import beslistermijn
from domein.regels.peildatum import BekendeDagen, peildag
from domein.regels.termijnen import Termijn
from domein.regio.soorten import Peildatumsoort
from tests.unit.kernbouw import KADER, Dossier, dag
from tests.unit.plannen import leeg, na_pip, verhuisd


def termijn(dossier: Dossier, soort: str) -> Termijn:
    gevonden = dossier.plan.termijn(soort)
    assert gevonden is not None
    return gevonden


def met_gat(van: str, tot: str, dossier: Dossier | None = None) -> Dossier:
    d = dossier or na_pip()
    return d.feit("verblijf_onderbroken", van, nummer=1).feit("verblijf_hervat", tot, nummer=1)


@pytest.mark.parametrize(
    ("van", "tot", "einde"),
    [
        # Het PIP is van 25 februari 2026: de termijn loopt van 26 februari 2026 tot en met 25 februari 2029.
        pytest.param("2026-01-05", "2026-02-04", "2029-02-25", id="gat-voor-het-begin-schuift-niets"),
        pytest.param("2026-02-16", "2026-03-08", "2029-03-07", id="alleen-de-tien-dagen-vanaf-het-begin"),
        pytest.param("2026-02-26", "2026-02-27", "2029-02-26", id="een-dag"),
        pytest.param("2028-02-20", "2028-03-01", "2029-03-07", id="tien-dagen-om-een-schrikkeldag"),
        pytest.param("2029-02-20", "2029-03-22", "2029-03-27", id="begonnen-voor-het-einde-telt-helemaal"),
        pytest.param("2029-02-25", "2029-02-26", "2029-02-26", id="op-de-laatste-dag"),
        pytest.param("2029-02-26", "2029-03-26", "2029-02-25", id="na-het-einde-schuift-niets"),
    ],
)
def test_art_4_2_een_gat_schuift_de_termijn_op_voor_zover_het_erin_valt(van: str, tot: str, einde: str) -> None:
    assert termijn(met_gat(van, tot), "inburgeringstermijn").einde == dag(einde)


def test_art_4_2_een_gat_dat_begint_in_de_dagen_van_een_eerder_gat_telt_ook() -> None:
    """25 februari 2029 wordt met het eerste gat 27 maart; het tweede begint daarvoor en telt dus mee."""
    d = met_gat("2028-01-03", "2028-02-02")
    d.feit("verblijf_onderbroken", "2029-03-01", nummer=2).feit("verblijf_hervat", "2029-03-11", nummer=2)
    assert termijn(d, "inburgeringstermijn").einde == date(2029, 4, 6)


def test_de_uitleg_van_een_verlengde_termijn_zegt_wat_de_dag_zonder_duo_was() -> None:
    verlengd = na_pip().feit("verlengd", "2028-10-30", nieuwe_einddatum="2029-08-25")
    uitleg = termijn(met_gat("2029-01-08", "2029-01-18", verlengd), "inburgeringstermijn").uitleg
    assert "Zonder DUO was 25 februari 2029 de laatste dag, geteld vanaf het PIP van 25 februari 2026." in uitleg
    assert "gat in het verblijf van 10 dagen schuift dat naar 4 september 2029. Artikel 4.2" in uitleg


@pytest.mark.parametrize(
    ("brp", "soort", "einde", "zin"),
    [
        pytest.param("2026-01-05", "pip", "2026-03-16", "De 10 weken eindigen", id="zelfde-dag"),
        pytest.param(
            "2026-02-24",
            "pip-na-brp",
            "2026-05-06",
            "DUO gaf op 5 januari 2026 kennis, maar de inschrijving in deze gemeente is van 24 februari 2026",
            id="later-en-over-5-mei",
        ),
        pytest.param(None, "pip", "2026-03-16", "leg de inschrijving dan vast: dan telt die dag", id="onbekend"),
    ],
)
def test_art_5_3_de_uitleg_zegt_vanaf_welke_dag_en_waarom(brp: str | None, soort: str, einde: str, zin: str) -> None:
    gevonden = termijn(Dossier("2026-01-05", brp_inschrijving=brp), soort)
    assert gevonden.einde == dag(einde)
    assert zin in gevonden.uitleg


def test_art_5_3_lid_3_wie_voor_het_pip_verhuist_krijgt_tien_weken_vanaf_de_nieuwe_inschrijving() -> None:
    """Vrijdag 6 maart en 70 dagen is 15 mei, een aangewezen dag; de oproep zegt niet meer dat de oude weken lopen."""
    d = Dossier("2026-01-05", brp_inschrijving="2025-12-15").feit(
        "verhuisd", "2026-03-06", nummer=1, van="GM0512", naar="GM1978"
    )
    gevonden = termijn(d, "pip-na-brp")
    assert (gevonden.ruw, gevonden.einde) == (dag("2026-05-15"), dag("2026-05-18"))
    assert "tellen vanaf de inschrijving op 6 maart 2026" in d.stap("intake/oproep/1").waarom


def test_art_5_3_lid_2_de_uitleg_zegt_wat_de_dag_zonder_het_wachten_was() -> None:
    d = Dossier("2026-02-20", brp_inschrijving="2026-01-05").feit(
        "derde_gevraagd", "2026-04-20", nummer=1, bij="school"
    )
    d.feit("derde_ontvangen", "2026-05-01", nummer=1)
    uitleg = termijn(d, "pip-na-derde").uitleg
    assert "Zonder het wachten op informatie van een derde was 1 mei 2026 de laatste dag" in uitleg
    assert "De informatie kwam op 1 mei 2026" in uitleg
    assert "maandag 18 mei 2026" in uitleg


def test_wie_de_onderwijsroute_verlaat_heeft_een_aanbod_zodra_een_aanbieder_hem_accepteert() -> None:
    """Anders hoort DUO na zes maanden dat er geen aanbod is, terwijl de B1-lessen al zijn toegezegd."""
    d = na_pip(leerroute="onderwijs")
    assert "nog geen les in het taalschakeltraject" in d.stap("duo/geen-aanbod/1").waarom
    d.pip("2026-05-20", leerroute="b1")
    assert "nog geen aanbod, dan moet DUO" in d.stap("duo/geen-aanbod/1").waarom
    d.feit("aanmelding_geaccepteerd", "2026-06-10", nummer=1, startdatum="2026-09-07")
    assert "duo/geen-aanbod/1" not in d.kenmerken


def test_wie_in_de_onderwijsroute_alleen_is_geaccepteerd_is_nog_niet_begonnen() -> None:
    d = na_pip(leerroute="onderwijs").feit("aanmelding_geaccepteerd", "2026-06-10", nummer=1, startdatum="2026-09-07")
    assert "duo/geen-aanbod/1" in d.kenmerken


def test_een_termijn_na_een_verhuizing_buiten_de_regio_zegt_dat_het_traject_daar_doorloopt() -> None:
    """De inburgeringstermijn loopt door (art. 11 lid 3 Wi): zij is hier niet geëindigd."""
    d = verhuisd(na_pip(), naar="GM0363", buiten_regio=True)
    assert "daar loopt het traject door" in termijn(d, "inburgeringstermijn").vervallen


def test_ontzorgen_vervalt_om_de_reden_die_er_was() -> None:
    d = na_pip(ontzorgen=True).feit("bijstand_toegekend", "2026-03-02")
    weg = na_pip(ontzorgen=True).feit("bijstand_toegekend", "2026-03-02").feit("bijstand_beeindigd", "2026-04-01")
    assert termijn(weg, "ontzorgen").vervallen == "er is geen bijstand meer"
    assert termijn(d.feit("voldaan", "2026-06-01"), "ontzorgen").vervallen == "het traject is geëindigd"


def test_na_een_intrekking_door_duo_staat_er_geen_bewaartermijn_van_vijf_jaar() -> None:
    """Die gegevens gaan meteen weg (art. 17 AVG); de vijf jaar van artikel 9.9 Bi gelden er niet voor."""
    d = Dossier().feit("plicht_beeindigd", "2026-02-02", grond="ingetrokken")
    assert d.plan.termijn("bewaartermijn") is None
    assert termijn(Dossier().feit("plicht_beeindigd", "2026-02-02", grond="vertrek"), "bewaartermijn").einde == date(
        2031, 2, 2
    )


def test_tegen_een_eerder_pip_loopt_de_bezwaartermijn_door() -> None:
    """Bekend op 25 februari: tot en met 8 april; een tweede PIP van 16 maart neemt dat recht niet af (Awb 6:7)."""
    d = na_pip().pip("2026-03-16")
    assert [(t.bewijs, t.einde) for t in d.plan.termijnen if t.soort == "bezwaar"] == [
        ("bekendmaking van PIP 2", date(2026, 4, 28)),  # 27 april is Koningsdag
        ("bekendmaking van PIP 1", date(2026, 4, 8)),
    ]


def bezwaar(op: str) -> Dossier:
    return na_pip().feit("bezwaar_ingediend", op, nummer=1, tegen="pip", van=1)


@pytest.mark.parametrize(
    ("op", "op_de_post"),
    [("2026-04-09", True), ("2026-04-15", True), ("2026-04-16", False)],
)
def test_awb_6_9_wat_op_tijd_is_gepost_is_niet_te_laat(op: str, op_de_post: bool) -> None:
    """De termijn eindigt op 8 april; binnen een week daarna is 15 april."""
    waarom = bezwaar(op).stap("bezwaar/te-laat/1").waarom
    assert ("uiterlijk op 8 april 2026 op de post gedaan" in waarom) is op_de_post


@pytest.mark.parametrize(
    ("van", "tot", "einde"),
    [
        # Aanvraag van 10 maart 2026: acht weken later is 5 mei; de termijn eindigt dus op 6 mei.
        pytest.param("2026-04-01", "2026-04-02", "2026-05-06", id="een-dag-stil-telt-bij-5-mei"),
        pytest.param("2026-04-01", "2026-04-05", "2026-05-11", id="vier-dagen-is-zaterdag-9-mei"),
        pytest.param("2026-04-01", "2026-04-09", "2026-05-13", id="acht-dagen"),
        pytest.param("2026-05-05", "2026-05-08", "2026-05-11", id="stil-vanaf-de-opgeschoven-dag"),
    ],
)
def test_awb_4_15_stille_dagen_tellen_bij_de_termijn_zelf_en_daarna_telt_de_feestdag(
    van: str, tot: str, einde: str
) -> None:
    d = na_pip().feit("pip_voorstel", "2026-03-10", nummer=1, voorstel="leerroute", naar="z", aanvraag=True)
    d.feit("beslistermijn_opgeschort", van, nummer=1, over="voorstel", van=1, grond="instemming", tot=tot)
    gevonden = aanvraagtermijn(d.stand, d.stand.voorstellen[1], KADER)
    assert gevonden is not None
    assert gevonden.einde == dag(einde)


def test_awb_7_10_stille_dagen_bij_bezwaar_beginnen_bij_het_einde_van_de_telling() -> None:
    """Bezwaar kan tot en met 8 april; zes weken later is 20 mei; vijf stille dagen maken er maandag 25 mei
    van, tweede pinksterdag, en dus dinsdag 26 mei."""
    d = bezwaar("2026-03-18").feit(
        "beslistermijn_opgeschort", "2026-04-20", nummer=1, over="bezwaar", van=1, grond="aanvullen", tot="2026-04-25"
    )
    gevonden = beslistermijn(d.stand, d.stand.bezwaren[1], KADER)
    assert gevonden is not None
    assert (gevonden.ruw, gevonden.einde) == (date(2026, 5, 25), date(2026, 5, 26))


def test_een_afspraak_met_peildatum_koppeling_kijkt_naar_de_koppeling() -> None:
    d = leeg().feit("koppeling", "2025-12-08", nummer=1, gemeente="GM0512", doelgroep="asielstatushouder")
    d.feit("kennisgeving", "2026-01-05", gemeente="GM0512", doelgroep="asielstatushouder")
    bekend = BekendeDagen.van_stand(d.stand, dag("2026-03-02"))
    assert peildag(Peildatumsoort.KOPPELING, bekend).dag == dag("2025-12-08")


def test_een_melding_die_de_wet_niet_vraagt_noemt_geen_artikel() -> None:
    stap = verhuisd(na_pip()).stap("duo/verhuizing/1")
    assert stap.artikel == "beleid, geen wet"
    assert "de wet vraagt deze melding niet" in stap.waarom
