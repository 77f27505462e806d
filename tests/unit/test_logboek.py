"""The log: nothing in it leads to a person (I5)."""

import json
import subprocess
import sys
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.logboek import VERBORGEN, masker, verberg_personen


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        pytest.param("bsn 999990019.", f"bsn {VERBORGEN}.", id="in-een-zin"),
        pytest.param("x999990019y", f"x{VERBORGEN}y", id="tussen-letters"),
        pytest.param("9999.90.019", VERBORGEN, id="met-punten"),
        pytest.param("9999 90 019", VERBORGEN, id="met-spaties"),
        pytest.param("999990018", "999990018", id="voldoet-niet-aan-de-elfproef"),
        pytest.param("9999900190", "9999900190", id="tien-cijfers"),
        pytest.param("D-7F3K9 op 2026-01-05", "D-7F3K9 op 2026-01-05", id="referentie-en-datum"),
    ],
)
def test_een_getal_dat_een_bsn_kan_zijn_wordt_verborgen(tekst: str, verwacht: str) -> None:
    assert masker(tekst) == verwacht


@given(st.uuids())
def test_een_id_blijft_leesbaar(kenmerk: UUID) -> None:
    assert masker(f"stap {kenmerk} open") == f"stap {kenmerk} open"
    assert masker(kenmerk) == str(kenmerk)


def test_het_masker_gaat_door_alles_heen() -> None:
    regel = {
        "event": "ingelezen",
        "rijen": [{"waarde": 999990019}, ("999990019", 3)],
        "Bsn": "123",
        "smtp_wachtwoord": "x",
        "aantal": 3,
        "gelukt": True,
        "niets": None,
        "id": uuid4(),
    }
    klaar = verberg_personen(None, "info", regel)
    assert klaar["rijen"] == [{"waarde": VERBORGEN}, [VERBORGEN, 3]]
    assert klaar["Bsn"] == klaar["smtp_wachtwoord"] == VERBORGEN
    assert (klaar["aantal"], klaar["gelukt"], klaar["niets"]) == (3, True, None)


def test_ook_fouten_en_bibliotheken_gaan_gemaskeerd_naar_stderr() -> None:
    code = """
import logging, structlog
from adapters.logboek import stel_in
stel_in(json=True)
structlog.get_logger("regie").info("gestart", naam="Iemand", stap="intake/1")
logging.getLogger("bibliotheek").warning("kreeg %s binnen", "999990019")
try:
    raise ValueError("rij met 999990019")
except ValueError:
    structlog.get_logger("regie").exception("mislukt")
"""
    uitslag = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert uitslag.stdout == ""
    assert "999990019" not in uitslag.stderr
    assert "Iemand" not in uitslag.stderr
    gestart, gekregen, mislukt = (json.loads(regel) for regel in uitslag.stderr.splitlines())
    assert (gestart["event"], gestart["stap"], gestart["level"]) == ("gestart", "intake/1", "info")
    assert gekregen["event"] == f"kreeg {VERBORGEN} binnen"
    assert f"rij met {VERBORGEN}" in mislukt["exception"]
