"""De pagina's van wie is aangemeld in een echte browser: toegankelijk, met het toetsenbord, ook zonder script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import lees as lees_gegevens
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.kern import leg_vast
from domein.handelingen.openen import open_stap
from domein.model import Stap
from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.matrix_hulp import Wereld, maak_wereld
from tests.integratie.portaal_hulp import gesprek, lees
from tests.integratie.post_hulp import Zetbaar
from tests.web.conftest import WEERGAVEN, overtredingen, past_in_de_breedte
from tests.web.draaiend import Draaiend, draaiend, tab_tot
from tests.web.draaiend import venster as venster_van

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "sleutelpad", "sqlite_sjabloon"]
MEESTE_HANDELINGEN = 6


@pytest.fixture
def soort() -> str:
    return "sqlite"


@dataclass
class Portaal:
    """De wereld van de matrix in een draaiend portaal."""

    wereld: Wereld
    draait: Draaiend

    @property
    def adres(self) -> str:
        return self.draait.adres

    def meld_aan(self, venster: BrowserContext, code: str) -> Page:
        return self.draait.meld_aan(venster, code)


@pytest.fixture
def portaal(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Iterator[Portaal]:
    wereld = maak_wereld(magazijn, klok)
    with draaiend(wereld.hier, tmp_path) as hier:
        yield Portaal(wereld, hier)


def eigen_taak(portaal: Portaal, code: str, begin: str = "") -> Stap:
    return next(s for s in portaal.wereld.stappen if s.medewerker == code and s.kenmerk.startswith(begin))


def bladen(portaal: Portaal) -> dict[str, list[str]]:
    """Van elke rol haar pagina's."""
    oproep = next(s for s in portaal.wereld.stappen if s.kenmerk == "intake/oproep/1")
    eigenaar = oproep.medewerker or ""
    collega = next(code for code in ("m-jdb", "m-kos", "m-tha") if code != eigenaar)
    taak, referentie = f"/taken/{oproep.id}", portaal.wereld.referenties[oproep.dossier_id]
    return {
        eigenaar: [
            "/mijn-werk", "/mijn-werk/team", "/mijn-werk?toon=te-laat&soort=pip", "/aanmelding", taak,
            f"{taak}/andere-dag", f"{taak}/niet-voor-mij", f"{taak}/overdragen", f"{taak}/brief/brief_oproep",
            f"{taak}/brief/brief_oproep?taal=ar&dag=32",
        ],
        collega: [taak],
        "m-mer": ["/mijn-werk", f"/taken/{eigen_taak(portaal, 'm-mer').id}"],
        "m-vrw": ["/mijn-werk", f"/taken/{eigen_taak(portaal, 'm-vrw').id}"],
        "m-reg": ["/mijn-werk", taak, "/bestaat-niet", "/invoer"],
        "m-fg": ["/logboek", f"/logboek?dossier={referentie}&van=x", "/logboek/keten"],
    }  # fmt: skip


def test_elke_pagina_is_toegankelijk_smal_breed_licht_en_donker(portaal: Portaal, browser: Browser, axe: str) -> None:
    mis: list[str] = []
    for weergave in WEERGAVEN:
        for code, paden in bladen(portaal).items():
            venster = venster_van(browser, weergave)
            pagina = portaal.meld_aan(venster, code)
            for pad in paden:
                pagina.goto(f"{portaal.adres}{pad}")
                mis += [f"{weergave} {code} {pad}: {een}" for een in overtredingen(pagina, axe)]
                if not past_in_de_breedte(pagina, weergave.breedte):
                    mis.append(f"{weergave} {code} {pad}: breder dan het scherm")
            venster.close()
        venster = venster_van(browser, weergave)
        pagina = venster.new_page()
        for pad in ("/aanmelden", "/aanmelden/verstuurd", "/aanmelden/x"):
            pagina.goto(f"{portaal.adres}{pad}")
            mis += [f"{weergave} {pad}: {een}" for een in overtredingen(pagina, axe)]
        venster.close()
    assert mis == []


def test_op_dubbele_grootte_past_alles_nog(portaal: Portaal, browser: Browser) -> None:
    """Tweehonderd procent op een scherm van 1280 is 640 breed (WCAG 1.4.4)."""
    for code, paden in bladen(portaal).items():
        venster = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
        pagina = portaal.meld_aan(venster, code)
        for pad in paden:
            pagina.goto(f"{portaal.adres}{pad}")
            assert past_in_de_breedte(pagina, 640), pad
        venster.close()


@pytest.mark.parametrize("script", [True, False], ids=["met-script", "zonder-script"])
def test_van_link_tot_bewaard_antwoord_van_een_gevoerd_gesprek_in_hoogstens_zes_handelingen(
    portaal: Portaal, browser: Browser, script: bool
) -> None:
    """Elke klik en elk ingevuld veld telt; de link in de mail is de eerste."""
    hier = portaal.wereld.hier
    stap = _voortgangsgesprek(portaal)
    venster = browser.new_context(java_script_enabled=script)
    pagina, handelingen = venster.new_page(), 0
    pagina.goto(hier.links.taaklink(stap.id, stap.generatie, stap.medewerker or ""))
    handelingen += 1
    keuze = pagina.get_by_label("Het gesprek is gevoerd").first
    if keuze.count():
        keuze.check()
        handelingen += 1
    for naam in _verplichte_rondjes(pagina, "gesprek_gevoerd"):
        pagina.locator(f'input[name="{naam}"]').first.check()
        handelingen += 1
    pagina.get_by_role("button", name="Antwoord bewaren").click()
    handelingen += 1
    expect(pagina.get_by_text("Uw antwoord is bewaard")).to_be_visible()
    assert lees(hier, stap).status is Stapstatus.KLAAR
    assert handelingen <= MEESTE_HANDELINGEN, handelingen
    venster.close()


def _verplichte_rondjes(pagina: Page, uitkomst: str) -> list[str]:
    alle = pagina.locator(f'input[type=radio][name^="{uitkomst}."]').evaluate_all("rijen => rijen.map(r => r.name)")
    legends = pagina.locator("fieldset.kaal legend").all_inner_texts()
    assert any("mag leeg" not in tekst for tekst in legends)
    return list(dict.fromkeys(alle))


def _voortgangsgesprek(portaal: Portaal) -> Stap:
    """Het eerste voortgangsgesprek na een PIP, op de dag dat het opengaat."""
    hier = portaal.wereld.hier
    basis = next(s for s in portaal.wereld.stappen if s.kenmerk == "intake/oproep/1")
    dag = hier.klok.vandaag()
    pip = lees_gegevens(
        "pip_vastgesteld",
        {"bekendgemaakt_op": dag, "leerroute": "b1", "aantal_gesprekken": 3, "interval_maanden": 6,
         "mandaathouder": "m-gor"},
    )  # fmt: skip
    with hier.magazijn.ruimte() as ruimte:
        leg_vast(ruimte, hier.omgeving, basis.dossier_id, [NieuweGebeurtenis("pip_vastgesteld", dag, pip, SYSTEEM)])
        stap = next(s for s in ruimte.stappen(basis.dossier_id) if s.kenmerk == "voortgang/1")
    hier.verder(days=(stap.streef - dag).days)
    assert open_stap(hier.omgeving, stap.id).status is Stapstatus.OPEN
    return lees(hier, stap)


def test_het_hoofdpad_met_alleen_het_toetsenbord(portaal: Portaal, browser: Browser, axe: str) -> None:
    """Aanmelden, een taak openen, antwoorden: zonder muis."""
    hier = portaal.wereld.hier
    stap = gesprek(hier)
    venster = browser.new_context(bypass_csp=True)
    pagina = venster.new_page()
    pagina.goto(maak_link(hier.omgeving, stap.medewerker or "", portaal.adres))
    tab_tot(pagina, "BUTTON", "Aanmelden")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/mijn-werk")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    pagina.keyboard.press("Enter")
    tab_tot(pagina, "A", stap.titel)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**/taken/{stap.id}")
    tab_tot(pagina, "INPUT", "", naam="uitkomst")
    pagina.keyboard.press("ArrowDown")  # de tweede keuze: niet verschenen
    tab_tot(pagina, "BUTTON", "Antwoord bewaren")
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    if "Kijk nog even naar" in pagina.content():
        assert overtredingen(pagina, axe) == []
        for veld in pagina.locator('input[name^="niet_verschenen."][type=radio]').evaluate_all(
            "r => r.map(x => x.name)"
        ):
            tab_tot(pagina, "INPUT", "", naam=veld)
            pagina.keyboard.press("Space")
        tab_tot(pagina, "BUTTON", "Antwoord bewaren")
        pagina.keyboard.press("Enter")
    pagina.wait_for_url("**gedaan=bewaard")
    assert lees(hier, stap).status is Stapstatus.KLAAR
    venster.close()


def test_het_script_filtert_de_lijst_en_bewaart_het_concept_zonder_een_fout(portaal: Portaal, browser: Browser) -> None:
    """Met de echte CSP: het script mag alleen wat het nodig heeft."""
    hier = portaal.wereld.hier
    stap = gesprek(hier)
    venster = browser.new_context()
    fouten: list[str] = []
    pagina = portaal.meld_aan(venster, stap.medewerker or "")
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.on("console", lambda regel: fouten.append(regel.text) if regel.type == "error" else None)
    pagina.goto(f"{portaal.adres}/mijn-werk")
    pagina.get_by_label("Onderwerp").select_option("pip")
    expect(pagina.locator("#lijst")).not_to_contain_text(stap.titel)
    assert re.search(r"soort=pip", pagina.url)
    pagina.goto(f"{portaal.adres}/taken/{stap.id}")
    pagina.get_by_label("Het gesprek is gevoerd").first.check()
    expect(pagina.get_by_text("Bewaard als concept")).to_be_visible(timeout=15_000)
    pagina.reload()
    assert pagina.get_by_label("Het gesprek is gevoerd").first.is_checked()
    assert fouten == []
    venster.close()
