"""De meldingen aan DUO (art. 9.2 en 9.3 Bi): wat, wanneer, en wat er gebeurt als het gemelde niet meer klopt."""

import pytest

from domein.begrippen import Rol
from domein.regels.stappen.duo import melding_van
from tests.unit.kernbouw import Dossier, dag


def gemeld(dossier: Dossier, melding: str, op: str, inhoud: str) -> Dossier:
    return dossier.feit("duo_ingevoerd", op, melding, melding=melding, referentie="PI-1", inhoud=inhoud)


def duo(dossier: Dossier) -> set[str]:
    return {k for k in dossier.kenmerken if k.startswith("duo/") and "aanbod" not in k}


def test_art_9_3_het_pip_en_de_leerroute_worden_de_werkdag_na_het_pip_gemeld() -> None:
    dossier = Dossier().pip("2026-02-27")  # een vrijdag
    assert duo(dossier) == {"duo/pip-vastgesteld/1", "duo/leerroute/1"}
    stap = dossier.stap("duo/pip-vastgesteld/1")
    assert (stap.start, stap.streef, stap.rol) == (dag("2026-03-02"), dag("2026-03-04"), Rol.ADMINISTRATIE)
    assert "9.3" in stap.artikel
    assert stap.inhoud == "2026-02-27"


def test_art_9_2_pvt_en_map_worden_gemeld_zodra_zij_af_zijn() -> None:
    dossier = Dossier().pip().feit("pvt_voltooid", "2026-06-17").feit("map_voltooid", "2027-06-16", praktijkuren=40)
    assert dossier.stap("duo/pvt/1").start == dag("2026-06-18")
    assert dossier.stap("duo/map/1").start == dag("2027-06-17")


def test_een_tweede_pip_is_een_nieuwe_melding() -> None:
    dossier = gemeld(Dossier().pip("2026-02-25"), "duo/pip-vastgesteld/1", "2026-02-27", "2026-02-25")
    dossier.pip("2026-09-01", "z")
    assert {"duo/pip-vastgesteld/2", "duo/leerroute/2"} <= duo(dossier)
    assert dossier.stap("duo/leerroute/2").inhoud == "z"


def test_wat_duo_niet_bevestigt_wordt_na_vier_weken_nagevraagd() -> None:
    dossier = gemeld(Dossier().pip("2026-02-25"), "duo/leerroute/1", "2026-02-27", "b1")
    assert dossier.stap("duo/navraag/leerroute/1/1").start == dag("2026-03-27")
    dossier.feit("duo_bevestigd", "2026-03-04", melding="duo/leerroute/1")
    assert duo(dossier) == {"duo/pip-vastgesteld/1"}


def test_opnieuw_invoeren_na_de_navraag_geeft_een_navraag_met_een_nieuw_nummer() -> None:
    dossier = gemeld(Dossier().pip("2026-02-25"), "duo/leerroute/1", "2026-02-27", "b1")
    dossier.feit(
        "duo_ingevoerd",
        "2026-03-30",
        "duo/navraag/leerroute/1/1",
        melding="duo/leerroute/1",
        referentie="B",
        inhoud="b1",
    )
    assert "duo/navraag/leerroute/1/2" in duo(dossier)


@pytest.mark.parametrize("bevestigd", [False, True])
def test_wat_niet_meer_klopt_wordt_hersteld_ook_na_een_bevestiging(bevestigd: bool) -> None:
    dossier = gemeld(Dossier().pip("2026-02-25"), "duo/pip-vastgesteld/1", "2026-02-27", "2026-02-20")
    if bevestigd:
        dossier.feit("duo_bevestigd", "2026-03-04", melding="duo/pip-vastgesteld/1")
    herstel = dossier.stap("duo/herstel/pip-vastgesteld/1/1")
    assert herstel.inhoud == "2026-02-25"
    assert not {k for k in duo(dossier) if "navraag" in k}
    dossier.feit(
        "duo_ingevoerd",
        "2026-03-05",
        herstel.kenmerk,
        melding="duo/pip-vastgesteld/1",
        referentie="B",
        inhoud=herstel.inhoud,
    )
    assert duo(dossier) == {"duo/leerroute/1", "duo/navraag/pip-vastgesteld/1/2"}


def test_een_gemeld_feit_dat_niet_bleek_te_bestaan_wordt_als_vervallen_gemeld() -> None:
    dossier = gemeld(Dossier().pip().feit("pvt_voltooid", "2026-06-17"), "duo/pvt/1", "2026-06-19", "2026-06-17")
    pvt = next(g for g in dossier.gebeurtenissen if g.soort == "pvt_voltooid")
    dossier.feit("doorgehaald", "2026-06-17", gebeurtenis=pvt.id)
    assert dossier.stap("duo/herstel/pvt/1/1").inhoud == "vervallen"


def test_na_overlijden_wordt_er_niets_meer_gemeld_en_na_voldaan_nog_wel() -> None:
    assert duo(Dossier().pip().feit("plicht_beeindigd", "2026-02-26", grond="overlijden")) == set()
    assert duo(Dossier().pip().feit("voldaan", "2026-02-26")) == {"duo/pip-vastgesteld/1", "duo/leerroute/1"}


@pytest.mark.parametrize(
    ("kenmerk", "melding"),
    [
        ("duo/pvt/1", "duo/pvt/1"),
        ("duo/herstel/pvt/1/2", "duo/pvt/1"),
        ("duo/navraag/pip-vastgesteld/3/1", "duo/pip-vastgesteld/3"),
    ],
)
def test_een_stap_weet_over_welke_melding_zij_gaat(kenmerk: str, melding: str) -> None:
    assert melding_van(kenmerk) == melding
