"""Een bedrag dat verandert is een regel met een dag: de gedraging beslist welk bedrag geldt, zonder nieuwe code."""

from datetime import date
from itertools import pairwise

import pytest

from domein.begrippen import Gedraging, Verwijtbaarheid
from domein.regeling import regeling
from domein.regels.planvormen import Kader
from domein.regels.tarief import plafond, tarief
from domein.stand import Maatregel
from tests.unit.plannen import na_pip

OUD, NIEUW = date(2026, 12, 31), date(2027, 1, 1)
STAND = na_pip(doelgroep="gezinsmigrant").stand
EURO = sorted(naam for naam, versies in regeling().regels.items() if versies[-1].eenheid == "euro")


def maatregel(gedraging: Gedraging, op: date) -> Maatregel:
    return Maatregel(1, op, gedraging, op, "m-jdb")


@pytest.mark.parametrize(
    ("naam", "gedraging", "waarde"),
    [
        pytest.param("boete_traject_basis_euro", Gedraging.TRAJECT, 60, id="traject"),
        pytest.param("boete_intake_euro", Gedraging.INTAKE, 275, id="intake"),
    ],
)
def test_een_tarief_van_later_geldt_alleen_voor_een_gedraging_van_later(
    naam: str, gedraging: Gedraging, waarde: int
) -> None:
    kader = Kader(regeling=regeling().met_getal(naam, waarde, vanaf=NIEUW))
    oud = tarief(STAND, maatregel(gedraging, OUD), Verwijtbaarheid.OPZET, kader)
    nieuw = tarief(STAND, maatregel(gedraging, NIEUW), Verwijtbaarheid.OPZET, kader)
    assert (oud.bedrag, nieuw.bedrag) == (regeling().getal(naam), waarde)
    assert f"€ {waarde}" in nieuw.uitleg
    assert f"€ {waarde}" not in oud.uitleg


def test_ook_het_maximum_van_een_termijn_volgt_de_dag_van_de_gedraging() -> None:
    kader = Kader(regeling=regeling().met_getal("boete_samen_max_euro", 2600, vanaf=NIEUW))
    assert (plafond(STAND, OUD, kader), plafond(STAND, NIEUW, kader)) == (2400, 2600)


@pytest.mark.parametrize("naam", EURO)
def test_elk_bedrag_noemt_zijn_bron_zijn_eerste_dag_en_welke_dag_beslist(naam: str) -> None:
    versies = regeling().regels[naam]
    for eerder, later in pairwise(versies):
        assert eerder.geldig_tot == later.geldig_van, "tussen twee bedragen zit geen gat en geen overlap"
    for versie in versies:
        assert versie.artikel.strip()
        assert versie.geldig_van
        assert versie.peildatum != "gebeurtenis" or versie.beleid or naam.startswith(("lening_", "examen_")), naam
