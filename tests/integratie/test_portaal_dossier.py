"""Een dossier in het portaal: de tijdlijn zover iemand haar mag zien, vooruitkijken, en inzage voor de persoon."""

import json
import re
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.inzagekopie import inzage_export
from domein.handelingen.melden import meld
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.ports import Persoon
from portaal.app import maak_app
from tests.integratie.conftest import ZetKlok
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: ZetKlok) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def stap(hier: Installatie) -> Stap:
    return oproep(hier)


@pytest.fixture
def app(hier: Installatie) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, prefect_url="http://prefect.test")


def referentie(hier: Installatie, stap: Stap) -> str:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.dossier(stap.dossier_id).referentie


def persoon(hier: Installatie, stap: Stap) -> Persoon:
    with hier.magazijn.ruimte() as ruimte:
        gevonden = ruimte.persoon(stap.dossier_id)
    assert gevonden is not None
    return gevonden


def klantmanager(hier: Installatie, app: FastAPI, stap: Stap) -> Browser:
    return meld_aan(hier, app, stap.medewerker or "")


def test_de_klantmanager_ziet_de_tijdlijn_met_wie_en_waarom(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    tekst = tekst_van(klantmanager(hier, app, stap).get(f"/dossiers/{referentie(hier, stap)}"))
    for woord in ("Kennisgeving van DUO", "Stap geopend", "Vandaag, maandag 12 januari 2026", stap.titel, stap.waarom):
        assert woord in tekst
    assert persoon(hier, stap).naam in tekst
    assert "Termijnen met vandaag erop" in tekst
    assert "Runs in Prefect" not in tekst  # Prefect is voor beheer
    assert f'<a href="/taken/{stap.id}">{stap.titel}</a>' in tekst  # van de tijdlijn naar de eigen taak
    collega = next(code for code in ("m-jdb", "m-kos") if code != stap.medewerker)
    assert f"/taken/{stap.id}" not in meld_aan(hier, app, collega).get(f"/dossiers/{referentie(hier, stap)}").text


def test_wat_is_doorgehaald_blijft_staan_met_wie_en_waarom(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    meld(hier.omgeving, stap.dossier_id, "tolk_nodig", hier.klok.vandaag(), {"taal": "ti"}, Actor("m-reg"))
    with hier.magazijn.ruimte() as ruimte:
        g = next(g for g in ruimte.gebeurtenissen(stap.dossier_id) if g.soort == "tolk_nodig")
    haal_door(hier.omgeving, stap.dossier_id, str(g.id), Actor("m-reg"), "verkeerde persoon")
    tekst = tekst_van(klantmanager(hier, app, stap).get(f"/dossiers/{referentie(hier, stap)}"))
    assert "<del>Tolk nodig</del>" in tekst
    assert "Doorgehaald door Regina Vos" in tekst
    assert "verkeerde persoon" in tekst


def test_de_coordinator_ziet_het_proces_maar_niet_de_persoon(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    tekst = tekst_van(meld_aan(hier, app, "m-reg").get(f"/dossiers/{referentie(hier, stap)}"))
    wie = persoon(hier, stap)
    assert "Kennisgeving van DUO" in tekst
    adres = [wie.gegevens[veld] for veld in ("straat", "postcode", "email", "telefoon") if wie.gegevens.get(veld)]
    for geheim in (wie.naam, wie.bsn, str(wie.geboortedatum.year), *adres):
        assert geheim not in tekst
    assert f'href="http://prefect.test/runs?tags=dossier:{referentie(hier, stap)}"' in tekst
    assert "Inzage als PDF" not in tekst


@pytest.mark.parametrize("wie", ["m-mer", "m-mol", "m-con"])
def test_een_vreemd_dossier_en_een_dat_niet_bestaat_zien_er_gelijk_uit(
    hier: Installatie, app: FastAPI, stap: Stap, wie: str
) -> None:
    browser = meld_aan(hier, app, wie)
    for pad in ("", "/vooruit", "/inzage.json", "/inzage.pdf"):
        vreemd = browser.get(f"/dossiers/{referentie(hier, stap)}{pad}")
        onzin = browser.get(f"/dossiers/D-NIETS{pad}")
        assert (vreemd.status_code, vreemd.text) == (onzin.status_code, onzin.text)
        assert vreemd.status_code == 404


def test_vooruitkijken_toont_wat_er_schuift_en_bewaart_niets(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    browser = klantmanager(hier, app, stap)
    pad = f"/dossiers/{referentie(hier, stap)}/vooruit"
    voor = alles(hier)
    verhuizing = tekst_van(browser.get(f"{pad}?wat=verhuizing&op=2026-02-02&gemeente=GM1978"))
    assert "Vraag het dossier op bij de vorige gemeente" in verhuizing
    pip = tekst_van(browser.get(f"{pad}?wat=pip&op=2026-02-16"))
    assert "Wat er dan verandert" in pip
    assert "Inburgeringstermijn</strong>: tot en met vrijdag 16 februari 2029" in pip
    na = alles(hier)
    gelijk = set(voor) - {"logregel", "logboekhoofd", "sessie", "aanmeldlink"}
    assert {naam: na[naam] for naam in gelijk} == {naam: voor[naam] for naam in gelijk}


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        ("wat=leerroute&op=2026-02-16&leerroute=b1", "Er is nog geen PIP."),
        ("wat=leerroute&op=2026-02-16", "Kies een leerroute."),
        ("wat=verhuizing&op=2026-02-16&gemeente=GM9999", "Kies een gemeente."),
        ("wat=verhuizing&op=gisteren&gemeente=GM1978", "Fout: "),
        ("wat=onzin&op=2026-02-16", "Kies wat er verandert."),
        ("wat=verhuizing&op=9999-12-31&gemeente=GM1978", "Vul een jaar in van 1900 tot en met 2100."),
        ("wat=pip&op=0001-01-01", "Vul een jaar in van 1900 tot en met 2100."),
    ],
)
def test_wat_niet_kan_krijgt_een_melding_bij_het_veld(
    hier: Installatie, app: FastAPI, stap: Stap, vraag: str, melding: str
) -> None:
    antwoord = klantmanager(hier, app, stap).get(f"/dossiers/{referentie(hier, stap)}/vooruit?{vraag}")
    assert antwoord.status_code == 422
    assert melding in tekst_van(antwoord)


@pytest.mark.parametrize("dag", ["1900-01-01", "2100-12-31"])
@pytest.mark.parametrize("wat", ["verhuizing", "pip"])
def test_vooruitkijken_naar_de_verste_dag_geeft_een_antwoord(
    hier: Installatie, app: FastAPI, stap: Stap, wat: str, dag: str
) -> None:
    vraag = f"wat={wat}&op={dag}&gemeente=GM1978"
    antwoord = klantmanager(hier, app, stap).get(f"/dossiers/{referentie(hier, stap)}/vooruit?{vraag}")
    assert antwoord.status_code in (200, 422)


def test_de_klantmanager_geeft_inzage_en_dat_staat_in_het_logboek(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    # Na een antwoord is hij klantmanager van het dossier; een losse taak is daarvoor niet genoeg.
    browser, ref = klantmanager(hier, app, stap), referentie(hier, stap)
    geef_uitkomst(
        hier.omgeving, stap.id, "oproep_verzonden", hier.klok.vandaag(),
        {"afspraak_op": "2026-01-26", "waarschuwing": False}, Actor(stap.medewerker or ""),
    )  # fmt: skip
    antwoord = browser.get(f"/dossiers/{ref}/inzage.json")
    assert antwoord.status_code == 200
    inhoud = json.loads(antwoord.content)
    wie = persoon(hier, stap)
    assert inhoud["persoon"]["bsn"] == wie.bsn
    assert inhoud["persoon"]["geboortedatum"] == wie.geboortedatum.isoformat()
    assert inhoud["gebeurtenissen"][0]["label"] == "Kennisgeving van DUO"
    assert any(b["soort"] == "taak" for b in inhoud["berichten"])
    kopie = inzage_export(hier.omgeving, stap.dossier_id, Actor(stap.medewerker or ""))
    assert set(inhoud) == set(kopie)  # een waarheid voor portaal en opdrachtregel
    for deel in ("doelen", "grondslagen", "herkomst", "rechten", "bewaren"):
        assert inhoud[deel] == kopie[deel] != []
    assert [o["partner"] for o in inhoud["ontvangers"]] == ["avres"]
    pdf = browser.get(f"/dossiers/{ref}/inzage.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-disposition"] == f'attachment; filename="inzage-{ref}.pdf"'
    with hier.magazijn.engine.connect() as verbinding:
        mee = verbinding.execute(text("SELECT verwerking FROM logregel WHERE soort = 'meegenomen'")).scalars().all()
    assert mee == ["inzageverzoek-betrokkene"] * 2


def test_een_collega_met_alleen_een_taak_geeft_geen_inzage(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    antwoord = meld_aan(hier, app, "m-reg").get(f"/dossiers/{referentie(hier, stap)}/inzage.json")
    assert antwoord.status_code == 404


def test_vijandige_tekst_wordt_tekst(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    boos = "<script>alert(1)</script>"
    meld(hier.omgeving, stap.dossier_id, "tolk_nodig", hier.klok.vandaag(), {"taal": "ti"}, Actor("m-reg"), reden=boos)
    browser = meld_aan(hier, app, "m-reg")
    ref = referentie(hier, stap)
    pagina = browser.get(f"/dossiers/{ref}")
    assert boos not in pagina.text
    for pad in (f"/dossiers/{ref}/vooruit?wat=pip&op={boos}", f"/dossiers?zoek={boos}", f"/afspraken?op={boos}"):
        assert boos not in browser.get(pad).text


def test_de_dag_van_vandaag_staat_op_het_plaatje(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    tekst = klantmanager(hier, app, stap).get(f"/dossiers/{referentie(hier, stap)}").text
    (lijn,) = re.findall(r'class="streep vandaag" x1="([\d.]+)%"', tekst)
    assert 0 < float(lijn) < 100
    assert hier.klok.vandaag() == date(2026, 1, 12)
