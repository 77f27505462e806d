"""Regel 15: een besluit neemt een mens met mandaat, in het portaal of op de opdrachtregel; nooit Prefect."""

from datetime import date
from typing import Any

import pytest

from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import GeenBevoegdheid, RegieFout
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.stapbeheer import draag_over, sla_over
from domein.handelingen.uitkomst import Deur
from domein.regels.uitkomsten import UITKOMSTEN
from tests.integratie.regels.leven import COORDINATOR, DUO, MANDAAT, PIP, Leven

BESLUIT: dict[str, Any] = {**PIP, "bekendgemaakt_op": "2026-02-25"}
ONBEVOEGD = [
    pytest.param("m-wil", id="mandaat-voor-andere-stappen"),
    pytest.param("m-mol", id="mandaat-van-een-andere-gemeente"),
    pytest.param("m-jdb", id="klantmanager"),
    pytest.param("m-reg", id="coordinator"),
]


def besluit(leven: Leven, wie: Actor, **anders: Any) -> object:
    return leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", date(2026, 2, 25), door=wie, **(BESLUIT | anders))


@pytest.mark.parametrize("deur", ["portaal", "opdrachtregel"])
def test_regel_15_een_mandaathouder_besluit_in_het_portaal_of_op_de_opdrachtregel(leven: Leven, deur: Deur) -> None:
    leven.tot_intake()
    besluit(leven, MANDAAT, deur=deur)
    g = leven.laatste("pip_vastgesteld")
    assert g.actor == MANDAAT
    assert g.gegevens.mandaathouder == "m-gor"  # pyright: ignore[reportAttributeAccessIssue]


def test_regel_15_in_het_formulier_van_prefect_wordt_niets_besloten(leven: Leven) -> None:
    leven.tot_intake()
    with pytest.raises(GeenBevoegdheid, match="Prefect") as fout:
        besluit(leven, MANDAAT, deur="prefect")
    assert "portaal" in fout.value.uitweg
    assert leven.telling()["pip_vastgesteld"] == 0
    assert leven.stap("pip/vaststellen/1").status is Stapstatus.OPEN


@pytest.mark.parametrize("wie", ONBEVOEGD)
def test_regel_15_zonder_mandaat_geen_besluit_op_de_stap(leven: Leven, wie: str) -> None:
    leven.tot_intake()
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        besluit(leven, Actor(wie, Verificatie.AANGEMELD))
    assert leven.telling()["pip_vastgesteld"] == 0


@pytest.mark.parametrize("wie", [*ONBEVOEGD, "duo", "systeem"])
def test_regel_15_zonder_mandaat_ook_niet_als_feit(leven: Leven, wie: str) -> None:
    leven.tot_intake()
    leven.op(date(2026, 2, 25))
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        leven.meld("pip_vastgesteld", date(2026, 2, 25), actor=Actor(wie), **BESLUIT, mandaathouder="m-gor")
    assert leven.telling()["pip_vastgesteld"] == 0


def test_regel_15_wie_besluit_tekent_zelf(leven: Leven) -> None:
    leven.tot_pip()
    leven.op(date(2026, 3, 4))
    leven.meld(
        "pip_vastgesteld",
        date(2026, 3, 4),
        actor=MANDAAT,
        **(BESLUIT | {"bekendgemaakt_op": "2026-03-04"}),
        mandaathouder="m-mol",
    )
    assert leven.laatste("pip_vastgesteld").gegevens.mandaathouder == "m-gor"  # pyright: ignore[reportAttributeAccessIssue]


def test_regel_15_een_besluit_dat_de_wet_vraagt_wordt_niet_overgeslagen(leven: Leven) -> None:
    stap = leven.stap("pip/vaststellen/1")
    assert stap.besluit
    with pytest.raises(GeenBevoegdheid, match="besluit"):
        sla_over(leven.omgeving, stap.id, COORDINATOR, "geen tijd")


@pytest.mark.parametrize("wie", ["m-wil", "m-mol"])
def test_regel_15_een_besluit_gaat_niet_over_naar_wie_het_niet_mag_nemen(leven: Leven, wie: str) -> None:
    leven.tot_intake()
    leven.open("pip/vaststellen/1")
    with pytest.raises(GeenBevoegdheid, match="mandaat"):
        draag_over(leven.omgeving, leven.stap("pip/vaststellen/1").id, wie, COORDINATOR, "verlof")
    assert leven.stap("pip/vaststellen/1").medewerker == "m-gor"


def test_regel_15_geen_regel_en_geen_systeem_neemt_een_besluit(leven: Leven) -> None:
    """Ook als de termijn verstrijkt, komt er geen PIP vanzelf; en het systeem krijgt geen mandaat."""
    leven.tot_intake()
    leven.op(date(2027, 1, 4))
    leven.open("pip/vaststellen/1")
    assert leven.telling()["pip_vastgesteld"] == 0
    with pytest.raises(RegieFout):
        besluit(leven, SYSTEEM)


def test_regel_15_de_besluitstappen_zijn_die_van_de_wet(leven: Leven) -> None:
    assert {k for k, s in leven.stappen().items() if s.besluit} == {"pip/vaststellen/1"}
    assert [
        vorm for vorm, uitkomsten in UITKOMSTEN.items() if any(u.soort == "pip_vastgesteld" for u in uitkomsten)
    ] == ["pip/vaststellen", "pip/verhuizing", "pip/leerroute", "pip/afschalen", "pip/herzien"]
    assert leven.meld("klantmanager_toegewezen", date(2026, 1, 5), actor=DUO, medewerker="m-kos", partner="avres")
