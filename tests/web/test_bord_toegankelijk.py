"""Het pad van de coördinator in een echte browser: bord, wat erachter zit, dossier, vooruitkijken, afspraken.

Toegankelijk op 360 en 1280 px, licht en donker, bij 200 % vergroting, en met alleen het toetsenbord.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page

from adapters.opslag import SqlMagazijn
from domein.handelingen.aanmelden import maak_link
from portaal.app import maak_app
from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.portaal_hulp import oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar
from tests.web.conftest import WEERGAVEN, Weergave, overtredingen, past_in_de_breedte

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "sleutelpad", "sqlite_sjabloon"]


@pytest.fixture
def soort() -> str:
    return "sqlite"


@dataclass
class Bezoek:
    """Een draaiend portaal, en het dossier waar het in de test om gaat."""

    hier: Installatie
    adres: str
    referentie: str
    klantmanager: str

    def meld_aan(self, venster: BrowserContext, medewerker: str) -> Page:
        pagina = venster.new_page()
        pagina.goto(maak_link(self.hier.omgeving, medewerker, self.adres))
        pagina.get_by_role("button").first.click()
        pagina.wait_for_url(f"{self.adres}/**")
        return pagina


@pytest.fixture
def bezoek(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Iterator[Bezoek]:
    hier = regio_met_dossiers(magazijn, klok)
    stap = oproep(hier)
    with magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
    app = maak_app(hier.omgeving, hier.links, wekmap=tmp_path, prefect_url="http://127.0.0.1:9")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))
    draad = threading.Thread(target=server.run)
    draad.start()
    while not server.started:
        assert draad.is_alive()
        threading.Event().wait(0.01)
    poort = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Bezoek(hier, f"http://127.0.0.1:{poort}", referentie, stap.medewerker or "")
    finally:
        server.should_exit = True
        draad.join(10)


def paginas(bezoek: Bezoek) -> dict[str, list[str]]:
    dossier = f"/dossiers/{bezoek.referentie}"
    return {
        "m-reg": [
            "/bord", "/bord?gemeente=GM0512&stap=intake", "/bord/stappen?status=open", "/dossiers", dossier,
            "/bord/stappen?status=gepland&gemeente=GM0512", "/bord/termijnen?termijn=pip&week=later",
            "/bord/termijnen?termijn=aanbod&week=te-laat", f"{dossier}/vooruit",
            f"{dossier}/vooruit?wat=verhuizing&op=2026-02-02&gemeente=GM1978", f"{dossier}/vooruit?wat=leerroute&op=x",
            "/afspraken?gemeente=GM0512&leerroute=b1", "/afspraken?op=x&leeftijd=x",
            "/afspraken/verschil?oud=a&nieuw=b",
        ],
        "m-con": ["/bord"],
        "m-wil": ["/bord"],
        bezoek.klantmanager: [dossier],
    }  # fmt: skip


@pytest.mark.parametrize("weergave", WEERGAVEN, ids=str)
def test_elke_pagina_van_bord_dossier_en_afspraken_is_toegankelijk(
    bezoek: Bezoek, vensters: dict[Weergave, BrowserContext], axe: str, weergave: Weergave
) -> None:
    fouten: list[str] = []
    for medewerker, paden in paginas(bezoek).items():
        vensters[weergave].clear_cookies()
        pagina = bezoek.meld_aan(vensters[weergave], medewerker)
        for pad in paden:
            pagina.goto(f"{bezoek.adres}{pad}")
            open_alles(pagina)
            fouten += [f"{medewerker} {pad}: {fout}" for fout in overtredingen(pagina, axe)]
            if not past_in_de_breedte(pagina, weergave.breedte):
                fouten.append(f"{medewerker} {pad}: schuift opzij op {weergave.breedte} px")
        pagina.close()
    assert not fouten, "\n".join(fouten)


def open_alles(pagina: Page) -> None:
    """Klap elke uitklapper open: ook wat erin staat moet toegankelijk zijn."""
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def test_bij_tweehonderd_procent_blijft_alles_leesbaar(
    bezoek: Bezoek, vensters: dict[Weergave, BrowserContext]
) -> None:
    """Een scherm van 1280 px op 200 % heeft ruimte voor 640 (WCAG 1.4.4 en 1.4.10)."""
    venster = vensters[WEERGAVEN[2]]
    venster.clear_cookies()
    pagina = bezoek.meld_aan(venster, "m-reg")
    pagina.set_viewport_size({"width": 640, "height": 450})
    for pad in paginas(bezoek)["m-reg"]:
        pagina.goto(f"{bezoek.adres}{pad}")
        open_alles(pagina)
        assert past_in_de_breedte(pagina, 640), pad
    pagina.close()


def test_van_bord_naar_dossier_naar_vooruitkijken_met_alleen_het_toetsenbord(
    bezoek: Bezoek, vensters: dict[Weergave, BrowserContext]
) -> None:
    venster = vensters[WEERGAVEN[2]]
    venster.clear_cookies()
    pagina = bezoek.meld_aan(venster, "m-reg")
    tab_tot(pagina, "Regiobord")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/bord")
    tab_tot(pagina, "Tabel, met de stappen achter elk aantal")
    pagina.keyboard.press("Enter")
    tab_tot(pagina, "Open: 1")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/bord/stappen?*")
    tab_tot(pagina, bezoek.referentie)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**/dossiers/{bezoek.referentie}")
    assert "Kennisgeving van DUO" in pagina.content()
    tab_tot(pagina, "Vooruitkijken")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/vooruit")
    tab_tot(pagina, "Een andere leerroute")
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("ArrowDown")  # een andere dag voor het PIP
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/vooruit?wat=pip*")
    assert "Wat er dan verandert" in pagina.content()
    pagina.close()


def tab_tot(pagina: Page, tekst: str) -> None:
    """Ga met Tab verder tot iets met deze tekst de aandacht heeft."""
    lees = (
        "(() => { const e = document.activeElement; if (['BODY', 'DIV'].includes(e.tagName)) return '';"
        " const l = e.labels && e.labels[0];"
        " return ((l || e).textContent || '').replace(/\\s+/g, ' ').trim(); })()"
    )
    for _ in range(250):
        if tekst in pagina.evaluate(lees):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"{tekst} is met het toetsenbord niet te bereiken")
