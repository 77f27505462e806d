"""Beheer op PostgreSQL, achter de tweede wand: bekijken, uitvoeren, terugdraaien, en de post."""

import threading
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response

from adapters.logboekketen import controleer_logboek
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import open_stap
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar
from tests.integratie.test_portaal_handelen import (
    BEHEERDER,
    HANDELEN,
    NAAR,
    UITVOEREN,
    knop,
    oproepen,
    streefdagen,
    verzetten,
    wijzer,
)

pytestmark = pytest.mark.postgres


@pytest.fixture
def soort() -> str:
    return "postgresql"


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    hier = regio_met_dossiers(magazijn, klok)
    for stap in oproepen(hier):
        open_stap(hier.omgeving, stap.id)
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.mark.parametrize("code", [BEHEERDER, "m-reg"])
def test_bekijken_uitvoeren_en_terugdraaien(hier: Installatie, app: FastAPI, code: str) -> None:
    browser, voor = meld_aan(hier, app, code), streefdagen(hier)
    proef = browser.stuur(HANDELEN, verzetten(hier, waarover="", stap="intake"))
    assert proef.status_code == 200
    plek = browser.post(UITVOEREN, knop(proef, UITVOEREN)).headers["location"]
    assert streefdagen(hier) == {NAAR}
    nummer = plek.rpartition("/")[2]
    assert nummer in browser.get("/beheer/bulk").text
    assert "gedaan" in browser.get(plek).text
    terug = browser.stuur(HANDELEN, {"terug": nummer, "reden": "toch niet"}, van=f"{HANDELEN}?terug={nummer}")
    assert browser.post(UITVOEREN, knop(terug, UITVOEREN)).status_code == 303
    assert streefdagen(hier) == voor
    assert not any(controleer(hier.omgeving).values())
    assert controleer_logboek(hier.magazijn).klopt


def test_twee_keer_tegelijk_op_uitvoeren_doet_elke_stap_een_keer(hier: Installatie, app: FastAPI) -> None:
    browser = meld_aan(hier, app, BEHEERDER)
    velden = knop(browser.stuur(HANDELEN, verzetten(hier)), UITVOEREN)
    antwoorden: list[Response] = []

    def druk() -> None:
        ander = Browser(app)
        ander.koekjes = browser.koekjes
        antwoorden.append(ander.post(UITVOEREN, velden))

    draden = [threading.Thread(target=druk) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert {antwoord.status_code for antwoord in antwoorden} <= {303, 409}
    assert any(antwoord.status_code == 303 for antwoord in antwoorden)
    with hier.magazijn.ruimte() as ruimte:
        for stap in oproepen(hier):
            soorten = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
            assert soorten.count("stap_verzet") == 1


def test_een_dossier_achter_de_wand_bestaat_niet_en_staat_als_geweigerd_in_het_logboek(
    hier: Installatie, app: FastAPI
) -> None:
    browser, stap = meld_aan(hier, app, BEHEERDER), oproepen(hier)[0]
    with hier.magazijn.ruimte() as ruimte:
        dossier, rij = ruimte.dossier(stap.dossier_id), ruimte.stap(stap.id)
        dossier.gemeente, dossier.regio, rij.gemeente = "GM0014", "elders", "GM0014"
        ruimte.bewaar(dossier, rij)
    antwoord = browser.stuur(HANDELEN, verzetten(hier, stap))
    assert (antwoord.status_code, "is er niet" in tekst_van(antwoord)) == (422, True)
    for pad in ("/beheer/stappen?wat=te-laat", "/beheer/stappen?wat=zonder-run", "/beheer/post?wat=vast"):
        lijst = browser.get(pad)
        assert lijst.status_code == 200
        assert dossier.referentie not in lijst.text
    with hier.magazijn.ruimte() as ruimte:
        geweigerd = ruimte.logregels(Logvraag(actor=BEHEERDER, soort=Logsoort.GEWEIGERD))
    assert dossier.referentie in {regel.betrokkene for regel in geweigerd}


def test_elke_lijst_van_beheer_en_een_beslissing_over_de_post(hier: Installatie, app: FastAPI) -> None:
    with hier.magazijn.ruimte() as ruimte:
        mail = next(b for b in ruimte.berichten() if b.stap_id is not None)
        mail.status, mail.onzeker_sinds, mail.lease_nummer = (
            Berichtstatus.ONZEKER,
            hier.klok.nu(),
            mail.lease_nummer + 1,
        )
        ruimte.bewaar(mail)
    hier.verder(days=150)
    browser = meld_aan(hier, app, BEHEERDER)
    for wat in ("kapot", "zonder-run", "niet-geopend", "te-laat"):
        assert browser.get(f"/beheer/stappen?wat={wat}").status_code == 200
    assert wijzer(hier, oproepen(hier)[0]) in browser.get("/beheer/stappen?wat=te-laat").text
    for pad in ("/beheer", "/beheer/signalen", "/beheer/post?wat=vast", "/beheer/post?wat=mislukt"):
        assert browser.get(pad).status_code == 200
    pagina = browser.get("/beheer/post?wat=onzeker")
    velden = {"bewijs": bewijs_van(pagina), "wat": "onzeker", "keuze": "aangekomen", "reden": "nagevraagd"}
    assert browser.post(f"/beheer/post/{mail.id}/beslis", velden).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        beslist = ruimte.bericht(mail.id)
    assert beslist is not None
    assert beslist.status is Berichtstatus.AANVAARD
