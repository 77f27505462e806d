"""Aanmelden: één keer, kort, in de browser die erom vroeg; een sessie eindigt, en er komt niemand als groep binnen."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus
from domein.handelingen.aanmelden import LINK_GELDT, LINKS_PER_UUR, STILTE, WERKDAG, maak_link
from domein.model import Bericht
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles, regio_met_dossiers
from tests.integratie.post_hulp import BASIS, GEHEIM, Installatie, Zetbaar

ADRES = "m-jdb@avres.example"


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


def aanmeldmails(hier: Installatie) -> list[Bericht]:
    with hier.magazijn.ruimte() as ruimte:
        return [b for b in ruimte.berichten() if b.soort == "aanmeldlink"]


def link_in(bericht: Bericht) -> str:
    gevonden = re.search(rf"{BASIS}(/aanmelden/\S+)", bericht.tekst)
    assert gevonden is not None
    return gevonden.group(1)


def vraag(browser: Browser, adres: str = ADRES, **velden: str) -> None:
    antwoord = browser.stuur("/aanmelden", {"adres": adres, "naar": "", **velden})
    assert antwoord.status_code == 303
    assert antwoord.headers["location"] == "/aanmelden/verstuurd"


# de link


def test_wie_een_link_vraagt_krijgt_een_mail_en_komt_ermee_binnen(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    vraag(browser, " M-JDB@avres.example ")
    (mail,) = aanmeldmails(hier)
    assert (mail.adres, mail.status, mail.volgende_poging) == (ADRES, Berichtstatus.WACHTEND, hier.klok.nu())
    assert browser.get("/mijn-werk").status_code == 303
    antwoord = browser.stuur(link_in(mail), {})
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/")
    assert browser.get("/").headers["location"] == "/mijn-werk"
    assert "Jonas de Beer" in browser.get("/mijn-werk").text


def test_de_link_openen_meldt_niet_aan_en_verandert_niets(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    vraag(browser)
    link, voor = link_in(aanmeldmails(hier)[0]), alles(hier)
    for _ in range(3):
        assert browser.get(link).status_code == 200
        assert browser.vraag("HEAD", link).status_code == 200
    assert alles(hier) == voor
    assert browser.stuur(link, {}).status_code == 303


def test_de_link_werkt_een_keer(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    vraag(browser)
    link = link_in(aanmeldmails(hier)[0])
    assert browser.stuur(link, {}).status_code == 303
    assert browser.stuur(link, {}).status_code == 410


def test_in_een_andere_browser_werkt_de_link_niet_en_in_de_eigen_daarna_nog_wel(
    hier: Installatie, app: FastAPI
) -> None:
    eigen, ander = Browser(app), Browser(app)
    vraag(eigen)
    link = link_in(aanmeldmails(hier)[0])
    assert ander.stuur(link, {}).status_code == 410
    assert ander.get("/mijn-werk").status_code == 303
    assert eigen.stuur(link, {}).status_code == 303


def test_na_een_kwartier_werkt_de_link_niet_meer(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    vraag(browser)
    hier.verder(minutes=LINK_GELDT.total_seconds() / 60)
    assert browser.stuur(link_in(aanmeldmails(hier)[0]), {}).status_code == 410


@pytest.mark.parametrize(
    "adres", ["niemand@avres.example", "inburgering@avres.example", "klantmanagers@avres.example", "m-jdb@avres.nl"]
)
def test_een_vreemd_adres_of_een_postbus_krijgt_niets_en_merkt_geen_verschil(
    hier: Installatie, app: FastAPI, adres: str
) -> None:
    browser = Browser(app)
    vraag(browser, adres)
    assert aanmeldmails(hier) == []
    bekend = Browser(app)
    vraag(bekend)
    assert browser.get("/aanmelden/verstuurd").text == bekend.get("/aanmelden/verstuurd").text


def test_meer_dan_een_paar_links_per_uur_gaan_er_niet_uit(hier: Installatie, app: FastAPI) -> None:
    for _ in range(LINKS_PER_UUR + 3):
        vraag(Browser(app))
    assert len(aanmeldmails(hier)) == LINKS_PER_UUR
    hier.verder(minutes=61)
    vraag(Browser(app))
    assert len(aanmeldmails(hier)) == LINKS_PER_UUR + 1


def test_een_onmogelijk_adres_krijgt_een_fout_bij_het_veld(app: FastAPI) -> None:
    antwoord = Browser(app).stuur("/aanmelden", {"adres": "m-jdb", "naar": ""})
    assert antwoord.status_code == 422
    assert "Vul uw mailadres in" in antwoord.text
    assert 'value="m-jdb"' in antwoord.text


def test_na_het_aanmelden_komt_u_waar_u_heen_wilde(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    naar_aanmelden = browser.get("/aanmelding")
    assert naar_aanmelden.headers["location"] == "/aanmelden?naar=/aanmelding"
    vraag(browser, naar="/aanmelding")
    assert browser.stuur(link_in(aanmeldmails(hier)[0]), {}).headers["location"] == "/aanmelding"


@pytest.mark.parametrize(
    "naar", ["https://kwaad.example", "//kwaad.example", "/\\kwaad.example", "javascript:1", "/a\n"]
)
def test_na_het_aanmelden_gaat_niemand_naar_een_vreemde_site(hier: Installatie, app: FastAPI, naar: str) -> None:
    browser = Browser(app)
    vraag(browser, naar=naar)
    assert browser.stuur(link_in(aanmeldmails(hier)[0]), {}).headers["location"] == "/"


# de sessie


def test_een_sessie_eindigt_na_stilte_en_na_een_werkdag(hier: Installatie, app: FastAPI) -> None:
    browser = meld_aan(hier, app, "m-jdb")
    begonnen = hier.klok.nu()
    while hier.klok.nu() - begonnen < WERKDAG - timedelta(minutes=50):
        hier.verder(minutes=50)
        assert browser.get("/mijn-werk").status_code == 200  # wie blijft werken, blijft binnen
    hier.verder(minutes=50)
    assert browser.get("/mijn-werk").status_code == 303
    stil = meld_aan(hier, app, "m-kos")
    hier.verder(minutes=STILTE.total_seconds() / 60)
    assert stil.get("/mijn-werk").status_code == 303


def test_afmelden_eindigt_deze_sessie_en_overal_afmelden_alle(hier: Installatie, app: FastAPI) -> None:
    een, twee, drie = (meld_aan(hier, app, "m-jdb") for _ in range(3))
    oud = een.koekjes.get("regie_sessie")
    assert een.stuur("/afmelden", {}, van="/mijn-werk").status_code == 303
    een.koekjes.set("regie_sessie", oud, domain="testserver.local")
    assert een.get("/mijn-werk").status_code == 303  # het koekje terugzetten helpt niet
    assert twee.get("/mijn-werk").status_code == 200
    assert twee.stuur("/afmelden", {"overal": "ja"}, van="/aanmelding").status_code == 303
    assert drie.get("/mijn-werk").status_code == 303


def test_bij_elke_aanmelding_hoort_een_nieuw_token_en_in_de_database_staat_alleen_een_hash(
    hier: Installatie, app: FastAPI
) -> None:
    tokens = [str(meld_aan(hier, app, "m-jdb").koekjes.get("regie_sessie")) for _ in range(2)]
    assert len(set(tokens)) == 2
    inhoud = repr(alles(hier)) + repr(hier.magazijn.engine.connect().execute(text("SELECT * FROM sessie")).all())
    assert not any(token in inhoud for token in tokens)


def test_het_koekje_is_voor_scripts_onleesbaar_en_blijft_op_deze_site(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    pad = maak_link(hier.omgeving, "m-jdb", BASIS).removeprefix(BASIS)
    gezet = browser.stuur(pad, {}).headers.get_list("set-cookie")
    sessie = next(een for een in gezet if een.startswith("regie_sessie="))
    assert "HttpOnly" in sessie
    assert "SameSite=lax" in sessie
    assert "Path=/" in sessie
    assert "Max-Age" not in sessie  # weg als de browser sluit


def test_over_https_geldt_een_koekje_alleen_daar_en_alleen_van_ons(hier: Installatie, tmp_path: Path) -> None:
    links = GetekendeLinks(GEHEIM, "https://regie.example", hier.klok)
    (gezet,) = Browser(maak_app(hier.omgeving, links, wekmap=tmp_path)).get("/aanmelden").headers.get_list("set-cookie")
    assert gezet.startswith("__Host-regie_browser=")
    assert "Secure" in gezet


def test_wie_niet_meer_in_de_afspraken_staat_is_meteen_buiten(hier: Installatie, app: FastAPI) -> None:
    browser = meld_aan(hier, app, "m-jdb")
    with hier.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE sessie SET partner = 'gorinchem'"))  # hij werkt intussen elders
    assert browser.get("/mijn-werk").status_code == 303


# wat een vreemde probeert


def test_een_formulier_zonder_bewijs_of_van_een_vreemde_site_doet_niets(hier: Installatie, app: FastAPI) -> None:
    browser = meld_aan(hier, app, "m-jdb")
    bewijs = bewijs_van(browser.get("/mijn-werk"))
    ander = bewijs_van(meld_aan(hier, app, "m-kos").get("/mijn-werk"))
    vreemd = {"sec-fetch-site": "cross-site"}
    assert browser.post("/afmelden", {}).status_code == 403
    assert browser.post("/afmelden", {"bewijs": ander}).status_code == 403
    assert browser.post("/afmelden", {"bewijs": bewijs}, vreemd).status_code == 403
    assert browser.post("/afmelden", {"bewijs": bewijs}, {}).status_code == 403  # niets dat zegt waar het vandaan komt
    assert browser.get("/mijn-werk").status_code == 200


def test_ook_het_aanmeldformulier_neemt_niets_aan_van_elders(hier: Installatie, app: FastAPI) -> None:
    browser = Browser(app)
    assert browser.post("/aanmelden", {"adres": ADRES}).status_code == 403
    bewijs = bewijs_van(browser.get("/aanmelden"))
    assert (
        browser.post("/aanmelden", {"adres": ADRES, "bewijs": bewijs}, {"sec-fetch-site": "cross-site"}).status_code
        == 403
    )
    assert Browser(app).post("/aanmelden", {"adres": ADRES, "bewijs": bewijs}).status_code == 403
    assert aanmeldmails(hier) == []


def test_wie_te_lang_weg_was_raakt_zijn_tekst_niet_kwijt(hier: Installatie, app: FastAPI) -> None:
    browser = meld_aan(hier, app, "m-jdb")
    bewijs = bewijs_van(browser.get("/mijn-werk"))
    hier.verder(hours=2)
    antwoord = browser.post("/afmelden", {"bewijs": bewijs, "gesprek.toelichting": "Een <lang> verhaal"})
    assert antwoord.status_code == 401
    assert "Een <lang> verhaal" in tekst_van(antwoord)
    assert "<lang>" not in antwoord.text
    assert bewijs not in antwoord.text


def test_een_verzonnen_sessie_is_geen_sessie(app: FastAPI) -> None:
    browser = Browser(app)
    for waarde in ("", "x" * 43, "' OR 1=1 --", "x" * 5000):
        browser.koekjes.set("regie_sessie", waarde, domain="testserver.local")
        assert browser.get("/mijn-werk").status_code == 303
