"""Overdragen, herplaatsen en maatwerk: wie het had blijft verantwoordelijk, en niemand gaat buiten zijn mandaat."""

from datetime import date

import pytest

from domein.begrippen import Stapsoort, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import OverdrachtAangeboden
from domein.handelingen.maatwerk import beeindig_maatwerk, maatwerk_lijst, stel_maatwerk_vast
from domein.handelingen.overdragen import bied_aan
from domein.handelingen.uitval import meld_uitval
from tests.integratie.regels.leven import COORDINATOR, Leven

CONTRACT = Actor("m-con")


@pytest.fixture
def met_klantmanager(leven: Leven) -> Leven:
    leven.open("intake/oproep/1")
    return leven


def _ander(leven: Leven) -> str:
    return next(code for code in ("m-jdb", "m-kos", "m-tha") if code != leven.dossier().klantmanager)


def test_tot_de_ander_aanvaardt_blijft_de_vorige_verantwoordelijk(met_klantmanager: Leven) -> None:
    leven, vorige = met_klantmanager, met_klantmanager.dossier().klantmanager
    ander = _ander(leven)
    bied_aan(leven.omgeving, leven.dossier_id, ander, COORDINATOR, "collega gaat met verlof")
    leven.open("overdracht/aanvaarden/1")
    assert leven.stap("overdracht/aanvaarden/1").medewerker == ander
    assert (leven.dossier().klantmanager, leven.stap("intake/oproep/1").medewerker) == (vorige, vorige)
    leven.antwoord("overdracht/aanvaarden/1", "overdracht_aanvaard")
    assert (leven.dossier().klantmanager, leven.stap("intake/oproep/1").medewerker) == (ander, ander)


def test_wie_weigert_verandert_niets_en_een_volgend_aanbod_krijgt_een_nieuw_nummer(met_klantmanager: Leven) -> None:
    leven, vorige = met_klantmanager, met_klantmanager.dossier().klantmanager
    bied_aan(leven.omgeving, leven.dossier_id, _ander(leven), COORDINATOR, "verlof")
    with pytest.raises(OngeldigeGegevens, match="loopt al een aanbod"):
        bied_aan(leven.omgeving, leven.dossier_id, _ander(leven), COORDINATOR, "verlof")
    leven.antwoord("overdracht/aanvaarden/1", "overdracht_geweigerd", redencode="geen-tijd")
    assert leven.dossier().klantmanager == vorige
    bied_aan(leven.omgeving, leven.dossier_id, _ander(leven), COORDINATOR, "verlof")
    assert "overdracht/aanvaarden/2" in leven.staat()


def test_het_aanbod_noemt_alleen_wat_de_ontvanger_mag_zien(met_klantmanager: Leven) -> None:
    leven = met_klantmanager
    bied_aan(leven.omgeving, leven.dossier_id, _ander(leven), COORDINATOR, "verlof")
    aangeboden = leven.laatste("overdracht_aangeboden").gegevens
    assert isinstance(aangeboden, OverdrachtAangeboden)
    groepen = {groep.value for groep in aangeboden.gegevens}
    assert {"referentie", "termijnen", "naam", "bsn"} <= groepen  # Avres voert de intake, met grondslag
    assert "maatregelen" not in groepen


def _met_les(leven: Leven) -> Leven:
    leven.tot_pip()
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.antwoord("aanbieder/start/1", "les_gestart", date(2026, 4, 1))
    return leven


def test_voorbeeld_12_een_aanbieder_zonder_keurmerk_wordt_per_persoon_herplaatst(leven: Leven) -> None:
    """Nieuwe plaatsing bij een ander; de aanbieder die wegviel komt niet terug, en de termijn loopt door."""
    _met_les(leven)
    partner = leven.stap("aanbieder/aanmelding/1").partner
    assert partner is not None
    leven.op(date(2026, 6, 1))
    assert [g.nieuw for g in meld_uitval(leven.omgeving, partner, "keurmerk-kwijt", CONTRACT, "bericht", proef=True)]
    assert "aanbieder_uitgevallen" not in leven.telling()
    meld_uitval(leven.omgeving, partner, "keurmerk-kwijt", CONTRACT, "bericht van het keurmerk")
    einde = leven.plan().termijn("inburgeringstermijn")
    leven.antwoord("aanbieder/herplaatsen/1/1", "les_beeindigd", date(2026, 6, 2), redencode="keurmerk-kwijt")
    leven.open("aanbieder/aanmelding/2")
    assert leven.stap("aanbieder/aanmelding/2").partner not in (None, partner)
    assert leven.plan().termijn("inburgeringstermijn") == einde


def test_uitval_twee_keer_melden_verandert_niets_en_een_ander_mag_het_niet(leven: Leven) -> None:
    _met_les(leven)
    partner = leven.stap("aanbieder/aanmelding/1").partner or ""
    with pytest.raises(GeenBevoegdheid):
        meld_uitval(leven.omgeving, partner, "gestopt", Actor("m-jdb"), "gehoord")
    meld_uitval(leven.omgeving, partner, "gestopt", CONTRACT, "brief")
    assert [g.nieuw for g in meld_uitval(leven.omgeving, partner, "gestopt", CONTRACT, "brief")] == [False]
    assert leven.telling()["aanbieder_uitgevallen"] == 1
    assert meld_uitval(leven.omgeving, "roc-rivierenland", "gestopt", CONTRACT, "brief") == []


def test_maatwerk_gaat_voor_binnen_het_mandaat_en_eindigt_op_zijn_dag(leven: Leven) -> None:
    leven.tot_pip()
    leven.op(date(2026, 2, 26))
    wil = Actor("m-wil")
    stel_maatwerk_vast(
        leven.omgeving, leven.dossier_id, Stapsoort.AANMELDING, "taalhuis-lingestroom", date(2026, 12, 31), wil, "broer"
    )
    (rij,) = maatwerk_lijst(leven.omgeving)
    assert (rij["partner"], rij["goedgekeurd_door"]) == ("taalhuis-lingestroom", "m-wil")
    leven.open("aanbieder/aanmelding/1")
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalhuis-lingestroom"
    beeindig_maatwerk(leven.omgeving, leven.dossier_id, 1, wil, "niet meer nodig")
    assert maatwerk_lijst(leven.omgeving) == []


def test_maatwerk_buiten_het_mandaat_wordt_geweigerd(leven: Leven) -> None:
    leven.tot_pip()
    for wie in ("m-mol", "m-jdb"):
        with pytest.raises(GeenBevoegdheid):
            stel_maatwerk_vast(
                leven.omgeving, leven.dossier_id, Stapsoort.AANMELDING, "taalhuis-lingestroom", date(2026, 12, 31),
                Actor(wie), "broer",
            )  # fmt: skip
    duur = {"bedrag": "99000"}
    with pytest.raises(GeenBevoegdheid, match="boven het mandaat"):
        stel_maatwerk_vast(
            leven.omgeving, leven.dossier_id, Stapsoort.AANMELDING, "taalhuis-lingestroom", date(2026, 12, 31),
            Actor("m-wil"), "broer", meer=duur,
        )  # fmt: skip
    assert "maatwerk_vastgesteld" not in leven.telling()


def test_een_geweigerd_dossier_staat_niet_meer_open(met_klantmanager: Leven) -> None:
    leven = met_klantmanager
    bied_aan(leven.omgeving, leven.dossier_id, _ander(leven), COORDINATOR, "verlof")
    leven.antwoord("overdracht/aanvaarden/1", "overdracht_geweigerd", redencode="andere-partner")
    assert leven.stap("overdracht/aanvaarden/1").status is Stapstatus.KLAAR
