"""De afdruk van een proef: wat iemand zag telt mee, wat hem niet aangaat niet."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domein.handelingen.bulkafdruk import LENGTE, afdruk_van, afdrukken
from domein.handelingen.opsvormen import Beweging, Bulkverslag, Mailgevolg, Regel, Uitslag
from domein.regels.bulkkeuze import Handeling
from domein.regels.termijnbreuk import Termijnbreuk

DAG = date(2026, 3, 2)
BEWEGING = Beweging(
    uuid4(), "voortgang/1", "Voer een gesprek", ("open", "open"), (DAG, DAG), (DAG, date(2026, 3, 9)), ("a", "a"), None,
    None,
)  # fmt: skip
REGEL = Regel(
    "D-7F3K9", "voortgang/1", Uitslag.GEDAAN, bewegingen=(BEWEGING,), mails=(Mailgevolg("taak", "a", "", ()),)
)


@pytest.mark.parametrize(
    "anders",
    [
        {"uitslag": Uitslag.GEWEIGERD},
        {"waarom": "de stap is klaar"},
        {"mails": ()},
        {"mails": (Mailgevolg("taak", "b", "", ()),)},
        {"bewegingen": (replace(BEWEGING, streef=(DAG, date(2026, 3, 10))),)},
        {"bewegingen": (replace(BEWEGING, medewerker=("a", "b")),)},
        {"bewegingen": (replace(BEWEGING, uiterst=DAG),)},
        {"termijnen": (Termijnbreuk("voortgang/1", "Voer een gesprek", DAG, "art. 17 Wi"),)},
        {"stap": "voortgang/2"},
    ],
)
def test_wat_iemand_zag_en_nu_anders_is_geeft_een_andere_afdruk(anders: dict[str, Any]) -> None:
    assert afdruk_van([replace(REGEL, **anders)]) != afdruk_van([REGEL])


@pytest.mark.parametrize(
    "anders",
    [
        {"gebeurtenissen": (7,)},
        {"bewegingen": (replace(BEWEGING, run=uuid4()),)},
        {"bewegingen": (replace(BEWEGING, waarom="Een andere uitleg."),)},
    ],
)
def test_een_nieuwe_run_of_een_volgnummer_maakt_een_proef_niet_oud(anders: dict[str, Any]) -> None:
    assert afdruk_van([replace(REGEL, **anders)]) == afdruk_van([REGEL])


def test_elk_dossier_heeft_een_eigen_afdruk_van_vaste_lengte() -> None:
    ander = replace(REGEL, dossier="D-2M8QT")
    verslag = Bulkverslag(Handeling.VERZETTEN, proef=True, regels=[REGEL, ander, replace(REGEL, stap="voortgang/2")])
    een, twee = afdrukken(verslag)
    assert {len(een), len(twee)} == {LENGTE}
    assert een == afdruk_van([REGEL, replace(REGEL, stap="voortgang/2")])
    assert twee == afdruk_van([ander])
