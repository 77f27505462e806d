"""Beheer in het portaal: of er iets vastzit, en wat eraan te doen is; ook als Prefect niet antwoordt."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from adapters.klok import EchteKlok
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.beheerbeeld import Rondebeeld
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.portaalpoort import Logvraag
from domein.handelingen.regio import laad_regio
from domein.handelingen.ronde import ronde
from domein.handelingen.ronde_signalen import RUN_KAPOT
from domein.model import Logsoort
from domein.regels.ronde import MAX_POGINGEN
from portaal.app import maak_app
from portaal.beheer import rondezin
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import ADMINISTRATIE, VOORBEELD, alles, lees, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer
from tests.integratie.regels.test_wissen_en_diensten import Geheugenbord
from tests.integratie.test_portaal_zonder_prefect import StilBord

BEHEERDER = "m-bhr"
PADEN = ("/beheer", "/beheer/stappen", "/beheer/signalen", "/beheer/post")


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path, prefect_url="http://prefect.example")


@pytest.fixture
def beheerder(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, BEHEERDER)


def slag(hier: Installatie) -> None:
    """Een ronde ging net goed."""
    with hier.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag("ronde", "deze-test", EchteKlok().nu())


def tegels(pagina: str) -> dict[str, int]:
    return {
        naam: int(aantal)
        for naam, aantal in re.findall(r'<a class="naam" href="[^"]*">([^<]*)</a><strong>(\d+)</strong>', pagina)
    }


def kapotte_run(hier: Installatie, toestand: Toestand = Toestand.MISLUKT) -> Any:
    """De run van een open oproep is na alle pogingen nog stuk; de ronde vraagt een mens."""
    stap, bord = oproep(hier), Geheugenbord()
    asyncio.run(ronde(hier.omgeving, bord))
    run_id = lees(hier, stap).run_id
    assert run_id is not None
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.run_poging = MAX_POGINGEN
        ruimte.bewaar(rij)
    bord.alle[run_id] = replace(bord.alle[run_id], toestand=toestand)
    asyncio.run(ronde(hier.omgeving, bord))
    return lees(hier, stap)


def test_een_rustige_dag_is_een_rustige_pagina(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> None:
    hier = installeer(magazijn, klok)
    laad_regio(hier.omgeving, laad_regiobestand(VOORBEELD), ADMINISTRATIE)
    slag(hier)
    tekst = meld_aan(hier, maak_app(hier.omgeving, hier.links, wekmap=tmp_path), BEHEERDER).get("/beheer").text
    assert set(tegels(tekst).values()) == {0}
    assert "Alles loopt" in tekst
    assert 'class="let-op"' not in tekst


def test_wat_vastzit_staat_er_met_een_aantal_en_een_weg(hier: Installatie, app: FastAPI) -> None:
    slag(hier)
    stap = kapotte_run(hier)
    with hier.magazijn.ruimte() as ruimte:
        een = ruimte.berichten()[0]
        een.status, een.onzeker_sinds = Berichtstatus.ONZEKER, hier.klok.nu()
        ruimte.bewaar(een)
    hier.verder(days=150)
    beheerder = meld_aan(hier, app, BEHEERDER)
    pagina = beheerder.get("/beheer").text
    geteld = tegels(pagina)
    assert geteld["Mislukte runs"] == geteld["Onzekere mail"] == 1
    assert geteld["Te laat"] == 1, geteld
    assert geteld["Niet geopend"] > 0
    assert "Alles loopt" not in pagina
    for adres in re.findall(r'<a class="naam" href="([^"]*)"', pagina):
        assert beheerder.get(adres).status_code == 200, adres
    laat = tekst_van(beheerder.get("/beheer/stappen?wat=te-laat"))
    assert stap.titel in laat
    assert "Verzet" in laat


@pytest.mark.parametrize(
    ("toestand", "zin"),
    [
        (Toestand.MISLUKT, "gaf steeds een fout"),
        (Toestand.GECRASHT, "stopte steeds halverwege"),
        (Toestand.GEANNULEERD, "met de hand gestopt"),
    ],
)
def test_van_een_mislukte_run_staat_er_waarom_en_hoe_verder(
    hier: Installatie, beheerder: Browser, toestand: Toestand, zin: str
) -> None:
    stap = kapotte_run(hier, toestand)
    tekst = tekst_van(beheerder.get("/beheer/stappen?wat=kapot"))
    assert zin in tekst
    assert stap.titel in tekst
    assert "Zet opnieuw" in tekst
    assert f"http://prefect.example/runs/flow-run/{stap.run_id}" in tekst
    wijzer = re.search(r'name="stap" value="([^"]+)"', tekst)
    assert wijzer is not None
    formulier = beheerder.get(f"/beheer/handelen?handeling=opnieuw&stap={wijzer.group(1)}")
    assert wijzer.group(1) in formulier.text
    assert re.search(r'value="opnieuw" checked', formulier.text)


def test_een_mislukte_run_opnieuw_zetten_lost_het_signaal_op(hier: Installatie, beheerder: Browser) -> None:
    stap = kapotte_run(hier)
    with hier.magazijn.ruimte() as ruimte:
        wijzer = f"{ruimte.dossier(stap.dossier_id).referentie}:{stap.kenmerk}"
    velden = {"handeling": "opnieuw", "waarover": wijzer, "reden": "de database was even weg"}
    proef = beheerder.stuur("/beheer/handelen", velden)
    assert "De run loopt opnieuw" in tekst_van(proef)
    verborgen = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', proef.text))
    assert beheerder.post("/beheer/handelen/uitvoeren", verborgen).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.signalen(soort=RUN_KAPOT) == []
    assert lees(hier, stap).run_opnieuw_na is not None


def test_ligt_prefect_stil_dan_zegt_beheer_dat_en_werkt_het(hier: Installatie, beheerder: Browser) -> None:
    kapotte_run(hier)
    asyncio.run(ronde(hier.omgeving, StilBord(hier.klok)))  # de opzichter probeert het, maar er komt geen goede ronde
    for pad in ("/beheer", "/beheer/stappen?wat=kapot"):
        antwoord = beheerder.get(pad)
        assert antwoord.status_code == 200
        assert "Prefect antwoordt niet" in antwoord.text
    assert tegels(beheerder.get("/beheer").text)["Mislukte runs"] == 1


def test_de_zin_over_de_ronde_onderscheidt_prefect_de_opzichter_en_de_worker(app: FastAPI) -> None:
    web, nu = app.state.web, EchteKlok().nu()
    kort, lang = nu - timedelta(seconds=5), nu - timedelta(hours=3)

    def kop(*beeld: Any) -> str:
        return rondezin(web, Rondebeeld(*beeld), nu).kop

    assert kop(kort, True, False) == "De ronde loopt"
    assert kop(kort, True, True) == "Niemand neemt werk aan"
    assert kop(lang, True, False) == "Prefect antwoordt niet"
    assert kop(lang, False, False) == kop(None, False, False) == "De ronde staat stil"
    assert "al 3 uur niet" in rondezin(web, Rondebeeld(lang, True, False), nu).uitleg


def test_een_stap_zonder_run_telt_pas_na_tien_minuten(hier: Installatie, beheerder: Browser) -> None:
    oproep(hier)
    assert tegels(beheerder.get("/beheer").text)["Zonder run"] == 0
    hier.verder(minutes=11)
    assert tegels(beheerder.get("/beheer").text)["Zonder run"] == 1
    assert "Zet opnieuw" in tekst_van(beheerder.get("/beheer/stappen?wat=zonder-run"))


def test_een_signaal_wijst_naar_de_pagina_waar_het_is_op_te_lossen(hier: Installatie, beheerder: Browser) -> None:
    kapotte_run(hier)
    pagina = beheerder.get("/beheer/signalen")
    assert "run kapot" in pagina.text
    assert 'href="/beheer/stappen?wat=kapot"' in pagina.text


def test_een_vreemde_titel_of_melding_blijft_tekst(hier: Installatie, beheerder: Browser) -> None:
    stap = kapotte_run(hier)
    kwaad = "<img src=x onerror=alert(1)>"
    with hier.magazijn.ruimte() as ruimte:
        (signaal,) = ruimte.signalen(soort=RUN_KAPOT)
        signaal.melding = kwaad
        rij = ruimte.stap(stap.id)
        rij.titel = kwaad
        ruimte.bewaar(signaal, rij)
    for pad in ("/beheer/stappen?wat=kapot", "/beheer/signalen", f"/beheer/stappen?wat={kwaad}"):
        assert "<img" not in beheerder.get(pad).text


@pytest.mark.parametrize("pad", PADEN)
def test_alleen_wie_beheert_ziet_deze_paginas_en_kijken_verandert_niets(
    hier: Installatie, app: FastAPI, pad: str
) -> None:
    kapotte_run(hier)
    niets = Browser(app).get("/bestaat-niet").text
    for code in ("m-jdb", "m-wil", "m-fg", "m-con", "m-mer", "m-gor", "m-adm", "m-vrw"):
        antwoord = meld_aan(hier, app, code).get(pad)
        assert (antwoord.status_code, antwoord.text) == (404, niets), code
    for code in (BEHEERDER, "m-reg"):
        browser = meld_aan(hier, app, code)
        voor = {naam: rijen for naam, rijen in alles(hier).items() if naam != "sessie"}
        assert browser.get(pad).status_code == 200
        assert browser.vraag("HEAD", pad).status_code == 200
        assert {naam: rijen for naam, rijen in alles(hier).items() if naam != "sessie"} == voor


def test_wie_een_lijst_ziet_staat_in_het_logboek(hier: Installatie, beheerder: Browser) -> None:
    stap = kapotte_run(hier)
    beheerder.get("/beheer/stappen?wat=kapot")
    with hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(actor=BEHEERDER, soort=Logsoort.GEZIEN))
        referentie = ruimte.dossier(stap.dossier_id).referentie
    assert ("/beheer/stappen", referentie) in {(r.naam, r.betrokkene) for r in regels}


def test_een_stap_van_buiten_de_regio_staat_niet_in_de_lijst(hier: Installatie, beheerder: Browser) -> None:
    stap = kapotte_run(hier)
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(stap.dossier_id)
        dossier.gemeente = "GM0014"
        ruimte.bewaar(dossier)
    for pad in ("/beheer/stappen?wat=kapot", "/beheer/signalen", "/beheer/post?wat=vast"):
        assert dossier.referentie not in beheerder.get(pad).text


def test_van_een_dossier_en_een_taak_gaat_een_link_naar_beheer(hier: Installatie, app: FastAPI) -> None:
    stap = oproep(hier)
    with hier.magazijn.ruimte() as ruimte:
        ref = ruimte.dossier(stap.dossier_id).referentie
    beheerder, coordinator = meld_aan(hier, app, BEHEERDER), meld_aan(hier, app, "m-reg")
    bij_dossier = beheerder.get(f"/dossiers/{ref}").text
    assert f'href="/beheer/handelen?dossier={ref}"' in bij_dossier
    assert f'href="/beheer/handelen?stap={ref}:{stap.kenmerk}"' in bij_dossier
    assert f'href="/beheer/handelen?stap={ref}:{stap.kenmerk}"' in coordinator.get(f"/taken/{stap.id}").text
    eigenaar = meld_aan(hier, app, stap.medewerker or "").get(f"/taken/{stap.id}").text
    assert "/beheer/" not in eigenaar
    assert lees(hier, stap).status is Stapstatus.OPEN
    assert 'href="/beheer"' in beheerder.get("/aanmelding").text
