"""Beheer in een echte browser: toegankelijk, met alleen het toetsenbord, en met en zonder script tot het einde."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen import bulkbekeken
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.ronde import ronde
from domein.handelingen.ronde_signalen import RUN_KAPOT
from domein.model import Stap
from domein.regels.ronde import MAX_POGINGEN
from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.portaal_hulp import lees
from tests.integratie.post_hulp import Installatie
from tests.integratie.regels.test_wissen_en_diensten import Geheugenbord
from tests.web.conftest import WEERGAVEN, Weergave, overtredingen, past_in_de_breedte
from tests.web.test_portaal_aangemeld import Portaal, portaal

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "portaal", "sleutelpad", "sqlite_sjabloon"]
BEHEERDER = "m-bhr"


@pytest.fixture
def soort() -> str:
    return "sqlite"


def iets_mis(hier: Installatie) -> Stap:
    """Een run die na alle pogingen nog stuk is, en een mail waarvan niemand weet of hij aankwam."""
    with hier.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen_waar(statussen=[Stapstatus.OPEN]) if s.kenmerk == "intake/oproep/1")
        bericht = next(b for b in ruimte.berichten() if b.stap_id == stap.id)
        bericht.status, bericht.onzeker_sinds = Berichtstatus.ONZEKER, hier.klok.nu()
        ruimte.bewaar(bericht)
    bord = Geheugenbord()

    async def stuk() -> None:
        await ronde(hier.omgeving, bord)
        with hier.magazijn.ruimte() as ruimte:
            rij = ruimte.stap(stap.id)
            assert rij.run_id is not None
            rij.run_poging = MAX_POGINGEN
            bord.alle[rij.run_id] = replace(bord.alle[rij.run_id], toestand=Toestand.MISLUKT)
            ruimte.bewaar(rij)
        await ronde(hier.omgeving, bord)

    _buiten_de_lus(stuk())
    return lees(hier, stap)


def _buiten_de_lus(werk: Any) -> None:
    """Zolang Playwright leeft, loopt hier al een lus: doe het in een eigen draad."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as draad:
        draad.submit(asyncio.run, werk).result()


def _venster(browser: Browser, weergave: Weergave, **anders: Any) -> BrowserContext:
    return browser.new_context(
        viewport={"width": weergave.breedte, "height": 900}, color_scheme="dark" if weergave.donker else "light",
        locale="nl-NL", **({"bypass_csp": True} | anders),
    )  # fmt: skip


def test_elke_pagina_van_beheer_is_toegankelijk(portaal: Portaal, browser: Browser, axe: str) -> None:
    stap = iets_mis(portaal.wereld.hier)
    wijzer = f"{portaal.wereld.referenties[stap.dossier_id]}:{stap.kenmerk}"
    lijsten = [f"/beheer/stappen?wat={wat}" for wat in ("kapot", "zonder-run", "niet-geopend", "te-laat")]
    lijsten += [f"/beheer/post?wat={wat}" for wat in ("onzeker", "vast", "mislukt")]
    paden = ["/beheer", *lijsten, "/beheer/signalen", "/beheer/handelen", "/beheer/bulk"]
    mis: list[str] = []

    def toets(pagina: Page, weergave: Weergave, wat: str) -> None:
        mis.extend(f"{weergave} {wat}: {een}" for een in overtredingen(pagina, axe))
        if not past_in_de_breedte(pagina, weergave.breedte):
            mis.append(f"{weergave} {wat}: breder dan het scherm")

    for weergave in WEERGAVEN:
        venster = _venster(browser, weergave)
        pagina = portaal.meld_aan(venster, BEHEERDER)
        for pad in paden:
            pagina.goto(f"{portaal.adres}{pad}")
            if "onzeker" in pad:
                pagina.locator("details summary").first.click()
            toets(pagina, weergave, pad)
        pagina.goto(f"{portaal.adres}/beheer/handelen?stap={wijzer}&handeling=verzetten")
        pagina.get_by_role("button", name="Bekijk wat er gebeurt").click()
        expect(pagina.get_by_text("Kijk nog even naar")).to_be_visible()
        toets(pagina, weergave, "met fouten")
        pagina.get_by_label("Naar welke dag?").fill("2026-12-01")
        pagina.get_by_label("Waarom?").fill("de tolk kan niet")
        pagina.get_by_role("button", name="Bekijk wat er gebeurt").click()
        expect(pagina.get_by_text("Een uiterste dag wordt dan niet gehaald")).to_be_visible()
        toets(pagina, weergave, "een gebroken termijn")
        pagina.get_by_label("Waarom mag een uiterste dag toch breken?").fill("overmacht")
        pagina.get_by_role("button", name="Bekijk opnieuw, met deze reden").click()
        toets(pagina, weergave, "het voorbeeld")
        venster.close()
    assert mis == []


def test_een_mislukte_run_opnieuw_zetten_met_alleen_het_toetsenbord(
    portaal: Portaal, browser: Browser, axe: str
) -> None:
    hier = portaal.wereld.hier
    stap = iets_mis(hier)
    venster = browser.new_context(bypass_csp=True)
    pagina = venster.new_page()
    pagina.goto(maak_link(hier.omgeving, BEHEERDER, portaal.adres))
    _tab_tot(pagina, "BUTTON", "Aanmelden")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/beheer")  # wie beheert, begint bij beheer
    _tab_tot(pagina, "A", "Mislukte runs")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**wat=kapot")
    expect(pagina.get_by_text("gaf steeds een fout")).to_be_visible()
    _tab_tot(pagina, "BUTTON", "Zet opnieuw")  # er is er een: zij staat al aangevinkt
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/beheer/handelen?**")
    _tab_tot(pagina, "TEXTAREA", "", naam="reden")
    pagina.keyboard.type("de database was even weg")
    _tab_tot(pagina, "BUTTON", "Bekijk wat er gebeurt")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Opnieuw: dit zou er gebeuren")).to_be_visible()
    assert overtredingen(pagina, axe) == []
    assert lees(hier, stap).run_opnieuw_na is None  # bekijken deed nog niets
    _tab_tot(pagina, "BUTTON", "Voer dit uit")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/beheer/bulk/B-*")
    expect(pagina.get_by_text("1 gedaan")).to_be_visible()
    assert overtredingen(pagina, axe) == []
    assert lees(hier, stap).run_opnieuw_na is not None
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.signalen(soort=RUN_KAPOT) == []
    venster.close()


def _tab_tot(pagina: Page, soort: str, tekst: str, naam: str = "") -> None:
    for _ in range(80):
        actief = pagina.evaluate(
            "(({tagName, textContent, name}) => [tagName, textContent, name || ''])(document.activeElement)"
        )
        if actief[0] == soort and tekst in actief[1] and (not naam or actief[2] == naam):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"{soort} {tekst}{naam} is met het toetsenbord niet te bereiken")


@pytest.mark.parametrize("script", [True, False], ids=["met-script", "zonder-script"])
def test_een_grote_bulk_loopt_met_script_vanzelf_door_en_zonder_script_met_de_knop(
    portaal: Portaal, browser: Browser, script: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulkbekeken, "PORTIE", 1)
    venster = browser.new_context(java_script_enabled=script)  # met de echte CSP
    fouten: list[str] = []
    pagina = portaal.meld_aan(venster, BEHEERDER)
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.on("console", lambda regel: fouten.append(regel.text) if regel.type == "error" else None)
    pagina.goto(f"{portaal.adres}/beheer/handelen")
    pagina.get_by_label("Opnieuw").check()
    pagina.get_by_label("Stap", exact=True).select_option("intake")
    pagina.get_by_label("Waarom?").fill("de worker was weg")
    pagina.get_by_role("button", name="Bekijk wat er gebeurt").click()
    pagina.get_by_role("button", name="Voer dit uit").click()
    keer = 0
    while not script and "/beheer/bulk/" not in pagina.url:
        pagina.get_by_role("button", name="Ga verder met de rest").click()
        keer += 1
    pagina.wait_for_url("**/beheer/bulk/B-*")
    expect(pagina.get_by_role("status")).to_contain_text("gedaan")
    expect(pagina.get_by_role("status")).not_to_contain_text("nog")
    assert script or keer > 1
    assert fouten == []
    venster.close()
