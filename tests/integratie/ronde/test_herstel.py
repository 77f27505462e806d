"""De ronde herstelt wat er op het bord misgaat: elke test maakt het eerst echt stuk."""

import asyncio
from datetime import date, time, timedelta

import pytest

from adapters.klok import AMSTERDAM
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.model import Signaal
from domein.ports import Omgeving
from domein.regels.ronde import MAX_POGINGEN, Daad
from tests.hulp.nepbord import Nepbord
from tests.integratie.regels.leven import Leven
from tests.integratie.ronde.conftest import OPROEP, Wereld


def test_een_run_die_er_niet_is_komt_er(wereld: Wereld) -> None:
    assert wereld.bord.alle() == []
    assert wereld.ronde().daden[Daad.MAAK] >= 1
    assert wereld.run().toestand is Toestand.GEPLAND
    wereld.wachtend()
    wereld.maak_af()


def test_een_ronde_die_niets_kon_opschrijven_maakt_de_run_niet_twee_keer(wereld: Wereld) -> None:
    # Gemaakt op het bord, en gevallen voordat wij haar opschreven.
    wereld.ronde()
    stap = wereld.stap()
    stap.run_id, stap.run_poging, stap.run_generatie = None, 0, 0
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar(stap)
    wereld.wachtend()
    assert len(wereld.bord.alle(stap.id)) == 1
    wereld.maak_af()


@pytest.mark.parametrize("toestand", [Toestand.GECRASHT, Toestand.MISLUKT])
def test_een_gecrashte_run_loopt_opnieuw_en_mailt_niet_opnieuw(wereld: Wereld, toestand: Toestand) -> None:
    run = wereld.wachtend()
    wereld.bord.zet(run.run_id, toestand)
    wereld.bord.verder(seconds=3)
    assert wereld.ronde().daden[Daad.HERSTEL] == 1
    assert wereld.wachtend().run_id == run.run_id
    wereld.is_goed()
    wereld.maak_af()


def test_een_run_die_blijft_crashen_gaat_naar_een_mens_en_die_kan_haar_zelf_starten(wereld: Wereld) -> None:
    run = wereld.wachtend()
    for _ in range(MAX_POGINGEN):
        wereld.bord.zet(run.run_id, Toestand.GECRASHT)
        wereld.bord.verder(minutes=10)
        wereld.ronde()
    wereld.ronde()
    assert [s.soort for s in _signalen(wereld)] == ["run_kapot"]
    wereld.bord.hervat(run.run_id)  # iemand drukt in Prefect op Retry
    wereld.tot_rust()
    assert wereld.run().toestand is Toestand.WACHT
    assert _signalen(wereld) == []
    wereld.maak_af()


def test_een_verwijderde_run_komt_wachtend_terug_zonder_iets_uit_te_voeren(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.verwijder(run.run_id)
    assert wereld.ronde().daden[Daad.HERBOUW] == 1
    nieuw = wereld.run()
    assert nieuw.run_id != run.run_id
    assert (nieuw.toestand, wereld.bord.keren(nieuw.run_id)) == (Toestand.WACHT, 0)
    wereld.maak_af()


def test_een_met_de_hand_gestopte_run_wordt_een_vraag_en_geen_gevecht(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.zet(run.run_id, Toestand.GEANNULEERD)
    verslagen = [wereld.ronde() for _ in range(3)]
    assert [v.daden[Daad.VRAAG] for v in verslagen] == [1, 0, 0]
    assert wereld.run().toestand is Toestand.GEANNULEERD
    assert [s.soort for s in _signalen(wereld)] == ["run_geannuleerd"]
    vraag = wereld.stap("registratie/controle/1")
    assert OPROEP in vraag.waarom


def test_zegt_een_mens_dat_de_gestopte_stap_doorgaat_dan_krijgt_zij_een_nieuwe_run(wereld: Wereld) -> None:
    run = wereld.wachtend()
    for nummer in (1, 2):  # en iemand kan haar daarna opnieuw stoppen
        wereld.bord.zet(wereld.run().run_id, Toestand.GEANNULEERD)
        wereld.tot_rust()
        wereld.leven.antwoord(f"registratie/controle/{nummer}", "controle_afgehandeld", oordeelcode="gaat-door")
        wereld.tot_rust()
        assert wereld.run().toestand is Toestand.WACHT
        assert _signalen(wereld) == []
    assert wereld.run().run_id != run.run_id
    wereld.maak_af()


def test_een_met_de_hand_herstarte_run_doet_niets_dubbel(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.hervat(run.run_id)
    wereld.tot_rust()
    assert wereld.bord.keren(run.run_id) == 2
    wereld.maak_af()
    wereld.bord.hervat(run.run_id)  # ook als de stap al klaar is
    wereld.tot_rust()
    assert wereld.run().toestand is Toestand.KLAAR
    wereld.is_goed()


def test_een_run_die_zonder_antwoord_is_hervat_wacht_opnieuw(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.hervat(run.run_id, None)
    wereld.tot_rust()
    assert wereld.run().toestand is Toestand.WACHT
    assert wereld.stap().status is Stapstatus.OPEN
    wereld.maak_af()


def test_een_dubbele_run_wordt_beeindigd(wereld: Wereld) -> None:
    run = wereld.wachtend()
    dubbel = wereld.bord.dubbele(run.run_id)
    assert wereld.ronde().wezen == 1
    assert {r.run_id: r.toestand for r in wereld.bord.alle(run.stap_id)} == {
        run.run_id: Toestand.WACHT,
        dubbel: Toestand.GEANNULEERD,
    }
    wereld.maak_af()


def test_een_antwoord_in_een_dubbele_run_gaat_niet_verloren(wereld: Wereld) -> None:
    run = wereld.wachtend()
    dubbel = wereld.bord.dubbele(run.run_id)
    antwoord = {
        "uitkomst": "oproep_verzonden", "datum": wereld.omgeving.klok.vandaag(), "afspraak_op": "2026-01-21",
        "waarschuwing": False, "medewerkercode": wereld.stap().medewerker,
    }  # fmt: skip
    wereld.bord.hervat(dubbel, antwoord)
    wereld.ronde()  # vóór de worker eraan toekomt
    wereld.tot_rust()
    assert wereld.stap().status is Stapstatus.KLAAR
    wereld.is_goed()


def test_na_het_wissen_van_het_hele_bord_komt_alles_terug(wereld: Wereld) -> None:
    wereld.wachtend()
    stappen = {k: (s.status, s.generatie) for k, s in wereld.leven.stappen().items()}
    gepland = sum(not run.toestand.ten_einde for run in wereld.bord.alle())
    wereld.bord.wis_alles()
    assert wereld.ronde().bord_onbereikbaar
    wereld.bord.richt_in()  # wat de opzichter dan doet
    wereld.tot_rust()
    assert len(wereld.bord.alle()) == gepland
    assert {k: (s.status, s.generatie) for k, s in wereld.leven.stappen().items()} == stappen
    wereld.maak_af()


def test_een_verwijderde_deployment_laat_geen_stap_achter(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.verwijder_deployment("intake")
    assert wereld.ronde().bord_onbereikbaar
    wereld.bord.richt_in()
    wereld.tot_rust()
    assert wereld.run().run_id != run.run_id
    assert wereld.run().toestand is Toestand.WACHT
    wereld.maak_af()


@pytest.mark.parametrize("pauze", [True, False], ids=["pool-gepauzeerd", "worker-weg"])
def test_werk_dat_niemand_aanneemt_wordt_gemeld_en_gaat_daarna_vanzelf_door(wereld: Wereld, pauze: bool) -> None:
    wereld.bord.pauzeer(aan=pauze)
    wereld.ronde()
    assert not wereld.ronde().stil
    wereld.bord.verder(minutes=6)
    assert wereld.ronde().stil
    wereld.ronde()
    (signaal,) = _signalen(wereld)
    assert signaal.soort == "werk_staat_stil"
    assert wereld.run().toestand is Toestand.GEPLAND
    wereld.bord.pauzeer(aan=False)
    wereld.tot_rust()
    assert wereld.run().toestand is Toestand.WACHT
    assert _signalen(wereld) == []
    wereld.maak_af()


def test_een_run_waarvan_het_proces_verdween_wordt_hersteld(wereld: Wereld) -> None:
    run = wereld.wachtend()
    for toestand, minuten in ((Toestand.IN_WACHTRIJ, 2), (Toestand.LOOPT, 11)):
        wereld.bord.zet(run.run_id, toestand)
        wereld.ronde()
        assert wereld.run().toestand is toestand
        wereld.bord.verder(minutes=minuten)
        assert wereld.ronde().daden[Daad.HERSTEL] == 1
        assert wereld.wachtend().run_id == run.run_id
    wereld.maak_af()


def test_zwijgt_het_bord_dan_haalt_een_latere_ronde_alles_in(wereld: Wereld) -> None:
    wereld.bord.zwijgt = True
    assert wereld.ronde().bord_onbereikbaar
    wereld.bord.zwijgt = False
    wereld.wachtend()
    wereld.maak_af()


# de klok


def test_een_teruggezette_echte_klok_houdt_geen_run_vast(wereld: Wereld) -> None:
    run = wereld.wachtend()
    wereld.bord.zet(run.run_id, Toestand.GECRASHT)
    wereld.bord.verder(days=-1)
    assert wereld.ronde().daden[Daad.HERSTEL] == 1
    wereld.bord.verder(days=-1)
    assert wereld.ronde().daden[Daad.WEK] == 1  # gepland in een toekomst die niet meer komt
    wereld.wachtend()
    wereld.maak_af()


def test_een_teruggezette_eigen_klok_houdt_geen_stap_dicht(wereld: Wereld) -> None:
    zaterdag, maandag = date(2026, 1, 10), date(2026, 1, 12)
    wereld.leven.op(zaterdag)
    wereld.tot_rust()
    assert wereld.stap().status is Stapstatus.GEPLAND  # het kantoor is dicht
    wereld.leven.op(date(2026, 2, 7))
    wereld.ronde()
    wereld.bord.werk(wereld.omgeving)
    wereld.leven.op(maandag)  # de klok stond een maand voor
    wereld.tot_rust()
    assert wereld.stap().status is Stapstatus.OPEN
    wereld.maak_af()


@pytest.mark.parametrize("dag", [date(2026, 3, 26), date(2026, 10, 22)], ids=["begin", "einde"])
def test_een_stap_over_de_wisseling_van_zomertijd_begint_om_acht_uur(
    omgeving: Omgeving, bord: Nepbord, dag: date
) -> None:
    wereld = Wereld(Leven(omgeving).begin(dag, kennisgeving_op=dag), bord)
    gesprek_op = (dag + timedelta(days=5)).isoformat()
    wereld.leven.antwoord(OPROEP, "oproep_verzonden", afspraak_op=gesprek_op, waarschuwing=False)
    wereld.ronde()
    vooruit = [run for run in bord.alle() if run.gepland_op is not None and run.gepland_op > bord.nu()]
    starts = {stap.id: stap.start for stap in wereld.leven.stappen().values()}
    wisseling = dag + timedelta(days=3)
    assert any(starts[run.stap_id] >= wisseling for run in vooruit)
    for run in vooruit:
        assert run.gepland_op is not None
        lokaal = (omgeving.klok.nu() + (run.gepland_op - bord.nu())).astimezone(AMSTERDAM)
        assert (lokaal.date(), lokaal.time()) == (starts[run.stap_id], time(8))


def _signalen(wereld: Wereld) -> list[Signaal]:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        return list(ruimte.signalen())


def test_twee_ronden_tegelijk_doen_samen_het_werk_van_een(wereld: Wereld) -> None:
    async def samen() -> list[Rondeverslag]:
        return await asyncio.gather(*(ronde(wereld.omgeving, wereld.bord) for _ in range(5)))

    verslagen = asyncio.run(samen())
    assert sum(not v.bezet for v in verslagen) >= 1
    wereld.wachtend()
    wereld.maak_af()
