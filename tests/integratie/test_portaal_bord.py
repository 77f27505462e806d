"""Het regiobord in het portaal: wie wat ziet, wat er achter een aantal zit, en cijfers die niets uitvoeren."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from adapters.opslag import SqlMagazijn
from domein.handelingen.portaalpoort import Logvraag
from domein.handelingen.regiobord import bekijk_bord
from domein.model import Logsoort
from domein.regels.bordvormen import Bordkeuze, Bordzicht
from domein.regels.celonderdrukking import NIET_GENOEMD, ONDER_DE_GRENS
from portaal.app import maak_app
from tests.integratie.conftest import ZetKlok
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie

PAGINAS = ("/bord", "/bord/stappen?status=open&gemeente=GM0512", "/bord/termijnen?termijn=pip&week=later")


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: ZetKlok) -> Installatie:
    installatie = regio_met_dossiers(magazijn, klok)
    oproep(installatie)
    return installatie


@pytest.fixture
def app(hier: Installatie) -> FastAPI:
    return maak_app(hier.omgeving, hier.links)


@pytest.fixture
def coordinator(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, "m-reg")


def test_de_coordinator_ziet_elk_aantal_en_kan_erachter_kijken(coordinator: Browser, hier: Installatie) -> None:
    pagina = coordinator.get("/bord")
    assert pagina.status_code == 200
    tekst = tekst_van(pagina)
    assert "Stappen per gemeente" in tekst
    assert ONDER_DE_GRENS not in tekst
    adressen = re.findall(r'href="(/bord/(?:stappen|termijnen)\?[^"]+)"', tekst)
    assert len(adressen) > 10
    for adres in set(adressen):
        assert coordinator.get(adres).status_code == 200, adres


def test_achter_het_rode_getal_zit_de_lijst_van_wat_te_laat_is(hier: Installatie, app: FastAPI) -> None:
    hier.klok.moment = datetime(2026, 4, 7, 10, tzinfo=UTC)
    coordinator = meld_aan(hier, app, "m-reg")
    tekst = coordinator.get("/bord").text
    assert '<a class="naam" href="/beheer/stappen?wat=te-laat">Te laat</a>' in tekst
    assert 'name="stap"' in coordinator.get("/beheer/stappen?wat=te-laat").text
    versmald = coordinator.get("/bord?gemeente=GM0512").text
    assert "wat=te-laat" not in versmald  # de lijst is van de hele regio, het getal niet
    assert "/bord/stappen?gemeente=GM0512&amp;status=open" in versmald


def test_een_aantal_is_precies_de_lijst_erachter(coordinator: Browser, hier: Installatie) -> None:
    for status in ("open", "gepland"):
        figuur = bekijk_bord(hier.omgeving, Bordzicht(alles=True)).figuur("stappen-gemeente")
        assert figuur is not None
        kolom = figuur.kolommen.index(status.capitalize()) - 1
        for rij in figuur.rijen:
            gemeente = rij.wijzers[kolom]["gemeente"]
            lijst = coordinator.get(f"/bord/stappen?status={status}&gemeente={gemeente}")
            assert len(re.findall(r'href="/dossiers/', lijst.text)) == rij.waarden[kolom]


def test_zonder_gemeente_kiest_de_coordinator_er_eerst_een(coordinator: Browser) -> None:
    pagina = coordinator.get("/bord/stappen?status=open&stap=intake")
    assert "Kies een gemeente" in pagina.text
    assert "/bord/stappen?status=open&amp;stap=intake&amp;gemeente=GM0512" in pagina.text


@pytest.mark.parametrize(
    "pad",
    [
        "/bord/stappen?status=onzin&gemeente=GM0512",
        "/bord/stappen?status=open&gemeente=GM0363",
        "/bord/termijnen?termijn=onzin&week=later",
        "/bord/termijnen?termijn=pip&week=onzin",
        "/bord/termijnen?termijn=pip&week=later&gemeente=GM0363",
        "/bord/cijfers/onzin.csv",
        "/bord/cijfers/termijnen.exe",
    ],
)
def test_wat_niet_bestaat_en_wat_van_een_ander_is_ziet_er_hetzelfde_uit(coordinator: Browser, pad: str) -> None:
    antwoord = coordinator.get(pad)
    assert antwoord.status_code == 404
    assert "Deze pagina is er niet" in antwoord.text


@pytest.mark.parametrize("wie", ["m-wil", "m-con"])
def test_wie_de_dossiers_niet_mag_zien_ziet_alleen_aantallen_die_naar_niemand_leiden(
    hier: Installatie, app: FastAPI, wie: str
) -> None:
    browser = meld_aan(hier, app, wie)
    tekst = tekst_van(browser.get("/bord"))
    assert "alleen aantallen waar niemand in te herkennen is" in tekst
    assert ONDER_DE_GRENS in tekst or NIET_GENOEMD in tekst
    assert "/bord/stappen?" not in tekst
    assert "D-" not in re.sub(r"<[^>]+>", "", tekst)
    for pad in PAGINAS[1:]:
        assert browser.get(pad).status_code == 404


@pytest.mark.parametrize("wie", ["m-jdb", "m-mer", "m-gor", "m-adm"])
def test_wie_het_recht_niet_heeft_ziet_een_pagina_die_er_niet_is(hier: Installatie, app: FastAPI, wie: str) -> None:
    browser = meld_aan(hier, app, wie)
    for pad in (*PAGINAS, "/bord/cijfers/termijnen.csv"):
        assert browser.get(pad).status_code == 404, pad
    assert 'href="/bord"' not in browser.get("/aanmelding").text


def test_een_teamleider_neemt_precies_mee_wat_hij_op_het_bord_ziet(hier: Installatie, app: FastAPI) -> None:
    leider = meld_aan(hier, app, "m-wil")
    beeld = bekijk_bord(hier.omgeving, Bordzicht(alles=False, partner="avres"))
    for figuur in beeld.figuren:
        tekst = leider.get(f"/bord/cijfers/{figuur.code}.csv").content.decode("utf-8-sig")
        rijen = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=";"))
        assert [rij[0].lstrip("'") for rij in rijen[1:]] == [rij.naam for rij in figuur.rijen], figuur.code
        onderdrukt = [waarde for rij in figuur.rijen for waarde in rij.waarden if isinstance(waarde, str)]
        assert all(waarde in tekst for waarde in onderdrukt)
        assert leider.get(f"/bord/cijfers/{figuur.code}.xlsx").status_code == 200
    assert 'href="/bord/cijfers/stappen-eigen.csv"' in leider.get("/bord").text
    for meer in ("stappen-gemeente", "maatwerk", "werklast"):  # wat hij niet ziet, neemt hij ook niet mee
        assert leider.get(f"/bord/cijfers/{meer}.csv").status_code == 404
    with hier.magazijn.ruimte() as ruimte:
        mee = ruimte.logregels(Logvraag(actor="m-wil", soort=Logsoort.MEEGENOMEN))
    assert {regel.naam for regel in mee} == {"/bord/cijfers/{bestand}"}


def test_elke_figuur_is_mee_te_nemen_als_csv_en_als_excel(coordinator: Browser, hier: Installatie) -> None:
    bord = bekijk_bord(hier.omgeving, Bordzicht(alles=True))
    for figuur in bord.figuren:
        tekst = coordinator.get(f"/bord/cijfers/{figuur.code}.csv")
        assert tekst.headers["content-disposition"].endswith(f'regiobord-{figuur.code}-2026-01-12.csv"')
        rijen = list(csv.reader(io.StringIO(tekst.content.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert tuple(rijen[0]) == figuur.kolommen
        assert len(rijen) == len(figuur.rijen) + 1
        excel = coordinator.get(f"/bord/cijfers/{figuur.code}.xlsx")
        blad = load_workbook(io.BytesIO(excel.content)).active
        assert blad is not None
        assert [cel.value for cel in blad[1]] == list(figuur.kolommen)
        assert not any(cel.data_type == "f" for rij in blad.iter_rows() for cel in rij)


def test_de_keuze_geldt_ook_voor_wat_iemand_meeneemt(coordinator: Browser) -> None:
    tekst = coordinator.get("/bord/cijfers/stappen-gemeente.csv?gemeente=GM0512").content.decode("utf-8-sig")
    assert "Gorinchem" in tekst
    assert "Molenlanden" not in tekst


def test_het_bord_versmalt_op_gemeente_organisatie_en_stap(hier: Installatie) -> None:
    alles = bekijk_bord(hier.omgeving, Bordzicht(alles=True)).figuur("stappen-stap")
    smal = bekijk_bord(hier.omgeving, Bordzicht(alles=True), Bordkeuze("GM0512", stap="intake")).figuur("stappen-stap")
    assert alles is not None
    assert smal is not None
    assert [rij.naam for rij in smal.rijen] == ["Intake"]
    assert len(alles.rijen) > 1


def test_een_termijn_staat_in_de_week_van_haar_laatste_dag(hier: Installatie) -> None:
    def weken() -> list[tuple[str, list[object]]]:
        figuur = bekijk_bord(hier.omgeving, Bordzicht(alles=True)).figuur("termijnen")
        assert figuur is not None
        return [(rij.naam, list(rij.waarden)) for rij in figuur.rijen if rij.naam == "PIP vaststellen"]

    (voor,) = weken()
    assert sum(int(str(n)) for n in voor[1]) == 3
    with hier.magazijn.ruimte() as ruimte:
        einde = min(t.einde for d in ruimte.dossiers() for t in ruimte.dossiertermijnen(d.id))
    assert einde == date(2026, 3, 16)
    hier.verder(days=(einde - hier.klok.vandaag()).days)
    (op_de_dag,) = weken()
    assert int(str(op_de_dag[1][0])) == 0  # op de laatste dag zelf is er niets te laat
    hier.verder(days=1)
    (erna,) = weken()
    assert int(str(erna[1][0])) >= 1


def test_elk_plaatje_heeft_een_titel_een_omschrijving_en_een_tabel(coordinator: Browser) -> None:
    tekst = coordinator.get("/bord").text
    plaatjes = re.findall(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', tekst)
    assert plaatjes
    for titel, omschrijving in plaatjes:
        assert f'<title id="{titel}">' in tekst
        assert f'<desc id="{omschrijving}">' in tekst
        code = titel.removeprefix("plaatje-").removesuffix("-titel")
        assert "<table>" in tekst.split(f'id="figuur-{code}"')[1].split("</section>")[0]
    assert "style=" not in tekst


def test_lezen_verandert_niets_aan_de_tellingen(coordinator: Browser, hier: Installatie) -> None:
    coordinator.get("/bord")
    with hier.magazijn.ruimte() as ruimte:
        assert dict(ruimte.telverschil()) == {}
