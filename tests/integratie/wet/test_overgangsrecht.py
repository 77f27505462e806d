"""Een wetswijziging is een ander getal vanaf een dag: de peildatum van het dossier beslist, en lopende dossiers volgen.

Zie ontwerpregel 8. Elk getal dat een termijn of een grens maakt, heeft hier een geval op de dag zelf en een dag ervoor.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

import pytest

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import lees
from domein.handelingen.herplannen import herplan, proef_herplan
from domein.regeling import Regeling, laden, regeling
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.regels.toets_uitkomst import toets
from tests.hulp.regelinglezen import lees_opnieuw
from tests.integratie.wet.wetleven import Wetleven, dag

Doe = Callable[[Wetleven], object]
COORDINATOR: Final = Actor("m-reg")


@pytest.fixture
def zet_regeling(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Regeling], None]]:
    """Zet een hele regeling op de plaats waar elk onderdeel haar leest."""

    def zet(nieuw: Regeling) -> None:
        monkeypatch.setattr(laden, "maak_regeling", lambda _wet, _beleid: nieuw)
        lees_opnieuw()

    yield zet
    monkeypatch.undo()
    lees_opnieuw()


def _brp(leven: Wetleven) -> None:
    leven.begin(brp_inschrijving=None).feit("brp_ingeschreven", "2026-01-19")


def _derde(leven: Wetleven) -> None:
    leven.begin().feit("derde_gevraagd", "2026-03-02", bij="school").feit("derde_ontvangen", "2026-03-09")


def _pip(leven: Wetleven) -> None:
    leven.begin().met_pip(bekendgemaakt_op="2026-02-27")


def _onderwijs(leven: Wetleven) -> None:
    leven.begin().met_pip(leerroute="onderwijs")


# regel, nieuw getal, het leven, de soort termijn, de peildatum, het einde nu en het einde volgens de nieuwe regel
GEVALLEN: Final[tuple[tuple[str, int, Doe, str, str, str, str], ...]] = (
    ("pip_weken", 12, lambda leven: leven.begin(), "pip", "2026-01-05", "2026-03-16", "2026-03-30"),
    ("pip_na_brp_weken", 12, _brp, "pip-na-brp", "2026-01-19", "2026-03-30", "2026-04-13"),
    ("pip_na_derde_weken", 3, _derde, "pip-na-derde", "2026-03-09", "2026-03-23", "2026-03-30"),
    ("bezwaar_weken", 8, _pip, "bezwaar", "2026-02-27", "2026-04-10", "2026-04-24"),
    ("inburgeringstermijn_jaren", 4, _pip, "inburgeringstermijn", "2026-02-25", "2029-02-25", "2030-02-25"),
    ("leerroute_wijzigen_maanden", 24, _pip, "leerroute-wijzigen", "2026-02-25", "2027-08-25", "2028-02-25"),
    ("aanbod_maanden", 4, _pip, "aanbod", "2026-02-25", "2026-05-25", "2026-06-25"),
    (
        "taalschakeltraject_start_maanden",
        9,
        _onderwijs,
        "taalschakeltraject-start",
        "2026-02-25",
        "2026-08-25",
        "2026-11-25",
    ),
    (
        "ontzorgen_maanden",
        12,
        lambda leven: leven.begin().feit("bijstand_toegekend", "2026-03-01"),
        "ontzorgen",
        "2026-03-01",
        "2026-08-31",
        "2027-02-28",
    ),
    (
        "duo_besluit_weken",
        10,
        lambda leven: leven.begin().feit("duo_aanvraag", "2026-06-01", aanvraag="vrijstelling"),
        "duo-besluit",
        "2026-06-01",
        "2026-07-27",
        "2026-08-10",
    ),
    ("verlenging_aanvragen_maanden", 12, _pip, "verlenging-aanvragen", "2029-02-25", "2028-08-25", "2028-02-25"),
    (
        "bewaartermijn_jaren",
        10,
        lambda leven: leven.begin().met_pip().feit("voldaan", "2026-12-01"),
        "bewaartermijn",
        "2026-12-01",
        "2031-12-01",
        "2036-12-01",
    ),
)


@pytest.mark.parametrize(
    ("regel", "nieuw", "leef", "termijnsoort", "peildatum", "nu", "straks"),
    GEVALLEN,
    ids=[geval[0] for geval in GEVALLEN],
)
def test_de_peildatum_beslist_welk_getal_geldt(
    leven: Wetleven, regel: str, nieuw: int, leef: Doe, termijnsoort: str, peildatum: str, nu: str, straks: str
) -> None:
    leef(leven)
    stand, peil = leven.stand(), dag(peildatum)

    def einde(vanaf: date | None) -> date | None:
        kader = Kader() if vanaf is None else Kader(regeling().met_getal(regel, nieuw, vanaf=vanaf))
        termijn = plan(stand, kader).termijn(termijnsoort)
        return termijn.einde if termijn else None

    assert einde(None) == dag(nu)
    assert einde(peil + timedelta(days=1)) == dag(nu), "de nieuwe regel geldt pas een dag later"
    assert einde(peil) == dag(straks)


@pytest.mark.parametrize(
    ("regel", "nieuw", "vanaf", "mag"),
    [
        pytest.param("map_uren", 60, "2026-02-26", True, id="map-pip-van-voor-de-wijziging"),
        pytest.param("map_uren", 60, "2026-02-25", False, id="map-pip-op-de-dag-van-de-wijziging"),
    ],
)
def test_ook_een_grens_kijkt_naar_de_peildatum_en_niet_naar_vandaag(
    leven: Wetleven, regel: str, nieuw: int, vanaf: str, mag: bool
) -> None:
    leven.begin().met_pip()
    kader = Kader(regeling().met_getal(regel, nieuw, vanaf=dag(vanaf)))
    gegevens = lees("map_voltooid", {"praktijkuren": 40})
    op = date(2027, 6, 16)
    if mag:
        toets(leven.stand(), gegevens, op, op, "", kader)
    else:
        with pytest.raises(OngeldigeGegevens, match="minstens 60 uur"):
            toets(leven.stand(), gegevens, op, op, "", kader)


@pytest.mark.parametrize(("regel", "uren"), [("z_cursusuren", 900), ("z_participatieuren", 900)])
def test_de_uren_van_de_z_route_volgen_het_eerste_pip(leven: Wetleven, regel: str, uren: int) -> None:
    leven.begin().met_pip(leerroute="z").uren("2027-11-30", 800).uren("2027-11-30", 800, "participatie")

    def klaar(vanaf: date) -> bool:
        return (
            plan(leven.stand(), Kader(regeling().met_getal(regel, uren, vanaf=vanaf))).stap("eindgesprek/1") is not None
        )

    assert klaar(date(2026, 2, 26))
    assert not klaar(date(2026, 2, 25))


def test_een_wetswijziging_herplant_lopende_dossiers_in_porties_na_een_proef(
    zet_regeling: Callable[[Regeling], None], leven: Wetleven
) -> None:
    """Twee dossiers, een aan elke kant van de dag: de proef zegt wat verandert, de portie voert het uit, eenmaal."""
    oud = leven.begin("2026-01-05").dossier_id
    jong = leven.begin("2026-03-06", persoon=1).dossier_id

    def uiterst(welk: object) -> date | None:
        leven.dossier_id = welk  # pyright: ignore
        return leven.stap("pip/vaststellen/1").uiterst

    zet_regeling(regeling().met_getal("pip_weken", 12, vanaf=date(2026, 3, 1)))
    proef = proef_herplan(leven.omgeving)
    assert (proef.dossiers, proef.nog) == (1, 2), "beide worden bekeken, een verandert"
    assert (uiterst(oud), uiterst(jong)) == (date(2026, 3, 16), date(2026, 5, 18)), "een proef schrijft niets"

    eerste = herplan(leven.omgeving, COORDINATOR, portie=1)
    assert eerste.nog == 1
    tweede = herplan(leven.omgeving, COORDINATOR, portie=1)
    assert tweede.nog == 0
    assert eerste.wijzigingen + tweede.wijzigingen == proef.wijzigingen
    # 6 maart en twaalf weken is vrijdag 29 mei 2026.
    assert (uiterst(oud), uiterst(jong)) == (date(2026, 3, 16), date(2026, 5, 29))
    assert "De 12 weken eindigen" in leven.stap("pip/vaststellen/1").waarom
    assert leven.dossier().regeling == "wi2021-2026-01+pip_weken"
    assert herplan(leven.omgeving, COORDINATOR).dossiers == 0


def test_wat_al_klaar_is_verandert_niet_door_een_nieuwe_regel(
    zet_regeling: Callable[[Regeling], None], leven: Wetleven
) -> None:
    leven.begin().met_pip()
    klaar = leven.stap("pip/vaststellen/1")
    zet_regeling(regeling().met_getal("pip_weken", 4, vanaf=date(2022, 1, 2)))
    herplan(leven.omgeving, COORDINATOR)
    na = leven.stap("pip/vaststellen/1")
    assert (na.status, na.uiterst, na.regeling) == (klaar.status, klaar.uiterst, klaar.regeling)
    termijn = leven.plan().termijn("pip")
    assert termijn is not None
    assert termijn.einde == date(2026, 2, 2), "wel is te zien dat het volgens de nieuwe regel te laat was"
