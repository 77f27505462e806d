"""Bevoegdheid: wie volgens de afspraken van vandaag mag antwoorden, melden, doorhalen, beheren en overdragen."""

from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.bulk import een
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.opsvormen import Doel, Opdracht
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.stapbeheer import draag_over, sla_over
from domein.handelingen.uitkomst import geef_uitkomst
from domein.regels.bulkkeuze import Handeling
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, VOORBEELD, Leven, rij

OPROEP = "intake/oproep/1"


@pytest.mark.parametrize("wie", ["m-kos", "m-reg", "m-wil"])
def test_een_collega_of_een_invaller_mag_antwoorden(leven: Leven, wie: str) -> None:
    leven.antwoord(OPROEP, "oproep_verzonden", date(2026, 1, 7), door=Actor(wie), afspraak_op="2026-01-21")
    assert leven.laatste("oproep_verzonden").actor.code == wie


@pytest.mark.parametrize("wie", ["m-mer", "m-mol", "m-gor", "duo"])
@pytest.mark.parametrize("open_", [True, False])
def test_een_andere_organisatie_beantwoordt_de_stap_niet(leven: Leven, wie: str, open_: bool) -> None:
    if open_:
        leven.open(OPROEP)
    stap, voor = leven.stap(OPROEP), leven.gebeurtenissen()
    with pytest.raises(GeenBevoegdheid) as fout:
        geef_uitkomst(
            leven.omgeving, stap.id, "oproep_verzonden", date(2026, 1, 5), {"afspraak_op": "2026-01-21"}, Actor(wie)
        )
    assert fout.value.uitweg
    assert leven.gebeurtenissen() == voor


@pytest.mark.parametrize("wie", ["m-mer", "m-con", "m-mol", "onbekend", ""])
def test_een_feit_melden_vraagt_een_rol_in_deze_gemeente(leven: Leven, wie: str) -> None:
    voor = leven.gebeurtenissen()
    with pytest.raises(GeenBevoegdheid):
        leven.meld("plicht_beeindigd", date(2026, 1, 5), actor=Actor(wie), grond="vertrek")
    with pytest.raises(GeenBevoegdheid):
        sla_over(leven.omgeving, leven.stap(OPROEP).id, Actor(wie), "zomaar")
    with pytest.raises(GeenBevoegdheid):
        haal_door(leven.omgeving, leven.dossier_id, "1", Actor(wie), "zomaar")
    assert leven.gebeurtenissen() == voor


def test_een_beheerder_verzet_stappen_en_haalt_dat_door_maar_meldt_geen_feiten(leven: Leven) -> None:
    beheerder, stap = Actor("m-bhr"), leven.stap(OPROEP)
    opdracht = Opdracht(Handeling.OPNIEUW, "bleef hangen")
    een(leven.omgeving, Doel(stap.dossier_id, stap.id), opdracht, beheerder, proef=False)
    haal_door(leven.omgeving, leven.dossier_id, str(leven.laatste("stap_opnieuw").volgnummer), beheerder, "hoefde niet")
    voor = leven.gebeurtenissen()
    with pytest.raises(GeenBevoegdheid):
        leven.meld("plicht_beeindigd", date(2026, 1, 5), actor=beheerder, grond="vertrek")
    with pytest.raises(GeenBevoegdheid):
        haal_door(leven.omgeving, leven.dossier_id, "1", beheerder, "zomaar")
    assert leven.gebeurtenissen() == voor


@pytest.mark.parametrize("wie", ["m-adm", "m-reg", "m-gor", "m-jdb", "duo", "brp", "ind", "coa"])
def test_een_bron_of_een_bevoegde_medewerker_meldt_wel(leven: Leven, wie: str) -> None:
    assert leven.meld("brp_ingeschreven", date(2026, 1, 5), actor=Actor(wie)) is not None


def test_een_bron_haalt_alleen_door_wat_een_bron_meldde(leven: Leven) -> None:
    leven.meld("brp_ingeschreven", date(2026, 1, 5), actor=COORDINATOR)
    with pytest.raises(GeenBevoegdheid):
        haal_door(leven.omgeving, leven.dossier_id, str(leven.laatste("brp_ingeschreven").id), Actor("duo"), "fout")
    leven.meld("brp_ingeschreven", date(2026, 1, 5), actor=Actor("brp"))
    haal_door(leven.omgeving, leven.dossier_id, str(leven.laatste("brp_ingeschreven").id), Actor("duo"), "fout")


def test_een_besluit_doorhalen_vraagt_mandaat(leven: Leven) -> None:
    leven.tot_pip()
    pip = str(leven.laatste("pip_vastgesteld").id)
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        haal_door(leven.omgeving, leven.dossier_id, pip, COORDINATOR, "fout")
    haal_door(leven.omgeving, leven.dossier_id, pip, MANDAAT, "fout")
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        haal_door(leven.omgeving, leven.dossier_id, str(leven.laatste("doorgehaald").id), COORDINATOR, "toch")


def test_een_kennisgeving_van_een_gemeente_buiten_de_regio_wordt_geweigerd(leven: Leven) -> None:
    with pytest.raises(OngeldigeGegevens, match="GM0363") as fout:
        leven.meld("kennisgeving", date(2026, 1, 5), gemeente="GM0363", doelgroep="asielstatushouder")
    assert "GM0512" in fout.value.uitweg


def test_registreren_kan_niet_elke_code(leven: Leven) -> None:
    with pytest.raises(GeenBevoegdheid):
        registreer(leven.omgeving, [rij(versie=2)], Actor("m-mer"))
    (verslag,) = registreer(leven.omgeving, [rij(versie=2)], Actor("m-adm"))
    assert verslag.uitkomst == "verbeterd"


def klantmanager_in_molenlanden(leven: Leven, map_: Path) -> None:
    """Vanaf 5 januari heeft ook de gemeente Molenlanden zelf een klantmanager."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    oud = 'partner = "molenlanden"\nrollen = ["mandaathouder"]'
    assert oud in tekst
    tekst = tekst.replace(oud, oud.replace("]", ', "klantmanager"]'))
    tekst = tekst.replace('versie = "2022-1"', 'versie = "2026-4"').replace("2022-01-01", "2026-01-05", 1)
    bestand = map_ / "regio.toml"
    bestand.write_text(tekst, encoding="utf-8")
    laad_regio(leven.omgeving, laad_regiobestand(bestand), SYSTEEM)


def test_overdragen_niet_naar_een_klantmanager_van_een_andere_gemeente(leven: Leven, tmp_path: Path) -> None:
    klantmanager_in_molenlanden(leven, tmp_path)
    stap = leven.stap(OPROEP)
    with pytest.raises(GeenBevoegdheid, match="GM0512"):
        draag_over(leven.omgeving, stap.id, "m-mol", COORDINATOR, "verlof")
    draag_over(leven.omgeving, stap.id, "m-kos", COORDINATOR, "verlof")


def test_overdragen_kan_naar_een_andere_partner_die_de_afspraken_noemen(leven: Leven) -> None:
    leven.tot_pip()
    draag_over(leven.omgeving, leven.stap("aanbieder/aanmelding/1").id, "m-lin", COORDINATOR, "vol")
    leven.open("aanbieder/aanmelding/1")
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalhuis-lingestroom"


def test_overdragen_naar_een_andere_gemeente_kan_niet(leven: Leven) -> None:
    leven.tot_intake()
    with pytest.raises(GeenBevoegdheid):
        draag_over(leven.omgeving, leven.stap("pip/vaststellen/1").id, "m-mol", COORDINATOR, "verlof")


def test_een_tweede_aanmelding_gaat_niet_naar_wie_haar_na_overdracht_weigerde(leven: Leven) -> None:
    """De overgedragen partij telt, niet die van de opening."""
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    draag_over(leven.omgeving, leven.stap("aanbieder/aanmelding/1").id, "m-lin", COORDINATOR, "vol")
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", redencode="geen-plaats")
    leven.open("aanbieder/aanmelding/2")
    assert leven.stap("aanbieder/aanmelding/2").partner == "taalschool-de-merwede"


def test_de_lessen_starten_bij_wie_na_overdracht_accepteerde(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    draag_over(leven.omgeving, leven.stap("aanbieder/aanmelding/1").id, "m-lin", COORDINATOR, "vol")
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", startdatum="2026-04-13")
    leven.open("aanbieder/start/1")
    start = leven.stap("aanbieder/start/1")
    assert (start.partner, start.medewerker) == ("taalhuis-lingestroom", "m-lin")
