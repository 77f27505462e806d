"""Bezwaar en beroep: op tijd, te laat, horen, uitstel, beslissen door een ander, een PIP opnieuw, de termijn gelijk."""

from datetime import date
from typing import Any

import pytest

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.besluit_inzien import maatregel_toon
from domein.regels.bezwaartermijn import onherroepelijk_op
from domein.regels.termijnen import Termijnstaat
from tests.integratie.regels.besluitleven import BEHANDELAAR, JURIST, PIPVELDEN, Besluitleven
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP

PIP_OP = date(2026, 2, 25)


def met_pip(leven: Besluitleven) -> Besluitleven:
    """Het PIP van 25 februari 2026, op die dag bekendgemaakt: bezwaar kan tot en met woensdag 8 april."""
    leven.tot_pip(PIP_OP)
    return leven


def bezwaar(leven: Besluitleven, op: date, **anders: Any) -> Besluitleven:
    leven.op(op)
    leven.meld("bezwaar_ingediend", op, actor=COORDINATOR, **({"tegen": "pip", "van": 1} | anders))
    return leven


def hoor(leven: Besluitleven, op: date) -> Besluitleven:
    leven.antwoord("bezwaar/horen/1", "bezwaar_gehoord", op, wijze="gehoord")
    return leven


def beslis(
    leven: Besluitleven, op: date, uitkomst: str, door: Actor = JURIST, *, herroept: bool = False
) -> Besluitleven:
    velden = {"uitkomst": uitkomst, "herroept": herroept}
    leven.neem("bezwaar/beslissen/1", "bezwaar_beslist", velden, door, op)
    return leven


def einde(leven: Besluitleven, soort: str) -> date:
    termijn = leven.plan().termijn(soort)
    assert termijn is not None
    return termijn.einde


def test_de_beslistermijn_telt_vanaf_het_einde_van_de_bezwaartermijn(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    assert einde(leven, "bezwaar") == date(2026, 4, 8)
    termijn = leven.plan().termijn("bezwaar-beslissen")
    assert termijn is not None
    assert (termijn.anker, termijn.einde) == (date(2026, 4, 8), date(2026, 5, 20))
    assert "7:10 Algemene wet bestuursrecht" in termijn.artikel
    assert "4:17" in termijn.uitleg


def test_met_een_commissie_duurt_het_twaalf_weken(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18), commissie=True)
    assert einde(leven, "bezwaar-beslissen-commissie") == date(2026, 7, 1)


@pytest.mark.parametrize(("commissie", "laatste"), [(False, date(2026, 7, 1)), (True, date(2026, 8, 12))])
def test_uitstel_kan_een_keer_zes_weken(besluitleven: Besluitleven, commissie: bool, laatste: date) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18), commissie=commissie)
    leven.op(date(2026, 5, 4)).meld("bezwaar_verdaagd", date(2026, 5, 4), actor=COORDINATOR)
    termijn = leven.plan().termijn("bezwaar-verdagen")
    assert termijn is not None
    assert termijn.einde == laatste
    assert termijn.staat(laatste) is Termijnstaat.VERLENGD
    with pytest.raises(OngeldigeGegevens, match="één keer"):
        leven.meld("bezwaar_verdaagd", date(2026, 5, 4), actor=COORDINATOR)


def test_na_de_beslistermijn_kan_uitstel_niet_meer(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    leven.op(date(2026, 5, 21))
    with pytest.raises(OngeldigeGegevens, match="20 mei 2026"):
        leven.meld("bezwaar_verdaagd", date(2026, 5, 21), actor=COORDINATOR)


def test_een_bron_stelt_niet_uit(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    with pytest.raises(GeenBevoegdheid):
        leven.meld("bezwaar_verdaagd", date(2026, 3, 18), actor=Actor("gemeente"))


def test_op_de_laatste_dag_is_op_tijd_en_een_dag_later_niet(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 4, 8))
    assert "bezwaar/te-laat/1" not in leven.staat()
    leven.haal_door(leven.laatste("bezwaar_ingediend"))
    bezwaar(leven, date(2026, 4, 9))
    assert "bezwaar/te-laat/2" in leven.staat()
    assert einde(leven, "bezwaar-beslissen") == date(2026, 5, 21), "te laat telt vanaf de ontvangst"


def test_te_laat_zonder_goede_reden_is_niet_ontvankelijk(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 4, 15)), date(2026, 4, 22))
    with pytest.raises(OngeldigeGegevens, match="6:11"):
        beslis(leven, date(2026, 4, 29), "ongegrond")
    leven.antwoord("bezwaar/te-laat/1", "bezwaar_verschoonbaar", verschoonbaar=False, redencode="geen-goede-reden")
    nummer = leven.laatste_besluit
    with pytest.raises(OngeldigeGegevens, match="niet-ontvankelijk"):
        leven.teken(JURIST, nummer, date(2026, 4, 29))
    from domein.handelingen.besluiten import trek_in

    trek_in(leven.omgeving, leven.dossier_id, nummer, "verkeerd", BEHANDELAAR, "Andere uitkomst.")
    beslis(leven, date(2026, 4, 29), "niet_ontvankelijk")
    assert leven.stand().bezwaren[1].uitkomst == "niet_ontvankelijk"


def test_te_laat_met_een_goede_reden_wordt_gewoon_behandeld(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 4, 15)), date(2026, 4, 22))
    leven.antwoord("bezwaar/te-laat/1", "bezwaar_verschoonbaar", verschoonbaar=True, redencode="ziekte")
    beslis(leven, date(2026, 4, 29), "ongegrond")
    assert leven.stand().bezwaren[1].uitkomst == "ongegrond"


def test_zonder_horen_wordt_niet_beslist(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    with pytest.raises(OngeldigeGegevens, match="7:2"):
        beslis(leven, date(2026, 4, 15), "ongegrond")


def test_wie_het_besluit_nam_beslist_niet_op_het_bezwaar(besluitleven: Besluitleven) -> None:
    """Ook met een mandaat voor bezwaar: de houder van beide kiest een van de twee (artikel 10:3 lid 3 Awb)."""
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    with pytest.raises(GeenBevoegdheid, match="omvat geen besluit 'beslissing_op_bezwaar'"):
        beslis(leven, date(2026, 4, 15), "ongegrond", MANDAAT)
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        leven.teken(Actor("m-wil"), leven.laatste_besluit, date(2026, 4, 15))


def test_wie_het_concept_schreef_tekent_de_beslissing_niet(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    with pytest.raises(GeenBevoegdheid, match="twee personen"):
        leven.neem(
            "bezwaar/beslissen/1", "bezwaar_beslist", {"uitkomst": "ongegrond"}, JURIST, date(2026, 4, 15), JURIST
        )


def test_in_een_keer_beslissen_kan_niet(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    with pytest.raises(GeenBevoegdheid, match="nooit één persoon"):
        leven.antwoord("bezwaar/beslissen/1", "bezwaar_beslist", door=JURIST, uitkomst="gegrond", herroept=True)
    with pytest.raises(OngeldigeGegevens, match="geen feit"):
        leven.meld("bezwaar_beslist", date(2026, 4, 1), actor=JURIST, nummer=1, uitkomst="gegrond")


def test_een_gewonnen_bezwaar_herroept_het_pip_en_laat_de_termijn_staan(besluitleven: Besluitleven) -> None:
    """Artikel 11 lid 3 Wi: een herroepen en opnieuw vastgesteld PIP verandert de inburgeringstermijn niet."""
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    voor = leven.plan().termijn("inburgeringstermijn")
    beslis(leven, date(2026, 4, 15), "gegrond", herroept=True)
    assert leven.stand().pips[0].herroepen_op == date(2026, 4, 15)
    assert "pip/herzien/1" in leven.staat()
    leven.neem("pip/herzien/1", "pip_vastgesteld", PIPVELDEN | {"leerroute": "onderwijs"}, MANDAAT, date(2026, 4, 22))
    pips = leven.stand().pips
    assert [(p.grond, p.leerroute.value, p.herroepen_op is None) for p in pips] == [
        ("eerste", "b1", False),
        ("herziening", "onderwijs", True),
    ]
    assert leven.plan().termijn("inburgeringstermijn") == voor
    assert "pip/herzien/1" not in leven.staat()


def test_een_ongegrond_bezwaar_herroept_niets(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    with pytest.raises(OngeldigeGegevens, match="7:11"):
        beslis(leven, date(2026, 4, 15), "ongegrond", herroept=True)


def test_beroep_kan_zes_weken_na_de_bekendmaking_van_de_beslissing(besluitleven: Besluitleven) -> None:
    leven = hoor(bezwaar(met_pip(besluitleven), date(2026, 3, 18)), date(2026, 4, 1))
    beslis(leven, date(2026, 4, 15), "ongegrond")
    assert leven.plan().termijn("beroep") is None
    leven.maak_bekend(date(2026, 4, 17), nummer=1)
    assert einde(leven, "beroep") == date(2026, 5, 29)
    assert onherroepelijk_op(leven.stand(), "pip", 1, leven_kader()) == date(2026, 5, 29)
    leven.op(date(2026, 5, 20)).meld("beroep_ingesteld", date(2026, 5, 20), actor=COORDINATOR, bezwaar=1)
    assert onherroepelijk_op(leven.stand(), "pip", 1, leven_kader()) is None
    leven.op(date(2026, 11, 2)).meld(
        "beroep_beslist", date(2026, 11, 2), actor=COORDINATOR, nummer=1, uitkomst="gegrond", herroept=True
    )
    assert leven.stand().pips[0].herroepen_op == date(2026, 11, 2)
    rij = maatregel_toon(leven.omgeving, leven.dossier().referentie)["bezwaren"][0]
    assert (rij["te_laat"], rij["beslissen_tot"], rij["beroep_tot"]) == (False, date(2026, 5, 20), date(2026, 5, 29))


def test_een_ingetrokken_bezwaar_vraagt_niets_meer(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    leven.meld("bezwaar_ingetrokken", date(2026, 3, 18), actor=COORDINATOR)
    assert not {k for k in leven.staat() if k.startswith("bezwaar/")}


def test_tegen_hetzelfde_besluit_loopt_een_bezwaar_tegelijk(besluitleven: Besluitleven) -> None:
    leven = bezwaar(met_pip(besluitleven), date(2026, 3, 18))
    with pytest.raises(OngeldigeGegevens, match="loopt al een bezwaar"):
        bezwaar(leven, date(2026, 3, 19))
    leven.meld("bezwaar_zienswijze", date(2026, 3, 19), actor=COORDINATOR, van="bezwaarmaker")


def test_een_bezwaar_tegen_een_ander_pip_bestaat_niet(besluitleven: Besluitleven) -> None:
    with pytest.raises(OngeldigeGegevens, match="geen pip 2"):
        bezwaar(met_pip(besluitleven), date(2026, 3, 18), van=2)


def leven_kader() -> Any:
    from domein.handelingen.kern import kader

    return kader()


def test_een_pip_in_een_keer_blijft_kunnen_waar_het_mandaat_niet_meer_vraagt(besluitleven: Besluitleven) -> None:
    met_pip(besluitleven)
    assert besluitleven.stand().pips[0].besluit is None
    assert PIP["leerroute"] == "b1"
