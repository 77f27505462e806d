"""De stand: elk feit doet wat het zegt, en een doorgehaald of vervangen feit doet niets."""

import pytest

from domein.begrippen import Eindegrond, Leerroute
from domein.gebeurtenissen.soorten import SOORTEN
from domein.gebeurtenissen.vervolg import VERVOLG_OP
from domein.stand import STAPHANDELINGEN, Stand, geldende, vouw
from tests.unit.kernbouw import Dossier, dag


def test_zonder_feiten_is_er_een_lege_stand() -> None:
    assert vouw([]) == Stand()
    assert Stand().pip is None
    assert Stand().leerroute is Leerroute.ONBEKEND


def test_de_kennisgeving_geeft_gemeente_doelgroep_en_begin() -> None:
    stand = Dossier("2026-01-05", gemeente="GM1978", doelgroep="gezinsmigrant", nareiziger=True, ontzorgen=True).stand
    assert (stand.gemeente, stand.doelgroep, stand.kennisgeving_op) == ("GM1978", "gezinsmigrant", dag("2026-01-05"))
    assert (stand.nareiziger, stand.ontzorgen, stand.is_asiel) == (True, True, False)


def test_een_inschrijving_na_de_kennisgeving_vervangt_die_uit_de_kennisgeving() -> None:
    dossier = Dossier("2026-01-05", brp_inschrijving="2025-12-15")
    assert dossier.stand.brp_op == dag("2025-12-15")
    assert dossier.feit("brp_ingeschreven", "2026-01-19").stand.brp_op == dag("2026-01-19")


def test_het_geldende_pip_is_dat_met_de_jongste_dagtekening_niet_het_laatst_ingevoerde() -> None:
    stand = Dossier().pip("2026-06-01", "z").pip("2026-02-25", "b1").stand
    assert [p.dagtekening for p in stand.pips] == [dag("2026-02-25"), dag("2026-06-01")]
    assert [p.nummer for p in stand.pips] == [1, 2]
    assert stand.leerroute is Leerroute.Z


def test_een_melding_die_niet_is_ingevoerd_kan_niet_bevestigd_zijn() -> None:
    assert Dossier().pip().feit("duo_bevestigd", "2026-03-04", melding="duo/pvt/1").stand.duo == {}


def test_opnieuw_invoeren_telt_als_correctie_en_wist_de_bevestiging() -> None:
    dossier = (
        Dossier().pip().feit("duo_ingevoerd", "2026-03-02", melding="duo/leerroute/1", referentie="A", inhoud="b1")
    )
    dossier.feit("duo_bevestigd", "2026-03-04", melding="duo/leerroute/1")
    assert dossier.stand.duo["duo/leerroute/1"].bevestigd_op == dag("2026-03-04")
    dossier.feit("duo_ingevoerd", "2026-03-09", melding="duo/leerroute/1", referentie="B", inhoud="z")
    melding = dossier.stand.duo["duo/leerroute/1"]
    assert (melding.inhoud, melding.bevestigd_op, melding.correcties) == ("z", None, 1)


@pytest.mark.parametrize(
    ("soort", "gegevens", "grond"),
    [
        ("voldaan", {}, Eindegrond.VOLDAAN),
        ("termijn_overschreden", {}, Eindegrond.TERMIJN_OVERSCHREDEN),
        ("plicht_beeindigd", {"grond": "overlijden"}, Eindegrond.OVERLIJDEN),
        ("plicht_beeindigd", {"grond": "vertrek"}, Eindegrond.VERTREK),
        ("plicht_beeindigd", {"grond": "ingetrokken"}, Eindegrond.INGETROKKEN),
    ],
)
def test_elk_einde_heeft_zijn_grond_en_dag(soort: str, gegevens: dict[str, str], grond: Eindegrond) -> None:
    einde = Dossier().pip().feit(soort, "2028-06-21", **gegevens).stand.einde
    assert einde is not None
    assert (einde.grond, einde.op) == (grond, dag("2028-06-21"))


def test_art_24_een_overschreden_termijn_met_een_nieuwe_termijn_is_geen_einde() -> None:
    stand = Dossier().pip().feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot="2031-03-05").stand
    assert stand.einde is None
    assert stand.verlengd_tot == dag("2031-03-05")


def test_een_uitkomst_maakt_haar_stap_klaar_en_een_staphandeling_niet() -> None:
    dossier = Dossier().feit("oproep_verzonden", "2026-01-07", "intake/oproep/1", nummer=1, afspraak_op="2026-01-21")
    dossier.feit("stap_verzet", "2026-01-08", "intake/gesprek/1", dag="2026-01-22")
    assert dict(dossier.stand.afgerond) == {"intake/oproep/1": ("oproep_verzonden", dag("2026-01-07"))}


def test_heropenen_haalt_het_overslaan_weg_en_op_een_dag_telt_de_volgorde() -> None:
    dossier = Dossier().pip()
    for soort, verwacht in (("stap_overgeslagen", True), ("stap_heropend", False), ("stap_overgeslagen", True)):
        dossier.feit(soort, "2026-03-02", "pvt/1")
        assert ("pvt/1" in dossier.stand.overgeslagen) is verwacht


def test_een_antwoord_over_een_dag_voor_het_heropenen_telt() -> None:
    """Overgeslagen en heropend in mei; in juni blijkt het gesprek in april te zijn gevoerd."""
    d = Dossier().intake().pip()
    d.feit("stap_overgeslagen", "2026-05-04", "voortgang/1").feit("stap_heropend", "2026-05-11", "voortgang/1")
    d.feit("gesprek_gevoerd", "2026-04-20", "voortgang/1", nummer=1)
    assert d.stand.afgerond["voortgang/1"][0] == "gesprek_gevoerd"
    assert "voortgang/1" not in d.kenmerken


def test_een_doorgehaald_feit_geldt_niet_en_telt_ook_niet_als_bronversie() -> None:
    dossier = Dossier()
    for versie, op in ((1, "2026-01-19"), (2, "2026-02-02")):
        dossier.feit("brp_ingeschreven", op, bron="brp", bronkenmerk="B-1", bronversie=versie)
    assert dossier.stand.brp_op == dag("2026-02-02")
    dossier.feit("doorgehaald", "2026-02-02", gebeurtenis=dossier.gebeurtenissen[-1].id)
    assert dossier.stand.brp_op == dag("2026-01-19")
    assert [g.volgnummer for g in geldende(dossier.gebeurtenissen)] == [1, 2, 4]


def test_twee_bronnen_met_hetzelfde_kenmerk_zijn_twee_feiten() -> None:
    dossier = Dossier().pip()
    dossier.feit("pvt_voltooid", "2026-06-17", bron="aanbieder", bronkenmerk="1", bronversie=1)
    dossier.feit("map_voltooid", "2027-06-16", bron="werkgever", bronkenmerk="1", bronversie=2, praktijkuren=40)
    assert (dossier.stand.pvt_op, dossier.stand.map_op) == (dag("2026-06-17"), dag("2027-06-16"))


def test_elke_soort_is_een_feit_of_een_handeling_en_de_rang_zet_feiten_voor_handelingen() -> None:
    feiten = [soort.rang for naam, soort in SOORTEN.items() if naam not in STAPHANDELINGEN | {"controle_afgehandeld"}]
    handelingen = [SOORTEN[naam].rang for naam in STAPHANDELINGEN]
    assert max(feiten) < min(handelingen)


def test_wat_duo_introk_blijft_ingetrokken_ook_als_daarna_iemand_een_einde_meldt() -> None:
    dossier = Dossier(kennisgeving="2026-01-05")
    dossier.feit("kennisgeving_ingetrokken", "2026-02-02", gemeente="GM0512", doelgroep="asielstatushouder")
    dossier.feit("verhuisd", "2026-02-03", nummer=1, naar="GM0363", buiten_regio=True)
    dossier.feit("plicht_beeindigd", "2026-02-04", grond="vertrek")
    assert dossier.stand.einde is not None
    assert dossier.stand.einde.grond == "ingetrokken"
    assert "einde/wissen/1" in dossier.kenmerken
    dossier.feit("persoon_gewist", "2026-02-05")
    assert dossier.plan.stappen == ()


@pytest.mark.parametrize(
    ("begin", "vervolg", "veld", "kijk"),
    [
        ("verhuisd", "dossier_opgevraagd", {"naar": "GM1978"}, lambda stand: stand.verhuizingen[1].opgevraagd_op),
        ("gepauzeerd", "hervat", {"grond": "overig"}, lambda stand: stand.pauzes[1].hervat_op),
        ("verblijf_onderbroken", "verblijf_hervat", {}, lambda stand: stand.gaten[1].hervat_op),
        ("derde_gevraagd", "derde_ontvangen", {"bij": "ggd"}, lambda stand: stand.derden[1].ontvangen_op),
    ],
)  # fmt: skip
def test_een_vervolg_blijft_tellen_als_zijn_begin_naar_later_wordt_verbeterd(begin, vervolg, veld, kijk) -> None:
    """De bron verschuift het begin van 7 naar 21 september; wat op de tiende volgde, telt nog steeds (regel 10)."""
    d = Dossier()
    for versie, op in ((1, "2026-09-07"), (2, "2026-09-21")):
        d.feit(begin, op, bron="bron", bronkenmerk="B-1", bronversie=versie, nummer=1, **veld)
        if versie == 1:
            d.feit(vervolg, "2026-09-10", nummer=1)
        assert kijk(d.stand) == dag("2026-09-10")


def test_elk_vervolg_heeft_een_begin_met_een_lagere_of_gelijke_rang() -> None:
    for soort, vervolg in VERVOLG_OP.items():
        assert SOORTEN[vervolg.basis].rang < SOORTEN[soort].rang, soort
        assert vervolg.veld in SOORTEN[soort].model.model_fields, soort
        assert vervolg.basisveld in SOORTEN[vervolg.basis].model.model_fields, soort
