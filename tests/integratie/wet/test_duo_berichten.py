"""Paragraaf 4.1 als tabel: wat de gemeente aan DUO meldt, met artikel, inhoud en eerste dag (art. 9.2 en 9.3 Bi)."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.integratie.wet.wetleven import MANDAAT, Rol, Wetleven

Doe = Callable[[Wetleven], object]
LID2, PIP2 = "artikel 9.2 lid 2", {"leerroute": "z", "aantal_gesprekken": 4, "interval_maanden": 6}


def niets(_leven: Wetleven) -> None:
    """Het PIP alleen is al genoeg."""


def andere_route(leven: Wetleven) -> None:
    leven.feit("pip_vastgesteld", "2026-09-02", door=MANDAAT, grond="leerroute", bekendgemaakt_op="2026-09-02", **PIP2)


def voortgang(leven: Wetleven) -> None:
    leven.les().feit(
        "uren_gemeld", "2026-08-31", periode_van="2026-03-30", periode_tot="2026-08-31", gevolgd=180,
        geoorloofd_verzuim=9, ongeoorloofd_verzuim=3, bewijs="lijst-1",
    ).uren("2026-08-31", 20, "participatie")  # fmt: skip
    leven.feit("duo_vraagt_voortgang", "2026-09-01").uren("2026-09-30", 40)


def z_route(leven: Wetleven) -> None:
    andere_route(leven)
    leven.uren("2027-11-30", 800).uren("2027-11-30", 800, "participatie")
    leven.uitkomst("eindgesprek/1", "z_eindgesprek_gevoerd", "2027-12-15")


TABEL: Final[tuple[tuple[str, str, Doe, str, str, str], ...]] = (
    ("dag-van-het-pip", "duo/pip-vastgesteld/1", niets, "2026-02-26", "2026-02-25", "artikel 9.3 lid 2"),
    ("geen-aanbod", "duo/geen-aanbod/1", niets, "2026-05-26", "geen aanbod op 2026-05-25", "9.3 lid 2 onder b"),
    (
        "niet-vrijstellende-opleiding",
        "duo/opleiding/1",
        lambda leven: leven.feit("opleiding_gemeld", "2026-09-01", opleiding="entree"),
        "2026-09-02",
        "entree sinds 2026-09-01",
        "artikel 9.3 lid 2",
    ),
    ("leerroute", "duo/leerroute/1", niets, "2026-02-26", "b1", LID2),
    ("andere-leerroute", "duo/leerroute/2", andere_route, "2026-09-03", "z", LID2),
    (
        "voortgang-aanwezigheid-inspanning",
        "duo/voortgang/1",
        voortgang,
        "2026-09-02",
        "tot en met 2026-09-01: 180 uur les, 20 uur participatie, verzuim 9 geoorloofd en 3 ongeoorloofd",
        LID2,
    ),
    (
        "pvt",
        "duo/pvt/1",
        lambda leven: leven.uitkomst("pvt/1", "pvt_voltooid", "2026-06-17"),
        "2026-06-18",
        "2026-06-17",
        LID2,
    ),
    (
        "map",
        "duo/map/1",
        lambda leven: leven.uitkomst("map/1", "map_voltooid", "2027-06-16", praktijkuren=48),
        "2027-06-17",
        "2027-06-16",
        LID2,
    ),
    ("z-route-voltooid", "duo/z-route/1", z_route, "2027-12-16", "2027-12-15", LID2),
    (
        "verhuizing-beleid",
        "duo/verhuizing/1",
        lambda leven: leven.feit("verhuisd", "2026-09-01", naar="GM1978"),
        "2026-09-02",
        "GM1978",
        "beleid, geen wet",
    ),
)


@pytest.mark.parametrize(
    ("kenmerk", "doe", "start", "inhoud", "artikel"), [rij[1:] for rij in TABEL], ids=[rij[0] for rij in TABEL]
)
def test_paragraaf_4_1_wat_duo_moet_weten(
    leven: Wetleven, kenmerk: str, doe: Doe, start: str, inhoud: str, artikel: str
) -> None:
    leven.begin().met_pip()
    doe(leven)
    gewenst = leven.plan().stap(kenmerk)
    assert gewenst is not None
    assert (gewenst.start.isoformat(), gewenst.inhoud, gewenst.rol) == (start, inhoud, Rol.ADMINISTRATIE)
    assert artikel in gewenst.artikel
    assert gewenst.uiterst is None, "geen wet noemt een dag waarop DUO het moet weten"


def test_een_melding_is_pas_klaar_als_zij_is_ingevoerd_en_bevestigd(leven: Wetleven) -> None:
    """Te melden, ingevoerd, bevestigd; verandert wat gemeld is, dan volgt een hersteld bericht."""
    leven.begin().met_pip()
    leven.uitkomst("duo/leerroute/1", "duo_ingevoerd", "2026-02-27", referentie="PI-1")
    leven.eis("duo/navraag/leerroute/1/1", "2026-03-27", "2026-03-31", None, Rol.ADMINISTRATIE, "beleid, geen wet",
              "niet bevestigd")  # fmt: skip
    leven.feit("duo_bevestigd", "2026-03-04", melding="duo/leerroute/1")
    leven.eis_niet("duo/navraag", "duo/leerroute")
    leven.haal_door(leven.laatste("pip_vastgesteld"), "in het verkeerde dossier")
    herstel = leven.plan().stap("duo/herstel/leerroute/1/1")
    assert herstel is not None
    assert herstel.inhoud == "vervallen"
