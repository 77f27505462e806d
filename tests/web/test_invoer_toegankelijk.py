"""Inlezen in een echte browser: toegankelijk bij elke stap, en zonder script van kiezen tot klaar."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.portaal_hulp import VOORBEELD
from tests.web.conftest import WEERGAVEN, Weergave, overtredingen, past_in_de_breedte
from tests.web.test_portaal_aangemeld import Portaal, portaal

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "portaal", "sleutelpad", "sqlite_sjabloon"]


@pytest.fixture
def soort() -> str:
    return "sqlite"


def bestand(map_: Path, *, stuk: bool = False) -> Path:
    """Eerste rijen van het voorbeeld: zes staan er al, twee zijn nieuw."""
    with (VOORBEELD / "kennisgevingen.csv").open(encoding="utf-8-sig", newline="") as bron:
        rijen = list(csv.reader(bron))[:11]
    if stuk:
        rijen[1][rijen[0].index("bsn")] = "12"
    doel = map_ / ("stuk.csv" if stuk else "kennisgevingen.csv")
    with doel.open("w", encoding="utf-8", newline="") as uit:
        csv.writer(uit).writerows(rijen)
    return doel


def kies(pagina: Page, adres: str, pad: Path) -> None:
    pagina.goto(f"{adres}/invoer")
    pagina.get_by_label("Kennisgevingen van DUO").check()
    pagina.get_by_label("Bestand").set_input_files(pad)
    pagina.get_by_role("button", name="Bekijk wat er gebeurt").click()
    pagina.wait_for_load_state()


def test_elke_stap_is_toegankelijk(portaal: Portaal, browser: Browser, tmp_path: Path, axe: str) -> None:
    portaal.wereld.hier.klok.moment += timedelta(days=90)
    mis: list[str] = []

    def toets(pagina: Page, weergave: Weergave, stap: str) -> None:
        mis.extend(f"{weergave} {stap}: {een}" for een in overtredingen(pagina, axe))
        if not past_in_de_breedte(pagina, weergave.breedte):
            mis.append(f"{weergave} {stap}: breder dan het scherm")

    for weergave in WEERGAVEN:
        venster = browser.new_context(
            viewport={"width": weergave.breedte, "height": 900}, bypass_csp=True, locale="nl-NL",
            color_scheme="dark" if weergave.donker else "light",
        )  # fmt: skip
        pagina = portaal.meld_aan(venster, "m-adm")
        pagina.goto(f"{portaal.adres}/invoer")
        toets(pagina, weergave, "kiezen")
        pagina.get_by_role("button", name="Bekijk wat er gebeurt").click()
        toets(pagina, weergave, "niets gekozen")
        kies(pagina, portaal.adres, bestand(tmp_path, stuk=True))
        toets(pagina, weergave, "fouten")
        kies(pagina, portaal.adres, bestand(tmp_path))
        toets(pagina, weergave, "voorbeeld")
        pagina.get_by_role("button", name="Lees dit bestand in").click()
        pagina.wait_for_load_state()
        assert "is ingelezen" in pagina.content()
        toets(pagina, weergave, "klaar")
        venster.close()
    assert mis == []


def test_inlezen_lukt_ook_als_er_geen_script_draait(portaal: Portaal, browser: Browser, tmp_path: Path) -> None:
    portaal.wereld.hier.klok.moment += timedelta(days=90)
    venster = browser.new_context(java_script_enabled=False)
    pagina = portaal.meld_aan(venster, "m-adm")
    kies(pagina, portaal.adres, bestand(tmp_path))
    pagina.get_by_role("button", name="Lees dit bestand in").click()
    pagina.wait_for_url("**/invoer/*")
    assert "is ingelezen" in pagina.content()
    venster.close()
