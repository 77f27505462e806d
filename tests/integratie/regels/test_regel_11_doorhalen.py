"""Regel 11: doorhalen, niet wissen. plan(F + doorhaling van f) = plan(F − f); geweigerd zolang er iets op rust."""

from datetime import date

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import DoorhalingGeweigerd, OnbekendeGebeurtenis, RedenNodig
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.handelingen.doorhalen import haal_door, proef_doorhaling
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.kern import kader
from domein.handelingen.stapbeheer import draag_over, sla_over, verzet
from domein.regels.planning import plan
from domein.stand import geldende, vouw
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP, Leven, noemt, zonder


def rijk(leven: Leven) -> Leven:
    """Een leven met van bijna elke soort een gebeurtenis."""
    leven.tot_pip()
    leven.meld("brp_ingeschreven", date(2026, 1, 19))
    leven.antwoord("duo/pip-vastgesteld/1", "duo_ingevoerd", date(2026, 2, 27), referentie="PI-1")
    leven.meld("duo_bevestigd", date(2026, 2, 27), melding="duo/pip-vastgesteld/1")
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", date(2026, 3, 2), redencode="geen-plaats")
    leven.antwoord("aanbieder/aanmelding/2", "aanmelding_geaccepteerd", date(2026, 3, 5), startdatum="2026-04-06")
    leven.antwoord("aanbieder/start/2", "les_gestart", date(2026, 4, 7))
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 7), COORDINATOR, "verlof")
    draag_over(leven.omgeving, leven.stap("voortgang/2").id, "m-kos", COORDINATOR, "verlof")
    sla_over(leven.omgeving, leven.stap("map/1").id, COORDINATOR, "vrijstelling")
    leven.antwoord("pvt/1", "pvt_voltooid", date(2026, 6, 17))
    leven.meld("verlengd", date(2026, 6, 17), nieuwe_einddatum="2029-08-25")
    leven.antwoord("voortgang/1", "gesprek_niet_verschenen", date(2026, 9, 7))
    return leven


def test_regel_11_een_doorhaling_geeft_hetzelfde_plan_als_wanneer_het_nooit_was_gebeurd(leven: Leven) -> None:
    """Voor elke gebeurtenis apart: ofwel geweigerd met een reden, ofwel precies plan(F − f)."""
    rijk(leven)
    alle = leven.gebeurtenissen()
    geweigerd: set[str] = set()
    gelukt: set[str] = set()
    for f in alle:
        try:
            wie = MANDAAT if f.soort == "pip_vastgesteld" else COORDINATOR
            proef = proef_doorhaling(leven.omgeving, leven.dossier_id, str(f.volgnummer), wie, "proef")
        except DoorhalingGeweigerd:
            geweigerd.add(f.soort)
            continue
        assert proef.plan == plan(vouw(zonder(alle, f)), kader()), f.soort
        gelukt.add(f.soort)
    assert leven.gebeurtenissen() == alle  # een proef schrijft niets
    assert geweigerd == {
        "kennisgeving", "stap_geopend", "oproep_verzonden", "intake_gehouden", "pip_vastgesteld", "duo_ingevoerd",
        "aanmelding_geweigerd", "aanmelding_geaccepteerd",
    }  # fmt: skip
    assert {
        "brp_ingeschreven",
        "duo_bevestigd",
        "les_gestart",
        "pvt_voltooid",
        "verlengd",
        "stap_verzet",
    } <= gelukt
    assert {
        "stap_toegewezen",
        "stap_overgeslagen",
        "gesprek_niet_verschenen",
        "klantmanager_toegewezen",
    } <= gelukt


@pytest.mark.parametrize("soort_f", ["les_gestart", "pvt_voltooid", "verlengd", "stap_verzet", "stap_overgeslagen"])
def test_regel_11_ook_de_opgeslagen_stappen_volgen(leven: Leven, soort_f: str) -> None:
    rijk(leven)
    alle, f = leven.gebeurtenissen(), leven.laatste(soort_f)
    leven.haal_door(f)
    gewenst = plan(vouw(zonder(alle, f)), kader())
    onaf = {(k, start, streef) for k, (_, start, streef) in leven.staat().items()}
    assert onaf == {(s.kenmerk, s.start, s.streef) for s in gewenst.stappen}


def test_regel_11_de_weigering_noemt_wat_erop_berust(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("pvt/1", "pvt_voltooid", date(2026, 6, 17))
    pip, pvt = leven.laatste("pip_vastgesteld"), leven.laatste("pvt_voltooid")
    with pytest.raises(DoorhalingGeweigerd) as fout:
        leven.haal_door(pip)
    assert f"{pvt.volgnummer}: PVT voltooid" in fout.value.melding
    assert noemt(fout.value.melding, date(2026, 6, 17))
    assert leven.telling()["doorgehaald"] == 0
    leven.haal_door(pvt)
    leven.haal_door(pip)
    assert leven.stand().pips == ()
    assert leven.stap("pip/vaststellen/1").status is Stapstatus.GEPLAND


def test_regel_11_een_melding_aan_duo_houdt_een_doorhaling_niet_tegen_maar_wordt_hersteld(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("duo/pip-vastgesteld/1", "duo_ingevoerd", date(2026, 2, 27), referentie="PI-1")
    leven.haal_door(leven.laatste("pip_vastgesteld"))
    herstel = leven.stap("duo/herstel/pip-vastgesteld/1/1")
    assert herstel.status is Stapstatus.GEPLAND
    assert "Meld nu: vervallen" in herstel.waarom


def test_regel_11_een_tweede_pip_kan_weg_als_het_eerste_de_latere_feiten_draagt(leven: Leven) -> None:
    leven.tot_pip()
    leven.op(date(2026, 5, 4))
    leven.meld("pip_vastgesteld", date(2026, 5, 4), actor=MANDAAT, **(PIP | {"bekendgemaakt_op": "2026-05-04"}))
    eerste, tweede = (g for g in leven.gebeurtenissen() if g.soort == "pip_vastgesteld")
    leven.antwoord("pvt/1", "pvt_voltooid", date(2026, 6, 17))
    with pytest.raises(DoorhalingGeweigerd, match="PVT voltooid"):
        leven.haal_door(eerste)
    leven.haal_door(tweede)
    assert [pip.dagtekening for pip in leven.stand().pips] == [date(2026, 2, 25)]


def test_regel_11_wat_al_was_vastgelegd_berust_niet_op_een_later_feit(leven: Leven) -> None:
    leven.tot_pip()
    leven.op(date(2026, 5, 4))
    leven.meld("intake_ambtshalve_afgerond", date(2026, 1, 22))
    leven.haal_door(leven.laatste("intake_ambtshalve_afgerond"))
    assert not leven.stand().intake_ambtshalve


def test_regel_11_de_keten_van_oproepen_gaat_van_achter_naar_voren(leven: Leven) -> None:
    leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21")
    leven.antwoord("intake/gesprek/1", "niet_verschenen", date(2026, 1, 21), verschoonbaar=False)
    leven.antwoord(
        "intake/oproep/2", "oproep_verzonden", date(2026, 1, 22), afspraak_op="2026-02-05", waarschuwing=True
    )
    eerste = next(g for g in leven.gebeurtenissen() if g.soort == "oproep_verzonden")
    for f, lukt in [
        (eerste, False),
        (leven.laatste("niet_verschenen"), False),
        (leven.laatste("oproep_verzonden"), True),
    ]:
        if lukt:
            leven.haal_door(f)
        else:
            with pytest.raises(DoorhalingGeweigerd):
                leven.haal_door(f)
    leven.haal_door(leven.laatste("niet_verschenen"))
    leven.haal_door(eerste)
    assert leven.stap("intake/oproep/1").status is Stapstatus.GEPLAND
    assert [k for k in leven.staat() if k.startswith("intake/")] == ["intake/oproep/1"]


def test_regel_11_een_doorhaling_wordt_zelf_doorgehaald_en_alles_is_weer_zoals_het_was(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("pvt/1", "pvt_voltooid", date(2026, 6, 17))
    gewenst, klaar = leven.plan(), leven.stap("pvt/1").status
    pvt = leven.laatste("pvt_voltooid")
    leven.haal_door(pvt)
    assert leven.plan() != gewenst
    leven.haal_door(leven.laatste("doorgehaald"), "het was toch deze persoon")
    assert leven.plan() == gewenst
    assert leven.stap("pvt/1").status is klaar
    leven.haal_door(pvt, "toch niet")
    assert leven.stand().pvt_op is None


def test_regel_11_wat_is_doorgehaald_blijft_leesbaar_en_kan_niet_nog_eens(leven: Leven) -> None:
    leven.meld("brp_ingeschreven", date(2026, 1, 5))
    f = leven.laatste("brp_ingeschreven")
    leven.haal_door(f)
    getoond = {
        g["volgnummer"]: g["geldt"] for g in toon_dossier(leven.omgeving, leven.dossier().referentie)["gebeurtenissen"]
    }
    assert getoond == {1: True, f.volgnummer: False, f.volgnummer + 1: True}
    with pytest.raises(DoorhalingGeweigerd, match="geldt al niet meer"):
        leven.haal_door(f)
    assert f not in geldende(leven.gebeurtenissen())


def test_regel_11_zonder_reden_of_zonder_gebeurtenis_gebeurt_er_niets(leven: Leven) -> None:
    leven.meld("brp_ingeschreven", date(2026, 1, 5))
    with pytest.raises(RedenNodig):
        leven.haal_door(leven.laatste("brp_ingeschreven"), "  ")
    with pytest.raises(OnbekendeGebeurtenis):
        haal_door(leven.omgeving, leven.dossier_id, "99", COORDINATOR, "naamgenoot")
    assert len(leven.gebeurtenissen()) == 2


def test_regel_11_de_enige_kennisgeving_wordt_niet_doorgehaald_maar_ingetrokken(leven: Leven) -> None:
    """Zonder kennisgeving is er geen plan meer en zou niemand het dossier nog zien (I1)."""
    kennisgeving: Gebeurtenis = leven.laatste("kennisgeving")
    with pytest.raises(DoorhalingGeweigerd) as fout:
        leven.haal_door(kennisgeving)
    assert "ingetrokken" in fout.value.uitweg
    leven.meld("plicht_beeindigd", date(2026, 1, 5), grond="ingetrokken")
    assert list(leven.staat()) == ["einde/wissen/1"]


def test_regel_11_een_opening_wordt_niet_doorgehaald(leven: Leven) -> None:
    """Wie de taak kreeg, heeft haar gekregen; overdragen of overslaan kan wel."""
    leven.open("intake/oproep/1")
    with pytest.raises(DoorhalingGeweigerd) as fout:
        leven.haal_door(leven.laatste("stap_geopend"))
    assert "overdragen" in fout.value.uitweg
