"""Inzage en verbetering: een eigen termijn, ook na het einde van het traject (art. 12, 15 en 16 AVG)."""

from datetime import date

import pytest

from domein.begrippen import Dossierstatus, Rol
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, PersoonGewist, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.inzagekopie import inzage_export
from domein.handelingen.verzoeken import verzoeklijst
from domein.ports import Omgeving
from tests.integratie.bewaren.conftest import VOORBIJ
from tests.integratie.bewaren.hulp import weg
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import COORDINATOR, Leven

ONTVANGEN = date(2026, 4, 15)


@pytest.fixture
def gevraagd(omgeving: Omgeving) -> Leven:
    leven = Leven(omgeving).begin()
    leven.op(ONTVANGEN)
    leven.meld("verzoek_ontvangen", ONTVANGEN, actor=COORDINATOR, recht="inzage")
    return leven


def test_een_verzoek_geeft_een_stap_met_een_maand(gevraagd: Leven) -> None:
    stap = gevraagd.stap("registratie/verzoek/1/1")
    # 15 mei 2026 is een aangewezen dag; het weekend erna ook dicht.
    assert (stap.start, stap.streef, stap.uiterst) == (ONTVANGEN, date(2026, 4, 30), date(2026, 5, 18))
    assert "12 en 15 Algemene verordening" in stap.artikel
    (rij,) = verzoeklijst(gevraagd.omgeving)
    assert (rij["recht"], rij["uiterst"], rij["staat"]) == ("inzage", date(2026, 5, 18), "loopt")


def test_verlengen_vraagt_een_reden_binnen_de_maand_en_kan_een_keer(gevraagd: Leven) -> None:
    gevraagd.op(date(2026, 5, 18))
    with pytest.raises(RedenNodig, match="waarom het langer duurt"):
        gevraagd.meld("verzoek_verlengd", date(2026, 5, 18), actor=COORDINATOR)
    gevraagd.meld("verzoek_verlengd", date(2026, 5, 18), actor=COORDINATOR, reden="drie archieven")
    assert gevraagd.stap("registratie/verzoek/1/1").uitkomst == "verzoek_verlengd"
    assert gevraagd.stap("registratie/verzoek/2/1").uiterst == date(2026, 7, 15)
    with pytest.raises(OngeldigeGegevens, match="al verlengd"):
        gevraagd.meld("verzoek_verlengd", date(2026, 5, 18), actor=COORDINATOR, reden="nog eens")


def test_na_de_maand_kan_verlengen_niet_meer(gevraagd: Leven) -> None:
    gevraagd.op(date(2026, 5, 19))
    with pytest.raises(OngeldigeGegevens, match="18 mei 2026"):
        gevraagd.meld("verzoek_verlengd", date(2026, 5, 19), actor=COORDINATOR, reden="te laat")


def test_afwijzen_is_een_besluit_met_een_reden(gevraagd: Leven) -> None:
    gevraagd.op(date(2026, 4, 20))
    with pytest.raises(RedenNodig, match="besluit"):
        gevraagd.meld("verzoek_afgehandeld", date(2026, 4, 20), actor=COORDINATOR, uitkomst="afgewezen")
    gevraagd.meld(
        "verzoek_afgehandeld", date(2026, 4, 20), actor=COORDINATOR, uitkomst="afgewezen", reden="buitensporig"
    )
    assert verzoeklijst(gevraagd.omgeving) == []
    assert verzoeklijst(gevraagd.omgeving, alle=True)[0]["staat"] == "gehaald"
    with pytest.raises(OngeldigeGegevens, match="nog openstaat"):
        gevraagd.meld("verzoek_afgehandeld", date(2026, 4, 20), actor=COORDINATOR, nummer=1, uitkomst="ingewilligd")


def test_de_behandelaar_antwoordt_op_de_stap(gevraagd: Leven) -> None:
    gevraagd.antwoord("registratie/verzoek/1/1", "verzoek_afgehandeld", date(2026, 4, 20), uitkomst="ingewilligd")
    assert gevraagd.stand().verzoeken[1].afgehandeld_op == date(2026, 4, 20)


def test_een_verzoek_na_het_einde_heropent_alleen_het_dossier_voor_dat_verzoek(klaar: Leven) -> None:
    dag = date(2026, 9, 1)
    klaar.op(dag)
    klaar.meld("verzoek_ontvangen", dag, actor=COORDINATOR, recht="rectificatie")
    assert klaar.dossier().status is Dossierstatus.LOPEND
    assert set(klaar.staat()) == {"registratie/verzoek/1/1"}
    klaar.meld("verzoek_afgehandeld", dag, actor=COORDINATOR, uitkomst="ingewilligd")
    assert klaar.dossier().status is Dossierstatus.BEEINDIGD


def test_de_kopie_bevat_alles_wat_er_is_en_wat_iemand_moet_weten(klaar: Leven) -> None:
    kopie = inzage_export(klaar.omgeving, klaar.dossier_id, COORDINATOR)
    assert kopie["persoon"]["naam"] == "Kanarina Geelveer"
    assert kopie["persoon"]["gegevens"]["straat"] == "Kooistraat 7"
    assert len(kopie["gebeurtenissen"]) == len(klaar.gebeurtenissen())
    assert any("zangstuk" in g["reden"] for g in kopie["gebeurtenissen"])
    assert {o["naam"] for o in kopie["ontvangers"]} >= {"Gemeente Gorinchem"}
    assert kopie["berichten"]
    assert all(kopie[deel] for deel in ("doelen", "grondslagen", "herkomst", "rechten", "geautomatiseerd"))
    assert kopie["bewaren_tot"] == date(2031, 6, 1)


def test_een_verzoek_gaat_naar_de_klantmanager_ook_na_het_einde(klaar: Leven) -> None:
    dag = date(2026, 9, 1)
    klaar.op(dag)
    klaar.meld("verzoek_ontvangen", dag, actor=COORDINATOR, recht="inzage")
    klaar.open("registratie/verzoek/1/1")
    stap, dossier = klaar.stap("registratie/verzoek/1/1"), klaar.dossier()
    assert dossier.klantmanager is not None
    assert (stap.medewerker, stap.partner) == (dossier.klantmanager, "avres")
    assert stap.rol is Rol.KLANTMANAGER


def test_zonder_klantmanager_gaat_een_verzoek_naar_de_teamleider_die_daarmee_geen_klantmanager_wordt(
    gevraagd: Leven,
) -> None:
    assert gevraagd.dossier().klantmanager is None
    gevraagd.open("registratie/verzoek/1/1")
    assert gevraagd.stap("registratie/verzoek/1/1").medewerker == "m-wil"
    assert gevraagd.dossier().klantmanager is None


def test_de_kopie_heeft_de_tekst_van_een_getekend_besluit_en_niet_van_een_concept(omgeving: Omgeving) -> None:
    leven = Besluitleven(omgeving)
    leven.begin()
    leven.tot_concept().onderzoek_alles().schrijf("Omdat dit past.")
    (concept,) = inzage_export(omgeving, leven.dossier_id, COORDINATOR)["besluiten"]
    assert (concept["stand"], concept["tekst"]) == ("concept", None)
    leven.teken()
    (besluit,) = inzage_export(omgeving, leven.dossier_id, COORDINATOR)["besluiten"]
    assert "Omdat dit past." in besluit["tekst"]
    assert besluit["mandaat"] == "gor-besluit"


def test_een_kopie_krijgt_alleen_wie_het_dossier_beheert(klaar: Leven) -> None:
    for wie in ("m-mer", "m-mol", "vreemd"):
        with pytest.raises(GeenBevoegdheid):
            inzage_export(klaar.omgeving, klaar.dossier_id, Actor(wie))


def test_van_wie_vernietigd_is_is_er_geen_kopie(klaar: Leven) -> None:
    weg(klaar)
    klaar.op(VOORBIJ)
    with pytest.raises(PersoonGewist):
        inzage_export(klaar.omgeving, klaar.dossier_id, COORDINATOR)
