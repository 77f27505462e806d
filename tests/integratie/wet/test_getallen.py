"""Elk getal van de wet: welke rij het raakt, en dat die rij zakt als het in de regeling anders staat.

Wat nog door geen regel wordt gelezen, staat apart met de reden; zodra een regel het leest, hoort er een rij bij.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

import domein
from domein.regeling import regeling
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

GERAAKT: Final[dict[str, Rij]] = {
    "leeftijd_vanaf_jaren": begin.rij_01_leeftijd,
    "aow_leeftijd_maanden": begin.rij_01_leeftijd,
    "meerderjarig_jaren": begin.rij_01_meerderjarig,
    "verblijfsgat_jaren": begin.rij_01_verblijfsgat,
    "max_oproepen": intake.rij_04_drie_oproepen,
    "oproep_waarschuwing_vanaf": intake.rij_04_waarschuwing,
    "boete_intake_euro": intake.rij_04_brief_noemt_de_boete,
    "intake_nieuwe_termijn_maanden": intake.rij_04_nieuwe_termijn,
    "leerbaarheidstoets_aantal": begin.rij_05_leerbaarheidstoets,
    "duo_besluit_weken": duo.rij_06_ontheffing,
    "ontheffing_taal_max": duo.rij_06_ontheffing,
    "pip_weken": pip.rij_07_pip,
    "pip_na_brp_weken": pip.rij_07_pip_na_brp,
    "pip_na_derde_weken": pip.rij_07_pip_na_derde,
    "bezwaar_weken": pip.rij_08_bezwaar,
    "inburgeringstermijn_jaren": pip.rij_09_inburgeringstermijn,
    "aanbod_maanden": aanbod.rij_10_aanbod,
    "taalschakeltraject_start_maanden": aanbod.rij_10_taalschakeltraject,
    "ontzorgen_maanden": begin.rij_13_ontzorgen,
    "pvt_uren": participatie.rij_14_pvt,
    "pvt_activiteiten": participatie.rij_14_pvt,
    "map_uren": participatie.rij_15_map,
    "map_themas": participatie.rij_15_map,
    "leerroute_wijzigen_maanden": pip.rij_17_leerroute_wijzigen,
    "afschalen_uren": pip.rij_18_afschalen,
    "examen_uitslag_weken": participatie.rij_19_examen,
    "examenpogingen_kosteloos": participatie.rij_19_examen,
    "z_cursusuren": participatie.rij_21_z_route_gezin,
    "z_participatieuren": participatie.rij_21_z_route_participatie,
    "z_eerdere_uren_jaren": participatie.rij_21_eerdere_uren,
    "verlenging_aanvragen_maanden": duo.rij_23_verlenging,
    "verlenging_inspanning_maanden": duo.rij_23_gronden,
    "verlenging_inspanning_onderdelen": duo.rij_23_inspanning,
    "verlenging_inspanning_uren": duo.rij_23_inspanning,
    "verlenging_ziekte_vanaf_maanden": duo.rij_23_pauze_wijst_op_een_grond,
    "verlenging_overlijden_naaste_maanden": duo.rij_23_gronden,
    "verlenging_bevalling_weken": duo.rij_23_gronden,
    "verlenging_opvang_vanaf_maanden": duo.rij_23_gronden,
    "verlenging_alfabetisering_vanaf_maanden": duo.rij_23_gronden,
    "verlenging_alfabetisering_max_maanden": duo.rij_23_gronden,
    "verlenging_dakloosheid_vanaf_maanden": duo.rij_23_gronden,
    "verlenging_dakloosheid_max_jaren": duo.rij_23_gronden,
    "verlenging_aanbieder_vanaf_maanden": duo.rij_23_gronden,
    "verlenging_aanbieder_max_maanden": duo.rij_23_gronden,
    "verlenging_overig_vanaf_maanden": duo.rij_23_pauze_wijst_op_een_grond,
    "verlenging_overig_max_jaren": duo.rij_23_gronden,
    "bewaartermijn_jaren": duo.rij_24_voldaan,
    "avg_verzoek_maanden": bewaren.rij_24_inzage,
    "avg_verzoek_verlengd_maanden": bewaren.rij_24_inzage,
    "nieuwe_termijn_0_onderdelen_maanden": duo.rij_25_nieuwe_termijn_examen,
    "nieuwe_termijn_1_onderdeel_maanden": duo.rij_25_nieuwe_termijn_examen,
    "nieuwe_termijn_2_onderdelen_maanden": duo.rij_25_nieuwe_termijn_examen,
    "nieuwe_termijn_3_onderdelen_maanden": duo.rij_25_nieuwe_termijn_examen,
    "nieuwe_termijn_pvt_of_map_maanden": duo.rij_25_nieuwe_termijn_pvt_en_map,
    "nieuwe_termijn_pvt_en_map_maanden": duo.rij_25_nieuwe_termijn_pvt_en_map,
    **{f"nieuwe_termijn_z_asiel_trap_{trap}_uren": duo.rij_25_nieuwe_termijn_z_asiel for trap in (1, 2, 3)},
    **{f"nieuwe_termijn_z_gezin_trap_{trap}_uren": duo.rij_25_nieuwe_termijn_z_gezin for trap in (1, 2, 3)},
    **{f"nieuwe_termijn_z_trap_{trap}_maanden": duo.rij_25_nieuwe_termijn_z_gezin for trap in (1, 2, 3, 4)},
    "swi_levering_weken": later.rij_27_swi,
    "bezwaar_beslissen_weken": besluit.rij_08_beslissen,
    "bezwaar_beslissen_commissie_weken": besluit.rij_08_beslissen_met_commissie,
    "bezwaar_verdagen_weken": besluit.rij_08_verdagen,
    "beroep_weken": besluit.rij_08_beroep,
    "hoger_beroep_weken": te_laat.rij_08_hoger_beroep,
    "aanvraag_beslissen_weken": te_laat.rij_17_aanvraag,
    "ingebrekestelling_weken": te_laat.rij_08_ingebrekestelling,
    "dwangsom_max_dagen": te_laat.rij_08_dwangsom,
    "dwangsom_trap_dagen": te_laat.rij_08_dwangsom,
    **{f"dwangsom_trap_{trap}_euro": te_laat.rij_08_dwangsom for trap in (1, 2, 3)},
    "dwangsom_vaststellen_weken": te_laat.rij_08_dwangsom_vaststellen,
    "boete_traject_basis_euro": besluit.rij_22_tarief,
    "boete_traject_max_euro": besluit.rij_22_tarief,
    "boete_herhaling_verhoging_procent": besluit.rij_22_tarief,
    "boete_herhaling_maanden": besluit.rij_22_herhaling,
    "boete_opzet_procent": besluit.rij_22_verwijtbaarheid,
    "boete_grove_schuld_procent": besluit.rij_22_verwijtbaarheid,
    "boete_normale_verwijtbaarheid_procent": besluit.rij_22_verwijtbaarheid,
    "boete_verminderde_verwijtbaarheid_procent": besluit.rij_22_verwijtbaarheid,
    "boete_verjaring_jaren": besluit.rij_22_verjaring,
    "boete_verjaring_zwaar_jaren": besluit.rij_22_verjaring,
    "boete_samen_max_euro": besluit.rij_22_maximum,
    **{
        f"boete_samen_max_nieuwe_termijn_{duur}_maanden_euro": besluit.rij_22_maximum_in_een_nieuwe_termijn
        for duur in (6, 12, 18, 24)
    },
    **{
        f"boete_z_asiel_les_{les}_participatie_{deel}_euro": besluit.rij_25_boete_z_asiel
        for les in range(3) for deel in range(3)
    },
    **{f"boete_z_gezin_les_{les}_euro": besluit.rij_25_boete_z_gezin for les in range(3)},
    **{f"boete_z_band_{band}_uren": besluit.rij_25_boete_z_gezin for band in (1, 2)},
    "boete_leerroute_max_euro": besluit.rij_25_boete_andere_routes,
    "boete_pvt_euro": besluit.rij_25_boete_pvt_en_map,
    "boete_map_euro": besluit.rij_25_boete_pvt_en_map,
}  # fmt: skip

# Een getal van een andere rij, of van beleid waar de wet er geen noemt: zo zakt elke rij op een getal van haarzelf.
OOK: Final[tuple[tuple[str, Rij], ...]] = (
    ("kennisgeving_navraag_weken", begin.rij_00_koppeling),
    ("pip_weken", begin.rij_01_kennisgeving),
    ("begeleiding_maanden", begin.rij_02_begeleiding),
    ("pip_weken", begin.rij_03_oproep),
    ("eigen_cursus_maanden", aanbod.rij_11_eigen_cursus),
    ("uren_opgave_maanden", aanbod.rij_12_aanbieder),
    ("inburgeringstermijn_jaren", participatie.rij_14_pvt),
    ("gesprek_uiterst_dagen_na", pip.rij_16_voortgangsgesprekken),
    ("inburgeringstermijn_jaren", participatie.rij_20_onderwijsroute),
    ("z_cursusuren", participatie.rij_21_z_route_asiel),
    ("gesprek_na_niet_verschenen_dagen", later.rij_22_niet_meewerken),
    ("duo_besluit_weken", duo.rij_23_verlenging),
    ("bewaartermijn_jaren", bewaren.rij_24_bewaren),
    ("swi_levering_weken", bewaren.rij_27_levering),
    ("einde_afsluiten_werkdagen", duo.rij_25_overschreden),
    ("pip_na_brp_weken", later.rij_26_verhuizing),
    ("boete_intake_euro", besluit.rij_04_boete),
    ("boete_samen_max_euro", besluit.rij_04_boete),
    ("pip_weken", besluit.rij_07_besluit),
    ("leerroute_wijzigen_maanden", besluit.rij_17_besluit),
    ("afschalen_uren", besluit.rij_18_besluit),
    ("inburgeringstermijn_jaren", besluit.rij_08_herroepen),
)
GEVALLEN: Final = (*GERAAKT.items(), *OOK)

LENING, BEWAREN = (
    "de lening is een zaak van de inburgeraar en DUO",
    "hoogstens, en of het de gemeente bindt weet alleen een jurist",
)
HERHALING = "een volgende termijn na overschrijding legt DUO op; de gemeente rekent haar niet uit"
ONZEKER = "niet uit de gelezen tekst van de wet: alleen gegevens, tot een jurist het bevestigt"
NOG_NIET: Final[dict[str, str]] = {
    "overschrijding_herhaling_jaren": HERHALING,
    "lening_": LENING,
    "examen_tarief_onderdeel_euro": "het examengeld betaalt de inburgeraar aan DUO",
    "examen_uitslag_a2_weken": ONZEKER,
    "verlenging_nakijken_a2_maanden": ONZEKER,
    "bewaartermijn_kern_jaren": BEWAREN,
    "bewaartermijn_lening_jaren": BEWAREN,
}
WET: Final = {naam for naam, versies in regeling().regels.items() if not versies[-1].beleid}


def reden_van(naam: str) -> str | None:
    return next((reden for begint, reden in NOG_NIET.items() if naam.startswith(begint)), None)


@pytest.mark.parametrize(("naam", "rij"), GEVALLEN, ids=[f"{rij.__name__}-{naam}" for naam, rij in GEVALLEN])
def test_een_ander_getal_laat_de_rij_zakken(
    naam: str, rij: Rij, kaal_leven: Wetleven, zet_getal: Callable[[str, int], None]
) -> None:
    zet_getal(naam, regeling().getal(naam) + 1)
    with pytest.raises(AssertionError):
        rij(kaal_leven)


def test_elke_rij_zakt_op_een_getal() -> None:
    assert {rij.__name__[4:6] for _, rij in GEVALLEN} == {f"{nummer:02}" for nummer in range(28)}


def test_elk_getal_van_de_wet_heeft_een_rij_of_een_reden() -> None:
    zonder_rij = WET - GERAAKT.keys()
    assert not GERAAKT.keys() - WET, "dit getal is er niet (meer)"
    assert not {naam for naam in zonder_rij if reden_van(naam) is None}
    assert not {naam for naam in GERAAKT if reden_van(naam) is not None}, "een rij en een reden"
    assert all(any(naam.startswith(begint) for naam in zonder_rij) for begint in NOG_NIET), "een reden te veel"


def test_wat_nog_geen_rij_heeft_wordt_ook_door_geen_regel_gelezen() -> None:
    """Zo kan een getal niet ongemerkt gaan meetellen."""
    bron = "\n".join(pad.read_text(encoding="utf-8") for pad in Path(domein.__path__[0]).rglob("*.py"))
    gelezen = set(re.findall(r'f?"([a-z][a-z0-9_{}]*)"', bron))
    patronen = [re.compile(re.sub(r"\{\w+\}", "[a-z0-9_]+", naam) + "$") for naam in gelezen if "_" in naam]
    assert not {naam for naam in WET - GERAAKT.keys() if any(patroon.match(naam) for patroon in patronen)}


# Zoals de wet ze noemt, met de hand overgeschreven: getal, eenheid, artikel.
UIT_DE_WET: Final = """
leeftijd_vanaf_jaren 16 jaren 3 Wet
verblijfsgat_jaren 1 jaren 2.2 en 4.2 Besluit
meerderjarig_jaren 18 jaren 1:233 Burgerlijk
max_oproepen 3 aantal 14 Wet
oproep_waarschuwing_vanaf 2 aantal 14 Wet
boete_intake_euro 250 euro 7.1 Besluit
intake_nieuwe_termijn_maanden 2 maanden 7.1 Besluit
leerbaarheidstoets_aantal 1 aantal 14 en 15 Wet
duo_besluit_weken 8 weken 2.3 tot en met 2.8 en 4.3 tot en met 4.5 Besluit
pip_weken 10 weken 5.3 Besluit
pip_na_brp_weken 10 weken 5.3 Besluit
pip_na_derde_weken 2 weken 5.3 Besluit
bezwaar_weken 6 weken 6:7 en 6:8 Algemene wet bestuursrecht
beroep_weken 6 weken 6:7 en 6:8 Algemene wet bestuursrecht
bezwaar_beslissen_weken 6 weken 7:10 Algemene wet bestuursrecht
bezwaar_beslissen_commissie_weken 12 weken 7:10 Algemene wet bestuursrecht
bezwaar_verdagen_weken 6 weken 7:10 Algemene wet bestuursrecht
hoger_beroep_weken 6 weken 6:7, 6:8 en 6:24 Algemene wet bestuursrecht
aanvraag_beslissen_weken 8 weken 4:13 Algemene wet bestuursrecht
ingebrekestelling_weken 2 weken 4:17 Algemene wet bestuursrecht
dwangsom_max_dagen 42 dagen 4:17 Algemene wet bestuursrecht
dwangsom_trap_dagen 14 dagen 4:17 Algemene wet bestuursrecht
dwangsom_trap_1_euro 23 euro 4:17 Algemene wet bestuursrecht
dwangsom_trap_2_euro 35 euro 4:17 Algemene wet bestuursrecht
dwangsom_trap_3_euro 45 euro 4:17 Algemene wet bestuursrecht
dwangsom_vaststellen_weken 2 weken 4:18 Algemene wet bestuursrecht
inburgeringstermijn_jaren 3 jaren 11 Wet
leerroute_wijzigen_maanden 18 maanden 17 Wet
afschalen_uren 600 uren 5.5 Besluit
aanbod_maanden 3 maanden 4.1 Regeling
taalschakeltraject_start_maanden 6 maanden 4.1 Regeling
lening_max_euro 10000 euro 6.2 Besluit
lening_terugbetalen_vanaf_maanden 6 maanden 6.2 Besluit
lening_looptijd_max_jaren 10 jaren 6.2 Besluit
ontzorgen_maanden 6 maanden 56a Participatiewet
pvt_uren 12 uren 3.1 Besluit
pvt_activiteiten 1 aantal 3.1 Besluit
map_uren 40 uren 3.2 Besluit
map_themas 8 aantal 3.2 Besluit
z_cursusuren 800 uren 3.14 Besluit
z_participatieuren 800 uren 3.14 Besluit
z_eerdere_uren_jaren 2 jaren 3.14 Besluit
examenpogingen_kosteloos 2 aantal 3.5 Regeling
examen_uitslag_weken 8 weken hoofdstuk 3 Besluit
examen_uitslag_a2_weken 16 weken hoofdstuk 3 Besluit
examen_tarief_onderdeel_euro 50 euro 3.4 Regeling
ontheffing_taal_max 3 aantal 2.7 en 2.8 Besluit
aow_leeftijd_maanden 807 maanden 7a Algemene Ouderdomswet
verlenging_aanvragen_maanden 6 maanden 12 Wet
verlenging_inspanning_maanden 6 maanden 4.3 tot en met 4.5 Besluit
verlenging_inspanning_onderdelen 2 aantal 4.3 tot en met 4.5 Besluit
verlenging_inspanning_uren 450 uren 4.3 tot en met 4.5 Besluit
verlenging_ziekte_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_overlijden_naaste_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_bevalling_weken 16 weken 4.1 en 4.2 Regeling
verlenging_opvang_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_alfabetisering_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_alfabetisering_max_maanden 6 maanden 4.1 en 4.2 Regeling
verlenging_dakloosheid_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_dakloosheid_max_jaren 2 jaren 4.1 en 4.2 Regeling
verlenging_aanbieder_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_aanbieder_max_maanden 6 maanden 4.1 en 4.2 Regeling
verlenging_overig_vanaf_maanden 3 maanden 4.1 en 4.2 Regeling
verlenging_overig_max_jaren 2 jaren 4.1 en 4.2 Regeling
verlenging_nakijken_a2_maanden 6 maanden 4.1 en 4.2 Regeling
nieuwe_termijn_0_onderdelen_maanden 24 maanden 24 Wet
nieuwe_termijn_1_onderdeel_maanden 18 maanden 24 Wet
nieuwe_termijn_2_onderdelen_maanden 12 maanden 24 Wet
nieuwe_termijn_3_onderdelen_maanden 6 maanden 24 Wet
nieuwe_termijn_pvt_of_map_maanden 6 maanden 24 Wet
nieuwe_termijn_pvt_en_map_maanden 12 maanden 24 Wet
nieuwe_termijn_z_asiel_trap_1_uren 400 uren 24 Wet
nieuwe_termijn_z_asiel_trap_2_uren 800 uren 24 Wet
nieuwe_termijn_z_asiel_trap_3_uren 1200 uren 24 Wet
nieuwe_termijn_z_gezin_trap_1_uren 200 uren 24 Wet
nieuwe_termijn_z_gezin_trap_2_uren 400 uren 24 Wet
nieuwe_termijn_z_gezin_trap_3_uren 600 uren 24 Wet
nieuwe_termijn_z_trap_1_maanden 24 maanden 24 Wet
nieuwe_termijn_z_trap_2_maanden 18 maanden 24 Wet
nieuwe_termijn_z_trap_3_maanden 12 maanden 24 Wet
nieuwe_termijn_z_trap_4_maanden 6 maanden 24 Wet
overschrijding_herhaling_jaren 2 jaren 24 en 25 Wet
boete_traject_basis_euro 50 euro 22 en 23 Wet
boete_traject_max_euro 800 euro 22 en 23 Wet
boete_herhaling_maanden 12 maanden 22 en 23 Wet
boete_herhaling_verhoging_procent 100 procent 22 en 23 Wet
boete_opzet_procent 100 procent 22 en 23 Wet
boete_grove_schuld_procent 75 procent 22 en 23 Wet
boete_normale_verwijtbaarheid_procent 50 procent 22 en 23 Wet
boete_verminderde_verwijtbaarheid_procent 25 procent 22 en 23 Wet
boete_verjaring_jaren 3 jaren 5:45 Algemene
boete_verjaring_zwaar_jaren 5 jaren 5:45 Algemene
boete_samen_max_euro 2400 euro 27 Wet
boete_samen_max_nieuwe_termijn_6_maanden_euro 400 euro 27 Wet
boete_samen_max_nieuwe_termijn_12_maanden_euro 800 euro 27 Wet
boete_samen_max_nieuwe_termijn_18_maanden_euro 1200 euro 27 Wet
boete_samen_max_nieuwe_termijn_24_maanden_euro 1600 euro 27 Wet
boete_leerroute_max_euro 1000 euro bijlage 6 Regeling
boete_z_band_1_uren 300 uren bijlage 6 Regeling
boete_z_band_2_uren 600 uren bijlage 6 Regeling
boete_z_asiel_les_0_participatie_0_euro 1000 euro bijlage 6 Regeling
boete_z_asiel_les_0_participatie_1_euro 800 euro bijlage 6 Regeling
boete_z_asiel_les_0_participatie_2_euro 400 euro bijlage 6 Regeling
boete_z_asiel_les_1_participatie_0_euro 800 euro bijlage 6 Regeling
boete_z_asiel_les_1_participatie_1_euro 640 euro bijlage 6 Regeling
boete_z_asiel_les_1_participatie_2_euro 320 euro bijlage 6 Regeling
boete_z_asiel_les_2_participatie_0_euro 600 euro bijlage 6 Regeling
boete_z_asiel_les_2_participatie_1_euro 450 euro bijlage 6 Regeling
boete_z_asiel_les_2_participatie_2_euro 225 euro bijlage 6 Regeling
boete_z_gezin_les_0_euro 1000 euro bijlage 6 Regeling
boete_z_gezin_les_1_euro 800 euro bijlage 6 Regeling
boete_z_gezin_les_2_euro 400 euro bijlage 6 Regeling
boete_pvt_euro 340 euro 7.4 Regeling
boete_map_euro 340 euro 7.4 Regeling
swi_levering_weken 4 weken 39 Wet
bewaartermijn_jaren 5 jaren 9.9 Besluit
bewaartermijn_kern_jaren 50 jaren 9.9 Besluit
bewaartermijn_lening_jaren 5 jaren 9.9 Besluit
avg_verzoek_maanden 1 maanden 12 lid 3 Algemene verordening
avg_verzoek_verlengd_maanden 3 maanden 12 lid 3 Algemene verordening
""".strip().splitlines()


def test_de_regeling_zegt_wat_de_wet_zegt() -> None:
    overgeschreven = {regel.split(maxsplit=3)[0]: regel.split(maxsplit=3)[1:] for regel in UIT_DE_WET}
    assert overgeschreven.keys() == WET
    for naam, (waarde, eenheid, artikel) in overgeschreven.items():
        versie = regeling().regels[naam][-1]
        assert (str(versie.waarde), versie.eenheid) == (waarde, eenheid), naam
        assert artikel in versie.artikel, naam
        assert regeling().overgang(naam), naam


# Wat een jurist nog bevestigt, en de vraag in docs/juridische-vragen.md waar dat staat.
VRAAG: Final[dict[str, int]] = {
    "pip_na_derde": 3, "duo_besluit": 4, "aanbod": 5, "taalschakeltraject": 5, "boete_z": 21, "boete_leerroute": 21,
    "boete_pvt": 21, "boete_map": 21, "boete_verjaring": 65, "boete_": 9, "bewaartermijn_kern": 11,
    "ontzorgen": 17, "aow": 18, "examen_uitslag_a2": 20, "verlenging_nakijken": 20, "bezwaar_": 22,
    "dwangsom_trap": 53, "ingebrekestelling": 54, "aanvraag_beslissen": 55,
}  # fmt: skip


def test_wat_niet_zeker_is_staat_bij_de_juridische_vragen() -> None:
    tekst = (Path(domein.__path__[0]).parent / "docs" / "juridische-vragen.md").read_text(encoding="utf-8")
    vragen = {int(nummer): rij for nummer, rij in re.findall(r"^\| (\d+) \| (.+) \|$", tekst, re.MULTILINE)}
    assert list(vragen) == list(range(1, len(vragen) + 1)), "de vragen zijn doorgenummerd"
    assert all(len(rij.split(" | ")) == 3 for rij in vragen.values()), "vraag, artikel, wat de software doet"
    onzeker = {naam for naam in WET if regeling().regels[naam][-1].jurist}
    for naam in onzeker:
        vraag = vragen[next((nummer for begint, nummer in VRAAG.items() if naam.startswith(begint)), 0)]
        artikel = regeling().artikel(naam).replace("2021", "")
        nummers = re.findall(r"\d+[.:]\d+|\d+[a-z]?", artikel)
        assert any(re.search(rf"\b{re.escape(nummer)}\b", vraag) for nummer in nummers), naam
    assert all(any(naam.startswith(begint) for naam in onzeker) for begint in VRAAG)
