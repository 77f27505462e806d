"""Een huishouden vormen, de uitval van een aanbieder en maatwerk in een echte browser: toegankelijk, en met toetsen."""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from beheer.meet.instroom import proefnummers
from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.post_hulp import Installatie
from tests.integratie.regels.besluitleven import Besluitleven
from tests.web.conftest import WEERGAVEN, overtredingen, past_in_de_breedte
from tests.web.draaiend import Draaiend, tab_tot, venster
from tests.web.test_besluit_en_bewaren import draait, hier, soort

pytestmark = pytest.mark.web
__all__ = ["draait", "engine", "hier", "klok", "maak_magazijn", "magazijn", "sleutelpad", "soort", "sqlite_sjabloon"]


@pytest.fixture
def levens(hier: Installatie) -> list[Besluitleven]:
    """Twee mensen die les krijgen bij dezelfde aanbieder."""
    uit: list[Besluitleven] = []
    for nummer, bsn in zip(range(2), proefnummers(), strict=False):
        leven = Besluitleven(hier.omgeving)
        leven.begin(bsn=bsn, kenmerk=f"DUO-9{nummer:03}")
        leven.tot_pip()
        leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
        leven.antwoord("aanbieder/start/1", "les_gestart", date(2026, 4, 1))
        leven.open("voortgang/1")
        uit.append(leven)
    return uit


def _uitval(draait: Draaiend, pagina: Page, partner: str) -> None:
    pagina.goto(f"{draait.adres}/uitval")
    pagina.get_by_label("Welke aanbieder?").select_option(partner)
    pagina.get_by_label("De aanbieder stopt").check()
    pagina.get_by_label("Waarom?").fill("De aanbieder stopt op 1 juli.")
    pagina.get_by_role("button", name="Bekijk wie dit raakt").click()
    expect(pagina.get_by_text("Er is nog niets vastgelegd.")).to_be_visible()


def _samen(draait: Draaiend, pagina: Page, levens: list[Besluitleven]) -> None:
    een, ander = (leven.dossier().referentie for leven in levens)
    pagina.goto(f"{draait.adres}/dossiers/{een}/huishouden")
    pagina.get_by_label("Welke dossiers").fill(ander)
    pagina.get_by_label("Waarom?").fill("Zij wonen op één adres.")
    pagina.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(pagina.get_by_text("Er is nog niets vastgelegd.")).to_be_visible()


def test_elke_pagina_is_toegankelijk(draait: Draaiend, levens: list[Besluitleven], browser: Browser, axe: str) -> None:
    ref = levens[0].dossier().referentie
    partner = levens[0].stap("aanbieder/aanmelding/1").partner or ""
    mis: list[str] = []

    def toets(pagina: Page, wat: str, breedte: int) -> None:
        pagina.evaluate("document.querySelectorAll('details').forEach(een => een.open = true)")
        mis.extend(f"{breedte} {wat}: {een}" for een in overtredingen(pagina, axe))
        if not past_in_de_breedte(pagina, breedte):
            mis.append(f"{breedte} {wat}: breder dan het scherm")

    for weergave in WEERGAVEN:
        raam = venster(browser, weergave)
        for code in ("m-reg", "m-con"):
            pagina = draait.meld_aan(raam, code)
            pagina.goto(f"{draait.adres}/uitval")
            toets(pagina, f"{code} uitval", weergave.breedte)
            pagina.get_by_role("button", name="Bekijk wie dit raakt").click()
            expect(pagina.get_by_text("Kijk nog even naar")).to_be_visible()
            toets(pagina, f"{code} uitval, fout", weergave.breedte)
            _uitval(draait, pagina, partner)
            toets(pagina, f"{code} uitval, voorbeeld", weergave.breedte)
            if code == "m-reg":
                pagina.goto(f"{draait.adres}/dossiers/{ref}/huishouden")
                toets(pagina, "huishouden", weergave.breedte)
                pagina.get_by_role("button", name="Bekijk wat er verandert").click()
                toets(pagina, "huishouden, fout", weergave.breedte)
                _samen(draait, pagina, levens)
                toets(pagina, "huishouden, voorbeeld", weergave.breedte)
        pagina = draait.meld_aan(raam, "m-wil")
        pagina.goto(f"{draait.adres}/dossiers/{ref}/melden/maatwerk")
        expect(pagina.get_by_label("Bedrag in euro’s (mag leeg)")).to_be_visible()
        toets(pagina, "maatwerk", weergave.breedte)
        raam.close()
    assert mis == []


def test_met_alleen_het_toetsenbord_de_uitval_vastleggen_en_dan_samenvoegen(
    draait: Draaiend, levens: list[Besluitleven], browser: Browser
) -> None:
    raam = venster(browser, WEERGAVEN[0])
    pagina = draait.meld_aan(raam, "m-reg")
    _uitval(draait, pagina, levens[0].stap("aanbieder/aanmelding/1").partner or "")
    tab_tot(pagina, "BUTTON", "Leg de uitval vast")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("status")).to_contain_text("Mensen die een nieuwe plek krijgen: 2.")
    assert all("aanbieder/herplaatsen/1/1" in leven.stappen() for leven in levens)
    _samen(draait, pagina, levens)
    tab_tot(pagina, "BUTTON", "Leg dit vast")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("status")).to_contain_text("Deze dossiers horen nu bij elkaar.")
    assert len({leven.stand().huishouden for leven in levens}) == 1
    raam.close()
