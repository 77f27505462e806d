"""De 27 rijen van de levensloop, elk met haar artikel; rij 0 is het begin vóór de kennisgeving.

Wat een rij zegt, staat in de modules `rijen_….py`: daar staan de dagen zoals de wet ze geeft, met de hand geteld.
"""

from collections.abc import Callable

import pytest

from tests.integratie.wet import rijen_aanbod as aanbod
from tests.integratie.wet import rijen_begin as begin
from tests.integratie.wet import rijen_besluit as besluit
from tests.integratie.wet import rijen_bewaren as bewaren
from tests.integratie.wet import rijen_duo as duo
from tests.integratie.wet import rijen_intake as intake
from tests.integratie.wet import rijen_later as later
from tests.integratie.wet import rijen_participatie as participatie
from tests.integratie.wet import rijen_pip as pip
from tests.integratie.wet import rijen_te_laat as te_laat
from tests.integratie.wet.wetleven import Wetleven

Rij = Callable[[Wetleven], None]


def rij(*delen: Rij) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("deel", delen, ids=lambda deel: deel.__name__)


@rij(begin.rij_00_koppeling)
def test_rij_00_voorinburgering_en_warme_overdracht_art_9_4_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(begin.rij_01_kennisgeving, begin.rij_01_verblijfsgat, begin.rij_01_leeftijd, begin.rij_01_meerderjarig)
def test_rij_01_kennisgeving_begint_de_plicht_art_3_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(begin.rij_02_begeleiding, begin.rij_02_niet_voor_gezin)
def test_rij_02_maatschappelijke_begeleiding_art_13_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(begin.rij_03_oproep)
def test_rij_03_oproep_brede_intake_art_14_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    intake.rij_04_drie_oproepen, intake.rij_04_waarschuwing, intake.rij_04_brief_noemt_de_boete,
    intake.rij_04_verschoonbaar, intake.rij_04_nieuwe_termijn, besluit.rij_04_boete,
)  # fmt: skip
def test_rij_04_niet_verschenen_op_de_intake_art_14_lid_2_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(begin.rij_05_leerbaarheidstoets)
def test_rij_05_leerbaarheidstoets_art_14_lid_6_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(duo.rij_06_ontheffing, duo.rij_06_advies_over_bijzondere_omstandigheden)
def test_rij_06_vrijstelling_en_ontheffing_binnen_acht_weken_art_4_en_5_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    pip.rij_07_pip, pip.rij_07_pip_na_brp, pip.rij_07_pip_na_derde, pip.rij_07_inspanning_voor_het_pip,
    besluit.rij_07_besluit,
)  # fmt: skip
def test_rij_07_pip_binnen_tien_weken_art_5_3_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    pip.rij_08_bezwaar, besluit.rij_08_beslissen, besluit.rij_08_beslissen_met_commissie, besluit.rij_08_verdagen,
    besluit.rij_08_beroep, besluit.rij_08_herroepen, te_laat.rij_08_hoger_beroep, te_laat.rij_08_ingebrekestelling,
    te_laat.rij_08_dwangsom, te_laat.rij_08_dwangsom_vaststellen,
)  # fmt: skip
def test_rij_08_bezwaar_zes_weken_art_6_7_awb(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(pip.rij_09_inburgeringstermijn)
def test_rij_09_inburgeringstermijn_drie_jaar_art_11_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(aanbod.rij_10_aanbod, aanbod.rij_10_taalschakeltraject)
def test_rij_10_aanbod_binnen_drie_maanden_art_16_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(aanbod.rij_11_eigen_cursus)
def test_rij_11_eigen_cursus_art_19_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(aanbod.rij_12_aanbieder)
def test_rij_12_overdracht_aan_de_cursusinstelling_art_35_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(begin.rij_13_ontzorgen, begin.rij_13_alleen_met_asielvergunning_en_bijstand)
def test_rij_13_ontzorgen_zes_maanden_art_56a_pw(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(participatie.rij_14_pvt)
def test_rij_14_participatieverklaringstraject_art_3_1_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(participatie.rij_15_map)
def test_rij_15_module_arbeidsmarkt_en_participatie_art_3_2_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(pip.rij_16_voortgangsgesprekken)
def test_rij_16_voortgangsgesprekken_volgens_het_pip_art_5_3_lid_4_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(pip.rij_17_leerroute_wijzigen, pip.rij_17_van_onderwijs_naar_b1_kan_altijd, besluit.rij_17_besluit)
def test_rij_17_leerroute_wijzigen_binnen_anderhalf_jaar_art_17_lid_2_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(pip.rij_18_afschalen, besluit.rij_18_besluit)
def test_rij_18_afschalen_na_600_uur_art_17_lid_3_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(participatie.rij_19_examen, participatie.rij_19_gezinsmigrant_betaalt)
def test_rij_19_examen_van_de_b1_route_art_3_5_ri(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(participatie.rij_20_onderwijsroute)
def test_rij_20_onderwijsroute_art_8_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    participatie.rij_21_z_route_asiel,
    participatie.rij_21_z_route_participatie,
    participatie.rij_21_z_route_gezin,
    participatie.rij_21_eerdere_uren,
)
def test_rij_21_z_route_art_3_14_bi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    later.rij_22_niet_meewerken, besluit.rij_22_tarief, besluit.rij_22_verwijtbaarheid, besluit.rij_22_herhaling,
    besluit.rij_22_maximum, besluit.rij_22_maximum_in_een_nieuwe_termijn, besluit.rij_22_bijstand,
    besluit.rij_22_verjaring,
)  # fmt: skip
def test_rij_22_niet_meewerken_in_het_traject_art_23_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(duo.rij_23_verlenging, duo.rij_23_gronden, duo.rij_23_inspanning, duo.rij_23_pauze_wijst_op_een_grond)
def test_rij_23_verlenging_art_12_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(duo.rij_24_voldaan, bewaren.rij_24_bewaren, bewaren.rij_24_inzage)
def test_rij_24_voldaan_art_6_tot_en_met_9_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(
    duo.rij_25_overschreden,
    duo.rij_25_nieuwe_termijn_examen,
    duo.rij_25_nieuwe_termijn_pvt_en_map,
    duo.rij_25_nieuwe_termijn_z_asiel,
    duo.rij_25_nieuwe_termijn_z_gezin,
    besluit.rij_25_boete_z_asiel,
    besluit.rij_25_boete_z_gezin,
    besluit.rij_25_boete_andere_routes,
    besluit.rij_25_boete_pvt_en_map,
)
def test_rij_25_termijn_overschreden_art_24_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(later.rij_26_verhuizing)
def test_rij_26_verhuizing_art_15_lid_4_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)


@rij(later.rij_27_swi, bewaren.rij_27_levering)
def test_rij_27_levering_aan_het_cbs_art_39_wi(leven: Wetleven, deel: Rij) -> None:
    deel(leven)
