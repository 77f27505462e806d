"""Logregels in JSON: elke regel draagt bij welk verzoek zij hoort, en een BSN staat er nooit in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.samenhang import nieuw_kenmerk
from tests.integratie.bedrijf.hulp import portaal
from tests.integratie.beheer_hulp import Regie

WORTEL = Path(__file__).parents[3]
PROEF = """
import logging
from adapters.logboek import stel_in
from adapters.samenhang import samenhang
stel_in(json=True)
with samenhang(verzoek="0123456789abcdef"):
    logging.getLogger("regie.proef").warning("persoon %s belde", "999990019")
    with samenhang(ronde="fedcba98"):
        logging.getLogger("een.bibliotheek").error("BSN 9999.90.019 in de tekst", extra={"bsn": "999990019"})
logging.getLogger("regie.proef").info("daarna")
"""


def test_elke_regel_draagt_haar_verzoek_en_nooit_een_bsn() -> None:
    uitkomst = subprocess.run(
        [sys.executable, "-c", PROEF], cwd=WORTEL, capture_output=True, text=True, check=True
    )  # fmt: skip
    regels = [json.loads(regel) for regel in uitkomst.stderr.splitlines()]
    assert [regel.get("verzoek") for regel in regels] == ["0123456789abcdef", "0123456789abcdef", None]
    assert [regel.get("ronde") for regel in regels] == [None, "fedcba98", None]
    assert "99999" not in uitkomst.stderr
    assert regels[0]["event"] == "persoon *** belde"
    assert all(regel["op"] and regel["level"] and regel["logger"] for regel in regels)


def test_het_portaal_geeft_elk_verzoek_een_kenmerk_en_neemt_alleen_een_onschuldig_over(regie: Regie) -> None:
    regie.vul(1)
    web = portaal(regie)
    een, ander = (web.get("/gezond").headers["x-request-id"] for _ in range(2))
    assert een != ander
    assert web.get("/gezond", {"X-Request-ID": "0123456789abcdef"}).headers["x-request-id"] == "0123456789abcdef"
    vreemd = web.get("/gezond", {"X-Request-ID": "Jansen 999990019"}).headers["x-request-id"]
    assert "999990019" not in vreemd


@pytest.mark.parametrize("gegeven", [None, "", "ABCDEF12", "zz345678", "1234567", "a" * 33, "0123\n4567"])
def test_een_kenmerk_van_buiten_is_alleen_hexadecimaal(gegeven: str | None) -> None:
    assert nieuw_kenmerk(gegeven) != gegeven
