"""De beslistermijn in het echt: stilzetten, uitstellen, in gebreke gesteld, dwangsom, en de weg langs de rechter."""

from datetime import date

import pytest

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.besluit_inzien import maatregel_toon
from domein.regels.bezwaartermijn import onherroepelijk_op
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import COORDINATOR, MANDAAT
from tests.integratie.regels.test_bezwaar import beslis, bezwaar, einde, hoor, leven_kader, met_pip

VERZUIM = {"over": "bezwaar", "van": 1, "grond": "aanvullen", "tot": "2026-05-04"}


def test_een_onvolledig_bezwaarschrift_zet_de_termijn_stil(besluitleven: Besluitleven) -> None:
    """Artikel 7:10 lid 2 Awb: tot het verzuim is hersteld; die dag telt weer mee."""
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    leven.op(date(2026, 4, 20))
    with pytest.raises(RedenNodig, match="7:10 lid 5"):
        leven.meld("beslistermijn_opgeschort", date(2026, 4, 20), actor=COORDINATOR, **VERZUIM)
    leven.meld("beslistermijn_opgeschort", date(2026, 4, 20), actor=COORDINATOR, reden="geen gronden", **VERZUIM)
    assert einde(leven, "bezwaar-beslissen") == date(2026, 6, 3)
    assert leven.stap("bezwaar/beslissen/1").uiterst == date(2026, 6, 3)
    leven.op(date(2026, 4, 28)).meld("beslistermijn_hervat", date(2026, 4, 28), actor=COORDINATOR)
    assert einde(leven, "bezwaar-beslissen") == date(2026, 5, 27)


def test_stilzetten_en_uitstellen_doet_een_mens_en_nooit_een_bron(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    with pytest.raises(GeenBevoegdheid):
        leven.meld("beslistermijn_opgeschort", date(2026, 3, 18), actor=Actor("duo"), reden="x", **VERZUIM)


def test_te_laat_op_een_bezwaar_kost_een_dwangsom_die_een_mandaathouder_vaststelt(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    leven.op(date(2026, 6, 1)).meld("in_gebreke_gesteld", date(2026, 6, 1), actor=COORDINATOR, over="bezwaar", van=1)
    assert "beslis uiterlijk 15 juni 2026" in leven.stap("bezwaar/beslissen/1").waarom
    beslis(leven, date(2026, 7, 1), "ongegrond")
    leven.maak_bekend(date(2026, 7, 6), nummer=1)
    stap = leven.stap("dwangsom/vaststellen/1")
    assert "20 dagen te laat. Dat is € 532" in stap.waarom
    assert stap.uiterst == date(2026, 7, 20)
    keuze = {"bedrag": 532, "oordeel": "verschuldigd"}
    leven.open("dwangsom/vaststellen/1")
    with pytest.raises(GeenBevoegdheid, match="geen mandaat"):
        leven.antwoord("dwangsom/vaststellen/1", "dwangsom_vastgesteld", door=COORDINATOR, **keuze)
    with pytest.raises(OngeldigeGegevens, match="Het bedrag is € 532"):
        leven.antwoord("dwangsom/vaststellen/1", "dwangsom_vastgesteld", door=MANDAAT, **(keuze | {"bedrag": 500}))
    leven.antwoord("dwangsom/vaststellen/1", "dwangsom_vastgesteld", door=MANDAAT, **keuze)
    assert leven.stand().ingebrekestellingen[1].bedrag == 532
    assert "dwangsom/vaststellen/1" not in leven.staat()


def test_wie_binnen_twee_weken_alsnog_beslist_betaalt_niets(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    leven.op(date(2026, 6, 1)).meld("in_gebreke_gesteld", date(2026, 6, 1), actor=COORDINATOR, over="bezwaar", van=1)
    beslis(leven, date(2026, 6, 15), "ongegrond").maak_bekend(date(2026, 6, 16), nummer=1)
    assert "dwangsom/vaststellen/1" not in leven.staat()


def test_een_verzoek_om_inzage_dat_blijft_liggen_kost_ook_een_dwangsom(besluitleven: Besluitleven) -> None:
    """Een antwoord op zo'n verzoek is een besluit (artikel 34 UAVG)."""
    leven = met_pip(besluitleven)
    leven.op(date(2026, 3, 2)).meld("verzoek_ontvangen", date(2026, 3, 2), actor=COORDINATOR, recht="inzage")
    leven.op(date(2026, 4, 3)).meld("in_gebreke_gesteld", date(2026, 4, 3), actor=COORDINATOR, over="verzoek", van=1)
    assert einde(leven, "ingebrekestelling") == date(2026, 4, 17)
    assert "dwangsom/vaststellen/1" in leven.staat()


def test_een_aanvraag_van_de_inburgeraar_heeft_acht_weken_en_kan_worden_uitgesteld(besluitleven: Besluitleven) -> None:
    leven = met_pip(besluitleven)
    leven.op(date(2026, 6, 1)).meld(
        "pip_voorstel", date(2026, 6, 1), actor=COORDINATOR, voorstel="leerroute", naar="z", aanvraag=True,
        onderwijsroute_onderzocht=True,
    )  # fmt: skip
    assert leven.stap("pip/leerroute/1").uiterst == date(2026, 7, 27)
    leven.op(date(2026, 7, 20)).meld(
        "voorstel_verdaagd", date(2026, 7, 20), actor=COORDINATOR, nummer=1, tot="2026-09-01", reden="toets volgt"
    )
    assert leven.stap("pip/leerroute/1").uiterst == date(2026, 9, 1)


def test_de_rechtbank_laat_opnieuw_beslissen_en_dat_is_een_nieuwe_stap(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    beslis(leven, date(2026, 4, 15), "ongegrond").maak_bekend(date(2026, 4, 17), nummer=1)
    leven.op(date(2026, 5, 20)).meld("beroep_ingesteld", date(2026, 5, 20), actor=COORDINATOR, bezwaar=1)
    dag = date(2026, 11, 2)
    leven.op(dag).meld("beroep_beslist", dag, actor=COORDINATOR, nummer=1, uitkomst="gegrond", opnieuw=True)
    assert leven.stand().pips[0].herroepen_op is None
    assert leven.stap("bezwaar/beslissen/2/1").uiterst == date(2026, 12, 14)
    velden = {"uitkomst": "gegrond", "herroept": True}
    leven.neem("bezwaar/beslissen/2/1", "bezwaar_beslist", velden, Actor("m-jur"), date(2026, 11, 30))
    assert leven.stand().pips[0].herroepen_op == date(2026, 11, 30)
    assert leven.stand().bezwaren[1].uitkomst == "gegrond"


def test_hoger_beroep_houdt_het_besluit_open_tot_de_uitspraak(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    beslis(leven, date(2026, 4, 15), "ongegrond").maak_bekend(date(2026, 4, 17), nummer=1)
    leven.op(date(2026, 5, 20)).meld("beroep_ingesteld", date(2026, 5, 20), actor=COORDINATOR, bezwaar=1)
    dag = date(2026, 11, 2)
    leven.op(dag).meld("beroep_beslist", dag, actor=COORDINATOR, nummer=1, uitkomst="ongegrond")
    assert einde(leven, "hoger-beroep") == date(2026, 12, 14)
    assert onherroepelijk_op(leven.stand(), "pip", 1, leven_kader()) == date(2026, 12, 14)
    hoger = date(2026, 12, 1)
    leven.op(hoger).meld("hoger_beroep_ingesteld", hoger, actor=COORDINATOR, beroep=1, door="inburgeraar")
    assert onherroepelijk_op(leven.stand(), "pip", 1, leven_kader()) is None
    klaar = date(2027, 6, 1)
    leven.op(klaar).meld("hoger_beroep_beslist", klaar, actor=COORDINATOR, nummer=1, uitkomst="ongegrond")
    assert onherroepelijk_op(leven.stand(), "pip", 1, leven_kader()) == klaar
    rij = maatregel_toon(leven.omgeving, leven.dossier().referentie)["bezwaren"][0]
    assert rij["hoger_beroep_tot"] == date(2026, 12, 14)
