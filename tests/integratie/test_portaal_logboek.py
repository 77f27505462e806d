"""Het logboek in het portaal en op de opdrachtregel: alles staat erin, en elke wijziging valt op."""

import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from adapters.logboekketen import BESTAND, controleer_logboek, veranker_logboek
from adapters.opslag import SqlMagazijn
from domein.begrippen import Verificatie
from domein.handelingen.portaalpoort import Logvraag, NieuweLogregel
from domein.model import Logsoort, Stap
from portaal.app import maak_app
from tests.integratie.beheer_hulp import Regie
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import Bezoeker, oproep, pad, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path, ankermap=tmp_path / "ankers")


@pytest.fixture
def stap(hier: Installatie) -> Stap:
    return oproep(hier)


def regels(hier: Installatie, **vraag: object) -> list[tuple[str, str, str]]:
    with hier.magazijn.ruimte() as ruimte:
        return [(r.actor, r.soort.value, r.naam) for r in ruimte.logregels(Logvraag(**vraag))]


def test_kijken_antwoorden_en_weigeren_staan_in_het_logboek(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    eigenaar, vreemde = meld_aan(hier, app, stap.medewerker or ""), meld_aan(hier, app, "m-mer")
    eigenaar.get(f"/taken/{stap.id}")
    vreemde.get(f"/taken/{stap.id}")
    eigenaar.stuur(f"/taken/{stap.id}/andere-dag", {"dag": "2026-01-20", "reden": "geen-plek", "generatie": "1"})
    Bezoeker(app).get(pad(hier, stap))
    with hier.magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
        laatste = ruimte.logregels(Logvraag(betrokkene=referentie))
    assert [(r.actor, r.soort) for r in reversed(laatste)] == [
        (stap.medewerker, Logsoort.GEZIEN), ("m-mer", Logsoort.GEWEIGERD), (stap.medewerker, Logsoort.GEZIEN),
        (stap.medewerker, Logsoort.GEZIEN), (stap.medewerker, Logsoort.GEWIJZIGD), (stap.medewerker, Logsoort.GEZIEN),
    ]  # fmt: skip
    eerste, geweigerd = laatste[-1], laatste[-2]
    assert "eigen_taak" in eerste.gronden
    assert "naam" in eerste.gegevens
    assert (eerste.verwerking, eerste.status, len(eerste.trace_id)) == ("uitvoering-wet-inburgering", "OK", 32)
    assert (geweigerd.gronden, geweigerd.gegevens, geweigerd.status) == ("", "", "ERROR")


def test_in_het_logboek_staat_niets_van_een_persoon_en_geen_link(hier: Installatie, app: FastAPI, stap: Stap) -> None:
    eigenaar = meld_aan(hier, app, stap.medewerker or "")
    eigenaar.get(f"/taken/{stap.id}")
    eigenaar.get(f"/taken/{stap.id}/brief/brief_oproep?plaats=Stadhuis")
    link = pad(hier, stap)
    Bezoeker(app).get(link)
    with hier.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(stap.dossier_id)
    with hier.magazijn.engine.connect() as verbinding:
        inhoud = repr(verbinding.execute(text("SELECT * FROM logregel")).all())
    assert persoon is not None
    for deel in (persoon.naam, persoon.bsn, "Stadhuis", link.rsplit("/", 1)[-1], str(stap.id)):
        assert deel not in inhoud


def test_zonder_regel_in_het_logboek_is_er_geen_pagina(
    hier: Installatie, app: FastAPI, stap: Stap, monkeypatch: pytest.MonkeyPatch
) -> None:
    eigenaar = meld_aan(hier, app, stap.medewerker or "")

    def vol(*_regels: object, **_rest: object) -> None:
        raise OSError("schijf vol")

    monkeypatch.setattr("adapters.opslag_portaal.Portaaldeel.schrijf_in_logboek", vol)
    pagina = eigenaar.get(f"/taken/{stap.id}")
    assert pagina.status_code == 500
    assert stap.titel not in pagina.text


def test_alleen_toezicht_en_beheer_zien_het_logboek_en_ook_dat_staat_erin(
    hier: Installatie, app: FastAPI, stap: Stap
) -> None:
    meld_aan(hier, app, stap.medewerker or "").get(f"/taken/{stap.id}")
    for code, begin in (("m-fg", "/logboek"), ("m-bhr", "/beheer")):
        browser = meld_aan(hier, app, code)
        assert browser.get("/").headers["location"] == begin
        assert stap.medewerker in tekst_van(browser.get("/logboek"))
        assert "Het logboek klopt" in browser.get("/logboek/keten").text
        assert (code, "gezien", "/logboek") in regels(hier)
    for code in ("m-jdb", "m-wil", "m-reg", "m-con", "m-mer", "m-gor", "m-vrw"):
        assert meld_aan(hier, app, code).get("/logboek").status_code == 404


def test_het_logboek_is_te_doorzoeken_en_toont_bij_een_dossier_ook_wat_elders_gebeurde(
    hier: Installatie, app: FastAPI, stap: Stap
) -> None:
    meld_aan(hier, app, stap.medewerker or "").get(f"/taken/{stap.id}")
    with hier.magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(stap.dossier_id).referentie
        persoon = ruimte.persoon(stap.dossier_id)
    browser = meld_aan(hier, app, "m-fg")
    pagina = tekst_van(browser.get(f"/logboek?dossier={referentie.lower()}&soort=gezien&van=2026-01-12&tot=12-01-2026"))
    assert "Alles wat in dit dossier is vastgelegd" in pagina
    assert "Kennisgeving" in pagina
    assert persoon is not None
    assert persoon.naam not in pagina
    assert "Hier staat niets" in browser.get("/logboek?medewerker=m-zzz").text
    fout = browser.get("/logboek?van=31-31-2026")
    assert fout.status_code == 422
    assert 'id="van-fout"' in fout.text
    assert browser.get("/logboek?voor=x&soort=onzin&dossier=D-ZZZZZ").status_code == 200
    for grens, status in (("van=0001-01-01", 422), ("tot=9999-12-31", 422), ("van=1900-01-01&tot=2100-12-31", 200)):
        assert browser.get(f"/logboek?{grens}").status_code == status, grens


def test_bladeren_mist_geen_regel(hier: Installatie, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portaal.logboekpagina.PER_PAGINA", 2)
    browser = meld_aan(hier, app, "m-fg")
    for _ in range(4):
        browser.get("/logboek")
    gezien: list[int] = []
    adres = "/logboek?medewerker=m-fg&soort=gezien"
    for _ in range(2):
        pagina = tekst_van(browser.get(adres))
        gezien += [int(deel.split("<")[0]) for deel in pagina.split('<td class="getal">')[1:]]
        adres = pagina.split('" rel="next"')[0].rsplit('href="', 1)[1]
    assert gezien == sorted(gezien, reverse=True)
    assert len(set(gezien)) == 4


# de keten


@pytest.fixture
def gevuld(hier: Installatie, app: FastAPI) -> Browser:
    browser = meld_aan(hier, app, "m-fg")
    for _ in range(3):
        browser.get("/logboek")
    return browser


def knoei(hier: Installatie, *opdrachten: str) -> None:
    """Iemand die bij de database kan, haalt eerst het slot eraf."""
    with hier.magazijn.engine.begin() as verbinding:
        for naam in ("update", "delete"):
            verbinding.execute(text(f"DROP TRIGGER IF EXISTS logregel_geen_{naam}"))
        for opdracht in opdrachten:
            verbinding.execute(text(opdracht))


@pytest.mark.parametrize(
    ("opdrachten", "melding"),
    [
        (("UPDATE logregel SET actor = 'm-zzz' WHERE volgnummer = 2",), "de regel is veranderd"),
        (("UPDATE logregel SET status = 'ERROR' WHERE volgnummer = 1",), "de regel is veranderd"),
        (("DELETE FROM logregel WHERE volgnummer = 2",), "regel 2 ontbreekt"),
        (("DELETE FROM logregel WHERE volgnummer = 4",), "het einde van de keten klopt niet"),
        (("UPDATE logboekhoofd SET volgnummer = 9",), "het einde van de keten klopt niet"),
    ],
)
def test_elke_wijziging_valt_op(hier: Installatie, gevuld: Browser, opdrachten: tuple[str, ...], melding: str) -> None:
    assert controleer_logboek(hier.magazijn).klopt
    knoei(hier, *opdrachten)
    uitslag = controleer_logboek(hier.magazijn)
    assert not uitslag.klopt
    assert melding in " ".join(fout.melding for fout in uitslag.fouten)
    assert "Het logboek klopt niet" in gevuld.get("/logboek/keten").text


def test_wie_de_hele_keten_herschrijft_valt_door_het_anker(hier: Installatie, gevuld: Browser, tmp_path: Path) -> None:
    ankers = tmp_path / "ankers"
    assert veranker_logboek(hier.magazijn, ankers, hier.klok.nu())
    assert not veranker_logboek(hier.magazijn, ankers, hier.klok.nu())  # er is niets bijgekomen
    gevuld.get("/logboek")
    assert veranker_logboek(hier.magazijn, ankers, hier.klok.nu())
    assert controleer_logboek(hier.magazijn, ankers).klopt
    # Een nieuwe, kortere en op zichzelf kloppende keten: alsof er nooit iets was gezien.
    knoei(hier, "DELETE FROM logregel", "DELETE FROM logboekhoofd")
    gevuld.get("/logboek")
    assert controleer_logboek(hier.magazijn).klopt
    uitslag = controleer_logboek(hier.magazijn, ankers)
    assert [fout.volgnummer for fout in uitslag.fouten] == sorted(
        json.loads(regel)["volgnummer"] for regel in (ankers / BESTAND).read_text().splitlines()
    )


def test_de_opdracht_audit_controleert_en_toont(regie: Regie) -> None:
    assert regie.json("audit", "controleer")["klopt"] is True
    nu = regie.omgeving.klok.nu()
    with regie.magazijn.ruimte() as ruimte:
        ruimte.schrijf_in_logboek(
            NieuweLogregel("/taken/{stap_id}", "x", Logsoort.GEZIEN, "m-jdb", Verificatie.AANGEMELD, nu)
        )
    (rij,) = regie.json("audit", "lijst", "--medewerker", "m-jdb")
    assert (rij["volgnummer"], rij["soort"], rij["actor"]) == (1, "gezien", "m-jdb")
    assert "m-jdb" in regie("audit", "lijst")
    assert "leeg" in regie("audit", "lijst", "--soort", "gewijzigd")
    regie("audit", "lijst", "--soort", "onzin", code=2)
    regie("audit", "lijst", "--aantal", "0", code=2)
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("DROP TRIGGER logregel_geen_update"))
        verbinding.execute(text("UPDATE logregel SET actor = 'm-kos'"))
    assert "klopt NIET" in regie("audit", "controleer", code=1)
