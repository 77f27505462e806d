"""Regel 13: een verzetting bewaart het voornemen; botst zij later met de wet, dan wint de wet en beslist een mens."""

from datetime import date, timedelta

import pytest

from domein.begrippen import Rol, Stapstatus
from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.soorten import StapVerzet
from domein.handelingen.registreren import registreer
from domein.handelingen.stapbeheer import heropen, sla_over, verzet
from tests.integratie.regels.leven import COORDINATOR, DUO, MANDAAT, PIP, Leven, noemt, rij

STRIJDIG = "registratie/strijdig/pip/vaststellen/1"
REDEN = "zit bij de huisarts"


def verzet_pip(leven: Leven, dag: date, *, proef: bool = False):
    return verzet(leven.omgeving, leven.stap("pip/vaststellen/1").id, dag, COORDINATOR, "tolk niet eerder", proef=proef)


def strijdig(leven: Leven) -> str:
    """Het kenmerk van de taak: met het volgnummer van de laatste verzetting."""
    return f"{STRIJDIG}/{leven.laatste('stap_verzet').volgnummer}"


def botsing(leven: Leven) -> Leven:
    """PIP verzet naar 13 maart (uiterst 16 maart); daarna verbetert DUO de kennisgeving naar drie weken eerder."""
    leven.tot_intake()
    verzet_pip(leven, date(2026, 3, 13))
    registreer(leven.omgeving, [rij(versie=2, kennisgeving_op=date(2025, 12, 15))], DUO)
    return leven


def test_regel_13_het_voornemen_wordt_bewaard_met_de_dag_waaraan_het_is_getoetst(leven: Leven) -> None:
    leven.tot_intake()
    verzet_pip(leven, date(2026, 3, 13))
    g = leven.laatste("stap_verzet")
    assert g.gegevens == StapVerzet(dag=date(2026, 3, 13), getoetst_aan=date(2026, 3, 16))
    assert leven.stap("pip/vaststellen/1").streef == date(2026, 3, 13)
    assert noemt(leven.stap("pip/vaststellen/1").waarom, date(2026, 3, 13))


def test_regel_13_voorbij_het_wettelijke_einde_in_het_verleden_of_zonder_reden_kan_niet(leven: Leven) -> None:
    leven.tot_intake()
    with pytest.raises(OngeldigeGegevens, match=r"2026-03-16|16 maart"):
        verzet_pip(leven, date(2026, 3, 17))
    with pytest.raises(OngeldigeGegevens, match="verleden"):
        verzet_pip(leven, date(2026, 1, 20))
    with pytest.raises(RedenNodig):
        verzet(leven.omgeving, leven.stap("pip/vaststellen/1").id, date(2026, 3, 13), COORDINATOR, " ")
    assert leven.telling()["stap_verzet"] == 0


def test_regel_13_een_proef_laat_zien_en_schrijft_niets(leven: Leven) -> None:
    leven.tot_intake()
    voor, stap = leven.gebeurtenissen(), leven.stap("pip/vaststellen/1").model_dump()
    proef = verzet_pip(leven, date(2026, 3, 13), proef=True)
    assert [(w.soort, w.kenmerk) for w in proef.wijzigingen] == [("verzetten", "pip/vaststellen/1")]
    assert leven.gebeurtenissen() == voor
    assert leven.stap("pip/vaststellen/1").model_dump() == stap


def test_regel_13_bij_een_botsing_wint_het_wettelijke_einde_en_krijgt_een_mens_een_taak(leven: Leven) -> None:
    botsing(leven)
    stap, taak = leven.stap("pip/vaststellen/1"), leven.stap(strijdig(leven))
    assert (stap.uiterst, stap.streef) == (date(2026, 2, 23), date(2026, 2, 23))
    assert (taak.status, taak.rol) == (Stapstatus.GEPLAND, Rol.REGIOCOORDINATOR)
    assert noemt(taak.waarom, date(2026, 3, 13))
    leven.open(strijdig(leven))
    assert leven.stap(strijdig(leven)).medewerker == "m-reg"


def test_regel_13_de_taak_over_de_botsing_kan_worden_afgemaakt(leven: Leven) -> None:
    botsing(leven)
    leven.antwoord(strijdig(leven), "controle_afgehandeld", oordeelcode="overlegd")
    assert leven.stap(strijdig(leven)).status is Stapstatus.KLAAR
    leven.meld("klantmanager_toegewezen", leven.omgeving.klok.vandaag(), medewerker="m-kos", partner="avres")
    assert leven.stap(strijdig(leven)).status is Stapstatus.KLAAR


def test_regel_13_is_de_stap_zelf_klaar_dan_vervalt_de_taak(leven: Leven) -> None:
    botsing(leven)
    leven.antwoord(
        "pip/vaststellen/1",
        "pip_vastgesteld",
        date(2026, 2, 20),
        door=MANDAAT,
        **(PIP | {"bekendgemaakt_op": "2026-02-20"}),
    )
    assert leven.stap(strijdig(leven)).status is Stapstatus.VERVALLEN


def test_regel_13_een_nieuwe_keuze_binnen_de_termijn_neemt_de_taak_weg(leven: Leven) -> None:
    taak = strijdig(botsing(leven))
    verzet_pip(leven, date(2026, 2, 17))
    assert leven.stap("pip/vaststellen/1").streef == date(2026, 2, 17)
    assert leven.stap(taak).status is Stapstatus.VERVALLEN


def test_regel_13_een_tweede_botsing_is_een_nieuwe_taak(leven: Leven) -> None:
    eerste = strijdig(botsing(leven))
    leven.antwoord(eerste, "controle_afgehandeld", oordeelcode="overlegd")
    leven.op(date(2026, 2, 9))
    verzet_pip(leven, date(2026, 2, 20))
    registreer(
        leven.omgeving, [rij(versie=3, kennisgeving_op=date(2025, 12, 8), brp_inschrijving=date(2025, 12, 8))], DUO
    )
    tweede = strijdig(leven)
    assert tweede != eerste
    assert (leven.stap(eerste).status, leven.stap(tweede).status) == (Stapstatus.KLAAR, Stapstatus.GEPLAND)
    leven.antwoord(tweede, "controle_afgehandeld", oordeelcode="overlegd")
    assert leven.stap(tweede).status is Stapstatus.KLAAR


def test_regel_13_een_gesloten_dag_waarvan_de_werkdag_te_laat_valt_wordt_geweigerd(leven: Leven) -> None:
    leven.tot_pip(aantal_gesprekken=6)  # de termijn eindigt op zondag 25 februari 2029
    with pytest.raises(OngeldigeGegevens, match="werkdag"):
        verzet(leven.omgeving, leven.stap("voortgang/6").id, date(2029, 2, 24), COORDINATOR, "verlof")
    assert leven.telling()["stap_verzet"] == 0


def test_regel_13_de_eigen_woorden_van_een_besluit_staan_alleen_in_de_gebeurtenis(leven: Leven) -> None:
    """Een reden kan over gezondheid gaan: zij komt niet in mail en niet in een tabel zonder versleuteling."""
    leven.tot_pip()
    leven.open("duo/pip-vastgesteld/1")
    leven.post_is_aanvaard()
    stap = leven.stap("duo/pip-vastgesteld/1")
    verzet(leven.omgeving, stap.id, stap.streef + timedelta(days=7), COORDINATOR, REDEN)
    sla_over(leven.omgeving, leven.stap("voortgang/1").id, COORDINATOR, REDEN)
    sla_over(leven.omgeving, stap.id, COORDINATOR, REDEN)
    heropen(leven.omgeving, stap.id, COORDINATOR, REDEN)
    assert leven.laatste("stap_heropend").reden == REDEN
    plat = [s.model_dump_json() for s in leven.stappen().values()] + [b.model_dump_json() for b in leven.post()]
    assert not [rij_ for rij_ in plat if REDEN in rij_]


def test_regel_13_ook_niet_als_het_besluit_een_andere_taak_laat_vervallen(leven: Leven) -> None:
    taak = strijdig(botsing(leven))
    leven.open(taak)
    leven.post_is_aanvaard()
    verzet(leven.omgeving, leven.stap("pip/vaststellen/1").id, date(2026, 2, 17), COORDINATOR, REDEN)
    assert leven.stap(taak).vervallen_waarom == "Een taak in dit dossier is verzet."
    intrekking = leven.post(taak)[-1]
    assert (intrekking.soort, REDEN in intrekking.tekst) == ("taak_ingetrokken", False)


def test_regel_13_de_gekozen_dag_blijft_staan_als_het_anker_verschuift(leven: Leven) -> None:
    leven.tot_pip()
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 7), COORDINATOR, "verlof")
    leven.haal_door(leven.laatste("pip_vastgesteld"))
    leven.op(date(2026, 3, 4))
    leven.meld("pip_vastgesteld", date(2026, 3, 4), actor=MANDAAT, **(PIP | {"bekendgemaakt_op": "2026-03-04"}))
    assert leven.stap("voortgang/1").streef == date(2026, 9, 7)
    assert leven.stap("voortgang/2").streef == date(2027, 3, 4)
