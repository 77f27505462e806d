"""Termijnen met de hand nageteld op de randen: gaten, wissel van leerroute, verhuizing, stilstand; en hun uitleg."""

from datetime import date

import pytest

from domein.begrippen import Leerroute
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.soorten import lees
from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.bezwaartermijn import beslistermijn
from domein.regels.leeftijd import aow_op
from domein.regels.peildatum import BekendeDagen, peildag
from domein.regels.stappen.pip_wijzigen import mag_wisselen
from domein.regels.tarief import plafond
from domein.regels.termijnbreuk import breuken
from domein.regels.termijnen import Termijn, bereken
from domein.regels.toets_besluit import toets_besluit
from domein.regels.verlenging import twijfel
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


def test_awb_4_14_een_dag_die_de_gemeente_zelf_noemde_schuift_niet_op() -> None:
    """5 juli 2026 is een zondag; wie dat hoorde, mag erop rekenen. Met twee stille dagen wordt het dinsdag 7 juli."""
    d = na_pip().feit("pip_voorstel", "2026-04-15", nummer=1, voorstel="leerroute", naar="z", aanvraag=True)
    d.feit("voorstel_verdaagd", "2026-06-08", nummer=1, tot="2026-07-05")
    gevonden = aanvraagtermijn(d.stand, d.stand.voorstellen[1], KADER)
    assert gevonden is not None
    assert (gevonden.einde, gevonden.soort_einde, gevonden.verlengd_van) == (
        date(2026, 7, 5),
        "vast",
        date(2026, 6, 10),
    )
    d.feit(
        "beslistermijn_opgeschort", "2026-06-15", nummer=1, over="voorstel", van=1, grond="overmacht", tot="2026-06-17"
    )
    stil = aanvraagtermijn(d.stand, d.stand.voorstellen[1], KADER)
    assert stil is not None
    assert stil.einde == date(2026, 7, 7)


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


@pytest.mark.parametrize(
    ("dagtekening", "einde"),
    [
        # De termijn begint de dag erna, en anderhalf jaar telt vanaf dat begin (art. 17 lid 2 Wi).
        pytest.param("2026-05-05", "2027-11-05", id="gewone-dag"),
        pytest.param("2026-02-28", "2027-08-31", id="begint-1-maart-dus-heel-augustus"),
        pytest.param("2026-04-30", "2027-10-31", id="begint-1-mei"),
        pytest.param("2028-02-29", "2029-08-31", id="pip-op-schrikkeldag"),
        pytest.param("2028-02-28", "2029-08-28", id="begint-op-schrikkeldag"),
        pytest.param("2026-08-30", "2028-02-29", id="begint-31-augustus-en-eindigt-op-schrikkeldag"),
        pytest.param("2025-08-30", "2027-02-28", id="begint-31-augustus"),
        pytest.param("2025-08-31", "2027-02-28", id="begint-1-september"),
    ],
)
def test_art_17_anderhalf_jaar_telt_vanaf_het_begin_van_de_termijn(dagtekening: str, einde: str) -> None:
    assert bereken("leerroute-wijzigen", dag(dagtekening)).einde == dag(einde)


def test_op_de_laatste_dag_van_anderhalf_jaar_mag_de_leerroute_nog_wijzigen() -> None:
    d = na_pip(op="2026-02-28")
    assert mag_wisselen(d.stand, Leerroute.Z, dag("2027-08-31"), KADER, bijzonder_geval=False) == ""
    assert "31 augustus 2027" in mag_wisselen(d.stand, Leerroute.Z, dag("2027-09-01"), KADER, bijzonder_geval=False)


@pytest.mark.parametrize(
    ("aanvraag", "artikel"),
    [
        ("vrijstelling", "artikel 2.3 Regeling inburgering"),
        ("ontheffing", "artikelen 2.7 en 2.8 Besluit inburgering"),
        ("verlenging", "artikelen 4.3 tot en met 4.5 Besluit inburgering"),
    ],
)
def test_de_acht_weken_van_duo_noemen_het_artikel_van_die_aanvraag(aanvraag: str, artikel: str) -> None:
    """20 maart 2026 en 56 dagen is 15 mei, een aangewezen dag."""
    d = na_pip().feit("duo_aanvraag", "2026-03-20", nummer=1, aanvraag=aanvraag)
    gevonden = termijn(d, "duo-besluit")
    assert (gevonden.artikel, gevonden.einde) == (artikel, date(2026, 5, 18))
    assert gevonden.uitleg.endswith(f"{artikel[0].upper()}{artikel[1:]}; artikel 1 Algemene termijnenwet.")


def overschreden() -> Dossier:
    d = na_pip(doelgroep="gezinsmigrant")
    return d.feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot="2029-09-05")


def test_art_27_een_verlenging_van_een_nieuwe_termijn_geeft_geen_hoger_maximum() -> None:
    d = overschreden().feit("verlengd", "2029-08-20", nieuwe_einddatum="2030-03-05")
    assert plafond(d.stand, dag("2029-10-01"), KADER) == 400
    gevonden = termijn(d, "inburgeringstermijn")
    assert (gevonden.einde, gevonden.verlengd_van) == (date(2030, 3, 5), date(2029, 9, 5))
    assert "Zonder verlenging was 5 september 2029 de laatste dag, in de nieuwe termijn" in gevonden.uitleg


def boete(op: str) -> None:
    d = na_pip(doelgroep="gezinsmigrant").feit(
        "maatregel_overwogen", "2026-09-01", nummer=1, gedraging="traject", gedraging_op="2026-08-25"
    )
    d.feit("maatregel_gewaarschuwd", "2026-09-01", nummer=1, wijze="brief")
    d.feit("maatregel_voornemen", "2026-09-02", nummer=1, zienswijze_tot="2026-09-16")
    d.feit("maatregel_zienswijze", "2026-09-17", nummer=1, wijze="geen")
    keuze = {"verwijtbaarheid": "normaal", "redencode": "niet-verschenen", "mandaathouder": "m-gor"}
    feit = lees("maatregel_besloten", {"nummer": 1, "opgelegd": True, "bedrag": 25} | keuze)
    toets_besluit(feit, d.stand, dag(op), KADER)


def test_awb_5_45_na_vijf_jaar_kan_er_geen_boete_meer_zijn() -> None:
    boete("2031-08-25")
    with pytest.raises(OngeldigeGegevens, match=r"tot 26 augustus 2031 .* verjaard \(artikel 5:45 Awb\)"):
        boete("2031-08-26")


@pytest.mark.parametrize(
    ("gedaan", "nieuw", "past"),
    [
        # Het PIP is van 25 februari 2026: een aanbod hoort er op 25 mei te zijn. De termijn eindigt 25 februari 2029.
        pytest.param("2026-06-24", "2029-03-27", True, id="dertig-dagen-te-laat-geeft-dertig-dagen"),
        pytest.param("2026-06-24", "2029-03-28", False, id="een-dag-meer"),
        pytest.param("2026-05-25", "2029-02-26", False, id="op-tijd-geeft-niets"),
        pytest.param(None, "2030-02-25", True, id="nog-steeds-geen-aanbod"),
    ],
)
def test_art_4_1_ri_zonder_aanbod_komt_erbij_wat_het_te_laat_was(gedaan: str | None, nieuw: str, past: bool) -> None:
    d = na_pip()
    if gedaan is not None:
        d.feit("aanmelding_geaccepteerd", gedaan, nummer=1, startdatum="2026-09-07")
    assert (twijfel(d.stand, "geen_aanbod", dag(nieuw), dag("2028-10-02"), KADER) == "") is past


def test_art_4_1_ri_een_gezinsmigrant_krijgt_geen_verlenging_voor_een_aanbod() -> None:
    d = na_pip(doelgroep="gezinsmigrant")
    waarom = twijfel(d.stand, "geen_aanbod", dag("2029-05-25"), dag("2028-10-02"), KADER)
    assert "hoort alleen bij een asielstatushouder" in waarom


def test_een_verschoven_dag_zegt_wat_zij_was() -> None:
    verzet = na_pip().feit("stap_verzet", "2026-07-01", "voortgang/1", dag="2026-09-02", getoetst_aan="2026-09-22")
    assert "verzet van 25 augustus 2026 naar 2 september 2026" in verzet.stap("voortgang/1").waarom
    stil = na_pip().feit("gepauzeerd", "2026-08-03", nummer=1, grond="overig").feit("hervat", "2026-08-24", nummer=1)
    assert "Daardoor schuift 25 augustus 2026 op naar 7 september 2026." in stil.stap("voortgang/1").waarom
    uitgesteld = bezwaar("2026-03-18").feit("bezwaar_verdaagd", "2026-05-04", nummer=1)
    assert "Zonder uitstel was 20 mei 2026 de laatste dag." in termijn(uitgesteld, "bezwaar-verdagen").uitleg


def test_de_uiterste_dag_van_een_oproep_komt_van_het_pip_en_zegt_dat() -> None:
    waarom = Dossier("2026-01-05", brp_inschrijving="2025-12-15").gemist(1, "2026-01-07", "2026-01-21")
    zin = "Het PIP moet er uiterlijk op 16 maart 2026 zijn (artikel 5.3 Besluit inburgering)."
    assert zin in waarom.stap("intake/oproep/2").waarom
    laat = Dossier("2026-01-05", brp_inschrijving="2025-12-15").gemist(1, "2026-03-02", "2026-03-18")
    assert "Het PIP had er uiterlijk op 16 maart 2026 moeten zijn" in laat.stap("intake/oproep/2").waarom


def test_een_gebroken_uiterste_dag_van_beleid_noemt_geen_artikel() -> None:
    voor = na_pip()
    na = na_pip().feit(
        "stap_verzet", "2026-07-01", "voortgang/1", dag="2026-10-30", getoetst_aan="2026-09-22", aanvaard=True
    )
    (breuk,) = breuken(voor.plan, na.plan, frozenset())
    assert (breuk.kenmerk, breuk.artikel) == ("voortgang/1", "beleid, geen wet")


def test_een_dag_van_beleid_heet_beleid() -> None:
    assert "De uiterste dag is beleid: hoogstens 28 dagen later." in na_pip().stap("voortgang/1").waarom
    assert "De wet noemt geen dag voor deze melding" in na_pip().stap("duo/leerroute/1").waarom


def test_een_termijn_die_niet_meer_telt_zegt_waarom() -> None:
    gevonden = termijn(na_pip().feit("voldaan", "2028-06-21"), "leerroute-wijzigen")
    assert gevonden.waarom.endswith("Zij telt niet meer: het traject is geëindigd.")
    assert termijn(na_pip(), "leerroute-wijzigen").waarom == termijn(na_pip(), "leerroute-wijzigen").uitleg


def test_wie_op_29_februari_is_geboren_bereikt_de_aow_leeftijd_in_maart() -> None:
    """Net als 16 en 18 worden: 67 jaar na 29 februari 1960 is in een gewoon jaar 1 maart 2027."""
    assert aow_op(dag("1960-02-29")) == dag("2027-03-01")
    assert aow_op(dag("1960-02-28")) == dag("2027-02-28")
