"""Vastleggen en doorhalen in een echte browser: toegankelijk, en met alleen het toetsenbord."""

import pytest
from playwright.sync_api import Browser, expect

from tests.integratie.conftest import engine, klok, maak_magazijn, magazijn, sleutelpad, sqlite_sjabloon
from tests.integratie.regels.besluitleven import Besluitleven
from tests.web.conftest import WEERGAVEN, overtredingen, past_in_de_breedte
from tests.web.draaiend import Draaiend, tab_tot, venster
from tests.web.test_besluit_en_bewaren import draait, hier, leven, soort

pytestmark = pytest.mark.web
__all__ = [
    "draait", "engine", "hier", "klok", "leven", "maak_magazijn", "magazijn", "sleutelpad", "soort", "sqlite_sjabloon",
]  # fmt: skip


def test_elke_pagina_van_vastleggen_is_toegankelijk(
    draait: Draaiend, leven: Besluitleven, browser: Browser, axe: str
) -> None:
    basis = f"{draait.adres}/dossiers/{leven.dossier().referentie}"
    nummer = leven.gebeurtenissen()[-1].volgnummer
    mis: list[str] = []
    for weergave in WEERGAVEN:
        raam = venster(browser, weergave)
        pagina = draait.meld_aan(raam, "m-jdb")
        for stap in (
            "",
            "/melden",
            "/melden/verhuisd",
            "/melden/gegevens",
            "fout",
            "voorbeeld",
            f"/doorhalen/{nummer}",
        ):
            if stap in ("fout", "voorbeeld"):
                pagina.goto(f"{basis}/melden/verhuisd")
                if stap == "voorbeeld":
                    pagina.get_by_label("Nieuwe gemeente").select_option("GM1978")
                pagina.get_by_role("button", name="Bekijk wat er verandert").click()
            else:
                pagina.goto(f"{basis}{stap}")
            mis += [f"{weergave} {stap}: {een}" for een in overtredingen(pagina, axe)]
            if not past_in_de_breedte(pagina, weergave.breedte):
                mis.append(f"{weergave} {stap}: breder dan het scherm")
        raam.close()
    assert mis == []


def test_met_alleen_het_toetsenbord_vastleggen_wat_er_gebeurde(
    draait: Draaiend, leven: Besluitleven, browser: Browser
) -> None:
    raam = venster(browser, WEERGAVEN[0])
    pagina = draait.meld_aan(raam, "m-jdb")
    pagina.goto(f"{draait.adres}/dossiers/{leven.dossier().referentie}/melden/bijstand_toegekend")
    tab_tot(pagina, "BUTTON", "Bekijk wat er verandert")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Er is nog niets vastgelegd.")).to_be_visible()
    tab_tot(pagina, "BUTTON", "Leg dit vast")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("status")).to_contain_text("Vastgelegd: Recht op bijstand")
    assert leven.stand().bijstand_op is not None
    raam.close()
