"""Wat nog bij de gemeente of de rechter ligt, houdt vernietigen tegen; ook als het na het afsluiten binnenkwam."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domein.begrippen import Gedraging
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.kern import kader
from domein.handelingen.vernietigingslijst import maak_lijst
from domein.ports import Omgeving
from domein.regels.bewaren import bewaaroordeel
from domein.stand import Stand
from domein.stand.vormen_besluit import Beroep, Bezwaar, HogerBeroep, Maatregel
from tests.integratie.bewaren.conftest import MAKER, VOORBIJ
from tests.integratie.regels.leven import COORDINATOR, Leven

DAG = date(2026, 5, 1)


def belet(stand: Stand, **anders: Any) -> tuple[str, ...]:
    oordeel = bewaaroordeel(replace(stand, **anders), kader(), VOORBIJ)
    assert oordeel is not None
    return oordeel.belet


@pytest.mark.parametrize(
    ("anders", "wat"),
    [
        ({"bezwaren": {2: Bezwaar(2, DAG, "pip", 1)}}, "op bezwaar 2 is nog niet beslist"),
        ({"beroepen": {1: Beroep(1, DAG, 1)}}, "op beroep 1 is nog niet beslist"),
        ({"hoger_beroepen": {1: HogerBeroep(1, DAG, 1, "gemeente")}}, "op hoger beroep 1 is nog niet beslist"),
        ({"maatregelen": {1: Maatregel(1, DAG, Gedraging.TRAJECT, DAG, "m-jdb")}}, "over maatregel 1 is nog niet besl"),
    ],
)
def test_wat_loopt_staat_bij_het_belet(klaar: Leven, anders: dict[str, Any], wat: str) -> None:
    assert belet(klaar.stand()) == ()
    (gevonden,) = belet(klaar.stand(), **anders)
    assert gevonden.startswith(wat)


def test_een_bezwaar_na_het_afsluiten_houdt_het_dossier_van_de_lijst(klaar: Leven, omgeving: Omgeving) -> None:
    klaar.op(date(2026, 6, 4)).meld(
        "bezwaar_ingediend",
        date(2026, 6, 4),
        actor=COORDINATOR,
        tegen="pip",
        van=1,
        reden="Het kwam van een erfgenaam.",
    )
    klaar.op(VOORBIJ)
    (rij,) = bewaarlijst(omgeving)
    assert "op bezwaar 2 is nog niet beslist" in rij["belet"]
    assert maak_lijst(omgeving, "GM0512", MAKER) is None
    klaar.meld("bezwaar_ingetrokken", VOORBIJ, actor=COORDINATOR, reden="De erfgenaam trok het in.")
    assert maak_lijst(omgeving, "GM0512", MAKER) is not None
