"""`regie meet`: elk onderdeel met een basis uit dezelfde ronde, en een doel dat wordt gehaald."""

import json
import subprocess
import sys
from importlib import import_module

import pytest

from beheer.hoofd import hoofd
from beheer.meet import ONDERDELEN
from beheer.meet.meting import Meting
from beheer.meet.provincie import AFSPRAKEN, GEMEENTEN, VERBANDEN, provincie
from domein.regels.dekking_toets import toets_regio

SLEUTELS = {"onderdeel", "maat", "waarde", "basis", "verhouding", "doel", "richting", "gehaald"}


def test_de_provincie_heeft_de_afgesproken_maat_en_klopt() -> None:
    regio = provincie()
    aantallen = len(regio.gemeenten), len(regio.samenwerkingsverbanden), len(regio.samenwerkingsafspraken)
    assert aantallen == (GEMEENTEN, VERBANDEN, AFSPRAKEN) == (60, 12, 500)
    assert (regio.kop.geldig_tot.year - regio.kop.geldig_van.year) == 7
    assert toets_regio(regio) == ()
    condities = [a.conditie for a in regio.samenwerkingsafspraken]
    assert any(c.leeftijd_van for c in condities)
    assert any(c.alfabetisering for c in condities)


def test_de_toets_is_minstens_twintig_keer_zo_snel_als_de_losse_vraag(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["meet", "toets", "--json"]) == 0
    metingen = json.loads(capsys.readouterr().out)
    assert all(set(meting) == SLEUTELS for meting in metingen)
    assert all(meting["verhouding"] >= 20 and meting["gehaald"] for meting in metingen)


def test_een_onbekend_onderdeel_zegt_wat_er_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["meet", "koffie"]) == 2
    assert "toets" in capsys.readouterr().err


@pytest.mark.parametrize("naam", sorted(ONDERDELEN))
def test_elk_onderdeel_bestaat(naam: str) -> None:
    module, _, functie = ONDERDELEN[naam].partition(":")
    assert callable(getattr(import_module(module), functie))


def test_een_onderdeel_wordt_pas_geladen_als_iemand_het_vraagt() -> None:
    code = "import sys, beheer.meet; sys.exit('beheer.meet.toets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("waarde", "basis", "doel", "richting", "gehaald"),
    [
        pytest.param(1, 20, 20, "min", True, id="net-snel-genoeg"),
        pytest.param(1, 19.9, 20, "min", False, id="net-te-traag"),
        pytest.param(2, 1, 0.5, "max", True, id="net-klein-genoeg"),
        pytest.param(1, 1, 0.5, "max", False, id="te-groot"),
        pytest.param(0, 1, 20, "min", True, id="niet-te-meten"),
    ],
)
def test_een_doel_telt_naar_zijn_richting(
    waarde: float, basis: float, doel: float, richting: str, gehaald: bool
) -> None:
    meting = Meting("x", "s", waarde, basis, doel, richting)
    assert meting.gehaald is gehaald
