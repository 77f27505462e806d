"""De taakpagina: lezen verandert niets, alleen de knop doet iets, en een vreemde link zegt niets."""

import asyncio
import html
import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlmodel import Session, text

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from adapters.wekker import is_gewekt
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.openen import open_stap
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap, metadata
from portaal.app import maak_app
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar, installeer

VOORBEELD = Path(__file__).parents[2] / "voorbeelden" / "avres"
ZELFDE = {"sec-fetch-site": "same-origin"}
SYSTEEM = Actor("m-adm")


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    """De pagina's weten niets van de database: SQLite is hier genoeg."""
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    hier = installeer(magazijn, klok)
    klok.moment = datetime(2026, 1, 12, 9, tzinfo=UTC)
    laad_regio(hier.omgeving, laad_regiobestand(VOORBEELD), SYSTEEM)
    gelezen = lees_kennisgevingen(
        VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), ["GM0512", "GM1961", "GM1978"]
    )
    registreer(hier.omgeving, gelezen.rijen[:3], SYSTEEM)
    return hier


class Bezoeker:
    """Een browser zonder geheugen: elk verzoek loopt door de hele app, zonder netwerk."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, pad: str) -> Response:
        return self._vraag("GET", pad)

    def head(self, pad: str) -> Response:
        return self._vraag("HEAD", pad)

    def post(self, pad: str, content: str, headers: dict[str, str]) -> Response:
        return self._vraag("POST", pad, content=content, headers=headers)

    def _vraag(self, methode: str, pad: str, **rest: Any) -> Response:
        async def vraag() -> Response:
            draad = ASGITransport(app=self._app, raise_app_exceptions=False)
            async with AsyncClient(transport=draad, base_url=BASIS) as client:
                return await client.request(methode, pad, **rest)

        return asyncio.run(vraag())


@pytest.fixture
def client(hier: Installatie, tmp_path: Path) -> Bezoeker:
    return Bezoeker(maak_app(hier.omgeving, hier.links, wekmap=tmp_path))


def oproep(hier: Installatie) -> Stap:
    """De eerste oproep van het eerste dossier, geopend."""
    with hier.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen_waar(kenmerk="intake/oproep/1", gemeente="GM0512"))
    open_stap(hier.omgeving, stap.id)
    return lees(hier, stap)


def gesprek(hier: Installatie) -> Stap:
    """Het intakegesprek dat op de oproep volgt: twee mogelijke uitkomsten."""
    eerst = oproep(hier)
    geef_uitkomst(
        hier.omgeving,
        eerst.id,
        "oproep_verzonden",
        hier.klok.vandaag(),
        {"afspraak_op": "2026-01-26", "waarschuwing": False},
        Actor(eerst.medewerker or ""),
    )
    hier.verder(days=14)
    with hier.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen(eerst.dossier_id) if s.kenmerk == "intake/gesprek/1")
    open_stap(hier.omgeving, stap.id)
    return lees(hier, stap)


def lees(hier: Installatie, stap: Stap) -> Stap:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.stap(stap.id)


def pad(hier: Installatie, stap: Stap, code: str | None = None, generatie: int | None = None) -> str:
    link = hier.links.taaklink(stap.id, generatie or stap.generatie, code or stap.medewerker or "")
    return link.removeprefix(BASIS)


def bewijs(pagina: str) -> str:
    gevonden = re.search(r'name="bewijs" value="([^"]+)"', pagina)
    assert gevonden is not None
    return gevonden.group(1)


def stuur(client: Bezoeker, link: str, kop: dict[str, str] | None = None, **velden: str) -> Any:
    """Open de pagina, vul het formulier in en druk op de knop; dubbele onderstreping is een punt."""
    gegevens = {naam.replace("__", "."): waarde for naam, waarde in velden.items()}
    if "bewijs" not in gegevens:
        gegevens["bewijs"] = bewijs(client.get(link).text)
    return client.post(
        link,
        content=urlencode(gegevens),
        headers={"content-type": "application/x-www-form-urlencoded", **(ZELFDE if kop is None else kop)},
    )


GOED = {
    "oproep_verzonden__datum": "2026-01-12",
    "oproep_verzonden__afspraak_op": "2026-01-26",
    "oproep_verzonden__waarschuwing": "nee",
}


def alles(hier: Installatie) -> dict[str, list[Any]]:
    """De inhoud van elke tabel, om te zien dat er niets veranderde."""
    with Session(hier.magazijn.engine) as sessie:
        return {
            naam: [tuple(rij) for rij in sessie.execute(text(f"SELECT * FROM {naam} ORDER BY 1, 2"))]
            for naam in metadata.tables
        }


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
    hier.verder(days=366)
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
    assert stuur(client, link, bewijs=eigen, **GOED).status_code == 403
    vals = hier.links.formulierbewijs(hier.links.lees_taaklink(link.rsplit("/", 1)[-1], hier.klok.vandaag()))
    assert stuur(client, link, bewijs=vals, **GOED).status_code == 409
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
    antwoord = stuur(client, oud, bewijs=geldig, **GOED)
    assert antwoord.status_code == 409
    assert "26" in antwoord.text  # wat was ingevuld, staat er nog
    assert alles(hier) == voor


# antwoorden


def test_de_knop_legt_het_antwoord_vast(hier: Installatie, client: Bezoeker, tmp_path: Path) -> None:
    stap = oproep(hier)
    antwoord = stuur(client, pad(hier, stap), **GOED)
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
    stuur(client, pad(hier, stap), **GOED)
    pagina = client.get(pad(hier, stap))
    assert "Deze taak is klaar" in pagina.text
    assert "De oproep is verstuurd" in pagina.text
    assert "<form" not in pagina.text


def test_twee_keer_op_de_knop_drukken_is_een_antwoord(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    geldig = bewijs(client.get(pad(hier, stap)).text)
    assert stuur(client, pad(hier, stap), bewijs=geldig, **GOED).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        aantal = len(ruimte.gebeurtenissen(stap.dossier_id))
    nog_eens = stuur(client, pad(hier, stap), bewijs=geldig, **GOED)
    assert nog_eens.status_code == 409
    with hier.magazijn.ruimte() as ruimte:
        assert len(ruimte.gebeurtenissen(stap.dossier_id)) == aantal


def test_een_tweede_ander_antwoord_gaat_naar_een_mens_en_blijft_zichtbaar(
    hier: Installatie, client: Bezoeker
) -> None:
    stap = oproep(hier)
    geldig = bewijs(client.get(pad(hier, stap)).text)
    stuur(client, pad(hier, stap), bewijs=geldig, **GOED)
    anders = {**GOED, "oproep_verzonden__afspraak_op": "2026-02-03"}
    pagina = stuur(client, pad(hier, stap), bewijs=geldig, **anders)
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
        oproep_verzonden__datum="2026-02-30",
        oproep_verzonden__afspraak_op="",
        oproep_verzonden__waarschuwing="ja",
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
    pagina = stuur(client, pad(hier, stap), **{**GOED, "oproep_verzonden__datum": "2026-06-01"})
    assert pagina.status_code == 422
    assert re.search(r'id="oproep_verzonden-datum-fout">[^<]*toekomst', pagina.text)
    assert lees(hier, stap).status is Stapstatus.OPEN


def test_bij_meer_uitkomsten_tellen_alleen_de_velden_van_de_gekozen(
    hier: Installatie, client: Bezoeker
) -> None:
    stap = gesprek(hier)
    link = pad(hier, stap)
    zonder = stuur(client, link)
    assert zonder.status_code == 422
    assert "Kies hoe het ging." in zonder.text
    gelukt = stuur(
        client,
        link,
        uitkomst="niet_verschenen",
        niet_verschenen__datum="26-01-2026",
        niet_verschenen__verschoonbaar="nee",
        intake_gehouden__datum="geen datum",
    )
    assert gelukt.status_code == 303
    assert lees(hier, stap).uitkomst == "niet_verschenen"


def test_een_onwaarschijnlijk_antwoord_vraagt_om_een_reden(hier: Installatie, client: Bezoeker) -> None:
    stap = gesprek(hier)
    velden = {
        "uitkomst": "intake_gehouden",
        "intake_gehouden__datum": "2026-01-02",  # vóór de kennisgeving
        "intake_gehouden__advies": "b1",
    }
    pagina = stuur(client, pad(hier, stap), **velden)
    assert pagina.status_code == 422
    assert 'name="reden"' in pagina.text
    assert 'value="2026-01-02"' in pagina.text
    assert stuur(client, pad(hier, stap), reden="Zo staat het in het verslag.", **velden).status_code == 303


# vreemde post en vijandige tekst


@pytest.mark.parametrize(
    ("kop", "status"),
    [
        pytest.param({}, 403, id="zonder-herkomst"),
        pytest.param({"sec-fetch-site": "cross-site"}, 403, id="andere-site"),
        pytest.param({"sec-fetch-site": "same-site"}, 403, id="buur"),
        pytest.param({"sec-fetch-site": "cross-site", "origin": BASIS}, 403, id="tegenstrijdig"),
        pytest.param({"origin": "https://kwaad.example"}, 403, id="vreemde-origin"),
        pytest.param({"origin": "null"}, 403, id="onbekende-origin"),
        pytest.param({"origin": "http://testserver:81"}, 403, id="andere-poort"),
        pytest.param({"origin": "http://[onzin"}, 403, id="kapotte-origin"),
        pytest.param({"origin": BASIS}, 303, id="eigen-origin"),
        pytest.param({"sec-fetch-site": "same-origin", "origin": "null"}, 303, id="no-referrer-geeft-null"),
    ],
)
def test_alleen_onze_eigen_pagina_mag_antwoorden(
    hier: Installatie, client: Bezoeker, kop: dict[str, str], status: int
) -> None:
    stap = oproep(hier)
    assert stuur(client, pad(hier, stap), kop, **GOED).status_code == status
    assert (lees(hier, stap).status is Stapstatus.KLAAR) == (status == 303)


@pytest.mark.parametrize("vals", ["", "onzin", "x" * 5_000])
def test_zonder_geldig_formulierbewijs_gebeurt_er_niets(
    hier: Installatie, client: Bezoeker, vals: str
) -> None:
    stap = oproep(hier)
    assert stuur(client, pad(hier, stap), bewijs=vals, **GOED).status_code == 403
    assert lees(hier, stap).status is Stapstatus.OPEN


@pytest.mark.parametrize(
    "tekst", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\x00"]
)
def test_vijandige_tekst_komt_ontsnapt_terug(hier: Installatie, client: Bezoeker, tekst: str) -> None:
    stap = oproep(hier)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.titel, rij.waarom = tekst.replace("\x00", ""), tekst.replace("\x00", "")
        ruimte.bewaar(rij)
    pagina = stuur(client, pad(hier, stap), oproep_verzonden__datum=tekst, reden=tekst, uitkomst=tekst)
    assert pagina.status_code == 422
    assert "<script" not in pagina.text
    assert "<img" not in pagina.text
    assert "49" not in re.sub(r'value="[^"]*"', "", pagina.text.replace(pad(hier, stap), ""))
    assert "\x00" not in pagina.text


def test_te_veel_invoer_wordt_geweigerd(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    assert stuur(client, pad(hier, stap), reden="x" * 100_000, **GOED).status_code == 413
    veel = {f"v{nummer}": "x" for nummer in range(200)}
    assert stuur(client, pad(hier, stap), **veel, **GOED).status_code == 413


def test_een_storing_toont_niets_van_het_dossier(
    hier: Installatie, client: Bezoeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    stap = oproep(hier)

    def stuk(*_a: object) -> None:
        raise RuntimeError("Selam Misale 999993653")

    monkeypatch.setattr("portaal.app.bekijk", stuk)
    pagina = client.get(pad(hier, stap))
    assert pagina.status_code == 500
    assert "Selam" not in pagina.text
    assert "999993653" not in pagina.text


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
    ("dag", "groep"),
    [
        ("2026-01-01", "Te laat"),
        ("2026-01-12", "Vandaag"),
        ("2026-01-18", "Deze week"),
        ("2026-01-19", "Later"),
    ],
)
def test_de_groepen_volgen_de_uiterste_dag(hier: Installatie, client: Bezoeker, dag: str, groep: str) -> None:
    stap = oproep(hier)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.uiterst = datetime.fromisoformat(dag).date()
        ruimte.bewaar(rij)
    pagina = client.get(hier.links.werklink(stap.medewerker or "").removeprefix(BASIS))
    assert re.findall(r"<h2[^>]*>([^<(]+) \(", pagina.text) == [groep]


def test_gezond_antwoordt_en_zegt_het_als_de_database_zwijgt(hier: Installatie, client: Bezoeker) -> None:
    assert client.get("/gezond").json() == {"status": "gezond"}
    with Session(hier.magazijn.engine) as sessie:
        sessie.execute(text("DROP TABLE dagwerk"))
        sessie.commit()
    assert client.get("/gezond").status_code == 503


def test_in_het_logboek_staat_geen_link(
    hier: Installatie, client: Bezoeker, caplog: pytest.LogCaptureFixture
) -> None:
    stap = oproep(hier)
    token = pad(hier, stap).rsplit("/", 1)[-1]
    with caplog.at_level(logging.INFO):
        client.get(pad(hier, stap))
        toegang = logging.getLogger("uvicorn.access")
        toegang.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", f"/taak/{token}", "1.1", 200)
    onze = "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert "GET /taak/{token} 200" in onze
    assert "/taak/… HTTP" in onze
    assert token not in onze
