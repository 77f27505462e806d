"""Na het PIP: aanbieder (art. 16), gesprekken (art. 5.3 lid 4 Bi), PVT en MAP (art. 6), einde (art. 11 en 12)."""

import pytest

from domein.begrippen import Rol
from domein.regels.berusten import berust_op
from tests.unit.kernbouw import KADER, Dossier, dag


def gesprekken(dossier: Dossier) -> dict[int, str]:
    return {
        int(s.kenmerk.split("/")[1]): s.streef.isoformat()
        for s in dossier.plan.stappen
        if s.kenmerk.startswith("voortgang/")
    }


# Aanbieder


def test_art_16_de_aanmelding_volgt_op_het_pip_met_de_drie_maanden_als_uiterste() -> None:
    stap = Dossier().pip("2026-02-25").stap("aanbieder/aanmelding/1")
    assert (stap.start, stap.uiterst, stap.rol) == (dag("2026-02-26"), dag("2026-05-25"), Rol.AANBIEDER)


@pytest.mark.parametrize("doelgroep", ["gezinsmigrant", "overige_migrant"])
def test_art_19_wie_geen_asielstatushouder_is_zoekt_zelf_een_cursus(doelgroep: str) -> None:
    dossier = Dossier(doelgroep=doelgroep).pip()
    assert not {k for k in dossier.kenmerken if k.startswith("aanbieder/") or "aanbod" in k}
    assert [t.soort for t in dossier.plan.termijnen if "aanbod" in t.soort or "schakel" in t.soort] == []


def test_art_16_na_een_weigering_volgt_een_nieuwe_aanmelding_binnen_dezelfde_termijn() -> None:
    dossier = Dossier().pip("2026-02-25")
    dossier.feit("aanmelding_geweigerd", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, redencode="geen-plaats")
    stap = dossier.stap("aanbieder/aanmelding/2")
    assert (stap.start, stap.uiterst) == (dag("2026-03-05"), dag("2026-05-25"))
    assert "weigerde" in stap.waarom
    assert "aanbieder/aanmelding/1" not in dossier.kenmerken


def test_art_16_een_laat_doorgestuurde_aanmelding_streeft_niet_voorbij_de_drie_maanden() -> None:
    """De drie maanden lopen tot en met Tweede Pinksterdag, 25 mei 2026: vrijdag 22 mei is de laatste werkdag."""
    geweigerd = (
        Dossier()
        .intake()
        .pip()
        .feit("aanmelding_geweigerd", "2026-05-20", "aanbieder/aanmelding/1", nummer=1, redencode="reistijd")
    )
    stap = geweigerd.stap("aanbieder/aanmelding/2")
    assert (stap.start, stap.streef, stap.uiterst) == (dag("2026-05-21"), dag("2026-05-22"), dag("2026-05-25"))


def test_art_16_na_acceptatie_volgt_de_bevestiging_van_de_start_op_de_eerste_lesdag() -> None:
    dossier = Dossier().pip().feit("aanmelding_geaccepteerd", "2026-03-04", nummer=1, startdatum="2026-03-28")
    assert dossier.stap("aanbieder/start/1").start == dag("2026-03-30")  # 28 maart is een zaterdag
    dossier.feit("les_gestart", "2026-03-30", "aanbieder/start/1", nummer=1)
    bij_aanbieder = {k for k in dossier.kenmerken if k.startswith("aanbieder/")}
    assert bij_aanbieder == {f"aanbieder/uren/{k}/1" for k in range(1, 6)}  # elk half jaar tot het einde van de termijn


# Geen aanbod


@pytest.mark.parametrize(
    ("leerroute", "soort", "einde", "melden"),
    [
        pytest.param("b1", "aanbod", "2026-05-25", "2026-05-26", id="art-4.1-ri-drie-maanden-b1"),
        pytest.param("z", "aanbod", "2026-05-25", "2026-05-26", id="art-4.1-ri-drie-maanden-z"),
        pytest.param(
            "onderwijs", "taalschakeltraject-start", "2026-08-25", "2026-08-26", id="art-4.1-ri-zes-maanden-onderwijs"
        ),
    ],
)
def test_zonder_aanbod_op_tijd_wordt_dat_aan_duo_gemeld(leerroute: str, soort: str, einde: str, melden: str) -> None:
    dossier = Dossier().pip("2026-02-25", leerroute)
    assert dossier.einde_van(soort) == dag(einde)
    assert dossier.stap("duo/geen-aanbod/1").start == dag(melden)


@pytest.mark.parametrize(("op", "blijft"), [("2026-05-25", False), ("2026-05-26", True)])
def test_een_aanbod_op_de_laatste_dag_is_op_tijd_en_een_dag_later_niet(op: str, blijft: bool) -> None:
    dossier = Dossier().pip("2026-02-25").feit("aanmelding_geaccepteerd", op, nummer=1, startdatum="2026-06-08")
    assert ("duo/geen-aanbod/1" in dossier.kenmerken) is blijft


@pytest.mark.parametrize(("gestart", "blijft"), [("2026-08-25", False), ("2026-08-26", True)])
def test_in_de_onderwijsroute_telt_de_start_van_de_lessen_en_niet_de_acceptatie(gestart: str, blijft: bool) -> None:
    dossier = Dossier().pip("2026-02-25", "onderwijs")
    dossier.feit("aanmelding_geaccepteerd", "2026-03-04", nummer=1, startdatum="2026-08-24")
    assert "duo/geen-aanbod/1" in dossier.kenmerken
    dossier.feit("les_gestart", gestart, nummer=1)
    assert ("duo/geen-aanbod/1" in dossier.kenmerken) is blijft


def test_wie_al_klaar_is_voor_de_drie_maanden_om_zijn_krijgt_die_melding_niet() -> None:
    dossier = Dossier().pip("2026-02-25").feit("plicht_beeindigd", "2026-05-25", grond="vertrek")
    assert "duo/geen-aanbod/1" not in dossier.kenmerken


# Gesprekken


def test_art_5_3_lid_4_de_gesprekken_zijn_die_van_het_pip() -> None:
    dossier = Dossier().pip("2026-02-25", aantal=4, interval=3)
    assert gesprekken(dossier) == {
        1: "2026-05-26",
        2: "2026-08-25",
        3: "2026-11-25",
        4: "2027-02-25",
    }  # 25 mei: pinksteren
    assert dossier.stap("voortgang/2").start == dag("2026-08-11")
    assert dossier.stap("voortgang/2").uiterst == dag("2026-09-22")


def test_een_gesprek_na_het_einde_van_de_termijn_staat_niet_in_het_plan() -> None:
    assert max(gesprekken(Dossier().pip("2026-02-24", aantal=8, interval=6))) == 6  # het zesde op de laatste dag zelf


def test_een_gesprek_op_het_weekend_van_het_einde_vervalt_niet_maar_is_de_vrijdag_ervoor() -> None:
    dossier = Dossier().pip("2026-02-25", aantal=8, interval=6)  # het zesde is afgesproken op zondag 25 februari 2029
    assert max(gesprekken(dossier)) == 6
    stap = dossier.stap("voortgang/6")
    assert (stap.streef, stap.uiterst) == (dag("2029-02-23"), dag("2029-02-25"))
    assert stap.start == dag("2029-02-09")


def test_een_gemist_gesprek_wordt_binnen_twee_weken_ingehaald_met_een_nieuw_nummer() -> None:
    dossier = (
        Dossier().pip("2026-02-25", aantal=2).feit("gesprek_niet_verschenen", "2026-08-25", "voortgang/1", nummer=1)
    )
    assert gesprekken(dossier) == {2: "2027-02-25", 3: "2026-09-08"}
    dossier.feit("gesprek_niet_verschenen", "2026-09-08", "voortgang/3", nummer=3)
    assert gesprekken(dossier) == {2: "2027-02-25", 4: "2026-09-22"}


# PVT en MAP


def test_art_6_pvt_en_map_moeten_af_zijn_binnen_de_termijn() -> None:
    dossier = Dossier().pip("2026-02-25")
    pvt, map_ = dossier.stap("pvt/1"), dossier.stap("map/1")
    assert (pvt.start, pvt.streef, pvt.uiterst) == (dag("2026-03-25"), dag("2027-02-25"), dag("2029-02-25"))
    assert (map_.start, map_.streef, map_.uiterst) == (dag("2026-08-25"), dag("2028-02-25"), dag("2029-02-25"))
    assert "3.1" in pvt.artikel
    assert "3.2" in map_.artikel


@pytest.mark.parametrize(("leerroute", "met_map"), [("b1", True), ("z", True), ("onderwijs", False)])
def test_art_8_lid_3_de_onderwijsroute_kent_geen_map(leerroute: str, met_map: bool) -> None:
    kenmerken = Dossier().pip(leerroute=leerroute).kenmerken
    assert ("map/1" in kenmerken) is met_map
    assert "pvt/1" in kenmerken


# De inburgeringstermijn


@pytest.mark.parametrize(
    ("pip", "einde", "stap"),
    [
        pytest.param("2026-02-25", "2029-02-25", "2029-02-26", id="art-11-drie-jaar-zondag-schuift-niet"),
        pytest.param("2028-02-29", "2031-02-28", "2031-03-03", id="art-11-schrikkeldag"),
    ],
)
def test_art_11_de_termijn_is_drie_jaar_vanaf_het_eerste_pip(pip: str, einde: str, stap: str) -> None:
    dossier = Dossier("2026-01-05").pip(pip)
    assert dossier.einde_van("inburgeringstermijn") == dag(einde)
    assert dossier.stap("einde/termijn/1").start == dag(stap)


def test_art_11_lid_3_een_later_pip_verandert_de_termijn_niet() -> None:
    dossier = Dossier().pip("2026-02-25").pip("2027-02-25", "z")
    assert dossier.einde_van("inburgeringstermijn") == dag("2029-02-25")


def test_art_12_een_verlenging_verschuift_de_afloop_en_de_uiterste_dag_van_pvt_en_map() -> None:
    dossier = Dossier().pip("2026-02-25").feit("verlengd", "2028-06-16", nieuwe_einddatum="2029-08-25")
    assert dossier.einde_van("inburgeringstermijn") == dag("2029-08-25")
    assert dossier.stap("einde/termijn/1").start == dag("2029-08-27")
    assert {dossier.stap(k).uiterst for k in ("pvt/1", "map/1")} == {dag("2029-08-25")}


def test_art_12_een_besluit_dat_later_binnenkomt_wint_niet_van_een_jonger_besluit() -> None:
    dossier = Dossier().pip("2026-02-25").feit("verlengd", "2028-06-16", nieuwe_einddatum="2030-02-25")
    dossier.feit("verlengd", "2028-03-01", nieuwe_einddatum="2029-08-25")
    assert dossier.einde_van("inburgeringstermijn") == dag("2030-02-25")


def test_art_24_en_25_een_nieuwe_termijn_wordt_niet_uitgelegd_als_een_verlenging() -> None:
    dossier = Dossier().pip("2026-02-25").feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot="2031-03-05")
    termijn = dossier.plan.termijn("inburgeringstermijn")
    assert termijn is not None
    assert (termijn.einde, termijn.artikel) == (dag("2031-03-05"), "artikel 24 en 25 Wet inburgering 2021")
    assert "nieuwe termijn, tot en met 5 maart 2031" in termijn.uitleg
    assert "verlengd" not in termijn.uitleg
    dossier.feit("verlengd", "2030-09-02", nieuwe_einddatum="2031-09-05")
    termijn = dossier.plan.termijn("inburgeringstermijn")
    assert termijn is not None
    assert (termijn.einde, termijn.artikel) == (dag("2031-09-05"), "artikel 12 Wet inburgering 2021")


def test_na_een_afgehandelde_afloop_komt_er_een_nieuwe_met_een_nieuw_nummer() -> None:
    dossier = Dossier().pip("2026-02-25")
    dossier.feit("termijn_overschreden", "2029-03-05", "einde/termijn/1", nieuwe_termijn_tot="2031-03-05")
    assert "einde/termijn/1" not in dossier.kenmerken
    assert dossier.stap("einde/termijn/2").start == dag("2031-03-06")


def test_de_bewaking_van_het_einde_is_niet_weg_te_slaan() -> None:
    """Ook niet als een doorhaling een eerder nummer weer vrijmaakt."""
    dossier = (
        Dossier().pip("2026-02-25").feit("verlengd", "2029-02-26", "einde/termijn/1", nieuwe_einddatum="2029-08-25")
    )
    verlenging = dossier.gebeurtenissen[-1]
    dossier.feit("stap_overgeslagen", "2029-03-01", "einde/termijn/2")
    assert "einde/termijn/3" in dossier.kenmerken
    dossier.feit("doorgehaald", "2029-03-02", gebeurtenis=verlenging.id)
    assert "einde/termijn/1" in dossier.kenmerken


@pytest.mark.parametrize("grond", ["overlijden", "vertrek", "ingetrokken"])
def test_na_het_einde_blijft_alleen_afsluiten_en_wat_duo_nog_moet_weten(grond: str) -> None:
    dossier = Dossier().pip("2026-02-25").feit("plicht_beeindigd", "2026-04-29", grond=grond)
    melden = {"duo/pip-vastgesteld/1", "duo/leerroute/1"} if grond == "vertrek" else set()
    sluit = "einde/wissen/1" if grond == "ingetrokken" else "einde/afsluiten/1"
    assert dossier.kenmerken == {sluit} | melden
    assert dossier.stap(sluit).start == dag("2026-04-30")


def test_na_afsluiten_is_het_plan_leeg() -> None:
    dossier = Dossier().feit("plicht_beeindigd", "2026-01-29", grond="overlijden")
    dossier.feit("dossier_afgesloten", "2026-02-02", "einde/afsluiten/1")
    assert dossier.plan.stappen == ()


def test_elke_stap_noemt_een_artikel_of_zegt_dat_het_beleid_is() -> None:
    dossier = (
        Dossier()
        .pip("2026-02-25")
        .feit("pvt_voltooid", "2026-06-17")
        .feit("map_voltooid", "2027-06-16", praktijkuren=40)
    )
    for stap in dossier.plan.stappen:
        assert stap.artikel.startswith("artikel ") or stap.artikel == "beleid, geen wet", stap.kenmerk
        assert KADER.kantoor.is_open(stap.start), stap.kenmerk


# Een andere leerroute


def test_art_17_een_andere_leerroute_begint_een_nieuwe_ronde_bij_de_aanbieders() -> None:
    dossier = Dossier().pip("2026-02-25", "b1")
    dossier.feit("aanmelding_geaccepteerd", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, startdatum="2026-04-01")
    dossier.feit("les_gestart", "2026-04-01", "aanbieder/start/1", nummer=1)
    dossier.pip("2026-09-02", "z")
    assert {k for k in dossier.kenmerken if k.startswith("aanbieder/")} == {
        "aanbieder/aanmelding/2",
        "aanbieder/stop/1",
    }
    assert dossier.einde_van("inburgeringstermijn") == dag("2029-02-25")


def test_een_aanmelding_die_al_bij_de_vorige_aanbieder_ligt_krijgt_in_de_nieuwe_ronde_een_nieuw_nummer() -> None:
    """Ook als de nieuwe leerroute met terugwerkende kracht is vastgelegd (regel 3 en 6)."""
    dossier = Dossier().pip("2026-02-25", "b1")
    dossier.feit("stap_geopend", "2026-09-04", "aanbieder/aanmelding/1", generatie=1, partner="p", medewerker="m")
    dossier.pip("2026-09-02", "z")
    assert {k for k in dossier.kenmerken if k.startswith("aanbieder/")} == {"aanbieder/aanmelding/2"}


def test_art_35_wie_terugkomt_van_buiten_de_regio_wordt_opgevraagd_bij_de_gemeente_waar_hij_was() -> None:
    """Die doet hier niet mee: zij krijgt geen taak om te leveren, en de ontvangst volgt meteen op het verzoek."""
    d = Dossier().pip().feit("verhuisd", "2026-06-01", nummer=1, naar="GM0363", van="GM0512", buiten_regio=True)
    d.feit("verhuisd", "2026-09-01", nummer=2, naar="GM1978", van="GM0512")
    assert "(Amsterdam)" in d.stap("verhuizing/opvragen/2").waarom
    assert "duo/verhuizing/2" in d.kenmerken
    d.feit("dossier_opgevraagd", "2026-09-07", "verhuizing/opvragen/2", nummer=2)
    assert "verhuizing/ontvangst/2" in d.kenmerken
    assert not {kenmerk for kenmerk in d.kenmerken if kenmerk.startswith("verhuizing/levering/")}


def test_een_dossier_waarvan_het_einde_is_doorgehaald_is_niet_dicht_en_wordt_later_weer_gesloten() -> None:
    d = Dossier().pip().feit("verhuisd", "2026-06-01", nummer=1, naar="GM0363", buiten_regio=True)
    verhuisd = d.gebeurtenissen[-1]
    d.feit("dossier_afgesloten", "2026-06-08", "einde/afsluiten/1")
    assert berust_op(verhuisd, d.gebeurtenissen) == [d.gebeurtenissen[-1]]
    d.feit("doorgehaald", "2026-06-01", gebeurtenis=verhuisd.id)
    assert (d.stand.einde, d.stand.afgesloten_op) == (None, None)
    d.feit("voldaan", "2028-06-21")
    assert "einde/afsluiten/2" in d.kenmerken


def test_wie_terugkomt_in_de_regio_gaat_verder_en_wordt_later_opnieuw_afgesloten() -> None:
    dossier = Dossier().pip("2026-02-25")
    dossier.feit("verhuisd", "2026-06-01", nummer=1, van="GM0512", naar="GM0599", buiten_regio=True)
    dossier.feit("dossier_afgesloten", "2026-06-08", "einde/afsluiten/1")
    assert "einde/termijn/1" not in dossier.kenmerken
    dossier.feit("verhuisd", "2026-09-01", nummer=2, van="GM0599", naar="GM1978")
    assert {"pip/verhuizing/2", "einde/termijn/1"} <= dossier.kenmerken
    dossier.feit("voldaan", "2028-01-05")
    assert "einde/afsluiten/2" in dossier.kenmerken
