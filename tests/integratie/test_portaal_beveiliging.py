"""Wat de taakpagina weigert: post van een vreemde site, te veel invoer, vijandige tekst."""

import re
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from portaal.app import maak_app
from tests.integratie.portaal_hulp import GOED, Bezoeker, lees, oproep, pad, regio_met_dossiers, stuur
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
    assert stuur(client, pad(hier, stap), GOED, kop=kop).status_code == status
    assert (lees(hier, stap).status is Stapstatus.KLAAR) == (status == 303)


@pytest.mark.parametrize("vals", ["", "onzin", "x" * 5_000])
def test_zonder_geldig_formulierbewijs_gebeurt_er_niets(hier: Installatie, client: Bezoeker, vals: str) -> None:
    stap = oproep(hier)
    assert stuur(client, pad(hier, stap), {**GOED, "bewijs": vals}).status_code == 403
    assert lees(hier, stap).status is Stapstatus.OPEN


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\x00"])
def test_vijandige_tekst_komt_ontsnapt_terug(hier: Installatie, client: Bezoeker, tekst: str) -> None:
    stap = oproep(hier)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.titel, rij.waarom = tekst.replace("\x00", ""), tekst.replace("\x00", "")
        ruimte.bewaar(rij)
    pagina = stuur(client, pad(hier, stap), {"oproep_verzonden.datum": tekst, "reden": tekst, "uitkomst": tekst})
    assert pagina.status_code == 422
    assert "<script" not in pagina.text
    assert "<img" not in pagina.text
    assert "49" not in re.sub(r'value="[^"]*"', "", pagina.text.replace(pad(hier, stap), ""))
    assert "\x00" not in pagina.text


def test_te_veel_invoer_wordt_geweigerd(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    assert stuur(client, pad(hier, stap), {**GOED, "reden": "x" * 100_000}).status_code == 413
    veel = {f"v{nummer}": "x" for nummer in range(200)}
    assert stuur(client, pad(hier, stap), {**GOED, **veel}).status_code == 413


def test_een_storing_toont_niets_van_het_dossier(
    hier: Installatie, client: Bezoeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    stap = oproep(hier)

    def stuk(*_a: object) -> None:
        raise RuntimeError("Selam Misale 999993653")

    monkeypatch.setattr("portaal.linkpaginas.bekijk", stuk)
    pagina = client.get(pad(hier, stap))
    assert pagina.status_code == 500
    assert "Selam" not in pagina.text
    assert "999993653" not in pagina.text
