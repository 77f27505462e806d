"""De naslag is gemaakt uit de regels, en zegt nog wat zij doen."""

import re

import pytest

from beheer.naslag.opdracht import MAP, bladen
from domein.begrippen import Stapsoort
from domein.regeling import regeling
from domein.regels.opschalingsbeleid import opschalingsbeleid
from domein.regels.termijnen import SOORTEN
from domein.regels.uitkomsten import UITKOMSTEN

BLADEN = bladen()


@pytest.mark.parametrize("naam", BLADEN)
def test_het_blad_is_wat_de_regels_zeggen(naam: str) -> None:
    """Klopt dit niet meer: schrijf de naslag opnieuw met `./regie naslag`."""
    assert (MAP / naam).read_text(encoding="utf-8") == BLADEN[naam]


def test_elke_soort_termijn_en_elk_getal_staat_in_de_naslag() -> None:
    namen = set(re.findall(r"^\| `([a-z0-9_-]+)`", BLADEN["termijnen.md"], re.MULTILINE))
    assert namen == {*SOORTEN, *regeling().regels}


def test_elke_ladder_en_elk_niveau_staat_in_de_naslag() -> None:
    tekst, beleid = BLADEN["opschaling.md"], opschalingsbeleid()
    niveaus = [niveau for ladder in beleid.ladders.values() for niveau in ladder.niveaus]
    assert len(re.findall(r"^\| niveau \d+, ", tekst, re.MULTILINE)) == len(niveaus)
    assert tekst.count("\n## ") == len(beleid.ladders) + 1
    assert all(f"| `{een.termijn}` |" in tekst for een in beleid.waarschuwingen)


def test_elke_stap_staat_in_het_proces_en_in_het_plaatje() -> None:
    tekst = BLADEN["proces.md"]
    plaatje = tekst.split("```mermaid")[1].split("```")[0]
    knopen = set(re.findall(r'^    (\w+)\["', plaatje, re.MULTILINE))
    assert len(knopen) == len(UITKOMSTEN)
    assert set(re.findall(r"^  (\w+) --> (\w+)$", plaatje, re.MULTILINE)) <= {(a, b) for a in knopen for b in knopen}
    assert {vorm for vorm in UITKOMSTEN if f"| `{vorm}`" not in tekst} == set()
    assert plaatje.count("subgraph thema_") == len(Stapsoort)


def test_elke_rol_elk_recht_en_elke_grond_staat_in_de_naslag() -> None:
    from beheer.naslag.rechten import GRONDEN, ZINNEN
    from domein.begrippen import Rol
    from domein.regels.toegang import Grond, Recht

    assert (set(ZINNEN), set(GRONDEN)) == (set(Recht), set(Grond))
    assert set(re.findall(r"^\| `([a-z]+)`", BLADEN["rechten.md"], re.MULTILINE)) == set(Rol)
