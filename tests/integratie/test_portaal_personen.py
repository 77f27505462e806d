"""Namen in de lijsten, en een dossier zoeken als iemand alleen de persoon kent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import event, text

from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import kennisgevingen
from domein.begrippen import Rol, Stapstatus, Verificatie
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.namenlijst import namen_bij
from domein.handelingen.openen import open_stap
from domein.handelingen.portaalpoort import Logvraag
from domein.handelingen.registreren import registreer
from domein.model import Logregel, Logsoort, Stap
from domein.ports import Persoon
from domein.regels.toegang import Recht
from portaal.app import maak_app
from tests.integratie.matrix_hulp import Wereld, maak_wereld
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar

NIEMAND = "Wij vinden niemand."


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand, die er alleen op PostgreSQL is."""
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def eigen(wereld: Wereld, code: str = "m-jdb") -> tuple[Stap, str, Persoon]:
    """Een open oproep van deze klantmanager."""
    stap = next(s for s in wereld.stappen if s.medewerker == code and s.kenmerk == "intake/oproep/1")
    return stap, wereld.referenties[stap.dossier_id], wereld.personen[stap.dossier_id]


def vreemd(wereld: Wereld, code: str) -> tuple[str, Persoon]:
    stap = next(s for s in wereld.stappen if not wereld.mag_weten(code, s))
    return wereld.referenties[stap.dossier_id], wereld.personen[stap.dossier_id]


def zoek(browser: Browser, **velden: str) -> Response:
    return browser.stuur("/dossiers", {f"persoon.{naam}": waarde for naam, waarde in velden.items()})


def op_naam(browser: Browser, persoon: Persoon, **anders: str) -> Response:
    return zoek(browser, **{"naam": persoon.naam, "geboren": persoon.geboortedatum.isoformat(), **anders})


def regels(wereld: Wereld, code: str) -> list[Logregel]:
    with wereld.hier.magazijn.ruimte() as ruimte:
        return [r for r in ruimte.logregels(Logvraag(actor=code, grens=500)) if r.naam.startswith("/")]


# lijsten


def test_wie_de_naam_mag_weten_ziet_haar_in_zijn_werk_en_in_zijn_dossiers(wereld: Wereld, app: FastAPI) -> None:
    stap, _, persoon = eigen(wereld)
    browser = meld_aan(wereld.hier, app, "m-jdb")
    assert f'<bdi class="naam">{persoon.naam}</bdi>' in tekst_van(browser.get("/mijn-werk"))
    mijn = next(een for een, wie in wereld.klantmanagers.items() if wie == "m-jdb")
    assert f"<bdi>{wereld.personen[mijn].naam}</bdi>" in tekst_van(browser.get("/dossiers"))
    # Een collega ziet dat er een taak is, en niet van wie; de teamleider wel.
    kos, leider = (tekst_van(meld_aan(wereld.hier, app, code).get("/mijn-werk/team")) for code in ("m-kos", "m-wil"))
    assert str(stap.id) in kos
    assert str(stap.id) in leider
    assert persoon.naam not in kos
    assert persoon.naam in leider


def test_elke_naam_in_een_lijst_staat_in_het_logboek_met_alleen_wat_er_te_zien_was(
    wereld: Wereld, app: FastAPI
) -> None:
    _, referentie, _ = eigen(wereld)
    meld_aan(wereld.hier, app, "m-jdb").get("/mijn-werk")
    gezien = [r for r in regels(wereld, "m-jdb") if r.naam == "/mijn-werk"]
    met_naam = {
        wereld.referenties[s.dossier_id]
        for s in wereld.stappen
        if s.medewerker == "m-jdb" and wereld.mag_naam("m-jdb", s)
    }
    assert {r.betrokkene for r in gezien} == met_naam
    regel = next(r for r in gezien if r.betrokkene == referentie)
    assert (regel.soort, regel.gegevens) == (Logsoort.GEZIEN, "naam, referentie, termijnen")
    assert "eigen_taak" in regel.gronden
    meld_aan(wereld.hier, app, "m-kos").get("/mijn-werk/team")
    zonder = {r.betrokkene for r in regels(wereld, "m-kos") if r.naam == "/mijn-werk/team"}
    assert referentie not in zonder  # een rij zonder naam is er een als altijd


def test_met_een_link_uit_de_mail_staat_er_geen_naam_in_het_werk(wereld: Wereld, app: FastAPI) -> None:
    _, _, persoon = eigen(wereld)
    link = wereld.hier.links.werklink("m-jdb")
    pagina = Browser(app).get(link[link.index("/werk/") :])
    assert pagina.status_code == 200
    assert persoon.naam not in tekst_van(pagina)


# zoeken


def test_op_bsn_of_op_naam_met_geboortedatum_gaat_iemand_naar_zijn_dossier(wereld: Wereld, app: FastAPI) -> None:
    _, referentie, persoon = eigen(wereld)
    browser = meld_aan(wereld.hier, app, "m-jdb")
    bsn = persoon.bsn
    vormen = [{"nummer": bsn}, {"nummer": f" {bsn[:3]}.{bsn[3:6]} {bsn[6:]} "}, {"nummer": referentie.lower()}]
    for velden in vormen:
        assert zoek(browser, **velden).headers["location"] == f"/dossiers/{referentie}", velden
    for naam in (persoon.naam, f"  {persoon.naam.upper()} "):
        assert op_naam(browser, persoon, naam=naam).headers["location"] == f"/dossiers/{referentie}"
    assert NIEMAND in op_naam(browser, persoon, geboren="1970-01-01").text
    assert NIEMAND in op_naam(browser, persoon, naam=persoon.naam.split()[0]).text  # een deel van een naam is niets


@pytest.mark.parametrize("code", ["m-jdb", "m-mer", "m-reg", "m-bhr", "m-gor"])
def test_niet_van_u_en_niet_bestaand_zien_er_hetzelfde_uit(wereld: Wereld, app: FastAPI, code: str) -> None:
    browser = meld_aan(wereld.hier, app, code)
    stap = next(s for s in wereld.stappen if not wereld.mag_naam(code, s))
    anders = wereld.personen[stap.dossier_id]
    bewijs = bewijs_van(browser.get("/dossiers"))

    def vraag(**velden: str) -> tuple[int, str]:
        gegevens = {f"persoon.{naam}": waarde for naam, waarde in velden.items()}
        antwoord = browser.post("/dossiers", {"bewijs": bewijs, **gegevens})
        return antwoord.status_code, antwoord.text

    geboren = anders.geboortedatum.isoformat()
    assert vraag(nummer=anders.bsn) == vraag(nummer="999990019")
    assert vraag(naam=anders.naam, geboren=geboren) == vraag(naam="Niemand Nergens", geboren=geboren)
    assert NIEMAND in vraag(nummer=anders.bsn)[1]


def test_een_vreemde_referentie_is_een_fout_bij_het_veld_en_zegt_niet_of_zij_bestaat(
    wereld: Wereld, app: FastAPI
) -> None:
    browser, (referentie, _) = meld_aan(wereld.hier, app, "m-mer"), vreemd(wereld, "m-mer")
    bewijs = bewijs_van(browser.get("/dossiers"))
    van_ander, onzin = (
        browser.post("/dossiers", {"bewijs": bewijs, "persoon.nummer": een}) for een in (referentie, "D-NIETS")
    )
    assert (van_ander.status_code, van_ander.text) == (onzin.status_code, onzin.text)
    assert "Dit dossier is er niet, of het is niet van u." in van_ander.text
    assert [r.soort for r in regels(wereld, "m-mer") if r.betrokkene == referentie] == [Logsoort.GEWEIGERD]


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"nummer": "Yodit"}, "Dit is geen referentie"),
        ({"nummer": "999990018"}, "voldoet niet aan de elfproef"),
        ({"nummer": "12"}, "Een BSN heeft negen cijfers."),
        ({"nummer": "D-7F3"}, "Dit is geen referentie"),
        ({"naam": "Yodit Tesfay"}, "Vul ook de geboortedatum in."),
        ({"geboren": "1990-01-01"}, "Vul ook de naam in."),
        ({"naam": "Yodit Tesfay", "geboren": "9999-12-31"}, "Vul een jaar in"),
        ({}, "Vul een referentie of een BSN in"),
    ],
)
def test_wat_niet_te_zoeken_is_krijgt_een_fout_bij_het_veld(
    wereld: Wereld, app: FastAPI, velden: dict[str, str], fout: str
) -> None:
    antwoord = zoek(meld_aan(wereld.hier, app, "m-jdb"), **velden)
    assert antwoord.status_code == 422
    assert fout in tekst_van(antwoord)
    assert 'aria-invalid="true"' in antwoord.text


def test_wat_iemand_zocht_staat_in_geen_adres_geen_logboek_en_op_geen_pagina(wereld: Wereld, app: FastAPI) -> None:
    _, referentie, persoon = eigen(wereld)
    browser = meld_aan(wereld.hier, app, "m-reg")  # hij mag de persoon niet kennen
    voor = alles(wereld.hier)
    paginas = [zoek(browser, nummer=persoon.bsn), op_naam(browser, persoon), zoek(browser, nummer=f"{persoon.bsn}1")]
    oud = browser.get(f"/dossiers?zoek={persoon.bsn}")
    assert oud.status_code == 422
    for pagina in (*paginas, oud):
        assert "location" not in pagina.headers
        for geheim in (persoon.bsn, persoon.naam, persoon.geboortedatum.isoformat()):
            assert geheim not in tekst_van(pagina)
    verlopen = Browser(app).post("/dossiers", {"bewijs": "x", "persoon.nummer": persoon.bsn, "reden": "getypt"})
    assert verlopen.status_code == 401
    assert "getypt" in verlopen.text
    assert persoon.bsn not in verlopen.text
    with wereld.hier.magazijn.engine.connect() as verbinding:
        logboek = repr(verbinding.execute(text("SELECT * FROM logregel")).all())
    assert persoon.bsn not in logboek
    assert persoon.naam not in logboek
    gezocht = [r for r in regels(wereld, "m-reg") if r.naam == "/dossiers"]
    assert [(r.soort, r.betrokkene) for r in gezocht] == [(Logsoort.GEZIEN, None)] * 2
    na = alles(wereld.hier)
    assert {naam: na[naam] for naam in set(voor) - {"sessie"}} == {naam: voor[naam] for naam in set(voor) - {"sessie"}}
    assert referentie  # het dossier is er wel


def test_een_oude_link_met_een_referentie_werkt_nog_en_iets_anders_gaat_nergens_heen(
    wereld: Wereld, app: FastAPI
) -> None:
    browser = meld_aan(wereld.hier, app, "m-jdb")
    assert browser.get("/dossiers?zoek=%20d-niets").headers["location"] == "/dossiers/D-NIETS"
    for onzin in ("//evil.example", "Yodit", "999994499", "<script>alert(1)</script>"):
        antwoord = browser.get("/dossiers", params={"zoek": onzin})
        assert antwoord.status_code == 422
        assert onzin not in antwoord.text


def test_meer_dossiers_van_een_naamgenoot_staan_onder_elkaar(wereld: Wereld, app: FastAPI) -> None:
    een, ander = [s for s in wereld.stappen if s.medewerker == "m-jdb" and s.kenmerk == "intake/oproep/1"][:2]
    persoon = wereld.personen[een.dossier_id]
    dubbel = wereld.personen[ander.dossier_id]
    with wereld.hier.magazijn.ruimte() as ruimte:
        ruimte.wijzig_persoon(
            ander.dossier_id, Persoon(dubbel.bsn, persoon.naam, persoon.geboortedatum, dubbel.gegevens)
        )
    antwoord = op_naam(meld_aan(wereld.hier, app, "m-jdb"), persoon)
    assert antwoord.status_code == 200
    for stap in (een, ander):
        assert f'href="/dossiers/{wereld.referenties[stap.dossier_id]}"' in antwoord.text


def test_met_te_veel_dossiers_zegt_zoeken_op_naam_dat_het_zo_niet_kan(
    wereld: Wereld, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domein.handelingen.personen_zoeken.MEESTE", 0)
    _, referentie, persoon = eigen(wereld)
    browser = meld_aan(wereld.hier, app, "m-jdb")
    antwoord = op_naam(browser, persoon)
    assert antwoord.status_code == 422
    assert "Zoek op het BSN of de referentie." in antwoord.text
    assert zoek(browser, nummer=persoon.bsn).headers["location"] == f"/dossiers/{referentie}"


# hoe veel het de database kost


def vragen(magazijn: SqlMagazijn, doe: Callable[[], object]) -> int:
    gesteld: list[str] = []

    def noteer(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    event.listen(magazijn.engine, "before_cursor_execute", noteer)
    doe()
    event.remove(magazijn.engine, "before_cursor_execute", noteer)
    return sum(opdracht.lstrip().startswith("SELECT") for opdracht in gesteld)


def test_meer_namen_kosten_niet_meer_vragen(wereld: Wereld, magazijn: SqlMagazijn, klok: Zetbaar) -> None:
    omgeving = wereld.hier.omgeving
    wie = wereld.regio.medewerker("m-wil")
    assert wie is not None
    rollen = frozenset({Rol.TEAMLEIDER})
    kijker = Aangemelde("m-wil", wie.partner, "Avres", rollen, Verificatie.AANGEMELD, wereld.stappen[0].id, "")
    assert Recht.TEAMWERK in kijker.rechten

    def open_dossiers(aantal: int) -> list[Any]:
        registreer(omgeving, list(kennisgevingen(aantal, klok.vandaag())), SYSTEEM)
        with magazijn.ruimte() as ruimte:
            gepland = list(ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=klok.vandaag()))
        for stap in gepland[:aantal]:
            open_stap(omgeving, stap.id)
        with magazijn.ruimte() as ruimte:
            return [s.dossier_id for s in ruimte.stappen_waar(statussen=[Stapstatus.OPEN]) if s.partner == wie.partner]

    dossiers = list(dict.fromkeys(open_dossiers(24)))
    weinig, veel = dossiers[:3], dossiers
    namen_bij(omgeving, kijker, veel, "lijst")  # de sleutels zijn nu bekend
    met_weinig: dict[Any, str] = {}
    met_veel: dict[Any, str] = {}
    aantal = vragen(magazijn, lambda: met_weinig.update(namen_bij(omgeving, kijker, weinig, "lijst")))
    assert vragen(magazijn, lambda: met_veel.update(namen_bij(omgeving, kijker, veel, "lijst"))) == aantal
    assert len(met_weinig) == 3
    assert len(met_veel) > 20
