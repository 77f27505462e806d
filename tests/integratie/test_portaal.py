"""De taakpagina: lezen verandert niets, alleen de knop doet iets, en een vreemde link zegt niets."""

import html
import logging
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.links import DAGEN_TAAK
from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from domein.begrippen import Stapstatus
from domein.handelingen.openen import open_stap
from portaal.app import maak_app
from tests.integratie.portaal_hulp import (
    GOED,
    Bezoeker,
    alles,
    bewijs,
    gesprek,
    lees,
    oproep,
    pad,
    regio_met_dossiers,
    stuur,
)
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    """De pagina's weten niets van de database: SQLite is hier genoeg."""
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def client(hier: Installatie, tmp_path: Path) -> Bezoeker:
    return Bezoeker(maak_app(hier.omgeving, hier.links, wekmap=tmp_path))


# kijken


def test_de_pagina_zegt_wat_wanneer_en_waarom(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    pagina = client.get(pad(hier, stap))
    with hier.magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
    tekst = html.unescape(pagina.text)
    assert pagina.status_code == 200
    for deel in (
        stap.titel,
        referentie,
        stap.waarom,
        stap.artikel,
        "Waarom deze datum?",
        "Dag van het gesprek",
    ):
        assert deel in tekst
    assert "<script" not in tekst


def test_lezen_verandert_niets(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    werk = hier.links.werklink(stap.medewerker or "").removeprefix(BASIS)
    paden = [pad(hier, stap), pad(hier, stap, "m-kos"), pad(hier, stap, generatie=9), werk, "/gezond", "/x"]
    voor = alles(hier)
    for _ in range(3):
        for een in paden:
            client.get(een)
            client.head(een)
            client.get(f"{een}?bewaard=1&uitkomst=oproep_verzonden&oproep_verzonden.datum=2026-01-12")
    assert alles(hier) == voor


def test_elke_pagina_heeft_de_vaste_kopregels(hier: Installatie, client: Bezoeker) -> None:
    for een in (pad(hier, oproep(hier)), "/taak/onzin", "/gezond", "/bestaat-niet"):
        kop = client.get(een).headers
        assert kop["Referrer-Policy"] == "no-referrer"
        assert kop["Cache-Control"] == "no-store"
        assert kop["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in kop["Content-Security-Policy"]
        assert "unsafe" not in kop["Content-Security-Policy"]


def test_vreemd_en_afwezig_zien_er_hetzelfde_uit(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    afwezig = hier.links.taaklink(stap.dossier_id, 1, "m-jdb").removeprefix(BASIS)  # getekend, maar geen stap
    vervalst = pad(hier, stap)[:-3] + "AAA"
    werk_als_taak = hier.links.werklink("m-jdb").removeprefix(BASIS).replace("/werk/", "/taak/")
    paginas = [client.get(een) for een in (afwezig, vervalst, werk_als_taak, "/taak/x", "/bestaat-niet")]
    assert {pagina.status_code for pagina in paginas} == {404}
    assert len({pagina.text for pagina in paginas}) == 1


def test_een_verlopen_link_zegt_dat_en_toont_verder_niets(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    link = pad(hier, stap)
    hier.verder(days=DAGEN_TAAK + 1)
    pagina = client.get(link)
    assert pagina.status_code == 410
    assert stap.titel not in pagina.text


def test_de_link_van_een_ander_toont_geen_taak(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    link = pad(hier, stap, "m-lin")
    pagina = client.get(link)
    assert "Deze taak is van een ander" in pagina.text
    for deel in (stap.titel, stap.waarom, "<form"):
        assert deel not in pagina.text
    voor = alles(hier)
    eigen = bewijs(client.get(pad(hier, stap)).text)
    assert stuur(client, link, {**GOED, "bewijs": eigen}).status_code == 403
    vals = hier.links.formulierbewijs(hier.links.lees_taaklink(link.rsplit("/", 1)[-1], hier.klok.vandaag()))
    assert stuur(client, link, {**GOED, "bewijs": vals}).status_code == 409
    assert alles(hier) == voor


def test_een_oude_link_toont_de_stand_en_verandert_niets(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    oud = pad(hier, stap)
    geldig = bewijs(client.get(oud).text)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.generatie += 1
        ruimte.bewaar(rij)
    voor = alles(hier)
    pagina = client.get(oud)
    assert "Deze link is verouderd" in pagina.text
    assert "<form" not in pagina.text
    antwoord = stuur(client, oud, {**GOED, "bewijs": geldig})
    assert antwoord.status_code == 409
    assert "26" in antwoord.text  # wat was ingevuld, staat er nog
    assert alles(hier) == voor


# antwoorden


def test_de_knop_legt_het_antwoord_vast(hier: Installatie, client: Bezoeker, tmp_path: Path) -> None:
    stap = oproep(hier)
    antwoord = stuur(client, pad(hier, stap), GOED)
    assert antwoord.status_code == 303
    na = lees(hier, stap)
    assert (na.status, na.uitkomst) == (Stapstatus.KLAAR, "oproep_verzonden")
    with hier.magazijn.ruimte() as ruimte:
        laatste = ruimte.gebeurtenissen(stap.dossier_id)[-1]
    assert (laatste.soort, laatste.actor.code) == ("oproep_verzonden", stap.medewerker)
    assert laatste.actor.verificatie == "getekende_link"
    assert is_gewekt(tmp_path)
    daarna = client.get(antwoord.headers["location"])
    assert "Uw antwoord is bewaard." in daarna.text
    assert "<form" not in daarna.text


def test_een_gebruikte_link_toont_de_uitkomst_zonder_formulier(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    stuur(client, pad(hier, stap), GOED)
    pagina = client.get(pad(hier, stap))
    assert "Deze taak is klaar" in pagina.text
    assert "De oproep is verstuurd" in pagina.text
    assert "<form" not in pagina.text


def test_twee_keer_op_de_knop_drukken_is_een_antwoord(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    geldig = bewijs(client.get(pad(hier, stap)).text)
    assert stuur(client, pad(hier, stap), {**GOED, "bewijs": geldig}).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        aantal = len(ruimte.gebeurtenissen(stap.dossier_id))
    nog_eens = stuur(client, pad(hier, stap), {**GOED, "bewijs": geldig})
    assert nog_eens.status_code == 409
    with hier.magazijn.ruimte() as ruimte:
        assert len(ruimte.gebeurtenissen(stap.dossier_id)) == aantal


def test_een_tweede_ander_antwoord_gaat_naar_een_mens_en_blijft_zichtbaar(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    geldig = bewijs(client.get(pad(hier, stap)).text)
    stuur(client, pad(hier, stap), {**GOED, "bewijs": geldig})
    anders = {**GOED, "oproep_verzonden.afspraak_op": "2026-02-03"}
    pagina = stuur(client, pad(hier, stap), {**anders, "bewijs": geldig})
    assert pagina.status_code == 409
    assert "2026-02-03" in pagina.text
    with hier.magazijn.ruimte() as ruimte:
        assert "controle_gevraagd" in [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]


def test_fouten_staan_naast_het_veld_en_de_invoer_blijft(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    voor = alles(hier)
    pagina = stuur(
        client,
        pad(hier, stap),
        {
            "oproep_verzonden.datum": "2026-02-30",
            "oproep_verzonden.afspraak_op": "",
            "oproep_verzonden.waarschuwing": "ja",
        },
    )
    assert pagina.status_code == 422
    assert re.search(r'id="oproep_verzonden-datum-fout">Vul een bestaande datum in', pagina.text)
    assert re.search(r'id="oproep_verzonden-afspraak_op-fout">Vul een datum in', pagina.text)
    assert 'value="2026-02-30"' in pagina.text
    assert re.search(r'value="ja" checked', pagina.text)
    assert 'href="#oproep_verzonden-datum"' in pagina.text
    assert alles(hier) == voor


def test_een_weigering_van_het_domein_staat_ook_naast_het_veld(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    pagina = stuur(client, pad(hier, stap), {**GOED, "oproep_verzonden.datum": "2026-06-01"})
    assert pagina.status_code == 422
    assert re.search(r'id="oproep_verzonden-datum-fout">[^<]*toekomst', pagina.text)
    assert lees(hier, stap).status is Stapstatus.OPEN


def test_bij_meer_uitkomsten_tellen_alleen_de_velden_van_de_gekozen(hier: Installatie, client: Bezoeker) -> None:
    stap = gesprek(hier)
    link = pad(hier, stap)
    zonder = stuur(client, link, {})
    assert zonder.status_code == 422
    assert "Kies hoe het ging." in zonder.text
    gelukt = stuur(
        client,
        link,
        {
            "uitkomst": "niet_verschenen",
            "niet_verschenen.datum": "26-01-2026",
            "niet_verschenen.verschoonbaar": "nee",
            "intake_gehouden.datum": "geen datum",
        },
    )
    assert gelukt.status_code == 303
    assert lees(hier, stap).uitkomst == "niet_verschenen"


def test_een_onwaarschijnlijk_antwoord_vraagt_om_een_reden(hier: Installatie, client: Bezoeker) -> None:
    stap = gesprek(hier)
    velden = {
        "uitkomst": "intake_gehouden",
        "intake_gehouden.datum": "2026-01-02",  # vóór de kennisgeving
        "intake_gehouden.advies": "b1",
    }
    pagina = stuur(client, pad(hier, stap), velden)
    assert pagina.status_code == 422
    assert 'name="reden"' in pagina.text
    assert 'value="2026-01-02"' in pagina.text
    assert stuur(client, pad(hier, stap), {**velden, "reden": "Zo staat het in het verslag."}).status_code == 303


# mijn werk


def test_mijn_werk_toont_alleen_eigen_open_taken_op_volgorde(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    code = stap.medewerker or ""
    with hier.magazijn.ruimte() as ruimte:
        for ander in ruimte.stappen_waar(kenmerk="intake/oproep/1"):
            open_stap(hier.omgeving, ander.id)
    with hier.magazijn.ruimte() as ruimte:
        eigen = ruimte.stappen_waar(statussen={Stapstatus.OPEN}, medewerker=code)
    pagina = client.get(hier.links.werklink(code).removeprefix(BASIS))
    links = re.findall(r'<a href="/taak/([^"]+)">', pagina.text)
    gelezen = [hier.links.lees_taaklink(token, hier.klok.vandaag()) for token in links]
    assert {link.stap_id for link in gelezen} == {een.id for een in eigen}
    eindes = [een.uiterst or een.streef for link in gelezen for een in eigen if een.id == link.stap_id]
    assert eindes == sorted(eindes)
    assert client.get(f"/taak/{links[0]}").status_code == 200
    leeg = client.get(hier.links.werklink("m-con").removeprefix(BASIS))
    assert "U hebt geen open taken." in leeg.text


@pytest.mark.parametrize(
    ("streef", "uiterst", "groep"),
    [
        ("2026-01-01", "2026-01-01", "Te laat"),
        ("2026-01-12", "2026-01-12", "Vandaag"),
        ("2026-01-09", "2026-01-12", "Vandaag"),
        ("2026-01-12", "2026-02-01", "Vandaag"),
        ("2026-01-09", "2026-02-01", "Streefdag voorbij"),
        ("2026-01-18", "2026-01-18", "Deze week"),
        ("2026-01-14", "2026-02-01", "Deze week"),
        ("2026-01-19", "2026-01-19", "Later"),
    ],
)
def test_de_groepen_volgen_de_dag_die_de_mail_noemt_en_te_laat_de_uiterste(
    hier: Installatie, client: Bezoeker, streef: str, uiterst: str, groep: str
) -> None:
    stap = oproep(hier)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.streef, rij.uiterst = date.fromisoformat(streef), date.fromisoformat(uiterst)
        ruimte.bewaar(rij)
    pagina = client.get(hier.links.werklink(stap.medewerker or "").removeprefix(BASIS))
    assert re.findall(r"<h2[^>]*>([^<(]+) \(", pagina.text) == [groep]


def test_gezond_antwoordt_en_zegt_het_als_de_database_zwijgt(hier: Installatie, client: Bezoeker) -> None:
    assert client.get("/gezond").json() == {"status": "gezond"}
    with hier.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("DROP TABLE dagwerk"))
    assert client.get("/gezond").status_code == 503


def test_in_het_logboek_staat_geen_link(
    hier: Installatie, client: Bezoeker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stap = oproep(hier)
    token = pad(hier, stap).rsplit("/", 1)[-1]
    with caplog.at_level(logging.INFO):
        client.get(pad(hier, stap))
        toegang = logging.getLogger("uvicorn.access")
        # Een andere test kan Prefect hebben geladen, en die zet de logboeken van uvicorn voor zichzelf.
        monkeypatch.setattr(toegang, "disabled", False)
        monkeypatch.setattr(toegang, "propagate", True)
        monkeypatch.setattr(toegang, "level", logging.INFO)
        toegang.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", f"/taak/{token}", "1.1", 200)
    onze = "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert "GET /taak/{token} 200" in onze
    assert "/taak/… HTTP" in onze
    assert token not in onze
