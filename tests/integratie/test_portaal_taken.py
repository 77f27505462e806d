"""Mijn werk en de taak van wie is aangemeld: antwoorden, concept, collega's, brief en uitnodiging."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from adapters.agenda import IcalAgenda
from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from domein.begrippen import Stapstatus, Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from portaal.app import maak_app
from portaal.mensen import Mensen
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles, gesprek, lees, oproep, pad, regio_met_dossiers, stuur
from tests.integratie.post_hulp import Installatie, Zetbaar


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    hier = regio_met_dossiers(magazijn, klok)
    hier.omgeving = replace(hier.omgeving, agenda=IcalAgenda("regie@avres.example"))
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.fixture
def stap(hier: Installatie) -> Stap:
    return oproep(hier)


@pytest.fixture
def eigenaar(hier: Installatie, app: FastAPI, stap: Stap) -> Browser:
    return meld_aan(hier, app, stap.medewerker or "")


def collega_van(stap: Stap) -> str:
    return next(code for code in ("m-jdb", "m-kos", "m-tha") if code != stap.medewerker)


def antwoord(hier: Installatie, **anders: str) -> dict[str, str]:
    vandaag = hier.klok.vandaag()
    return {
        "oproep_verzonden.datum": vandaag.isoformat(),
        "oproep_verzonden.afspraak_op": (vandaag + timedelta(days=14)).isoformat(),
        "oproep_verzonden.waarschuwing": "nee",
        "generatie": "1",
    } | anders


# mijn werk


def test_mijn_werk_toont_alleen_de_eigen_taken_en_het_team_alleen_zijn_organisatie(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    with hier.magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
    assert referentie in eigenaar.get("/mijn-werk").text
    collega = meld_aan(hier, app, collega_van(stap))
    assert referentie not in collega.get("/mijn-werk").text
    assert referentie in collega.get("/mijn-werk/team").text
    assert referentie not in meld_aan(hier, app, "m-mer").get("/mijn-werk/team").text
    assert meld_aan(hier, app, "m-vrw").get("/mijn-werk/team").status_code == 404


def test_de_lijst_is_te_filteren_met_en_zonder_script(stap: Stap, eigenaar: Browser, hier: Installatie) -> None:
    with hier.magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
    groep = "?toon=streefdag-voorbij"  # streefdag 8 januari, uiterlijk 16 maart
    for raak in ("", "?soort=intake", f"?zoek={referentie[:4].lower()}", "?toon=nieuw", groep, "?soort=onzin"):
        assert referentie in eigenaar.get(f"/mijn-werk{raak}").text, raak
    for mis in ("?soort=pip", "?zoek=D-%25", "?zoek=ZZZ", "?toon=te-laat", "?toon=later"):
        assert referentie not in eigenaar.get(f"/mijn-werk{mis}").text, mis
    deel = eigenaar.get("/mijn-werk", headers={"hx-request": "true"})
    assert deel.text.startswith('<div id="lijst">')


def test_wacht_een_ander_op_een_vraag_dan_staat_de_taak_apart(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    browser, gevraagd = eigenaar, None
    for _ in range(3):  # de andere klantmanagers krijgen haar eerst; dan beslist de teamleider
        nu = lees(hier, stap)
        browser = meld_aan(hier, app, nu.medewerker or "")
        gevraagd = browser.stuur(f"/taken/{stap.id}/niet-voor-mij", {"reden": "te-vol", "generatie": str(nu.generatie)})
        assert gevraagd.status_code == 303
    assert gevraagd is not None
    assert gevraagd.headers["location"] == "/mijn-werk?gedaan=gevraagd"
    assert "Wacht op een ander" in browser.get("/mijn-werk").text
    assert "ligt bij een ander" in browser.get("/mijn-werk?gedaan=gevraagd").text


# antwoorden


def test_een_antwoord_wordt_bewaard_als_aangemeld_en_de_ronde_wordt_wakker(
    hier: Installatie, stap: Stap, eigenaar: Browser, tmp_path: Path
) -> None:
    bewaard = eigenaar.stuur(f"/taken/{stap.id}", antwoord(hier))
    assert (bewaard.status_code, bewaard.headers["location"]) == (303, "/mijn-werk?gedaan=bewaard")
    assert lees(hier, stap).status is Stapstatus.KLAAR
    with hier.magazijn.ruimte() as ruimte:
        laatste = next(g for g in ruimte.gebeurtenissen(stap.dossier_id) if g.soort == "oproep_verzonden")
    assert laatste.actor.verificatie is Verificatie.ZELFVERKLAARD  # deze test meldde zich van de opdrachtregel aan
    assert is_gewekt(tmp_path)
    assert "bewaard" in eigenaar.get("/mijn-werk?gedaan=bewaard").text


def test_een_fout_staat_bij_het_veld_en_de_invoer_blijft(hier: Installatie, stap: Stap, eigenaar: Browser) -> None:
    fout = eigenaar.stuur(f"/taken/{stap.id}", antwoord(hier, **{"oproep_verzonden.afspraak_op": "2026-02-31"}))
    assert fout.status_code == 422
    assert 'id="oproep_verzonden-afspraak_op-fout"' in fout.text
    assert 'value="2026-02-31"' in fout.text
    assert lees(hier, stap).status is Stapstatus.OPEN


def test_twee_mensen_tegelijk_een_wint_en_de_ander_ziet_wat_er_gebeurde_met_zijn_tekst(
    hier: Installatie, app: FastAPI, stap: Stap
) -> None:
    """De een op zijn taakpagina, de ander met de link uit de mail; beiden drukken op hetzelfde moment."""
    een, ander = meld_aan(hier, app, stap.medewerker or ""), Browser(app)
    link = pad(hier, stap)
    bewijzen = bewijs_van(een.get(f"/taken/{stap.id}")), bewijs_van(ander.get(link))
    velden = [antwoord(hier, **{"oproep_verzonden.afspraak_op": dag}) for dag in ("2026-01-26", "2026-01-27")]
    start, uit = threading.Barrier(2), {}

    def druk(wie: str, browser: Browser, adres: str, invoer: dict[str, str]) -> None:
        start.wait()
        uit[wie] = browser.post(adres, invoer)

    draden = [
        threading.Thread(target=druk, args=("een", een, f"/taken/{stap.id}", velden[0] | {"bewijs": bewijzen[0]})),
        threading.Thread(target=druk, args=("ander", ander, link, velden[1] | {"bewijs": bewijzen[1]})),
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert sorted(a.status_code for a in uit.values()) == [303, 409]
    verliezer = next(a for a in uit.values() if a.status_code == 409)
    getypt = "2026-01-26" if uit["een"] is verliezer else "2026-01-27"
    pagina = tekst_van(verliezer)
    assert "Deze taak is klaar" in pagina
    assert "Dit vulde u in" in pagina
    assert getypt in pagina
    with hier.magazijn.ruimte() as ruimte:
        soorten = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
    assert soorten.count("oproep_verzonden") == 1
    assert soorten.count("controle_gevraagd") == 1  # het tweede antwoord ligt bij een mens


def test_een_oud_formulier_verandert_niets_en_bewaart_de_tekst(
    hier: Installatie, stap: Stap, eigenaar: Browser
) -> None:
    verzet = {"dag": "2026-01-20", "reden": "geen-plek", "generatie": "1"}
    assert eigenaar.stuur(f"/taken/{stap.id}/andere-dag", verzet).status_code == 303
    oud = eigenaar.stuur(f"/taken/{stap.id}", antwoord(hier))
    assert oud.status_code == 409
    assert "2026-01-26" in oud.text
    assert lees(hier, stap).status is Stapstatus.OPEN


# concept


def test_een_concept_komt_terug_is_versleuteld_en_alleen_van_wie_het_typte(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    geheim = "2026-01-29"
    later = eigenaar.stuur(
        f"/taken/{stap.id}", {"oproep_verzonden.afspraak_op": geheim, "bewaar": "concept", "generatie": "1"}
    )
    assert later.status_code == 303
    terug = eigenaar.get(f"/taken/{stap.id}?later=1")
    assert geheim in terug.text
    assert "Uw tekst is bewaard" in terug.text
    assert "concept" in eigenaar.get("/mijn-werk").text
    assert geheim not in meld_aan(hier, app, collega_van(stap)).get(f"/taken/{stap.id}").text
    with hier.magazijn.engine.connect() as verbinding:
        rijen = verbinding.execute(text("SELECT * FROM concept")).all()
    assert len(rijen) == 1
    assert geheim not in repr(rijen)
    assert eigenaar.stuur(f"/taken/{stap.id}", antwoord(hier)).status_code == 303
    with hier.magazijn.engine.connect() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM concept")).scalar_one() == 0


def test_het_script_bewaart_tussendoor_en_zegt_wanneer(stap: Stap, eigenaar: Browser, hier: Installatie) -> None:
    velden = antwoord(hier, **{"oproep_verzonden.afspraak_op": "2026-01-30"})
    deel = eigenaar.stuur(f"/taken/{stap.id}/concept", velden, van=f"/taken/{stap.id}")
    assert deel.status_code == 200
    assert "Bewaard als concept" in deel.text
    assert "2026-01-30" in eigenaar.get(f"/taken/{stap.id}").text


def test_een_concept_blijft_als_een_ander_antwoordde(hier: Installatie, stap: Stap, eigenaar: Browser) -> None:
    velden = {"oproep_verzonden.afspraak_op": "2026-01-28", "bewaar": "concept", "generatie": "1"}
    eigenaar.stuur(f"/taken/{stap.id}", velden)
    antwoord_ = {"afspraak_op": "2026-01-26", "waarschuwing": False}
    geef_uitkomst(
        hier.omgeving, stap.id, "oproep_verzonden", hier.klok.vandaag(), antwoord_, Actor(stap.medewerker or "")
    )
    pagina = tekst_van(eigenaar.get(f"/taken/{stap.id}"))
    assert "Deze taak is klaar" in pagina
    assert "2026-01-28" in pagina


def test_ook_met_de_link_uit_de_mail_kan_iemand_later_verder(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    from tests.integratie.portaal_hulp import Bezoeker

    bezoeker = Bezoeker(app)
    velden = {"oproep_verzonden.afspraak_op": "2026-01-28", "bewaar": "concept"}
    assert stuur(bezoeker, pad(hier, stap), velden).status_code == 303
    assert "2026-01-28" in bezoeker.get(pad(hier, stap)).text


# collega's


def test_een_collega_neemt_een_taak_over_en_de_eerste_wint(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    derde = next(c for c in ("m-jdb", "m-kos", "m-tha") if c not in (stap.medewerker, collega_van(stap)))
    een, twee = meld_aan(hier, app, collega_van(stap)), meld_aan(hier, app, derde)
    bewijs = bewijs_van(twee.get(f"/taken/{stap.id}"))
    velden = {"reden": "collega-weg", "generatie": "1"}
    assert een.stuur(f"/taken/{stap.id}/neem-over", velden, van=f"/taken/{stap.id}").status_code == 303
    nu = lees(hier, stap)
    assert nu.medewerker == collega_van(stap)
    te_laat = twee.post(f"/taken/{stap.id}/neem-over", velden | {"bewijs": bewijs})
    assert te_laat.status_code == 409
    assert Mensen(hier.omgeving)(collega_van(stap)) in tekst_van(te_laat)
    assert lees(hier, stap).medewerker == collega_van(stap)
    assert "Antwoord bewaren" not in eigenaar.get(f"/taken/{stap.id}").text


def test_overdragen_gaat_alleen_naar_wie_de_taak_mag_doen(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    adres = f"/taken/{stap.id}/overdragen"
    for naar in ("m-mer", "m-wil", "onzin", ""):
        assert eigenaar.stuur(adres, {"naar": naar, "reden": "te-vol", "generatie": "1"}).status_code in (409, 422)
    zonder_reden = eigenaar.stuur(adres, {"naar": collega_van(stap), "reden": "", "generatie": "1"})
    assert zonder_reden.status_code == 422
    assert "Kies een reden" in zonder_reden.text
    goed = eigenaar.stuur(adres, {"naar": collega_van(stap), "reden": "te-vol", "generatie": "1"})
    assert goed.headers["location"] == "/mijn-werk?gedaan=over"
    assert lees(hier, stap).medewerker == collega_van(stap)


def test_na_een_overdracht_ziet_wie_haar_had_de_persoon_niet_meer(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    with hier.magazijn.ruimte() as ruimte:
        persoon, dossier = ruimte.persoon(stap.dossier_id), ruimte.dossier(stap.dossier_id)
        dossier.klantmanager = None  # de regie ligt bij een ander; alleen de taak gaf toegang
        ruimte.bewaar(dossier)
    assert persoon is not None
    assert persoon.naam in tekst_van(eigenaar.get(f"/taken/{stap.id}"))
    velden = {"naar": collega_van(stap), "reden": "te-vol", "generatie": "1"}
    assert eigenaar.stuur(f"/taken/{stap.id}/overdragen", velden).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(stap.dossier_id)
        dossier.klantmanager = None
        ruimte.bewaar(dossier)
    assert persoon.naam not in tekst_van(eigenaar.get(f"/taken/{stap.id}"))
    assert eigenaar.get(f"/taken/{stap.id}/brief/brief_oproep").status_code == 404
    assert persoon.naam in tekst_van(meld_aan(hier, app, collega_van(stap)).get(f"/taken/{stap.id}"))


def test_wie_de_taak_niet_heeft_draagt_haar_niet_over_behalve_de_teamleider(
    hier: Installatie, app: FastAPI, stap: Stap
) -> None:
    adres, velden = f"/taken/{stap.id}/overdragen", {"naar": "m-tha", "reden": "afgesproken", "generatie": "1"}
    collega = meld_aan(hier, app, collega_van(stap))
    bewijs = bewijs_van(collega.get(f"/taken/{stap.id}"))
    assert collega.post(adres, velden | {"bewijs": bewijs}).status_code == 409
    naar = "m-tha" if stap.medewerker != "m-tha" else "m-kos"
    teamleider = meld_aan(hier, app, "m-wil")
    assert teamleider.stuur(adres, velden | {"naar": naar}).status_code == 303
    assert lees(hier, stap).medewerker == naar


# wat erbij hoort


def test_de_persoon_staat_er_voor_wie_hem_mag_zien_en_voor_een_collega_niet(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    with hier.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(stap.dossier_id)
    assert persoon is not None
    assert persoon.naam in tekst_van(eigenaar.get(f"/taken/{stap.id}"))
    for code in (collega_van(stap), "m-reg"):
        pagina = meld_aan(hier, app, code).get(f"/taken/{stap.id}")
        assert pagina.status_code == 200
        assert persoon.naam not in tekst_van(pagina)
        assert persoon.bsn not in pagina.text
    assert meld_aan(hier, app, "m-mer").get(f"/taken/{stap.id}").status_code == 404


def test_de_brief_is_af_te_drukken_en_staat_in_het_logboek(
    hier: Installatie, app: FastAPI, stap: Stap, eigenaar: Browser
) -> None:
    adres = f"/taken/{stap.id}/brief/brief_oproep"
    assert adres in eigenaar.get(f"/taken/{stap.id}").text
    brief = tekst_van(eigenaar.get(f"{adres}?dag=2026-01-26&tijd=10.00&plaats=Stadhuis&taal=en"))
    assert "Stadhuis" in brief
    assert 'lang="en"' in brief
    assert eigenaar.get(f"{adres}?dag=32-13").status_code == 422
    assert eigenaar.get(f"/taken/{stap.id}/brief/brief_einde").status_code == 409
    assert eigenaar.get(f"/taken/{stap.id}/brief/onzin").status_code == 404
    assert meld_aan(hier, app, collega_van(stap)).get(adres).status_code == 404
    with hier.magazijn.engine.connect() as verbinding:
        mee = verbinding.execute(text("SELECT actor FROM logregel WHERE soort = 'meegenomen' AND status = 'OK'"))
        assert stap.medewerker in {rij[0] for rij in mee}


def test_een_gesprek_heeft_een_uitnodiging_zonder_naam(hier: Installatie, app: FastAPI) -> None:
    stap = gesprek(hier)
    eigenaar = meld_aan(hier, app, stap.medewerker or "")
    agenda = eigenaar.get(f"/taken/{stap.id}/uitnodiging.ics")
    assert agenda.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in agenda.text
    with hier.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(stap.dossier_id)
    assert persoon is not None
    assert not any(deel in agenda.text for deel in (*persoon.naam.split(), persoon.bsn))


@pytest.mark.parametrize(
    "adres",
    [
        lambda s: f"/taken/{s.id}", lambda s: f"/taken/{s.id}/andere-dag",
        lambda s: f"/taken/{s.id}/brief/brief_oproep",
        lambda s: f"/taken/{s.id}/uitnodiging.ics", lambda s: f"/taken/{s.id}/overdragen",
        lambda s: f"/taken/{s.id}/niet-voor-mij",
    ],
)  # fmt: skip
def test_vreemd_afwezig_en_onleesbaar_zien_er_hetzelfde_uit(
    hier: Installatie, app: FastAPI, stap: Stap, adres: Callable[[Stap], str]
) -> None:
    vreemde = meld_aan(hier, app, "m-mer")
    pad_ = adres(stap)
    namen = [pad_, pad_.replace(str(stap.id), "00000000-0000-4000-8000-000000000000"), pad_.replace(str(stap.id), "x")]
    paginas = [vreemde.get(naam) for naam in namen]
    assert {pagina.status_code for pagina in paginas} == {404}
    assert len({pagina.text for pagina in paginas}) == 1


def test_kijken_verandert_niets(hier: Installatie, stap: Stap, eigenaar: Browser) -> None:
    voor = alles(hier)
    for adres in ("", "/andere-dag", "/niet-voor-mij", "/overdragen", "/brief/brief_oproep", "/uitnodiging.ics"):
        for vraag in ("", "?bewaar=concept&uitkomst=oproep_verzonden&reden=te-vol&naar=m-kos"):
            eigenaar.get(f"/taken/{stap.id}{adres}{vraag}")
            eigenaar.vraag("HEAD", f"/taken/{stap.id}{adres}{vraag}")
    assert alles(hier) == voor


def test_wat_iemand_typt_wordt_nooit_uitgevoerd(hier: Installatie, stap: Stap, eigenaar: Browser) -> None:
    kwaad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    for adres in (f"/taken/{stap.id}", f"/taken/{stap.id}/andere-dag", f"/taken/{stap.id}/overdragen"):
        velden = dict.fromkeys(("oproep_verzonden.afspraak_op", "dag", "reden", "naar", "generatie"), kwaad)
        pagina = eigenaar.stuur(adres, velden)
        assert pagina.status_code >= 400
        assert "<script>alert" not in pagina.text
        assert "<img src=x" not in pagina.text
        assert "49" not in re.findall(
            r"\{\{7\*7\}\}|49", re.sub(r'value="[\w-]{20,}"', "", pagina.text.replace(str(stap.id), ""))
        )
    zoek = eigenaar.get("/mijn-werk", params={"zoek": kwaad, "toon": kwaad, "soort": kwaad, "gedaan": kwaad})
    assert "<script>alert" not in zoek.text
