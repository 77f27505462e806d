"""De knoppen 'later' en 'niet voor mij': kijken verandert niets, en alleen de eigen open taak doet mee."""

import html
from datetime import date
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from domein.begrippen import Stapstatus
from domein.fouten import AlBeantwoord
from domein.gebeurtenissen.basis import SYSTEEM, Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapToegewezen
from domein.handelingen.invarianten import controleer as controleer_invarianten
from domein.handelingen.kern import leg_vast
from domein.handelingen.openen import open_stap
from domein.handelingen.stapbeheer import draag_over
from domein.handelingen.teruggeven import REDENEN, Teruggave, geef_terug
from domein.handelingen.uitkomst import geef_uitkomst
from domein.handelingen.uitstellen import stel_uit
from domein.model import Stap
from domein.ports import Linkdoel
from portaal.app import maak_app
from tests.integratie.portaal_hulp import (
    Bezoeker,
    actiepad,
    alles,
    lees,
    oproep,
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


def kenmerk_open(hier: Installatie, stap: Stap, kenmerk: str) -> Stap:
    with hier.magazijn.ruimte() as ruimte:
        gevonden = next(s for s in ruimte.stappen(stap.dossier_id) if s.kenmerk == kenmerk)
    open_stap(hier.omgeving, gevonden.id)
    return lees(hier, gevonden)


def soorten(hier: Installatie, stap: Stap) -> list[str]:
    with hier.magazijn.ruimte() as ruimte:
        return [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]


def aanmelding(hier: Installatie) -> Stap:
    """Een open aanmelding bij een aanbieder: die mag beantwoorden, maar geen stappen beheren."""
    stap = oproep(hier)
    gegevens = StapToegewezen(partner="taalschool-de-merwede", medewerker="m-mer")
    dag = hier.klok.vandaag()
    with hier.magazijn.ruimte() as ruimte:
        nieuw = NieuweGebeurtenis("stap_toegewezen", dag, gegevens, SYSTEEM, reden="proef", stap=stap.kenmerk)
        leg_vast(ruimte, hier.omgeving, stap.dossier_id, [nieuw])
    return lees(hier, stap)


# kijken


@pytest.mark.parametrize("doel", [LATER, NIET])
def test_twintig_keer_kijken_verandert_niets(hier: Installatie, client: Bezoeker, doel: Linkdoel) -> None:
    stap = oproep(hier)
    paden = [
        actiepad(hier, stap, doel),
        actiepad(hier, stap, doel, "m-kos"),
        actiepad(hier, stap, doel, generatie=9),
        f"{actiepad(hier, stap, doel)}?dag=2026-01-20&reden=geen-plek&gedaan=verzet",
    ]
    voor = alles(hier)
    for _ in range(20):
        for een in paden:
            assert client.get(een).status_code == 200
            assert client.head(een).status_code == 200
    assert alles(hier) == voor


def test_later_toont_de_uiterste_dag_met_zijn_artikel(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    pagina = client.get(actiepad(hier, stap, LATER))
    tekst = html.unescape(pagina.text)
    assert "Uiterlijk maandag 16 maart 2026. Later mag niet." in tekst
    assert f'max="{stap.uiterst}"' in pagina.text
    assert "Dag bewaren" in pagina.text
    assert stap.titel in tekst
    assert "<script" not in pagina.text


def test_een_zelfbedachte_link_meldt_geen_succes(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    for gedaan in ("verzet", "over", "gevraagd", "<b>x</b>"):
        pagina = client.get(f"{actiepad(hier, stap, LATER)}?gedaan={gedaan}")
        assert 'class="melding goed"' not in pagina.text
        assert "<b>" not in pagina.text


# later


def test_wie_mag_beheren_verzet_de_taak_zelf(hier: Installatie, client: Bezoeker, tmp_path: Path) -> None:
    stap = oproep(hier)
    link = actiepad(hier, stap, LATER)
    antwoord = stuur(client, link, ANDERE_DAG)
    assert antwoord.status_code == 303
    na = lees(hier, stap)
    assert (na.status, na.streef, na.generatie) == (Stapstatus.OPEN, date(2026, 1, 20), stap.generatie + 1)
    with hier.magazijn.ruimte() as ruimte:
        laatste = ruimte.gebeurtenissen(stap.dossier_id)[-1]
        mails = [(b.soort, b.generatie) for b in ruimte.berichten(stap_id=stap.id)]
    assert (laatste.soort, laatste.actor, laatste.reden) == (
        "stap_verzet", Actor(stap.medewerker or "", laatste.actor.verificatie), "De agenda is vol",
    )  # fmt: skip
    assert laatste.actor.verificatie == "getekende_link"
    assert ("taak_verzet", stap.generatie + 1) in mails
    assert is_gewekt(tmp_path)
    daarna = client.get(antwoord.headers["location"])
    assert "De taak heeft een nieuwe dag" in daarna.text
    assert "<form" not in daarna.text


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        ("2026-03-17", "na de uiterste dag"),
        ("2026-01-11", "verleden"),
        ("", "Vul een datum in"),
        ("2026-02-30", "bestaande datum"),
        ("morgen", "bestaande datum"),
    ],
)
def test_een_dag_die_niet_kan_geeft_uitleg_en_verandert_niets(
    hier: Installatie, client: Bezoeker, dag: str, zin: str
) -> None:
    stap = oproep(hier)
    voor = alles(hier)
    pagina = stuur(client, actiepad(hier, stap, LATER), {"dag": dag, "reden": "geen-plek"})
    assert pagina.status_code == 422
    assert zin in html.unescape(pagina.text)
    assert 'value="geen-plek" checked' in pagina.text  # wat was gekozen blijft staan
    assert alles(hier) == voor


def test_de_dag_die_er_al_staat_is_geen_andere_dag(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    stuur(client, actiepad(hier, stap, LATER), ANDERE_DAG)
    voor = alles(hier)
    pagina = stuur(client, actiepad(hier, lees(hier, stap), LATER), ANDERE_DAG)
    assert pagina.status_code == 422
    assert "De taak staat al op die dag." in pagina.text
    assert alles(hier) == voor


def test_zonder_reden_gebeurt_er_niets(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    voor = alles(hier)
    for doel, velden in ((LATER, {"dag": "2026-01-20"}), (NIET, {}), (NIET, {"reden": "verzonnen"})):
        pagina = stuur(client, actiepad(hier, stap, doel), velden)
        assert pagina.status_code == 422
        assert "Kies een reden." in pagina.text
    assert alles(hier) == voor


def test_wie_niet_mag_beheren_stelt_een_dag_voor_aan_de_coordinator(hier: Installatie, client: Bezoeker) -> None:
    stap = aanmelding(hier)
    link = actiepad(hier, stap, LATER)
    assert "Dag voorstellen" in client.get(link).text
    assert stuur(client, link, ANDERE_DAG).status_code == 303
    na = lees(hier, stap)
    assert (na.streef, na.generatie) == (stap.streef, stap.generatie)
    vraag = kenmerk_open(hier, stap, "registratie/controle/1")
    assert vraag.medewerker == "m-reg"
    assert "2026-01-20" in vraag.waarom
    assert "agenda is vol" in vraag.waarom
    # De link toont nu dat de vraag loopt, en doet niets meer.
    pagina = client.get(link)
    assert "U vroeg om een andere dag" in pagina.text
    assert "<form" not in pagina.text
    voor = alles(hier)
    with pytest.raises(AlBeantwoord):
        stel_uit(hier.omgeving, stap.id, date(2026, 1, 21), "anders", Actor("m-mer"), generatie=stap.generatie)
    assert alles(hier) == voor


# niet voor mij


def test_een_collega_krijgt_de_taak_en_de_gever_hoort_dat_zij_vervalt(hier: Installatie, client: Bezoeker) -> None:
    stap = oproep(hier)
    link = actiepad(hier, stap, NIET)
    # De post is echt weg: alleen dan hoort de gever dat de taak vervalt.
    with hier.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(stap_id=stap.id):
            bericht.status = bericht.status.AANVAARD
            ruimte.bewaar(bericht)
    antwoord = stuur(client, link, TERUG)
    assert antwoord.status_code == 303
    na = lees(hier, stap)
    assert na.medewerker not in (stap.medewerker, None)
    assert (na.partner, na.generatie, na.status) == (stap.partner, stap.generatie + 1, Stapstatus.OPEN)
    with hier.magazijn.ruimte() as ruimte:
        mails = {(b.soort, b.ontvanger_code) for b in ruimte.berichten(stap_id=stap.id)}
        laatste = ruimte.gebeurtenissen(stap.dossier_id)[-1]
    assert {("taak_ingetrokken", stap.medewerker), ("taak", na.medewerker)} <= mails
    assert (laatste.soort, laatste.actor.code) == ("stap_toegewezen", stap.medewerker)
    assert "geen tijd" in laatste.reden
    assert "De taak is nu van een collega" in client.get(antwoord.headers["location"]).text


def test_wie_teruggaf_krijgt_de_taak_niet_weer_en_aan_het_eind_beslist_de_teamleider(hier: Installatie) -> None:
    stap = oproep(hier)
    gehad: list[str] = []
    uit = Teruggave()
    for _ in range(5):
        nu = lees(hier, stap)
        gehad.append(nu.medewerker or "")
        uit = geef_terug(hier.omgeving, nu.id, "andere-rol", Actor(nu.medewerker or ""), generatie=nu.generatie)
        if uit.beslist:
            break
    assert len(gehad) == len(set(gehad)) == 3  # alle klantmanagers van deze partner, elk één keer
    assert uit.beslist == "m-wil"
    assert lees(hier, stap).medewerker == gehad[-1]  # tot de teamleider beslist, blijft zij waar zij is
    vraag = kenmerk_open(hier, stap, "registratie/controle/1")
    assert vraag.medewerker == "m-wil"
    assert REDENEN["andere-rol"].lower() in vraag.waarom
    nu = lees(hier, stap)
    with pytest.raises(AlBeantwoord):
        geef_terug(hier.omgeving, nu.id, "anders", Actor(nu.medewerker or ""), generatie=nu.generatie)
    # De teamleider draagt over; daarna is de vraag af te handelen.
    draag_over(hier.omgeving, stap.id, gehad[0], Actor("m-wil"), "besproken")
    geef_uitkomst(
        hier.omgeving,
        vraag.id,
        "controle_afgehandeld",
        hier.klok.vandaag(),
        {"oordeelcode": "hersteld"},
        Actor("m-wil"),
    )
    assert lees(hier, stap).medewerker == gehad[0]
    assert {naam: fouten for naam, fouten in controleer_invarianten(hier.omgeving).items() if fouten} == {}


def test_een_aanbieder_alleen_geeft_terug_en_de_coordinator_beslist(hier: Installatie, client: Bezoeker) -> None:
    stap = aanmelding(hier)
    assert stuur(client, actiepad(hier, stap, NIET), TERUG).status_code == 303
    assert lees(hier, stap).medewerker == "m-mer"
    assert kenmerk_open(hier, stap, "registratie/controle/1").medewerker == "m-reg"
    assert "U gaf deze taak terug" in client.get(actiepad(hier, stap, NIET)).text
