"""Oproepen en brede intake (art. 14 Wi), en het PIP binnen zijn termijn (art. 15 Wi, art. 5.3 Bi)."""

import pytest

from domein.begrippen import Rol
from domein.regels.stappen.intake import waarschuwing_nodig
from tests.unit.kernbouw import KADER, Dossier, dag


def test_na_de_kennisgeving_staan_de_eerste_oproep_en_het_pip_klaar() -> None:
    assert Dossier().kenmerken == {"intake/oproep/1", "pip/vaststellen/1"}


@pytest.mark.parametrize(
    ("op", "start"),
    [
        pytest.param("2026-01-05", "2026-01-05", id="maandag"),
        pytest.param("2026-01-10", "2026-01-12", id="zaterdag-dus-maandag"),
        pytest.param("2026-04-27", "2026-04-28", id="koningsdag"),
    ],
)
def test_de_eerste_oproep_begint_op_de_eerste_werkdag_vanaf_de_kennisgeving(op: str, start: str) -> None:
    stap = Dossier(op).stap("intake/oproep/1")
    assert stap.start == dag(start)
    assert stap.rol is Rol.KLANTMANAGER
    assert "artikel 14" in stap.artikel


def test_art_14_na_een_oproep_volgt_het_gesprek_op_de_dag_van_de_afspraak() -> None:
    dossier = Dossier().feit("oproep_verzonden", "2026-01-07", "intake/oproep/1", nummer=1, afspraak_op="2026-01-21")
    assert dossier.kenmerken == {"intake/gesprek/1", "pip/vaststellen/1"}
    assert dossier.stap("intake/gesprek/1").start == dag("2026-01-21")


def test_art_14_lid_2_na_niet_verschijnen_volgt_een_oproep_met_waarschuwing() -> None:
    dossier = Dossier().gemist(1, "2026-01-07", "2026-01-21")
    stap = dossier.stap("intake/oproep/2")
    assert stap.start == dag("2026-01-22")
    assert "waarschuwing is verplicht" in stap.waarom
    assert stap.artikel == "artikel 14 lid 2 Wet inburgering 2021"
    assert waarschuwing_nodig(dossier.stand, 2, KADER)
    assert not waarschuwing_nodig(dossier.stand, 1, KADER)


def test_art_14_lid_2_na_een_goede_reden_hoeft_er_geen_waarschuwing_bij() -> None:
    dossier = Dossier().gemist(1, "2026-01-07", "2026-01-21", verschoonbaar=True)
    assert not waarschuwing_nodig(dossier.stand, 2, KADER)
    assert "zonder waarschuwing" in dossier.stap("intake/oproep/2").waarom


DRIE = [(1, "2026-01-07", "2026-01-21"), (2, "2026-01-22", "2026-02-05"), (3, "2026-02-06", "2026-02-20")]


def test_art_14_lid_2_na_de_derde_oproep_rondt_het_college_de_intake_zelf_af() -> None:
    dossier = Dossier()
    for gemist in DRIE:
        assert "intake/ambtshalve/1" not in dossier.kenmerken
        dossier.gemist(*gemist)
    assert dossier.kenmerken == {"intake/ambtshalve/1", "pip/vaststellen/1"}
    assert dossier.stap("intake/ambtshalve/1").start == dag("2026-02-23")


def test_art_14_lid_2_een_verschoonbaar_verzuim_telt_niet_mee_voor_de_drie() -> None:
    dossier = Dossier().gemist(*DRIE[0]).gemist(*DRIE[1], verschoonbaar=True).gemist(*DRIE[2])
    assert "intake/oproep/4" in dossier.kenmerken
    assert "intake/ambtshalve/1" not in dossier.kenmerken


def test_art_14_lid_2_de_ambtshalve_intake_streeft_niet_voorbij_de_tien_weken() -> None:
    """De tien weken lopen tot en met maandag 16 maart 2026; na de derde oproep blijven er drie werkdagen over."""
    d = Dossier().gemist(1, "2026-01-07", "2026-01-28").gemist(2, "2026-01-29", "2026-02-18")
    stap = d.gemist(3, "2026-02-19", "2026-03-11").stap("intake/ambtshalve/1")
    assert (stap.start, stap.streef, stap.uiterst) == (dag("2026-03-12"), dag("2026-03-16"), dag("2026-03-16"))


def test_na_de_ambtshalve_intake_volgt_alleen_nog_het_pip() -> None:
    dossier = Dossier()
    for gemist in DRIE:
        dossier.gemist(*gemist)
    dossier.feit("intake_ambtshalve_afgerond", "2026-02-24", "intake/ambtshalve/1")
    assert dossier.stand.intake_ambtshalve
    assert dossier.kenmerken == {"pip/vaststellen/1"}


@pytest.mark.parametrize(
    ("kennisgeving", "inschrijving", "soort", "einde"),
    [
        pytest.param("2026-01-05", None, "pip", "2026-03-16", id="art-5.3-lid-1-tien-weken-na-de-kennisgeving"),
        pytest.param("2026-01-05", "2025-12-15", "pip", "2026-03-16", id="art-5.3-lid-1-al-ingeschreven"),
        pytest.param("2026-01-05", "2026-01-05", "pip", "2026-03-16", id="art-5.3-lid-1-zelfde-dag-ingeschreven"),
        pytest.param("2026-01-05", "2026-01-06", "pip-na-brp", "2026-03-17", id="art-5.3-lid-1-later-ingeschreven"),
        pytest.param("2026-03-06", None, "pip", "2026-05-18", id="art-1-atw-vrijdag-na-hemelvaart-telt-niet"),
        pytest.param("2026-02-16", None, "pip", "2026-04-28", id="art-1-atw-koningsdag"),
    ],
)
def test_de_termijn_van_het_pip(kennisgeving: str, inschrijving: str | None, soort: str, einde: str) -> None:
    dossier = Dossier(kennisgeving, brp_inschrijving=inschrijving)
    (termijn,) = dossier.plan.termijnen
    assert (termijn.soort, termijn.einde) == (soort, dag(einde))
    assert dossier.stap("pip/vaststellen/1").uiterst == dag(einde)


def test_het_pip_opent_uiterlijk_drie_weken_voor_het_einde_ook_zonder_intake() -> None:
    assert Dossier().stap("pip/vaststellen/1").start == dag("2026-02-23")


def test_het_pip_opent_de_werkdag_na_de_intake() -> None:
    stap = Dossier().intake("2026-01-23").stap("pip/vaststellen/1")  # een vrijdag
    assert stap.start == dag("2026-01-26")
    assert stap.rol is Rol.MANDAATHOUDER
    assert stap.besluit


def test_niet_verschijnen_schort_de_termijn_van_het_pip_niet_op() -> None:
    dossier = Dossier()
    for gemist in DRIE:
        dossier.gemist(*gemist)
        assert dossier.stap("pip/vaststellen/1").uiterst == dag("2026-03-16")


def test_na_het_pip_is_de_intake_voorbij() -> None:
    kenmerken = Dossier().pip().kenmerken
    assert not {k for k in kenmerken if k.startswith(("intake/", "pip/"))}
