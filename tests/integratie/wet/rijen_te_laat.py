"""Rijen 8 en 17, als de gemeente te laat beslist of de rechter oordeelt; elk getal met de hand overgeschreven."""

from datetime import date

from domein.handelingen.kern import kader
from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.bezwaartermijn import hogerberoepstermijn, onherroepelijk_op
from domein.regels.dwangsom import Dwangsom, bedrag_voor, dwangsom
from domein.regels.stappen.dwangsom import vaststeltermijn
from tests.integratie.wet.wetleven import Wetleven, dag
from tests.unit.kernbouw import Dossier
from tests.unit.plannen import aanvraag, te_laat_beslist, uitspraak


def _som(d: Dossier) -> Dwangsom:
    stand = d.stand
    return dwangsom(stand, stand.ingebrekestellingen[1], kader())


def rij_08_hoger_beroep(_leven: Wetleven) -> None:
    """Zes weken na de uitspraak van de rechtbank, bij de Raad van State (art. 6:24 en 8:105 Awb)."""
    stand = uitspraak(uitkomst="ongegrond").stand
    termijn = hogerberoepstermijn(stand.beroepen[1], kader())
    assert termijn is not None
    assert termijn.einde == dag("2026-12-14")
    assert "6:24 Algemene wet bestuursrecht" in termijn.artikel
    assert onherroepelijk_op(stand, "pip", 1, kader()) == dag("2026-12-14")


def rij_17_aanvraag(_leven: Wetleven) -> None:
    """Vraagt de inburgeraar het zelf, dan is na acht weken de redelijke termijn voorbij (art. 4:13 Awb)."""
    stand = aanvraag().stand
    termijn = aanvraagtermijn(stand, stand.voorstellen[1], kader())
    assert termijn is not None
    assert termijn.einde == dag("2026-07-27")


def rij_08_ingebrekestelling(_leven: Wetleven) -> None:
    """Twee weken om alsnog te beslissen, ook over een weekend of feestdag heen (art. 4:17 lid 3 Awb)."""
    som = _som(te_laat_beslist())
    assert (som.termijn.einde, som.eerste_dag) == (dag("2026-06-15"), dag("2026-06-16"))
    assert _som(te_laat_beslist(in_gebreke="2026-05-23")).termijn.einde == dag("2026-06-08"), "6 juni is een zaterdag"
    te_vroeg = _som(te_laat_beslist(in_gebreke="2026-05-20"))
    assert "te vroeg" in te_vroeg.geen
    assert te_vroeg.bedrag == 0


def rij_08_dwangsom(_leven: Wetleven) -> None:
    """14 dagen € 23, 14 dagen € 35, dan € 45, hoogstens 42 dagen: samen € 1.442 (art. 4:17 leden 1 en 2 Awb)."""
    na = {0: 0, 1: 23, 14: 322, 15: 357, 28: 812, 29: 857, 41: 1397, 42: 1442, 43: 1442, 400: 1442}
    op = dag("2026-06-01")
    assert {dagen: bedrag_voor(dagen, op, kader()) for dagen in na} == na
    toen = date(2018, 12, 31)
    assert (bedrag_voor(14, toen, kader()), bedrag_voor(42, toen, kader())) == (280, 1260), "de bedragen tot 2019"
    som = _som(te_laat_beslist())
    assert (som.dagen, som.bedrag, som.laatste_dag) == (42, 1442, dag("2026-07-27"))


def rij_08_dwangsom_vaststellen(_leven: Wetleven) -> None:
    """Binnen twee weken na de laatste dag waarover zij verschuldigd is (art. 4:18 Awb)."""
    stand = te_laat_beslist().stand
    een = stand.ingebrekestellingen[1]
    assert vaststeltermijn(een, dwangsom(stand, een, kader()), kader()).einde == dag("2026-08-10")
