"""Paragraaf 3 als tabel: wat een asielstatushouder krijgt en wat een gezinsmigrant of overige migrant krijgt."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from domein.begrippen import Doelgroep
from tests.integratie.wet.wetleven import Wetleven

ASIEL, GEZIN = Doelgroep.ASIELSTATUSHOUDER, Doelgroep.GEZINSMIGRANT
DOELGROEPEN: Final[dict[str, dict[str, Any]]] = {
    "asiel": {"doelgroep": ASIEL, "ontzorgen": True},
    "nareiziger": {"doelgroep": ASIEL, "nareiziger": True, "ontzorgen": False},
    "gezin": {"doelgroep": GEZIN, "ontzorgen": False},
    "overig": {"doelgroep": Doelgroep.OVERIGE_MIGRANT, "ontzorgen": False},
}
Kijk = Callable[[Wetleven], bool]


def heeft(begin: str, leerroute: str = "b1", feit: tuple[str, str, dict[str, Any]] | None = None) -> Kijk:
    """Staat er na het PIP van 25 februari 2026 (en dit feit) een stap die zo begint?"""

    def kijk(leven: Wetleven) -> bool:
        leven.met_pip(leerroute=leerroute)
        if feit is not None:
            soort, op, gegevens = feit
            leven.feit(soort, op, reden="zo gemeld", **gegevens)
        return any(kenmerk.startswith(begin) for kenmerk in leven.te_doen)

    return kijk


def voor_het_pip(begin: str) -> Kijk:
    return lambda leven: any(kenmerk.startswith(begin) for kenmerk in leven.te_doen)


def intake(leven: Wetleven) -> bool:
    leven.oproep(1, "2026-01-07", "2026-01-21")
    stap = leven.stap("intake/gesprek/1")
    return "leerbaarheidstoets" in stap.titel and "artikel 14 Wet" in stap.artikel


def mag(artikel: str, soort: str, op: str, **gegevens: Any) -> Kijk:
    """Mag dit worden vastgelegd? Zo niet, dan noemt de weigering het artikel."""

    def kijk(leven: Wetleven) -> bool:
        leven.met_pip()
        return leven.mag(artikel, lambda: leven.proef_ruw(soort, op, **gegevens))

    return kijk


def na_800_uur_les(leven: Wetleven) -> bool:
    leven.met_pip(leerroute="z").uren("2027-11-30", 800)
    return "eindgesprek/1" in leven.te_doen


def kosteloos_examen(leven: Wetleven) -> bool:
    leven.met_pip().feit("examen_gedaan", "2027-03-01", onderdeel="lezen")
    return "kosteloos" in leven.stap("registratie/examenuitslag/1").waarom


def uren_zonder_verzoek(leven: Wetleven) -> bool:
    """Bij een asielstatushouder zonder verzoek; van een ander levert de cursusinstelling niets uit zichzelf."""
    leven.met_pip()
    if "aanbieder/aanmelding/1" not in leven.te_doen:
        return False
    leven.les()
    return "aanbieder/uren/1/1" in leven.te_doen


def intensiteit_in_het_pip(leven: Wetleven) -> bool:
    leven.intake("2026-01-21", verzonden="2026-01-07")
    if not leven.mag("artikel 15 lid 2 Wi", lambda: leven.pip_ruw("2026-02-25", uren_per_week=12)):
        return False
    gemeld = leven.plan().stap("duo/leerroute/1")
    assert gemeld is not None
    return gemeld.inhoud == "b1, 12 uur per week"


BIJSTAND = ("bijstand_toegekend", "2026-03-02", {})
# onderwerp, wat te zien is, en dan: asielstatushouder, nareiziger, gezinsmigrant, overige migrant
TABEL: Final[tuple[tuple[str, Kijk, bool, bool, bool, bool], ...]] = (
    ("aanbod-16-wi", heeft("aanbieder/aanmelding/"), True, True, False, False),
    ("eigen-cursus-19-wi", heeft("cursus/eigen/"), False, False, True, True),
    ("brede-intake-en-toets-14-wi", intake, True, True, True, True),
    ("pip-15-wi", voor_het_pip("pip/vaststellen/"), True, True, True, True),
    ("pvt-6-wi", heeft("pvt/"), True, True, True, True),
    ("map-6-wi", heeft("map/"), True, True, True, True),
    ("intensiteit-15-lid-2-wi", intensiteit_in_het_pip, True, True, False, False),
    ("begeleiding-13-wi", voor_het_pip("begeleiding/start/"), True, True, False, False),
    ("ontzorgen-56a-pw", heeft("ontzorgen/", feit=BIJSTAND), True, False, False, False),
    ("z-route-zonder-participatie-3-14-bi", na_800_uur_les, False, False, True, True),
    ("kosteloze-pogingen-3-5-ri", kosteloos_examen, True, True, False, False),
    ("verlenging-zonder-aanbod-4-1-ri", heeft("duo/geen-aanbod/"), True, True, False, False),
    ("voortgang-zonder-verzoek-9-2-bi", uren_zonder_verzoek, True, True, False, False),
    (
        "voortgang-op-verzoek-9-2-bi",
        mag("artikel 9.2 lid 4 Bi", "voortgang_opgevraagd", "2026-09-01"),
        False,
        False,
        True,
        True,
    ),
)


@pytest.mark.parametrize(
    ("doelgroep", "kijk", "verwacht"),
    [
        pytest.param(doelgroep, rij[1], rij[2 + kolom], id=f"{rij[0]}-{doelgroep}")
        for rij in TABEL
        for kolom, doelgroep in enumerate(DOELGROEPEN)
    ],
)
def test_paragraaf_3_asiel_en_gezin(leven: Wetleven, doelgroep: str, kijk: Kijk, verwacht: bool) -> None:
    leven.begin(**DOELGROEPEN[doelgroep])
    assert kijk(leven) is verwacht


def test_de_doelgroep_kan_halverwege_wijzigen_en_het_traject_volgt(leven: Wetleven) -> None:
    """DUO behandelt iemand voortaan anders; wat al was gedaan blijft staan (GGM: WordtBehandeldAls)."""
    leven.begin(**DOELGROEPEN["gezin"]).met_pip()
    assert "cursus/eigen/1" in leven.te_doen
    leven.feit("doelgroep_gewijzigd", "2026-06-01", doelgroep="asielstatushouder", ontzorgen=True)
    leven.eis_niet("cursus/eigen")
    assert {"aanbieder/aanmelding/1", "begeleiding/start/1"} <= leven.te_doen
    leven.feit("doelgroep_gewijzigd", "2026-08-03", doelgroep="overige_migrant")
    leven.eis_niet("aanbieder/aanmelding", "begeleiding/start")
    assert "cursus/eigen/1" in leven.te_doen
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11 Wet")
