"""De API schrijft: dezelfde handelingen als een bestand en de antwoordpagina, en elk verzoek gebeurt één keer."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn, SqlRuimte
from adapters.wekker import is_gewekt
from domein.begrippen import Stapstatus, Tokenrecht, Verificatie
from domein.handelingen.openen import open_stap
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort, Stap
from portaal.app import maak_app
from tests.integratie.api_hulp import Systeem, kennisgeving, systeem
from tests.integratie.portaal_hulp import alles, gesprek, lees, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

# Op PostgreSQL staat er een tweede wand om de API.
OP_BEIDE = pytest.mark.parametrize("soort", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.fixture
def avres(hier: Installatie, app: FastAPI) -> Systeem:
    return systeem(hier, app, "avres")


def antwoord_op(stap: Stap, **anders: Any) -> dict[str, Any]:
    return {
        "medewerker": stap.medewerker, "stap_id": str(stap.id), "uitkomst": "oproep_verzonden", "datum": "2026-01-12",
        "gegevens": {"afspraak_op": "2026-01-26", "waarschuwing": False}, "generatie": stap.generatie, **anders,
    }  # fmt: skip


def zonder_gebruik(hier: Installatie) -> dict[str, list[Any]]:
    """Alle tabellen; wanneer een token het laatst is gebruikt, telt niet."""
    inhoud = alles(hier)
    inhoud["apitoken"] = [len(inhoud["apitoken"])]
    return inhoud


def laatste_gebeurtenis(hier: Installatie, stap: Stap) -> Any:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.gebeurtenissen(stap.dossier_id)[-1]


# uitkomsten


@OP_BEIDE
def test_een_uitkomst_is_dezelfde_als_van_de_antwoordpagina_en_zegt_hoe_zeker_het_is(
    hier: Installatie, avres: Systeem, tmp_path: Path
) -> None:
    stap = oproep(hier)
    gegeven = avres.post("/v1/uitkomsten", antwoord_op(stap))
    assert gegeven.status_code == 201
    feit = laatste_gebeurtenis(hier, stap)
    assert gegeven.json()["gebeurtenissen"] == [feit.volgnummer]
    assert (feit.soort, feit.actor.code, feit.actor.verificatie) == (
        "oproep_verzonden", stap.medewerker, Verificatie.TOKEN,
    )  # fmt: skip
    assert lees(hier, stap).status is Stapstatus.KLAAR
    assert gegeven.headers["location"].endswith(f"/v1/dossiers/{gegeven.json()['dossier']}")
    assert is_gewekt(tmp_path)
    with hier.magazijn.ruimte() as ruimte:
        (regel,) = ruimte.logregels(Logvraag(grens=1))
    assert (regel.soort, regel.naam, regel.partner) == (Logsoort.GEWIJZIGD, "POST /v1/uitkomsten", "avres")


ONJUIST: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"datum": "2026-02-30"}, 422, "datum"),
    ({"datum": "2026-12-31"}, 422, ""),
    ({"datum": "9999-12-31"}, 422, ""),
    ({"datum": "0001-01-01"}, 422, ""),
    ({"gegevens": {"afspraak_op": "9999-12-31", "waarschuwing": False}}, 422, ""),
    ({"gegevens": {"afspraak_op": "0001-01-01", "waarschuwing": False}}, 422, ""),
    ({"gegevens": {}}, 422, "afspraak_op"),
    ({"gegevens": {"afspraak_op": "2026-01-26", "waarschuwing": False, "x": "y"}}, 422, "x"),
    ({"uitkomst": "gesprek_gevoerd"}, 422, "uitkomst"),
    ({"medewerker": "m-mer"}, 422, "medewerker"),
    ({"medewerker": "bestaat-niet"}, 422, "medewerker"),
    ({"generatie": 7}, 409, ""),
    ({"onbekend": 1}, 422, "inhoud"),
    ({"stap_id": "geen-id"}, 422, "stap_id"),
)


def test_wat_niet_klopt_wordt_geweigerd_met_het_veld_erbij_en_verandert_niets(
    hier: Installatie, avres: Systeem
) -> None:
    stap = oproep(hier)
    voor = zonder_gebruik(hier)
    for anders, status, veld in ONJUIST:
        gegeven = avres.post("/v1/uitkomsten", antwoord_op(stap, **anders))
        assert gegeven.status_code == status, (anders, gegeven.text)
        assert not veld or veld in {fout["veld"] for fout in gegeven.json()["fouten"]}, (anders, gegeven.text)
    assert zonder_gebruik(hier) == voor


@pytest.mark.parametrize("dag", ["0001-01-01", "1970-01-01", "9999-12-31"])
def test_een_dag_ver_weg_geeft_nooit_een_storing(hier: Installatie, avres: Systeem, dag: str) -> None:
    stap = oproep(hier)
    ver = {"afspraak_op": dag, "waarschuwing": False}
    for vraag in (antwoord_op(stap, datum=dag, gegevens=ver), antwoord_op(stap, gegevens=ver)):
        assert avres.post("/v1/uitkomsten", vraag).status_code in (201, 409, 422)


def test_een_tweede_ander_antwoord_blijft_als_vraag_bewaard(hier: Installatie, avres: Systeem) -> None:
    stap = oproep(hier)
    avres.post("/v1/uitkomsten", antwoord_op(stap))
    ander = antwoord_op(stap, gegevens={"afspraak_op": "2026-01-27", "waarschuwing": False})
    sleutel = str(uuid4())
    gegeven = avres.post("/v1/uitkomsten", ander, sleutel)
    assert (gegeven.status_code, gegeven.json()["code"]) == (409, "al_beantwoord")
    assert laatste_gebeurtenis(hier, stap).soort == "controle_gevraagd"
    voor = zonder_gebruik(hier)
    nog_eens = avres.post("/v1/uitkomsten", ander, sleutel)
    assert (nog_eens.status_code, nog_eens.text) == (409, gegeven.text)
    assert zonder_gebruik(hier) == voor


def test_een_besluit_gaat_nooit_met_een_token(hier: Installatie, avres: Systeem) -> None:
    with hier.magazijn.ruimte() as ruimte:
        besluit = next(s for d in ruimte.dossiers() for s in ruimte.stappen(d.id) if s.besluit)
    open_stap(hier.omgeving, besluit.id)
    with hier.magazijn.ruimte() as ruimte:
        besluit = ruimte.stap(besluit.id)
        besluit.partner, besluit.medewerker, besluit.status = "avres", "m-wil", Stapstatus.OPEN
        ruimte.bewaar(besluit)
    gegevens = {
        "bekendgemaakt_op": "2026-01-12", "leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6,
    }  # fmt: skip
    vraag = antwoord_op(besluit, medewerker="m-wil", uitkomst="pip_vastgesteld", gegevens=gegevens, generatie=None)
    gegeven = avres.post("/v1/uitkomsten", vraag)
    assert (gegeven.status_code, gegeven.json()["code"]) == (403, "geen_bevoegdheid")
    assert "mandaat" in gegeven.json()["melding"] or "nooit" in gegeven.json()["melding"]


@OP_BEIDE
def test_een_taak_van_een_ander_bestaat_niet_en_de_poging_staat_in_het_logboek(hier: Installatie, app: FastAPI) -> None:
    stap = gesprek(hier)
    vreemde = systeem(hier, app, "taalschool-de-merwede")
    vraag = antwoord_op(stap, medewerker="m-mer")
    voor = zonder_gebruik(hier)
    vreemd = vreemde.post("/v1/uitkomsten", vraag)
    weg = vreemde.post("/v1/uitkomsten", {**vraag, "stap_id": str(uuid4())})
    assert vreemd.status_code == weg.status_code == 404
    assert vreemd.text == weg.text
    assert zonder_gebruik(hier) == voor
    with hier.magazijn.ruimte() as ruimte:
        geweigerd = ruimte.logregels(Logvraag(soort=Logsoort.GEWEIGERD))
    assert [(r.partner, r.dossier_id) for r in geweigerd] == [("taalschool-de-merwede", stap.dossier_id)]


# kennisgevingen


@OP_BEIDE
def test_een_kennisgeving_maakt_een_dossier_en_nog_eens_verandert_niets(hier: Installatie, avres: Systeem) -> None:
    gegeven = avres.post("/v1/kennisgevingen", kennisgeving())
    assert gegeven.status_code == 201, gegeven.text
    verslag = gegeven.json()
    assert verslag["uitkomst"] == "nieuw"
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(verslag["dossier"])
        eerste = ruimte.gebeurtenissen(dossier.id)[0]
    assert (eerste.soort, eerste.bron, eerste.actor.code) == ("kennisgeving", "duo", "m-adm")
    assert eerste.actor.verificatie is Verificatie.TOKEN
    nog_eens = avres.post("/v1/kennisgevingen", kennisgeving())
    assert (nog_eens.status_code, nog_eens.json()["uitkomst"]) == (200, "ongewijzigd")
    beter = avres.post("/v1/kennisgevingen", kennisgeving(versie=2, plaats="Arkel"))
    assert (beter.status_code, beter.json()["uitkomst"]) == (200, "verbeterd")


ONGELDIG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"bsn": "999990343"}, "bsn"),
    ({"bsn": "12"}, "bsn"),
    ({"naam": "=1+1"}, "naam"),
    ({"geboortedatum": "2026-01-09"}, "geboortedatum"),
    ({"kennisgeving_op": "2027-01-01"}, "kennisgeving_op"),
    ({"gemeente": "GM0363"}, "gemeente"),
    ({"email": None}, "email"),
    ({"kanaal": "duif"}, "kanaal"),
    ({"nareiziger": "ja"}, "nareiziger"),
    ({"versie": 0}, "versie"),
    ({"kenmerk": "999990342"}, "kenmerk"),
)


def test_een_kennisgeving_volgt_de_regels_van_het_bestand_en_de_fout_noemt_nooit_wat_er_stond(
    hier: Installatie, avres: Systeem
) -> None:
    voor = zonder_gebruik(hier)
    for anders, veld in ONGELDIG:
        gegeven = avres.post("/v1/kennisgevingen", kennisgeving(**anders))
        assert gegeven.status_code == 422
        assert {fout["veld"] for fout in gegeven.json()["fouten"]} == {veld}
        assert "99999034" not in gegeven.text
        assert "Verzonnen" not in gegeven.text
    assert zonder_gebruik(hier) == voor


@pytest.mark.parametrize(
    ("partner", "medewerker", "status"),
    [("avres", "m-jdb", 201), ("avres", "m-bhr", 403), ("taalschool-de-merwede", "m-mer", 403),
     ("taalschool-de-merwede", "m-adm", 422), ("gorinchem", "m-gor", 201), ("molenlanden", "m-mol", 422)],
)  # fmt: skip
def test_alleen_wie_kennisgevingen_mag_registreren_levert_ze_aan(
    hier: Installatie, app: FastAPI, partner: str, medewerker: str, status: int
) -> None:
    gegeven = systeem(hier, app, partner).post("/v1/kennisgevingen", kennisgeving(medewerker=medewerker))
    assert gegeven.status_code == status, gegeven.text


# één keer


def test_dezelfde_sleutel_met_dezelfde_inhoud_geeft_het_bewaarde_antwoord(hier: Installatie, avres: Systeem) -> None:
    stap = oproep(hier)
    eerste = avres.post("/v1/uitkomsten", antwoord_op(stap), "sleutel-een")
    voor = zonder_gebruik(hier)
    andersom = dict(reversed(antwoord_op(stap).items()))
    tweede = avres.post("/v1/uitkomsten", andersom, "sleutel-een")
    assert (tweede.status_code, tweede.json()) == (eerste.status_code, eerste.json())
    assert tweede.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in eerste.headers
    assert zonder_gebruik(hier) == voor


def test_valt_het_weg_tussen_het_gevolg_en_het_antwoord_dan_is_er_niets_gebeurd(
    hier: Installatie, avres: Systeem, monkeypatch: pytest.MonkeyPatch
) -> None:
    stap = oproep(hier)
    voor = zonder_gebruik(hier)

    def valt_weg(*_: object) -> None:
        raise RuntimeError("de stroom valt uit")

    monkeypatch.setattr(SqlRuimte, "sluit_eenmalig", valt_weg)
    assert avres.post("/v1/uitkomsten", antwoord_op(stap), "sleutel-een").status_code == 500
    assert zonder_gebruik(hier) == voor
    monkeypatch.undo()
    weer = avres.post("/v1/uitkomsten", antwoord_op(stap), "sleutel-een")
    assert weer.status_code == 201
    assert "idempotency-replayed" not in weer.headers


def test_dezelfde_sleutel_met_een_andere_inhoud_of_een_ander_pad_wordt_geweigerd(
    hier: Installatie, avres: Systeem
) -> None:
    stap = oproep(hier)
    avres.post("/v1/uitkomsten", antwoord_op(stap), "sleutel-een")
    voor = zonder_gebruik(hier)
    ander = avres.post("/v1/uitkomsten", antwoord_op(stap, reden="toch"), "sleutel-een")
    pad = avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een")
    assert [(a.status_code, a.json()["code"]) for a in (ander, pad)] == [(422, "sleutel_al_gebruikt")] * 2
    assert zonder_gebruik(hier) == voor


def test_een_sleutel_is_van_een_partner_en_een_weigering_legt_haar_niet_vast(
    hier: Installatie, app: FastAPI, avres: Systeem
) -> None:
    gorinchem = systeem(hier, app, "gorinchem")
    assert avres.post("/v1/kennisgevingen", kennisgeving(versie=0), "sleutel-een").status_code == 422
    assert avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een").status_code == 201
    ander = kennisgeving(medewerker="m-gor", kenmerk="DUO-2026-9002", bsn="999990408")
    assert gorinchem.post("/v1/kennisgevingen", ander, "sleutel-een").status_code == 201


def test_na_drie_dagen_is_een_sleutel_vergeten(hier: Installatie, avres: Systeem) -> None:
    assert avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een").status_code == 201
    hier.verder(days=3)
    assert avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een").headers["idempotency-replayed"] == "true"
    hier.verder(seconds=1)
    avres.post("/v1/kennisgevingen", kennisgeving(kenmerk="DUO-2026-9002", bsn="999990408"), "sleutel-twee")
    weer = avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een")
    assert (weer.status_code, weer.json()["uitkomst"]) == (200, "ongewijzigd")
    assert "idempotency-replayed" not in weer.headers


def test_zonder_goede_sleutel_gebeurt_er_niets(hier: Installatie, avres: Systeem) -> None:
    voor = zonder_gebruik(hier)
    for sleutel in (None, "", "kort", "x" * 256, "met een spatie erin"):
        koppen = {} if sleutel is None else {"Idempotency-Key": sleutel}
        gegeven = avres.vraag("POST", "/v1/kennisgevingen", json=kennisgeving(), koppen=koppen)
        assert gegeven.status_code == 400
        assert gegeven.json()["fouten"][0]["veld"] == "Idempotency-Key"
    assert zonder_gebruik(hier) == voor


def test_de_database_kent_van_een_verzoek_niets_van_de_persoon(hier: Installatie, avres: Systeem) -> None:
    avres.post("/v1/kennisgevingen", kennisgeving())
    inhoud = str(alles(hier)["idempotentie"])
    assert "999990342" not in inhoud
    assert "Verzonnen" not in inhoud


# een inhoud die geen inhoud is


VREEMD: tuple[tuple[str, bytes, int, str], ...] = (
    ("application/json", b"{", 400, "ongeldig_verzoek"),
    ("application/json", b"\xff\xfe", 400, "ongeldig_verzoek"),
    ("application/json", b"[" * 30_000, 400, "onleesbaar"),
    ("application/json", b"null", 422, "ongeldig_verzoek"),
    ("application/json", b"[1, 2]", 422, "ongeldig_verzoek"),
    ("application/json", b'{"versie": NaN}', 422, "ongeldig_verzoek"),
    ("application/json", b'{"naam": "' + b"x" * 70_000 + b'"}', 413, "te_groot"),
    ("text/plain", b"{}", 415, "geen_json"),
    ("application/x-www-form-urlencoded", b"a=b", 415, "geen_json"),
    ("multipart/form-data; boundary=x", b"--x--", 415, "geen_json"),
)


def test_een_vreemde_inhoud_geeft_een_nette_fout(avres: Systeem) -> None:
    for soort_inhoud, inhoud, status, code in VREEMD:
        koppen = {"Idempotency-Key": "sleutel-een", "Content-Type": soort_inhoud}
        gegeven = avres.vraag("POST", "/v1/kennisgevingen", content=inhoud, koppen=koppen)
        assert (gegeven.status_code, gegeven.json()["code"]) == (status, code), (inhoud[:20], gegeven.text)


def test_een_token_zonder_schrijfrecht_schrijft_niet(hier: Installatie, app: FastAPI) -> None:
    lezer = systeem(hier, app, "avres", Tokenrecht.DOSSIERS_LEZEN, Tokenrecht.KENNISGEVINGEN_SCHRIJVEN)
    assert lezer.post("/v1/uitkomsten", antwoord_op(oproep(hier))).status_code == 403
