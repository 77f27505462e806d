"""Besluiten, maatregelen, bewaren en verzoeken in een echte browser: toegankelijk, en met alleen het toetsenbord."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from adapters.vernietigingsregister import BestandRegister
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.melden import meld
from domein.handelingen.regio import laad_regio
from domein.handelingen.vernietigen import vernietig
from domein.handelingen.vernietigingslijst import keur_goed, lijsten, maak_lijst
from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.portaal_hulp import ADMINISTRATIE, VOORBEELD
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer
from tests.integratie.regels.besluitleven import Besluitleven
from tests.web.conftest import WEERGAVEN, overtredingen, past_in_de_breedte
from tests.web.draaiend import Draaiend, draaiend, tab_tot, venster

pytestmark = pytest.mark.web
__all__ = ["engine", "klok", "maak_magazijn", "magazijn", "sleutelpad", "sqlite_sjabloon"]
LIJST = "VL-GM0512-2031-1"


@pytest.fixture
def soort() -> str:
    return "sqlite"


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Installatie:
    installatie = installeer(magazijn, klok)
    laad_regio(installatie.omgeving, laad_regiobestand(VOORBEELD), ADMINISTRATIE)
    installatie.omgeving = replace(installatie.omgeving, register=BestandRegister(tmp_path / "register"))
    return installatie


@pytest.fixture
def draait(hier: Installatie, tmp_path: Path) -> Iterator[Draaiend]:
    with draaiend(hier, tmp_path) as portaal:
        yield portaal


@pytest.fixture
def leven(hier: Installatie) -> Besluitleven:
    """Een besluit dat klaarligt om te tekenen, met een maatregel die wordt overwogen."""
    leven = Besluitleven(hier.omgeving)
    leven.begin()
    leven.tot_concept().onderzoek_alles(behalve="intensiteit").schrijf()
    leven.open("pip/vaststellen/1")
    vandaag = hier.klok.vandaag()
    gegevens = {"gedraging": "intake", "gedraging_op": vandaag.isoformat()}
    meld(hier.omgeving, leven.dossier_id, "maatregel_overwogen", vandaag, gegevens, Actor("m-jdb"))
    return leven


@pytest.fixture
def oud(hier: Installatie) -> Besluitleven:
    """Een dossier waarvan de bewaartermijn vandaag voorbij is, met een lijst die op een oordeel wacht."""
    leven = Besluitleven(hier.omgeving)
    leven.begin()
    leven.tot_pip()
    einde = date(2026, 6, 1)
    leven.op(einde)
    leven.meld("plicht_beeindigd", einde, grond="overlijden")
    leven.antwoord("einde/afsluiten/1", "dossier_afgesloten", date(2026, 6, 3))
    for kenmerk in leven.staat():
        leven.antwoord(kenmerk, "duo_ingevoerd", date(2026, 6, 3), referentie="PI-1")
    leven.op(date(2031, 6, 2))
    assert maak_lijst(hier.omgeving, "GM0512", Actor("m-adm")) is not None
    return leven


def _toets(draait: Draaiend, browser: Browser, axe: str, bladen: dict[str, list[str]]) -> list[str]:
    mis: list[str] = []
    for weergave in WEERGAVEN:
        for code, paden in bladen.items():
            raam = venster(browser, weergave)
            pagina = draait.meld_aan(raam, code)
            for pad in paden:
                antwoord = pagina.goto(f"{draait.adres}{pad}")
                assert antwoord is not None
                assert antwoord.status == 200, (code, pad, antwoord.status)
                _klap_open(pagina)
                mis += [f"{weergave} {code} {pad}: {een}" for een in overtredingen(pagina, axe)]
                if not past_in_de_breedte(pagina, weergave.breedte):
                    mis.append(f"{weergave} {code} {pad}: breder dan het scherm")
            raam.close()
    return mis


def _klap_open(pagina: Page) -> None:
    """Ook wat dichtgeklapt is, moet kloppen."""
    pagina.evaluate("document.querySelectorAll('details').forEach(een => een.open = true)")


def test_elke_pagina_over_besluiten_is_toegankelijk(
    draait: Draaiend, leven: Besluitleven, browser: Browser, axe: str
) -> None:
    ref = leven.dossier().referentie
    besluiten = f"/dossiers/{ref}/besluiten"
    bladen = {
        "m-jdb": ["/besluiten", "/besluiten?toon=concept", besluiten, f"{besluiten}/1", f"{besluiten}/nieuw",
                  f"/dossiers/{ref}/maatregelen"],
        "m-gor": ["/besluiten", f"{besluiten}/1"],
    }  # fmt: skip
    assert _toets(draait, browser, axe, bladen) == []
    raam = venster(browser, WEERGAVEN[0])
    pagina = draait.meld_aan(raam, "m-jdb")
    pagina.goto(f"{draait.adres}{besluiten}/1")
    _klap_open(pagina)
    pagina.get_by_role("button", name="Bewaar het advies").click()
    expect(pagina.get_by_text("Kijk nog even naar")).to_be_visible()  # een fout is ook een pagina
    assert overtredingen(pagina, axe) == []
    raam.close()


def test_elke_pagina_over_bewaren_en_verzoeken_is_toegankelijk(
    draait: Draaiend, oud: Besluitleven, browser: Browser, axe: str
) -> None:
    omgeving, ref = draait.hier.omgeving, oud.dossier().referentie
    lijst = f"/bewaren/lijsten/{LIJST}"
    bewaren = ["/bewaren", lijst, f"/bewaren/dossiers/{ref}"]
    assert _toets(draait, browser, axe, {"m-fg": bewaren, "m-adm": [*bewaren, "/bewaren/nieuw?gemeente=GM0512"]}) == []
    keur_goed(omgeving, LIJST, Actor("m-fg"), "De termijn is voorbij.")
    assert _toets(draait, browser, axe, {"m-adm": [lijst]}) == []
    vernietig(omgeving, LIJST, Actor("m-adm"))
    assert _toets(draait, browser, axe, {"m-fg": ["/bewaren", lijst, f"{lijst}/verklaring"]}) == []


def test_een_verzoek_is_toegankelijk(draait: Draaiend, leven: Besluitleven, browser: Browser, axe: str) -> None:
    vandaag = draait.hier.klok.vandaag()
    meld(draait.hier.omgeving, leven.dossier_id, "verzoek_ontvangen", vandaag, {"recht": "inzage"}, Actor("m-fg"))
    verzoek = f"/verzoeken/{leven.dossier().referentie}/1"
    assert _toets(draait, browser, axe, {"m-fg": ["/verzoeken", "/verzoeken?alle=ja", verzoek]}) == []


def test_de_mandaathouder_tekent_met_alleen_het_toetsenbord(
    draait: Draaiend, leven: Besluitleven, browser: Browser, axe: str
) -> None:
    leven.grond("intensiteit")
    raam = browser.new_context(java_script_enabled=True, bypass_csp=True)
    pagina = raam.new_page()
    pagina.goto(maak_link(draait.hier.omgeving, "m-gor", draait.adres))
    tab_tot(pagina, "BUTTON", "Aanmelden")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/mijn-werk")
    tab_tot(pagina, "A", "Besluiten")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/besluiten")
    tab_tot(pagina, "A", f"PIP – {leven.dossier().referentie}")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/besluiten/1")
    tab_tot(pagina, "BUTTON", "Teken dit besluit")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**gedaan=getekend")
    expect(pagina.get_by_text("Het besluit is getekend.")).to_be_visible()
    assert overtredingen(pagina, axe) == []
    besluit = leven.stand().besluiten[1]
    assert (besluit.opsteller, besluit.ondertekenaar) == ("m-jdb", "m-gor")
    raam.close()


@pytest.mark.parametrize("script", [True, False], ids=["met-script", "zonder-script"])
def test_de_privacy_officer_keurt_een_vernietiging_goed(
    draait: Draaiend, oud: Besluitleven, browser: Browser, script: bool
) -> None:
    raam = browser.new_context(java_script_enabled=script)
    pagina = draait.meld_aan(raam, "m-fg")
    pagina.get_by_role("link", name="Bewaren", exact=True).click()
    pagina.get_by_role("link", name=LIJST).click()
    expect(pagina.get_by_text(oud.dossier().referentie).first).to_be_visible()
    pagina.get_by_label("Waarom").first.fill("De termijn is voorbij.")
    pagina.get_by_role("button", name="Keur de lijst goed").click()
    expect(pagina.get_by_text("De lijst is goedgekeurd.")).to_be_visible()
    expect(pagina.get_by_text("U kunt deze lijst niet uitvoeren.")).to_be_visible()
    (lijst,) = lijsten(draait.hier.omgeving)
    assert (lijst["status"], lijst["opgesteld_door"], lijst["besloten_door"]) == ("goedgekeurd", "m-adm", "m-fg")
    raam.close()
