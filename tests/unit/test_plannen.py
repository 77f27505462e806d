"""Elke stap en elke termijn, woord voor woord: wie een tekst of dag verandert, ziet het verschil in `plannen.txt`."""

from domein.regels.termijnen import SOORTEN
from domein.regels.uitkomsten import UITKOMSTEN, stapvorm
from tests.unit.plannen import GOUD, VOORBEELDEN, opgeschreven

# Deze termijnen berekent alleen `regie termijn`: geen plan vraagt erom.
ALLEEN_OP_VERZOEK = {"intake-nieuwe-termijn", "swi-levering"}


def test_de_plannen_staan_er_woord_voor_woord_zo() -> None:
    assert opgeschreven() == GOUD.read_text(encoding="utf-8")


def test_elke_stap_en_elke_termijn_komt_voor() -> None:
    stappen = {stapvorm(stap.kenmerk) for dossier in VOORBEELDEN.values() for stap in dossier.plan.stappen}
    termijnen = {termijn.soort for dossier in VOORBEELDEN.values() for termijn in dossier.plan.termijnen}
    assert set(UITKOMSTEN) - stappen == set()
    assert set(SOORTEN) - termijnen == ALLEEN_OP_VERZOEK
