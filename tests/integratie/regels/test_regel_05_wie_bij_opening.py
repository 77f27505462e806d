"""Regel 5: wie een stap doet wordt beslist bij het openen, door de afspraken van die dag, en vastgelegd."""

from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapGeopend
from domein.handelingen.regio import laad_regio
from domein.handelingen.stapbeheer import draag_over
from tests.integratie.regels.leven import COORDINATOR, VOORBEELD, Leven


def nieuwe_versie(leven: Leven, tmp_path: Path, geldig_van: str) -> None:
    """Vanaf deze dag werkt m-nwe waar m-jdb werkte, en heet de afspraak over de intake anders."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    for oud, nieuw in (
        ('versie = "2022-1"', 'versie = "2026-2"'),
        ("geldig_van = 2022-01-01", f"geldig_van = {geldig_van}"),
        ("m-jdb", "m-aaa"),
        ('regel_id = "intake"', 'regel_id = "intake-nieuw"'),
    ):
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw)
    bestand = tmp_path / "regio.toml"
    bestand.write_text(tekst, encoding="utf-8")
    laad_regio(leven.omgeving, laad_regiobestand(bestand), SYSTEEM)


def test_regel_05_een_geplande_stap_heeft_nog_niemand(leven: Leven) -> None:
    stap = leven.stap("intake/oproep/1")
    assert (stap.partner, stap.medewerker, stap.afspraak) == (None, None, None)


def test_regel_05_de_opening_is_een_gebeurtenis_met_wie_en_volgens_welke_afspraak(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    g = leven.laatste("stap_geopend")
    assert isinstance(g.gegevens, StapGeopend)
    assert g.stap == "intake/oproep/1"
    assert (g.gegevens.partner, g.gegevens.afspraak, g.gegevens.afsprakenversie) == (
        "avres",
        "intake",
        "2022-1",
    )
    stap = leven.stap("intake/oproep/1")
    assert (stap.medewerker, stap.afspraak, stap.afsprakenversie) == (
        g.gegevens.medewerker,
        "intake",
        "2022-1",
    )
    assert isinstance(leven.laatste("klantmanager_toegewezen").gegevens, KlantmanagerToegewezen)


def test_regel_05_een_nieuwe_versie_raakt_een_geopende_stap_niet_en_de_volgende_wel(
    leven: Leven, tmp_path: Path
) -> None:
    leven.open("intake/oproep/1")
    wie = leven.stap("intake/oproep/1").medewerker
    assert wie == "m-jdb"
    nieuwe_versie(leven, tmp_path, "2026-01-06")
    leven.op(date(2026, 1, 6))
    leven.meld("brp_ingeschreven", date(2026, 1, 6))  # een herplanning onder de nieuwe afspraken
    stap = leven.stap("intake/oproep/1")
    assert (stap.medewerker, stap.afspraak, stap.afsprakenversie) == ("m-jdb", "intake", "2022-1")

    leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), door=COORDINATOR, afspraak_op="2026-01-21")
    leven.open("intake/gesprek/1")
    volgende = leven.stap("intake/gesprek/1")
    assert (volgende.medewerker, volgende.afspraak, volgende.afsprakenversie) == (
        "m-aaa",
        "intake-nieuw",
        "2026-2",
    )


def test_regel_05_de_afspraken_van_de_dag_van_openen_tellen_niet_die_van_laden(leven: Leven, tmp_path: Path) -> None:
    nieuwe_versie(leven, tmp_path, "2026-03-01")
    leven.open("intake/oproep/1")
    assert leven.stap("intake/oproep/1").afsprakenversie == "2022-1"


def test_regel_05_de_eigen_klantmanager_houdt_het_dossier(leven: Leven) -> None:
    leven.meld("klantmanager_toegewezen", date(2026, 1, 5), medewerker="m-tha", partner="avres")
    leven.open("intake/oproep/1")
    assert leven.stap("intake/oproep/1").medewerker == "m-tha"
    assert leven.telling()["klantmanager_toegewezen"] == 1


def test_regel_05_overdragen_is_een_gebeurtenis_en_geeft_de_ander_de_mail(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    draag_over(leven.omgeving, leven.stap("intake/oproep/1").id, "m-kos", COORDINATOR, "verlof")
    assert leven.stap("intake/oproep/1").medewerker == "m-kos"
    assert leven.laatste("stap_toegewezen").actor == COORDINATOR
    assert leven.laatste("stap_toegewezen").reden == "verlof"
    post = {(b.soort, b.ontvanger_code) for b in leven.post("intake/oproep/1")}
    assert post == {("taak", "m-jdb"), ("taak_ingetrokken", "m-jdb"), ("taak", "m-kos")}


@pytest.mark.parametrize("wie", ["m-adm", "m-onbekend"])
def test_regel_05_overdragen_kan_alleen_aan_iemand_met_de_rol(leven: Leven, wie: str) -> None:
    leven.open("intake/oproep/1")
    with pytest.raises(GeenBevoegdheid):
        draag_over(leven.omgeving, leven.stap("intake/oproep/1").id, wie, COORDINATOR, "verlof")


def test_regel_05_na_een_weigering_gaat_de_aanmelding_naar_de_volgende_partner(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", redencode="geen-plaats")
    leven.open("aanbieder/aanmelding/2")
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    assert leven.stap("aanbieder/aanmelding/2").partner == "taalhuis-lingestroom"
    leven.antwoord("aanbieder/aanmelding/2", "aanmelding_geaccepteerd", startdatum="2026-04-13")
    leven.open("aanbieder/start/2")
    assert leven.stap("aanbieder/start/2").medewerker == "m-lin"


def test_regel_05_wie_niet_in_de_afspraken_staat_antwoordt_niet(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    with pytest.raises(GeenBevoegdheid, match="samenwerkingsafspraken"):
        leven.antwoord("intake/oproep/1", "oproep_verzonden", door=Actor("m-vreemd"), afspraak_op="2026-01-21")
