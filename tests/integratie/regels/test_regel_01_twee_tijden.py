"""Regel 1: een gebeurtenis heeft twee tijden; de vouw leest op (geldig_op, rang van de soort, volgnummer)."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from domein.fouten import OngeldigeGegevens
from domein.handelingen.inzien import toon_dossier, toon_plan
from domein.stand import geldende, vouw
from tests.integratie.regels.leven import MANDAAT, PIP, Leven


def test_regel_01_wat_later_geldt_wint_ook_als_het_eerder_is_vastgelegd(leven: Leven) -> None:
    leven.op(date(2026, 3, 10))
    leven.meld("brp_ingeschreven", date(2026, 3, 2))
    leven.meld("brp_ingeschreven", date(2026, 2, 2))
    assert leven.stand().brp_op == date(2026, 3, 2)


def test_regel_01_op_dezelfde_dag_beslist_de_rang_en_niet_de_binnenkomst(leven: Leven) -> None:
    """De kennisgeving noemt 15 december; de inschrijving van dezelfde dag als de kennisgeving is specifieker."""
    leven.meld("brp_ingeschreven", date(2026, 1, 5))
    op_volgorde = [g.soort for g in geldende(leven.gebeurtenissen())]
    assert op_volgorde == ["kennisgeving", "brp_ingeschreven"]
    omgekeerd = [
        type(g)(**{**{v: getattr(g, v) for v in g.__slots__}, "volgnummer": 10 - g.volgnummer})
        for g in leven.gebeurtenissen()
    ]
    assert vouw(omgekeerd).brp_op == vouw(leven.gebeurtenissen()).brp_op == date(2026, 1, 5)


def test_regel_01_bij_gelijke_dag_en_soort_beslist_het_volgnummer(leven: Leven) -> None:
    leven.meld("klantmanager_toegewezen", date(2026, 1, 5), medewerker="m-kos", partner="avres")
    leven.meld("klantmanager_toegewezen", date(2026, 1, 5), medewerker="m-tha", partner="avres")
    assert leven.stand().klantmanager == "m-tha"


def test_regel_01_de_vouw_kijkt_niet_naar_de_volgorde_van_haar_argument(leven: Leven) -> None:
    leven.tot_intake()
    alle = leven.gebeurtenissen()[:6]
    standen = {repr(vouw(volgorde)) for volgorde in permutations(alle)}
    assert len(standen) == 1


def test_regel_01_zoals_bekend_op_laat_zien_wat_toen_bekend_was(leven: Leven) -> None:
    leven.tot_intake()
    toen = datetime(2026, 3, 1, 12, tzinfo=UTC)
    leven.op(date(2026, 3, 4))
    # Gedagtekend op 25 februari, maar pas op 4 maart bij ons bekend: een jurist wil beide weten.
    leven.antwoord(
        "pip/vaststellen/1",
        "pip_vastgesteld",
        date(2026, 2, 25),
        door=MANDAAT,
        bekendgemaakt_op="2026-02-25",
        **PIP,
    )
    referentie = leven.dossier().referentie
    op_1_maart = toon_plan(leven.omgeving, referentie, zoals_bekend_op=toen)
    nu = toon_plan(leven.omgeving, referentie)
    assert "pip/vaststellen/1" in {s["kenmerk"] for s in op_1_maart["stappen"]}
    assert "voortgang/1" in {s["kenmerk"] for s in nu["stappen"]}
    assert "voortgang/1" not in {s["kenmerk"] for s in op_1_maart["stappen"]}

    dossier_toen = toon_dossier(leven.omgeving, referentie, zoals_bekend_op=toen)
    assert dossier_toen["stand"]["dagtekening_eerste_pip"] is None
    assert "pip_vastgesteld" not in {g["soort"] for g in dossier_toen["gebeurtenissen"]}


def test_regel_01_vastgelegd_is_een_moment_in_utc_en_geldig_een_dag(leven: Leven) -> None:
    leven.op(date(2026, 3, 10))
    leven.meld("brp_ingeschreven", date(2026, 3, 2))
    g = leven.laatste("brp_ingeschreven")
    assert g.geldig_op == date(2026, 3, 2)
    assert g.vastgelegd_op == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert g.vastgelegd_op.utcoffset() == timedelta(0)


def test_regel_01_wat_nog_moet_gebeuren_is_geen_feit(leven: Leven) -> None:
    with pytest.raises(OngeldigeGegevens, match="toekomst"):
        leven.meld("plicht_beeindigd", date(2026, 1, 6), grond="vertrek")
