"""Hoe vaak een token mag vragen: een grens per token, met wanneer het weer kan. De test zet de klok zelf."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from adapters.opslag import SqlMagazijn
from domein.begrippen import Tokenrecht
from portaal import app as portaalapp
from portaal.api.tempo import Tempo
from portaal.app import maak_app
from tests.integratie.api_hulp import Systeem, maak_token
from tests.integratie.portaal_hulp import alles, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

GRENS = 3


@pytest.fixture
def soort() -> str:
    return "sqlite"


class Tijd:
    """Een eigen klok voor de grens: zij loopt los van die van de dossiers."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def nu(self) -> datetime:
        return self.moment

    def vandaag(self) -> date:
        return self.moment.date()


@pytest.fixture
def tijd() -> Tijd:
    return Tijd()


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tijd: Tijd, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path, tempo=Tempo(GRENS, tijd))


def test_na_de_grens_volgt_429_met_wanneer_het_weer_kan_en_dan_kan_het_weer(
    hier: Installatie, app: FastAPI, tijd: Tijd
) -> None:
    systeem = Systeem(app, maak_token(hier, "avres"))
    assert [systeem.get("/v1/dossiers").status_code for _ in range(GRENS)] == [200] * GRENS
    geweigerd = systeem.get("/v1/dossiers")
    assert geweigerd.status_code == 429
    assert geweigerd.headers["content-type"] == "application/problem+json"
    assert geweigerd.headers["retry-after"] == "20"  # drie per minuut is er een per twintig seconden
    assert geweigerd.headers["api-version"]
    fout = geweigerd.json()
    assert (fout["status"], fout["code"], fout["title"]) == (429, "te_vaak", "Te veel verzoeken")
    assert fout["uitweg"] == "Wacht 20 seconden, en stuur dan hetzelfde verzoek."
    tijd.moment += timedelta(seconds=19)
    assert systeem.get("/v1/dossiers").headers["retry-after"] == "1"  # te vroeg terugkomen maakt het niet langer
    tijd.moment += timedelta(seconds=1)
    assert [systeem.get("/v1/dossiers").status_code for _ in range(2)] == [200, 429]
    tijd.moment += timedelta(hours=1)  # voller dan vol wordt de emmer niet
    assert [systeem.get("/v1/dossiers").status_code for _ in range(GRENS + 1)] == [200] * GRENS + [429]


def test_de_grens_geldt_per_token_en_wie_er_een_heeft_merkt_niets_van_een_ander(
    hier: Installatie, app: FastAPI
) -> None:
    druk, rustig = (Systeem(app, maak_token(hier, partner)) for partner in ("avres", "taalhuis-lingestroom"))
    assert [druk.get("/v1/dossiers").status_code for _ in range(GRENS + 2)][-1] == 429
    assert rustig.get("/v1/dossiers").status_code == 200


def test_een_geweigerd_verzoek_verandert_niets_en_ook_een_fout_telt_mee(hier: Installatie, app: FastAPI) -> None:
    lezer = Systeem(app, maak_token(hier, "avres", [Tokenrecht.DOSSIERS_LEZEN]))
    voor = alles(hier)
    codes = [lezer.post("/v1/uitkomsten", {}).status_code for _ in range(GRENS)]
    assert codes == [403] * GRENS  # zonder recht telt ook
    assert lezer.post("/v1/uitkomsten", {}, "sleutel-1").status_code == 429
    assert lezer.get("/v1/bestaat-niet").status_code == 429
    na = alles(hier)
    assert {naam: na[naam] for naam in ("gebeurtenis", "idempotentie")} == {
        naam: voor[naam] for naam in ("gebeurtenis", "idempotentie")
    }


def test_zonder_geldig_token_blijft_het_401_en_de_beschrijving_is_vrij(app: FastAPI) -> None:
    vreemd = Systeem(app, "regie_bestaat_niet")
    assert {vreemd.get("/v1/dossiers").status_code for _ in range(GRENS + 2)} == {401}
    document = [vreemd.get("/v1/openapi.json") for _ in range(GRENS + 2)][-1].json()
    for pad in document["paths"].values():
        for doet in pad.values():
            assert "Retry-After" in doet["responses"]["429"]["headers"]


def test_loopt_de_klok_van_de_machine_een_stap_terug_dan_komt_er_niets_bij(tijd: Tijd) -> None:
    tempo = Tempo(GRENS, tijd)
    assert [tempo.wacht("een") for _ in range(GRENS + 1)] == [0, 0, 0, 20]
    tijd.moment -= timedelta(minutes=5)
    assert tempo.wacht("een") == 20
    tijd.moment += timedelta(seconds=20)
    assert [tempo.wacht("een"), tempo.wacht("een")] == [0, 20]


def test_het_portaal_van_een_installatie_heeft_de_grens_uit_de_instellingen_en_de_echte_klok(
    hier: Installatie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Instellingen(map=tmp_path, afzender="regie@avres.example").api_per_minuut == 300
    keuze = Instellingen(map=tmp_path, afzender="regie@avres.example", api_per_minuut=7)
    monkeypatch.setattr("adapters.omgeving.instellingen", lambda: keuze)
    monkeypatch.setattr("adapters.omgeving.omgeving", lambda: hier.omgeving)
    monkeypatch.setattr("adapters.omgeving.linkzetter", lambda *_rest: hier.links)
    tempo = portaalapp.maak_app_uit_instellingen().state.web.tempo
    assert isinstance(tempo._klok, EchteKlok)
    assert [tempo.wacht("een") for _ in range(7)] == [0] * 7
    assert tempo.wacht("een") > 0
