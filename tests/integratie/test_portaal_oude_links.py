"""Oude, vreemde, verlopen en gebruikte links uit een mail: zij tonen hoe het staat, en veranderen niets."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.links import DAGEN_TAAK
from adapters.opslag import SqlMagazijn
from domein.fouten import OvergangNietToegestaan, VerouderdeVraag
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.stapbeheer import draag_over
from domein.handelingen.teruggeven import geef_terug
from domein.handelingen.uitkomst import geef_uitkomst
from domein.handelingen.uitstellen import stel_uit
from domein.model import Stap
from domein.ports import Linkdoel
from portaal.app import maak_app
from tests.integratie.portaal_hulp import (
    GOED,
    Bezoeker,
    actiepad,
    alles,
    bewijs,
    lees,
    oproep,
    pad,
    regio_met_dossiers,
    stuur,
)
from tests.integratie.post_hulp import Installatie, Zetbaar

LATER, NIET = Linkdoel.LATER, Linkdoel.NIET_VOOR_MIJ
TERUG = {"reden": "te-vol"}
ANDERE_DAG = {"dag": "2026-01-20", "reden": "geen-plek"}


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


def token_van(link: str) -> str:
    return link.rsplit("/", 1)[-1]


def verander_generatie(hier: Installatie, stap: Stap) -> None:
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.generatie += 1
        ruimte.bewaar(rij)


def beantwoord(hier: Installatie, stap: Stap) -> None:
    gegevens = {"afspraak_op": "2026-01-26", "waarschuwing": False}
    dag = hier.klok.vandaag()
    geef_uitkomst(hier.omgeving, stap.id, "oproep_verzonden", dag, gegevens, Actor(stap.medewerker or ""))


def geef_aan_ander(hier: Installatie, stap: Stap) -> None:
    draag_over(hier.omgeving, stap.id, "m-tha" if stap.medewerker != "m-tha" else "m-kos", Actor("m-wil"), "verdeling")


@pytest.mark.parametrize(
    ("verander", "zin", "status"),
    [
        pytest.param(verander_generatie, "Deze link is verouderd", 409, id="andere-generatie"),
        pytest.param(beantwoord, "Deze taak is klaar", 409, id="al-beantwoord"),
        pytest.param(geef_aan_ander, "Deze taak is van een ander", 403, id="bij-een-ander"),
    ],
)
@pytest.mark.parametrize(("doel", "velden"), [(LATER, ANDERE_DAG), (NIET, TERUG)])
def test_een_oude_link_toont_de_stand_en_verandert_niets(
    hier: Installatie,
    client: Bezoeker,
    doel: Linkdoel,
    velden: dict[str, str],
    verander: Callable[[Installatie, Stap], None],
    zin: str,
    status: int,
) -> None:
    stap = oproep(hier)
    link = actiepad(hier, stap, doel)
    geldig = bewijs(client.get(link).text)
    verander(hier, stap)
    voor = alles(hier)
    pagina = client.get(link)
    assert zin in pagina.text
    assert "<form" not in pagina.text
    assert stuur(client, link, {**velden, "bewijs": geldig}).status_code == status
    assert alles(hier) == voor


@pytest.mark.parametrize(("doel", "velden"), [(LATER, ANDERE_DAG), (NIET, TERUG)])
def test_de_link_van_een_ander_of_voor_een_ander_doel_doet_niets(
    hier: Installatie, client: Bezoeker, doel: Linkdoel, velden: dict[str, str]
) -> None:
    stap = oproep(hier)
    eigen = actiepad(hier, stap, doel)
    vreemd = actiepad(hier, stap, doel, "m-lin")
    voor = alles(hier)
    assert stap.titel not in client.get(vreemd).text
    vals = hier.links.formulierbewijs(hier.links.lees_taaklink(token_van(vreemd), hier.klok.vandaag(), doel))
    assert stuur(client, vreemd, {**velden, "bewijs": vals}).status_code == 403
    # Het bewijs van de ene pagina past niet bij de andere, en de token van het ene doel niet bij het andere.
    ander_doel = NIET if doel is LATER else LATER
    bewijs_ander = bewijs(client.get(actiepad(hier, stap, ander_doel)).text)
    assert stuur(client, eigen, {**velden, "bewijs": bewijs_ander}).status_code == 403
    bewijs_taak = bewijs(client.get(pad(hier, stap)).text)
    assert stuur(client, eigen, {**velden, "bewijs": bewijs_taak}).status_code == 403
    for verkeerd in (f"/{ander_doel.value}/{token_van(eigen)}", f"/taak/{token_van(eigen)}"):
        assert client.get(verkeerd).status_code == 404
    assert client.get(f"/{doel.value}/{token_van(pad(hier, stap))}").status_code == 404
    assert alles(hier) == voor


@pytest.mark.parametrize(("doel", "velden"), [(LATER, ANDERE_DAG), (NIET, TERUG)])
@pytest.mark.parametrize("kop", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://kwaad.example"}])
def test_post_van_een_vreemde_pagina_wordt_geweigerd(
    hier: Installatie, client: Bezoeker, doel: Linkdoel, velden: dict[str, str], kop: dict[str, str]
) -> None:
    stap = oproep(hier)
    voor = alles(hier)
    assert stuur(client, actiepad(hier, stap, doel), velden, kop=kop).status_code == 403
    assert stuur(client, actiepad(hier, stap, doel), {**velden, "bewijs": "onzin"}).status_code == 403
    assert alles(hier) == voor


@pytest.mark.parametrize("doel", [LATER, NIET])
def test_een_verlopen_link_zegt_dat_en_toont_verder_niets(hier: Installatie, client: Bezoeker, doel: Linkdoel) -> None:
    stap = oproep(hier)
    link = actiepad(hier, stap, doel)
    hier.verder(days=DAGEN_TAAK + 1)
    pagina = client.get(link)
    assert pagina.status_code == 410
    assert stap.titel not in pagina.text


def test_een_gebruikte_link_doet_de_tweede_keer_niets(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    link = actiepad(hier, stap, NIET)
    geldig = {**TERUG, "bewijs": bewijs(client.get(link).text)}
    assert stuur(client, link, geldig).status_code == 303
    voor = alles(hier)
    assert stuur(client, link, geldig).status_code == 403
    assert stuur(client, pad(hier, stap), {**GOED, "bewijs": "x"}).status_code == 403
    assert alles(hier) == voor


def test_twee_mensen_tegelijk_geven_samen_een_uitkomst(hier: Installatie) -> None:
    stap = oproep(hier)
    uitkomsten: list[str] = []
    start = threading.Barrier(2)

    def doe(werk: Callable[[], object]) -> None:
        start.wait()
        try:
            werk()
            uitkomsten.append("gelukt")
        except Exception as fout:
            uitkomsten.append(type(fout).__name__)

    ik = Actor(stap.medewerker or "")
    werk: tuple[Callable[[], object], ...] = (
        lambda: geef_terug(hier.omgeving, stap.id, "te-vol", ik, generatie=stap.generatie),
        lambda: stel_uit(hier.omgeving, stap.id, date(2026, 1, 20), "geen-plek", ik, generatie=stap.generatie),
    )
    draden = [threading.Thread(target=doe, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) in (["GeenBevoegdheid", "gelukt"], ["VerouderdeVraag", "gelukt"])
    na = lees(hier, stap)
    assert na.generatie == stap.generatie + 1
    with hier.magazijn.ruimte() as ruimte:
        soort = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
    assert soort.count("stap_toegewezen") + soort.count("stap_verzet") == 1


def test_antwoorden_en_teruggeven_tegelijk_laat_een_van_de_twee_gelden(hier: Installatie) -> None:
    stap = oproep(hier)
    beantwoord(hier, stap)
    with pytest.raises(OvergangNietToegestaan, match="al klaar"):
        geef_terug(hier.omgeving, stap.id, "te-vol", Actor(stap.medewerker or ""), generatie=stap.generatie)
    with pytest.raises(VerouderdeVraag):
        stel_uit(
            hier.omgeving, stap.id, hier.klok.vandaag() + timedelta(days=3), "anders", Actor(stap.medewerker or ""),
            generatie=stap.generatie + 1,
        )  # fmt: skip
