"""De pagina's achter de links uit een mail, in een echte browser: toegankelijk, en met het toetsenbord te bedienen."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.ports import Linkdoel
from portaal.app import maak_app
from tests.integratie.conftest import (
    engine,
    klok,
    maak_magazijn,
    magazijn,
    sleutelpad,
    sqlite_sjabloon,
)
from tests.integratie.portaal_hulp import lees, oproep, regio_met_dossiers
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar
from tests.web.conftest import WEERGAVEN, Weergave, overtredingen, past_in_de_breedte

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "sleutelpad", "sqlite_sjabloon"]


@pytest.fixture
def soort() -> str:
    return "sqlite"


@dataclass
class Portaal:
    """Een draaiend portaal op deze machine, met de voorbeeldregio."""

    hier: Installatie
    adres: str

    def pagina(self, link: str) -> str:
        return link.replace(BASIS, self.adres)


@pytest.fixture
def portaal(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Iterator[Portaal]:
    hier = regio_met_dossiers(magazijn, klok)
    server = uvicorn.Server(
        uvicorn.Config(maak_app(hier.omgeving, hier.links, wekmap=tmp_path), port=0, log_config=None, ws="none")
    )
    draad = threading.Thread(target=server.run)
    draad.start()
    while not server.started:
        assert draad.is_alive()
        threading.Event().wait(0.01)
    poort = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Portaal(hier, f"http://127.0.0.1:{poort}")
    finally:
        server.should_exit = True
        draad.join(10)


def toetst(pagina: Page, axe: str, weergave: Weergave, url: str) -> None:
    pagina.goto(url)
    assert overtredingen(pagina, axe) == []
    assert past_in_de_breedte(pagina, weergave.breedte)


def test_elke_pagina_achter_een_link_is_toegankelijk(
    portaal: Portaal, vensters: dict[Weergave, BrowserContext], axe: str
) -> None:
    hier = portaal.hier
    stap = oproep(hier)
    wie = stap.medewerker or ""
    links = [portaal.pagina(hier.links.taaklink(stap.id, stap.generatie, wie, doel)) for doel in Linkdoel]
    links += [portaal.pagina(hier.links.taaklink(stap.id, 9, wie, doel)) for doel in Linkdoel]  # verouderd
    links += [portaal.pagina(hier.links.taaklink(stap.id, stap.generatie, "m-lin", Linkdoel.LATER))]
    links += [portaal.pagina(hier.links.werklink(wie)), f"{portaal.adres}/later/onzin"]
    for weergave in WEERGAVEN:
        pagina = vensters[weergave].new_page()
        for link in links:
            toetst(pagina, axe, weergave, link)
        # Ook met fouten erin: een leeg formulier versturen.
        for doel in (Linkdoel.LATER, Linkdoel.NIET_VOOR_MIJ):
            pagina.goto(portaal.pagina(hier.links.taaklink(stap.id, stap.generatie, wie, doel)))
            pagina.get_by_role("button").click()
            assert "Kijk nog even naar" in pagina.content()
            assert overtredingen(pagina, axe) == []
        pagina.close()
    assert lees(hier, stap).generatie == stap.generatie


def test_met_alleen_het_toetsenbord_een_andere_dag_kiezen(
    portaal: Portaal, vensters: dict[Weergave, BrowserContext], axe: str
) -> None:
    hier = portaal.hier
    stap = oproep(hier)
    pagina = vensters[WEERGAVEN[0]].new_page()
    pagina.goto(portaal.pagina(hier.links.taaklink(stap.id, stap.generatie, stap.medewerker or "", Linkdoel.LATER)))
    pagina.keyboard.press("Tab")  # naar de inhoud
    _tab_tot(pagina, "dag")
    pagina.keyboard.type("01202026")  # het datumveld volgt de taal van de browser, en die is hier Engels
    _tab_tot(pagina, "reden")
    pagina.keyboard.press("Space")
    _tab_tot(pagina, "BUTTON")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**gedaan=verzet")
    assert "De taak heeft een nieuwe dag" in pagina.content()
    assert overtredingen(pagina, axe) == []
    na = lees(hier, stap)
    assert (na.streef, na.status) == (date(2026, 1, 20), Stapstatus.OPEN)
    pagina.close()


def _tab_tot(pagina: Page, naam: str) -> None:
    """Ga met Tab verder tot het element met deze naam, of met dit soort, de aandacht heeft."""
    for _ in range(20):
        actief = pagina.evaluate("[document.activeElement.name, document.activeElement.tagName]")
        if naam in actief:
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"{naam} is met het toetsenbord niet te bereiken")


def test_kijken_in_een_browser_die_scripts_draait_verandert_niets(
    portaal: Portaal, vensters: dict[Weergave, BrowserContext]
) -> None:
    """Sommige scanners openen elke link in een echte browser: er is geen knop die zichzelf indrukt."""
    hier = portaal.hier
    stap = oproep(hier)
    pagina = vensters[WEERGAVEN[2]].new_page()
    for doel in Linkdoel:
        for _ in range(3):
            pagina.goto(portaal.pagina(hier.links.taaklink(stap.id, stap.generatie, stap.medewerker or "", doel)))
            pagina.wait_for_load_state("networkidle")
        assert pagina.locator("script").count() == 0
    pagina.close()
    na = lees(hier, stap)
    assert (na.status, na.generatie, na.streef) == (Stapstatus.OPEN, stap.generatie, stap.streef)
