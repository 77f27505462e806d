"""Wat de toets ziet voorbij de gewone dag: terugval, opnamestops en peildatums door elkaar."""

from datetime import date
from typing import Any

import pytest

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.dekking_toets import toets_regio
from domein.regels.peildatum import BekendeDagen
from domein.regels.samenwerking import Gat, Situatie, Toewijzing, zoek
from domein.regio.bevinding import Bevinding, Ernst
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, medewerker, partner, regio

COORDINATOR = medewerker("m-co", "uo", "regiocoordinator", "teamleider")
SCHOLEN = [medewerker("m-s", "school", "aanbieder"), medewerker("m-t", "tweede", "aanbieder")]
B1_EN_Z = afspraak("les", "aanmelding", leerroutes=["b1", "z"], uitvoerder="school", rol="aanbieder")


def lessen(*rijen: Any, stop: Any = (), **anders: Any) -> Regio:
    basis = afspraak("basis", *(s for s in Stapsoort if s is not Stapsoort.AANMELDING))
    return regio(
        basis, *rijen, medewerkers=[COORDINATOR, *SCHOLEN],
        partners=[partner("school", opnamestops=stop), partner("tweede")], **anders,
    )  # fmt: skip


def perceel(route: str, naar: str, **anders: Any) -> Any:
    """Een perceel dat nog niet is gegund: alleen een terugval."""
    rij = {"leerroutes": [route], "terugval": {"leerroute": naar}, "uitvoerder": None, "rol": None}
    return afspraak(f"perceel-{route}", "aanmelding", **(rij | anders))


def enige(van: Regio, soort: str) -> Bevinding:
    (bevinding,) = toets_regio(van)
    assert bevinding.soort == soort
    return bevinding


# ---- terugval ----


def test_een_terugval_op_een_route_met_een_uitvoerder_is_goed() -> None:
    assert toets_regio(lessen(B1_EN_Z, perceel("onderwijs", "b1"))) == ()


def test_een_terugval_naar_onbekend_loopt_dood() -> None:
    bevinding = enige(lessen(B1_EN_Z, perceel("onderwijs", "onbekend")), "terugval_loopt_dood")
    assert bevinding.ernst is Ernst.FOUT
    assert "in leerroute onbekend regelt niemand deze stap" in bevinding.melding
    assert (bevinding.plek.kenmerk, bevinding.plek.kolom) == ("perceel-onderwijs", "terugval")


def test_een_terugval_op_een_stap_die_daar_niet_hoeft_loopt_dood() -> None:
    hoeft_niet = afspraak("z", "aanmelding", leerroutes=["z"], niet_van_toepassing="geen lessen.")
    b1 = afspraak("b1", "aanmelding", leerroutes=["b1"], uitvoerder="school", rol="aanbieder")
    bevinding = enige(lessen(b1, hoeft_niet, perceel("onderwijs", "z")), "terugval_loopt_dood")
    assert "hoeft de stap niet ('z')" in bevinding.melding


@pytest.mark.parametrize(
    "anders", [{}, {"uitvoerder": "school", "rol": "aanbieder"}], ids=["perceel", "met-uitvoerder"]
)
def test_afspraken_die_op_elkaar_terugvallen_worden_geweigerd(anders: Any) -> None:
    z = afspraak("z", "aanmelding", leerroutes=["z"], uitvoerder="school", rol="aanbieder")
    rond = lessen(z, perceel("onderwijs", "b1", **anders), perceel("b1", "onderwijs", **anders))
    bevindingen = toets_regio(rond)
    assert {b.soort for b in bevindingen} == {"terugval_loopt_dood"}
    assert "vallen op elkaar terug" in bevindingen[0].melding


# ---- opnamestops ----

STOP = {"van": "2026-03-02", "reden": "keurmerk geschorst"}


def test_een_stop_zonder_vervanger_wordt_gemeld_en_met_fallback_niet() -> None:
    alle = afspraak("les", "aanmelding", uitvoerder="school", rol="aanbieder")
    bevinding = enige(lessen(alle, stop=[STOP]), "opnamestop_zonder_vervanger")
    assert bevinding.ernst is Ernst.WAARSCHUWING
    assert "op 2026-03-02 neemt niemand van deze afspraak nieuwe mensen aan (school)" in bevinding.melding
    met = afspraak("les", "aanmelding", uitvoerder="school", rol="aanbieder", fallback=["tweede"])
    assert toets_regio(lessen(met, stop=[STOP])) == ()


def test_een_stop_buiten_de_periode_van_de_afspraak_doet_er_niet_toe() -> None:
    oud = afspraak("oud", "aanmelding", uitvoerder="school", rol="aanbieder", geldig_tot="2025-12-31")
    nieuw = afspraak("nieuw", "aanmelding", uitvoerder="tweede", rol="aanbieder", geldig_van="2026-01-01")
    assert toets_regio(lessen(oud, nieuw, stop=[STOP])) == ()


# ---- peildatums ----


def opvolgers(een: str, ander: str) -> Regio:
    """Een contract tot en met 2025 en een vanaf 2026, elk met een eigen peildatum."""
    rol: Any = {"rol": "aanbieder"}
    return lessen(
        afspraak("oud", "aanmelding", uitvoerder="school", geldig_tot="2025-12-31", peildatumsoort=een, **rol),
        afspraak("nieuw", "aanmelding", uitvoerder="tweede", geldig_van="2026-01-01", peildatumsoort=ander, **rol),
    )


def aanmelding(van: Regio, bekend: BekendeDagen) -> object:
    return zoek(
        van, gemeente="GM0512", stap=Stapsoort.AANMELDING, leerroute=Leerroute.B1,
        doelgroep=Doelgroep.ASIELSTATUSHOUDER, op=bekend.opening, situatie=Situatie(bekend=bekend),
    )  # fmt: skip


def test_opvolgers_met_dezelfde_peildatum_zijn_goed() -> None:
    assert toets_regio(opvolgers("start_les", "start_les")) == ()


def test_opvolgers_met_een_andere_peildatum_laten_mensen_ertussen_vallen() -> None:
    van = opvolgers("start_les", "opening")
    bevindingen = toets_regio(van)
    assert {(b.soort, b.ernst) for b in bevindingen} == {("peildatum_gemengd", Ernst.FOUT)}
    gat = next(b for b in bevindingen if "geldt geen enkele afspraak" in b.melding)
    assert "'nieuw', 'oud'" in gat.melding
    # Het voorbeeld uit de melding klopt: ook de gewone vraag geeft daar niemand.
    ertussen = BekendeDagen(opening=date(2025, 12, 20), start_les=date(2026, 1, 12))
    assert isinstance(aanmelding(van, ertussen), Gat)
    assert isinstance(aanmelding(opvolgers("start_les", "start_les"), ertussen), Toewijzing)


def test_een_algemene_afspraak_eronder_vangt_het_verschil_in_peildatum_op() -> None:
    altijd = afspraak("altijd", "aanmelding", uitvoerder="tweede", rol="aanbieder", peildatumsoort="start_les")
    z: Any = {"uitvoerder": "school", "rol": "aanbieder", "leerroutes": ["z"], "geldig_tot": "2025-12-31"}
    assert toets_regio(lessen(altijd, afspraak("z", "aanmelding", **z))) == ()
