"""Het portaal op PostgreSQL, waar verzoeken echt tegelijk lopen: aanmelden, zoeken, concept, en twee antwoorden."""

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response

from adapters.logboekketen import controleer_logboek
from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan
from tests.integratie.portaal_hulp import lees, oproep, pad, regio_met_dossiers
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar

pytestmark = pytest.mark.postgres


@pytest.fixture
def soort() -> str:
    return "postgresql"


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


def test_aanmelden_zoeken_concept_en_logboek(hier: Installatie, app: FastAPI) -> None:
    stap = oproep(hier)
    browser = Browser(app)
    browser.stuur("/aanmelden", {"adres": f"{stap.medewerker}@avres.example", "naar": ""})
    with hier.magazijn.ruimte() as ruimte:
        (mail,) = [b for b in ruimte.berichten() if b.soort == "aanmeldlink"]
        referentie = ruimte.dossier(stap.dossier_id).referentie
    link = re.search(rf"{BASIS}(/aanmelden/\S+)", mail.tekst)
    assert link is not None
    assert browser.stuur(link.group(1), {}).status_code == 303
    assert browser.stuur(link.group(1), {}).status_code == 410
    assert referentie in browser.get(f"/mijn-werk?zoek={referentie}&soort=intake").text
    assert referentie not in browser.get("/mijn-werk?zoek=D-%25").text
    velden = {"oproep_verzonden.afspraak_op": "2026-01-29", "bewaar": "concept", "generatie": "1"}
    for _ in range(2):
        assert browser.stuur(f"/taken/{stap.id}", velden).status_code == 303
    assert "2026-01-29" in browser.get(f"/taken/{stap.id}").text
    toezicht = meld_aan(hier, app, "m-fg")
    assert referentie in toezicht.get(f"/logboek?dossier={referentie}&van=2026-01-12").text
    assert controleer_logboek(hier.magazijn).klopt


def test_van_vier_antwoorden_tegelijk_wint_er_een_en_houdt_ieder_zijn_tekst(hier: Installatie, app: FastAPI) -> None:
    stap = oproep(hier)
    vandaag = hier.klok.vandaag()
    browsers = [meld_aan(hier, app, stap.medewerker or "") for _ in range(2)] + [Browser(app), Browser(app)]
    adressen = [f"/taken/{stap.id}"] * 2 + [pad(hier, stap)] * 2
    bewijzen = [bewijs_van(browser.get(adres)) for browser, adres in zip(browsers, adressen, strict=True)]
    dagen = [(vandaag + timedelta(days=14 + n)).isoformat() for n in range(4)]
    start = threading.Barrier(4)
    uit: list[Response | None] = [None] * 4

    def druk(nummer: int) -> None:
        velden = {
            "bewijs": bewijzen[nummer], "generatie": "1", "oproep_verzonden.datum": vandaag.isoformat(),
            "oproep_verzonden.afspraak_op": dagen[nummer], "oproep_verzonden.waarschuwing": "nee",
        }  # fmt: skip
        start.wait()
        uit[nummer] = browsers[nummer].post(adressen[nummer], velden)

    draden = [threading.Thread(target=druk, args=(nummer,)) for nummer in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(90)
    antwoorden = [een for een in uit if een is not None]
    assert sorted(een.status_code for een in antwoorden) == [303, 409, 409, 409]
    for dag, een in zip(dagen, antwoorden, strict=True):
        assert een.status_code == 303 or dag in een.text
    assert lees(hier, stap).status is Stapstatus.KLAAR
    with hier.magazijn.ruimte() as ruimte:
        soorten = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
    assert soorten.count("oproep_verzonden") == 1
    assert controleer_logboek(hier.magazijn).klopt
