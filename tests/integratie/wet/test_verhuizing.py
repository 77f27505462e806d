"""Paragraaf 5, punt voor punt: verhuizen binnen, uit en naar de regio (art. 11, 15 en 35 Wi, art. 5.3 lid 3 Bi)."""

from datetime import date

import pytest

from domein.begrippen import Dossierstatus, Leerroute
from domein.gebeurtenissen.basis import Actor
from tests.integratie.wet.wetleven import (
    GEHAALD,
    LOOPT,
    MANDAAT,
    OngeldigeGegevens,
    Rol,
    Wetleven,
)

NAAR = "GM1978"
MOLENLANDEN = Actor("m-mol")
OPVRAGEN, LEVEREN, ONTVANGEN = "verhuizing/opvragen/1", "verhuizing/levering/1", "verhuizing/ontvangst/1"


@pytest.fixture
def verhuisd(leven: Wetleven) -> Wetleven:
    """PIP op 25 februari, les sinds 30 maart, en op 1 september 2026 ingeschreven in Molenlanden."""
    leven.begin().met_pip().les()
    leven.feit("verhuisd", "2026-09-01", naar=NAAR)
    return leven


def test_punt_1_een_nieuw_pip_binnen_tien_weken_na_inschrijving(verhuisd: Wetleven) -> None:
    verhuisd.eis("pip/verhuizing/1", "2026-10-20", "2026-11-10", "2026-11-10", Rol.MANDAATHOUDER, "artikel 15 lid 4",
                 "De 10 weken eindigen op dinsdag 10 november 2026")  # fmt: skip
    verhuisd.eis_termijn("pip-na-brp", "2026-09-01", "2026-11-10", "2026-11-10", "artikel 5.3", {"2026-11-10": LOOPT})
    verhuisd.pip("2026-11-02", "pip/verhuizing/1", door=MOLENLANDEN)
    verhuisd.eis_termijn("pip-na-brp", "2026-09-01", "2026-11-10", "2026-11-10", "artikel 5.3", {"2026-11-11": GEHAALD})
    verhuisd.eis_niet("pip/")


def test_punt_1_alleen_de_nieuwe_gemeente_stelt_het_vast(verhuisd: Wetleven) -> None:
    with pytest.raises(AssertionError, match="geen mandaat"):
        verhuisd.pip("2026-11-02", "pip/verhuizing/1", door=MANDAAT)


def test_punt_2_dezelfde_leerroute_en_geen_nieuwe_leerbaarheidstoets(verhuisd: Wetleven) -> None:
    verhuisd.eis_niet("intake/")
    ander = {"bekendgemaakt_op": "2026-11-02", "leerroute": "z", "aantal_gesprekken": 4, "interval_maanden": 6}
    verhuisd.weigert(OngeldigeGegevens, "artikel 15 lid 4 Wi", "pip_vastgesteld", "2026-11-02",
                     stap="pip/verhuizing/1", door=MOLENLANDEN, **ander)  # fmt: skip
    verhuisd.vraagt_reden("artikel 15 lid 4 Wi", "intake_gehouden", "2026-11-02", leerbaarheidstoets_op="2026-11-02")


def test_punt_2_andere_delen_van_het_pip_mogen_verschillen(verhuisd: Wetleven) -> None:
    verhuisd.pip("2026-11-02", "pip/verhuizing/1", door=MOLENLANDEN, aantal_gesprekken=2, interval_maanden=12)
    gesprekken = {k for k in verhuisd.te_doen if k.startswith("voortgang/")}
    assert {verhuisd.stap(k).streef for k in gesprekken} == {date(2027, 11, 2), date(2028, 11, 2)}
    assert verhuisd.plan().stap("aanbieder/aanmelding/2") is None, "dezelfde leerroute: de lessen gaan door"


def test_punt_3_de_inburgeringstermijn_loopt_door(verhuisd: Wetleven) -> None:
    verhuisd.pip("2026-11-02", "pip/verhuizing/1", door=MOLENLANDEN)
    verhuisd.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11 Wet")
    verhuisd.eis_termijn("leerroute-wijzigen", "2026-02-25", "2027-08-25", "2027-08-25", "artikel 17 Wet")


def test_punt_3_verhuisd_voor_het_eerste_pip_dan_stelt_de_nieuwe_gemeente_het_eerste_vast(leven: Wetleven) -> None:
    leven.begin().intake("2026-01-21", verzonden="2026-01-07").feit("verhuisd", "2026-02-02", naar=NAAR)
    leven.eis_niet("pip/verhuizing")
    leven.eis_termijn("pip-na-brp", "2026-02-02", "2026-04-13", "2026-04-13", "artikel 5.3")
    leven.pip("2026-03-02", door=MOLENLANDEN)
    leven.eis_termijn("inburgeringstermijn", "2026-03-02", "2029-03-02", "2029-03-02", "artikel 11 Wet")


def test_punt_4_de_vorige_gemeente_levert_op_verzoek_en_ziet_het_dossier_daarna_niet_meer(verhuisd: Wetleven) -> None:
    assert LEVEREN not in verhuisd.stappen(), "uit zichzelf levert niemand"
    verhuisd.eis(OPVRAGEN, "2026-09-02", "2026-09-09", None, Rol.KLANTMANAGER, "artikel 35 lid 4 Wet",
                 "PIP, voortgang en boetes alleen op verzoek")  # fmt: skip
    verhuisd.uitkomst(OPVRAGEN, "dossier_opgevraagd", "2026-09-02")
    levering = verhuisd.eis(LEVEREN, "2026-09-03", "2026-09-17", None, Rol.KLANTMANAGER, "artikel 35 lid 4 Wet")
    assert levering.gemeente == "GM0512", "alleen deze stap ziet de vorige gemeente nog"
    assert {s.gemeente for k, s in verhuisd.stappen().items() if k != LEVEREN} == {NAAR}
    verhuisd.uitkomst(LEVEREN, "dossier_geleverd", "2026-09-10")
    assert {s.gemeente for s in verhuisd.stappen().values()} == {NAAR}
    verhuisd.uitkomst(ONTVANGEN, "dossier_overgenomen", "2026-09-14")
    verhuisd.eis_niet("verhuizing/opvragen", "verhuizing/levering", "verhuizing/ontvangst")
    assert verhuisd.stap("pip/verhuizing/1").start == date(2026, 9, 15), "met het dossier kan het PIP eerder"


def test_punt_5_de_voorgeschiedenis_gaat_mee_niets_raakt_weg(verhuisd: Wetleven) -> None:
    """De telling van boetes is een later deel; wat er is vastgelegd, blijft in hetzelfde dossier."""
    verhuisd.uitkomst("voortgang/1", "gesprek_niet_verschenen", "2026-09-08")
    assert verhuisd.telling()["gesprek_niet_verschenen"] == 1
    assert "voortgang/6" in verhuisd.te_doen
    assert verhuisd.stand().les_gestart_op == date(2026, 3, 30)
    assert verhuisd.stap("duo/pip-vastgesteld/1").status.value == "gepland", "ook de melding van het eerste PIP"


def test_punt_6_binnen_de_regio_is_het_een_gewone_verhuizing(verhuisd: Wetleven) -> None:
    """Of een nieuw PIP nodig is bij volledige overdracht is een open vraag (docs/juridische-vragen.md, 10)."""
    assert verhuisd.dossier().gemeente == NAAR
    assert {"pip/verhuizing/1", OPVRAGEN, "duo/verhuizing/1"} <= verhuisd.te_doen


def test_punt_7_iemand_besluit_over_de_lopende_lessen(verhuisd: Wetleven) -> None:
    verhuisd.eis("verhuizing/aanbieder/1/1", "2026-09-02", "2026-09-09", None, Rol.KLANTMANAGER, "artikel 16 Wet",
                 "aanbieder van de vorige gemeente")  # fmt: skip
    verhuisd.uitkomst("verhuizing/aanbieder/1/1", "les_beeindigd", "2026-09-04", redencode="verhuisd")
    verhuisd.eis("aanbieder/aanmelding/2", "2026-09-07", "2026-09-14", None, Rol.AANBIEDER, "artikel 16 Wet")


def test_de_regio_uit_eindigt_hier_en_de_gegevens_gaan_op_verzoek_mee(leven: Wetleven) -> None:
    leven.begin().met_pip().les().feit("verhuisd", "2026-09-01", naar="GM0363")
    assert {k for k in leven.te_doen if not k.startswith("duo/")} == {"einde/afsluiten/1"}
    leven.eis("einde/afsluiten/1", "2026-09-02", "2026-09-16", None, Rol.KLANTMANAGER, "artikel 9.9 Besluit",
              "buiten de regio")  # fmt: skip
    leven.feit("dossier_opgevraagd", "2026-09-07")
    leven.eis(LEVEREN, "2026-09-08", "2026-09-22", None, Rol.KLANTMANAGER, "artikel 35 lid 4 Wet", "Amsterdam")
    leven.uitkomst(LEVEREN, "dossier_geleverd", "2026-09-14")
    leven.uitkomst("einde/afsluiten/1", "dossier_afgesloten", "2026-09-14")
    assert leven.te_doen == {"duo/pip-vastgesteld/1", "duo/leerroute/1", "duo/verhuizing/1"}
    assert leven.dossier().status is Dossierstatus.LOPEND, "tot DUO alles weet"


def test_de_regio_in_met_een_pip_van_elders(leven: Wetleven) -> None:
    """De termijn telt van het eerste PIP, de tien weken van de inschrijving hier (art. 11 lid 3 en 15 lid 4 Wi)."""
    leven.begin("2026-06-08", brp_inschrijving=date(2026, 6, 1), vorige_gemeente="GM0363",
                eerste_pip_op=date(2025, 9, 15), eerste_pip_leerroute=Leerroute.B1)  # fmt: skip
    leven.eis_termijn("pip-na-brp", "2026-06-01", "2026-08-10", "2026-08-10", "artikel 5.3", {"2026-08-10": LOOPT})
    leven.eis_termijn("inburgeringstermijn", "2025-09-15", "2028-09-15", "2028-09-15", "artikel 11 Wet")
    leven.eis_niet("intake/", "duo/")
    assert {"pip/verhuizing/1", OPVRAGEN} <= leven.te_doen
    leven.pip("2026-07-06", "pip/verhuizing/1")
    assert "duo/pip-vastgesteld/2" in leven.te_doen
    leven.eis_termijn("inburgeringstermijn", "2025-09-15", "2028-09-15", "2028-09-15", "artikel 11 Wet")
