"""Waarvoor een stap, een dossier of een termijn meetelt op het regiobord."""

import statistics
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.begrippen import Stapstatus
from domein.regels.bordtelling import (
    DOSSIER,
    DUUR,
    EINDE,
    MAATWERK,
    OVERDRACHT,
    PIP,
    PLAATSING,
    STAP,
    TERMIJN,
    Cel,
    Mijlpalen,
    Stapfeit,
    Termijnfeit,
    tel_dossier,
    tel_stap,
    tel_termijn,
)
from domein.regels.doorlooptijd import doorlooptijd


def stap(**anders: Any) -> Stapfeit:
    velden: dict[str, Any] = {
        "gemeente": "GM0512", "kenmerk": "voortgang/1", "stapsoort": "voortgang", "status": Stapstatus.OPEN,
        "streef": date(2026, 3, 16), "uiterst": date(2026, 3, 30), "partner": "avres",
        "geopend_op": datetime(2026, 3, 2, 9, tzinfo=UTC), "uitkomst": None,
    }  # fmt: skip
    return Stapfeit(**(velden | anders))


def mijlpalen(**anders: Any) -> Mijlpalen:
    velden: dict[str, Any] = {
        "gemeente": "GM0512", "loopt": True, "kennisgeving_op": date(2026, 1, 5), "intake_op": None, "pip_op": None,
        "les_op": None, "einde_op": None, "maatwerk_tot": None,
    }  # fmt: skip
    return Mijlpalen(**(velden | anders))


def test_een_open_stap_telt_als_stap_en_op_haar_laatste_dag() -> None:
    assert list(tel_stap(stap())) == [
        Cel(STAP, "", "GM0512", "avres", "voortgang", "open"),
        Cel(EINDE, "2026-03-30", "GM0512", "avres", "voortgang"),
    ]


def test_zonder_uiterste_dag_telt_de_streefdag() -> None:
    assert Cel(EINDE, "2026-03-16", "GM0512", "avres", "voortgang") in list(tel_stap(stap(uiterst=None)))


@pytest.mark.parametrize("status", [s for s in Stapstatus if s is not Stapstatus.OPEN])
def test_een_stap_die_niet_open_is_telt_alleen_als_stap(status: Stapstatus) -> None:
    assert [cel.maat for cel in tel_stap(stap(status=status))] == [STAP]


@pytest.mark.parametrize(
    ("kenmerk", "naar"),
    [
        ("overdracht/aanvaarden/1", "collega"),
        ("verhuizing/opvragen/1", "gemeente"),
        ("verhuizing/levering/2", "gemeente"),
        ("verhuizing/ontvangst/1", "gemeente"),
        ("verhuizing/pip/1", ""),
        ("voortgang/1", ""),
    ],
)
def test_een_overdracht_telt_zolang_zij_niet_is_aanvaard(kenmerk: str, naar: str) -> None:
    def gevonden(status: Stapstatus) -> list[str]:
        return [cel.wat for cel in tel_stap(stap(kenmerk=kenmerk, status=status)) if cel.maat == OVERDRACHT]

    assert gevonden(Stapstatus.OPEN) == ([naar] if naar else [])
    assert gevonden(Stapstatus.GEPLAND) == ([naar] if naar else [])
    assert gevonden(Stapstatus.KLAAR) == []


@pytest.mark.parametrize(
    ("anders", "telt"),
    [
        ({"status": Stapstatus.OPEN}, True),
        ({"status": Stapstatus.KLAAR, "uitkomst": "aanmelding_geaccepteerd"}, True),
        ({"status": Stapstatus.KLAAR, "uitkomst": "aanmelding_geweigerd"}, False),
        ({"status": Stapstatus.VERVALLEN}, False),
        ({"status": Stapstatus.GEPLAND, "geopend_op": None}, False),
    ],
)
def test_een_aanmelding_neemt_een_plaats_in_tenzij_zij_verviel_of_werd_geweigerd(
    anders: dict[str, Any], telt: bool
) -> None:
    cellen = [cel for cel in tel_stap(stap(kenmerk="aanbieder/aanmelding/1", **anders)) if cel.maat == PLAATSING]
    assert cellen == ([Cel(PLAATSING, "2026-03", "GM0512", "avres")] if telt else [])


def test_de_maand_van_een_plaatsing_is_die_van_onze_eigen_tijd() -> None:
    laat = stap(kenmerk="aanbieder/aanmelding/1", geopend_op=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    assert [cel.wanneer for cel in tel_stap(laat) if cel.maat == PLAATSING] == ["2026-04"]


def test_een_dossier_telt_met_zijn_doorlooptijden_in_de_maand_waarin_zij_eindigden() -> None:
    m = mijlpalen(intake_op=date(2026, 2, 4), pip_op=date(2026, 3, 16), les_op=date(2026, 4, 6), loopt=False,
                  einde_op=date(2027, 1, 5))  # fmt: skip
    assert set(tel_dossier(m)) == {
        Cel(DOSSIER, "", "GM0512", "", "", "beeindigd"),
        Cel(DUUR, "2026-02", "GM0512", "", "kennisgeving-intake", "", 30),
        Cel(DUUR, "2026-03", "GM0512", "", "kennisgeving-pip", "", 70),
        Cel(DUUR, "2026-04", "GM0512", "", "pip-les", "", 21),
        Cel(DUUR, "2027-01", "GM0512", "", "kennisgeving-einde", "", 365),
    }


def test_een_duur_die_achteruit_loopt_telt_niet() -> None:
    """Een feit van vroeger dat later bekend werd, kan een PIP voor de kennisgeving zetten."""
    assert [cel.maat for cel in tel_dossier(mijlpalen(pip_op=date(2026, 1, 4)))] == [DOSSIER]


def test_maatwerk_telt_alleen_in_een_dossier_dat_loopt() -> None:
    tot = date(2026, 12, 31)
    assert Cel(MAATWERK, "2026-12-31", "GM0512") in list(tel_dossier(mijlpalen(maatwerk_tot=tot)))
    assert MAATWERK not in {cel.maat for cel in tel_dossier(mijlpalen(maatwerk_tot=tot, loopt=False))}


@pytest.mark.parametrize(
    ("gehaald", "cel"),
    [
        (None, Cel(TERMIJN, "2026-03-16", "GM0512", "", "pip")),
        (date(2026, 3, 16), Cel(PIP, "2026-03", "GM0512", "", "", "op_tijd")),
        (date(2026, 3, 17), Cel(PIP, "2026-03", "GM0512", "", "", "te_laat")),
    ],
)
def test_een_termijn_voor_een_pip_telt_als_lopend_op_tijd_of_te_laat(gehaald: date | None, cel: Cel) -> None:
    assert list(tel_termijn(Termijnfeit("GM0512", "pip", date(2026, 3, 16), gehaald))) == [cel]


def test_een_andere_termijn_telt_alleen_zolang_zij_loopt() -> None:
    assert list(tel_termijn(Termijnfeit("GM0512", "aanbod", date(2026, 3, 16), date(2026, 3, 1)))) == []


@given(st.lists(st.integers(0, 1100), min_size=1, max_size=60))
def test_mediaan_en_p90_zijn_die_van_de_losse_duren(duren: list[int]) -> None:
    uit = doorlooptijd(Counter(duren))
    assert uit is not None
    assert uit.mediaan == statistics.median(duren)
    assert uit.aantal == len(duren)
    kort = sum(duur <= uit.p90 for duur in duren)
    korter = sum(duur < uit.p90 for duur in duren)
    assert kort * 10 >= len(duren) * 9 > korter * 10  # de kortste duur waarmee negen van de tien klaar zijn


def test_zonder_duren_is_er_geen_doorlooptijd() -> None:
    assert doorlooptijd({}) is None
