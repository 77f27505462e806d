"""De afspraken in het portaal: wie doet wat in een gekozen geval, en wat een nieuwe versie verandert."""

from copy import deepcopy

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from domein.model import Regioversie
from portaal.app import maak_app
from tests.integratie.conftest import ZetKlok
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import VOORBEELD, regio_met_dossiers
from tests.integratie.post_hulp import Installatie


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: ZetKlok) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie) -> FastAPI:
    return maak_app(hier.omgeving, hier.links)


@pytest.fixture
def browser(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, "m-jdb")


def test_elke_stap_staat_er_met_wie_haar_doet_en_waarom(browser: Browser) -> None:
    tekst = tekst_van(browser.get("/afspraken?gemeente=GM0512&leerroute=b1&op=2026-06-01"))
    for woord in ("Intake", "Voortgangsgesprek", "Melding aan DUO", "Gorinchem op maandag 1 juni 2026", "Mag zien"):
        assert woord in tekst
    assert "regie regio verschil" in tekst  # hoe men een wijziging uitprobeert


def test_een_andere_leerroute_geeft_een_andere_aanbieder(browser: Browser) -> None:
    b1 = tekst_van(browser.get("/afspraken?gemeente=GM0512&leerroute=b1&op=2026-06-01"))
    onderwijs = tekst_van(browser.get("/afspraken?gemeente=GM0512&leerroute=onderwijs&op=2026-06-01"))
    rij = '<tr><th scope="row">Aanmelding en lessen</th>'
    assert b1.split(rij)[1].split("</tr>")[0] != onderwijs.split(rij)[1].split("</tr>")[0]


def test_op_een_dag_zonder_afspraken_staat_dat_er(browser: Browser) -> None:
    assert "gelden er geen afspraken" in tekst_van(browser.get("/afspraken?op=1999-01-01"))


@pytest.mark.parametrize(
    ("vraag", "melding"), [("op=morgen", "op-fout"), ("leeftijd=oud", "leeftijd-fout"), ("leeftijd=²", "leeftijd-fout")]
)
def test_een_fout_staat_bij_het_veld(browser: Browser, vraag: str, melding: str) -> None:
    antwoord = browser.get(f"/afspraken?{vraag}")
    assert antwoord.status_code == 422
    assert f'id="{melding}"' in antwoord.text


def test_het_verschil_tussen_twee_versies_noemt_wie_het_was_en_wie_het_wordt(
    hier: Installatie, browser: Browser
) -> None:
    geladen = laad_regiobestand(VOORBEELD)
    inhoud = deepcopy(dict(geladen.inhoud))
    inhoud["regio"]["versie"] = "nieuw"
    anders = next(a for a in inhoud["samenwerkingsafspraken"] if "intake" in a["stappen"] and a.get("uitvoerder"))
    anders["uitvoerder"] = next(p["code"] for p in inhoud["partners"] if p["code"] != anders["uitvoerder"])
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(
            Regioversie(
                regio=geladen.code, versie="nieuw", geldig_van=geladen.geldig_van, inhoud=inhoud, sha256="n" * 64,
                geladen_op=hier.klok.nu(), laadnummer=2, door="m-reg",
            )
        )  # fmt: skip
    tekst = tekst_van(browser.get(f"/afspraken/verschil?oud={geladen.versie}&nieuw=nieuw"))
    assert "<td>Uitvoerder</td>" in tekst
    assert f"<td>{anders['uitvoerder']}</td>" in tekst
    gelijk = tekst_van(browser.get("/afspraken/verschil?oud=nieuw&nieuw=nieuw"))
    assert "verandert er niets" in gelijk
    assert browser.get("/afspraken/verschil?oud=nieuw&nieuw=onzin").status_code == 422


def test_een_vrijwilliger_en_een_aanbieder_zien_de_afspraken_niet(hier: Installatie, app: FastAPI) -> None:
    assert meld_aan(hier, app, "m-mer").get("/afspraken").status_code == 404
