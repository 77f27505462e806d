"""De API leest: alleen met een geldig token, alleen wat de partner mag zien, en elk dossier staat in het logboek."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from domein.begrippen import Tokenrecht, Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.apitokens import trek_in
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.melden import meld
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort, Stap
from portaal.app import maak_app
from tests.integratie.api_hulp import BEHEERDER, Systeem, maak_token, systeem
from tests.integratie.matrix_hulp import Wereld, maak_wereld
from tests.integratie.post_hulp import Zetbaar


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def stap_van(wereld: Wereld, medewerker: str) -> Stap:
    return next(stap for stap in wereld.stappen if stap.medewerker == medewerker)


def pad_van(wereld: Wereld, stap: Stap) -> str:
    return f"/v1/dossiers/{wereld.referenties[stap.dossier_id]}"


def test_een_dossier_toont_wat_de_afspraak_noemt_en_de_eigen_taken(wereld: Wereld, app: FastAPI) -> None:
    stap = stap_van(wereld, "m-jdb")
    gezien = systeem(wereld.hier, app, "avres").get(pad_van(wereld, stap)).json()
    persoon = wereld.personen[stap.dossier_id]
    assert gezien["persoon"]["naam"] == persoon.naam
    assert gezien["persoon"]["bsn"] == persoon.bsn
    assert {taak["stap_id"] for taak in gezien["taken"]} >= {str(stap.id)}
    (taak,) = [taak for taak in gezien["taken"] if taak["stap_id"] == str(stap.id)]
    assert [u["uitkomst"] for u in taak["uitkomsten"]] == ["oproep_verzonden"]
    assert {veld["naam"] for veld in taak["uitkomsten"][0]["velden"]} == {"afspraak_op", "waarschuwing"}
    assert gezien["termijnen"][0]["soort"] == "pip"


def test_het_bsn_vraagt_een_eigen_recht_en_een_grondslag_in_de_wet(wereld: Wereld, app: FastAPI) -> None:
    stap = stap_van(wereld, "m-jdb")
    zonder = systeem(wereld.hier, app, "avres", Tokenrecht.DOSSIERS_LEZEN).get(pad_van(wereld, stap))
    assert zonder.status_code == 200
    assert "bsn" not in zonder.json()["persoon"]
    assert wereld.personen[stap.dossier_id].bsn not in zonder.text


def test_een_vrijwilligersorganisatie_ziet_nooit_meer_dan_naam_en_contact(wereld: Wereld, app: FastAPI) -> None:
    stap = stap_van(wereld, "m-vrw")
    gezien = systeem(wereld.hier, app, stap.partner or "").get(pad_van(wereld, stap)).json()
    assert set(gezien["persoon"]) <= {
        "naam", "straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal",
    }  # fmt: skip
    assert not {"doelgroep", "leerroute", "pip_dagtekening"} & set(gezien["feiten"])


@pytest.mark.parametrize("pad", ["/v1/dossiers", "/v1/dossiers/D-ZZZZZ", "/v1/bestaat-niet", "/v1/kennisgevingen"])
def test_zonder_geldig_token_is_er_niets(wereld: Wereld, app: FastAPI, pad: str) -> None:
    token = maak_token(wereld.hier, "avres")
    for mis in ("", "regie_verzonnen", token[:-1], token + "x", "x" * 5000, "é".encode().decode("latin-1")):
        antwoord = Systeem(app, mis).get(pad)
        assert antwoord.status_code == 401
        assert antwoord.headers["www-authenticate"] == "Bearer"
        assert antwoord.headers["content-type"] == "application/problem+json"
        assert antwoord.json()["code"] == "geen_token"


def test_een_token_eindigt_als_het_is_ingetrokken_of_verlopen(wereld: Wereld, app: FastAPI) -> None:
    hier = wereld.hier
    een, ander = systeem(hier, app, "avres"), systeem(hier, app, "avres")
    assert een.get("/v1/dossiers").status_code == 200
    with hier.magazijn.ruimte() as ruimte:
        naam = next(t.naam for t in ruimte.apitokens() if t.gebruikt_op is not None)
        assert all(een.token not in str(t.model_dump()) for t in ruimte.apitokens())  # alleen de hash is bewaard
    trek_in(hier.omgeving, naam, "Gelekt.", BEHEERDER)
    assert een.get("/v1/dossiers").status_code == 401
    assert ander.get("/v1/dossiers").status_code == 200
    hier.klok.moment += timedelta(days=30)
    assert ander.get("/v1/dossiers").status_code == 401


def test_een_token_mag_alleen_waar_het_voor_is(wereld: Wereld, app: FastAPI) -> None:
    alleen = systeem(wereld.hier, app, "avres", Tokenrecht.GEBEURTENISSEN_LEZEN)
    stap = stap_van(wereld, "m-jdb")
    assert alleen.get(f"{pad_van(wereld, stap)}/gebeurtenissen").status_code == 200
    for antwoord in (
        alleen.get("/v1/dossiers"),
        alleen.post("/v1/uitkomsten", {}),
        alleen.post("/v1/kennisgevingen", {}),
    ):
        assert antwoord.status_code == 403
        assert antwoord.json()["code"] == "recht_ontbreekt"


def test_vreemd_en_afwezig_zien_er_gelijk_uit_en_de_weigering_staat_in_het_logboek(
    wereld: Wereld, app: FastAPI
) -> None:
    stap = stap_van(wereld, "m-jdb")
    vreemde = systeem(wereld.hier, app, "schakelcentrum-alblas")
    for staart in ("", "/gebeurtenissen"):
        vreemd, weg = vreemde.get(pad_van(wereld, stap) + staart), vreemde.get(f"/v1/dossiers/D-ZZZZZ{staart}")
        assert vreemd.status_code == weg.status_code == 404
        assert vreemd.text == weg.text
    with wereld.hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(betrokkene=wereld.referenties[stap.dossier_id], soort=Logsoort.GEWEIGERD))
    assert [(r.partner, r.verificatie, r.gegevens) for r in regels] == [
        ("schakelcentrum-alblas", Verificatie.TOKEN, "")
    ] * 2


def test_elk_gezien_dossier_staat_in_het_logboek_met_de_reden(wereld: Wereld, app: FastAPI) -> None:
    avres = systeem(wereld.hier, app, "avres")
    lijst = avres.get("/v1/dossiers").json()["dossiers"]
    with wereld.hier.magazijn.ruimte() as ruimte:
        gezien = ruimte.logregels(Logvraag(soort=Logsoort.GEZIEN))
    assert {r.betrokkene for r in gezien} == {een["referentie"] for een in lijst}
    avres.get(f"/v1/dossiers/{lijst[0]['referentie']}")
    with wereld.hier.magazijn.ruimte() as ruimte:
        (laatste,) = ruimte.logregels(Logvraag(grens=1))
    assert laatste.naam == "GET /v1/dossiers/{referentie}"
    assert laatste.actor.startswith("token:t")
    assert laatste.verificatie is Verificatie.TOKEN
    assert "naam" in laatste.gegevens
    assert "organisatie" in laatste.gronden


def test_bladeren_geeft_elk_dossier_precies_een_keer(wereld: Wereld, app: FastAPI) -> None:
    avres = systeem(wereld.hier, app, "avres")
    alles = [een["referentie"] for een in avres.get("/v1/dossiers?aantal=100").json()["dossiers"]]
    assert len(alles) >= 4
    gebladerd: list[str] = []
    adres: str | None = "/v1/dossiers?aantal=1"
    while adres:
        blad = avres.get(adres).json()
        gebladerd += [een["referentie"] for een in blad["dossiers"]]
        adres = blad["_links"]["next"]["href"] if blad["_links"]["next"] else None
    assert gebladerd == alles == sorted(alles)


def test_wie_het_laatste_nummer_onthoudt_mist_geen_gebeurtenis(wereld: Wereld, app: FastAPI) -> None:
    stap = stap_van(wereld, "m-jdb")
    avres, pad = systeem(wereld.hier, app, "avres"), f"{pad_van(wereld, stap)}/gebeurtenissen"
    begin = avres.get(pad).json()
    nummers = [g["volgnummer"] for g in begin["gebeurtenissen"]]
    assert nummers == list(range(1, begin["laatste"] + 1))
    een_voor_een: list[int] = []
    na = 0
    while True:
        blad = avres.get(f"{pad}?na={na}&aantal=1").json()
        een_voor_een += [g["volgnummer"] for g in blad["gebeurtenissen"]]
        na = blad["laatste"]
        if blad["_links"]["next"] is None:
            break
    assert een_voor_een == nummers
    assert avres.get(f"{pad}?na={na}").json()["gebeurtenissen"] == []
    omgeving = wereld.hier.omgeving
    gemeld = meld(
        omgeving, stap.dossier_id, "tolk_nodig", wereld.hier.klok.vandaag(), {"taal": "ti"}, Actor("m-jdb"), reden=""
    )
    assert gemeld is not None
    haal_door(omgeving, stap.dossier_id, str(gemeld.gebeurtenissen[0].id), Actor("m-jdb"), "vergissing")
    nieuw = avres.get(f"{pad}?na={na}").json()["gebeurtenissen"]
    eerste, laatste = nieuw[0], nieuw[-1]
    assert (eerste["soort"], eerste["staat"]) == ("tolk_nodig", "doorgehaald")
    assert (laatste["soort"], laatste["betreft"]) == ("doorgehaald", eerste["volgnummer"])


def test_wat_niet_veranderde_hoeft_niet_opnieuw_te_worden_gestuurd(wereld: Wereld, app: FastAPI) -> None:
    avres, pad = systeem(wereld.hier, app, "avres"), pad_van(wereld, stap_van(wereld, "m-jdb"))
    eerste = avres.get(pad)
    merk = eerste.headers["etag"]
    nog_eens = avres.get(pad, {"If-None-Match": merk})
    assert (nog_eens.status_code, nog_eens.content) == (304, b"")
    assert nog_eens.headers["etag"] == merk
    assert avres.get(pad, {"If-None-Match": '"iets-anders"'}).status_code == 200


def test_elk_antwoord_is_json_met_de_versie_en_de_vaste_kopregels(wereld: Wereld, app: FastAPI) -> None:
    avres = systeem(wereld.hier, app, "avres")
    for methode, pad, status in (
        ("GET", "/v1/dossiers", 200), ("GET", "/v1/dossiers/", 404), ("GET", "/v1/dossiers/x", 400),
        ("GET", "/v1/dossiers?aantal=0", 400), ("GET", "/v1/dossiers?bsn=999990342", 400), ("GET", "/v1/onzin", 404),
        ("DELETE", "/v1/dossiers", 405), ("PUT", "/v1/uitkomsten", 405), ("TRACE", "/v1/onzin", 404),
        ("GET", "/v1/openapi.json", 200),
    ):  # fmt: skip
        antwoord = avres.vraag(methode, pad)
        assert antwoord.status_code == status, (methode, pad, antwoord.text)
        assert antwoord.headers["api-version"] == "1.0.0"
        assert antwoord.headers["x-content-type-options"] == "nosniff"
        assert antwoord.headers["content-type"] in ("application/json", "application/problem+json")
        if status >= 400:
            fout = antwoord.json()
            assert fout["status"] == status
            assert fout["melding"]
            assert fout["uitweg"]
        if status == 405:
            assert antwoord.headers["allow"]
    assert avres.vraag("HEAD", "/v1/dossiers").status_code == 200


def test_een_storing_noemt_niets_van_een_persoon(
    wereld: Wereld, app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    avres = systeem(wereld.hier, app, "avres")
    avres.get("/v1/dossiers")
    geheim = wereld.personen[wereld.stappen[0].dossier_id].naam

    def stuk(*_: object, **__: object) -> None:
        raise ValueError(geheim)

    monkeypatch.setattr("portaal.api.lezen.dossierlijst", stuk)
    antwoord = avres.get("/v1/dossiers")
    assert antwoord.status_code == 500
    assert antwoord.json()["code"] == "storing"
    assert geheim not in antwoord.text + caplog.text
