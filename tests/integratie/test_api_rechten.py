"""Het token van elke partner op elke route: alleen eigen dossiers, alleen wat de afspraak noemt, en niets verandert.

De uitleg van de rechten hieronder is een tweede, los van `domein.regels.toegang` geschreven.
"""

from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from domein.begrippen import Rol
from domein.handelingen import partnerinzage
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort, Stap
from domein.regels.toegang import Grond, Toegang
from domein.regio.soorten import Gegevensgroep
from portaal.api.toegang import MetToken
from portaal.app import maak_app
from portaal.rechten import poort_van
from tests.integratie.api_hulp import Systeem, systeem
from tests.integratie.matrix_hulp import Wereld, bezoek, loop, maak_wereld, paden, routes, wijst_naar_een_dossier
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar

AFWEZIG = "D-ZZZZZ"


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def systemen(wereld: Wereld, app: FastAPI) -> dict[str, Systeem]:
    return {partner.code: systeem(wereld.hier, app, partner.code) for partner in wereld.regio.partners}


def mag_weten(wereld: Wereld, partner: str, stap: Stap) -> bool:
    """Een open taak bij deze partner, of de klantmanager werkt er."""
    if any(een.partner == partner for een in wereld.taken_in(stap.dossier_id)):
        return True
    klantmanager = wereld.regio.medewerker(wereld.klantmanagers[stap.dossier_id] or "")
    return klantmanager is not None and klantmanager.partner == partner


def mag_naam(wereld: Wereld, partner: str, stap: Stap) -> bool:
    for een in wereld.taken_in(stap.dossier_id):
        afspraak = wereld.regio.afspraak(een.afspraak or "")
        if een.partner == partner and (afspraak is None or Gegevensgroep.NAAM in afspraak.inzage):
            return True
    klantmanager = wereld.regio.medewerker(wereld.klantmanagers[stap.dossier_id] or "")
    return klantmanager is not None and klantmanager.partner == partner and Rol.KLANTMANAGER in klantmanager.rollen


def lek(wereld: Wereld, partner: str, tekst: str) -> list[str]:
    uit: list[str] = []
    for stap in wereld.stappen:
        referentie, persoon = wereld.referenties[stap.dossier_id], wereld.personen[stap.dossier_id]
        if referentie in tekst and not mag_weten(wereld, partner, stap):
            uit.append(f"{partner} ziet {referentie}")
        geheim = (persoon.naam, persoon.bsn, *(persoon.gegevens.get(k, "") for k in ("email", "telefoon", "straat")))
        if any(len(een) > 4 and een in tekst for een in geheim) and not mag_naam(wereld, partner, stap):
            uit.append(f"{partner} ziet de persoon van {referentie}")
    return uit


def test_elke_partner_ziet_alleen_wat_van_hem_is_en_vreemd_is_afwezig(wereld: Wereld, app: FastAPI) -> None:
    fouten: list[str] = []
    gezien: dict[str, int] = {}
    leesroutes = [route for route in routes(app, "GET") if isinstance(poort_van(route), MetToken)]
    assert len([route for route in leesroutes if wijst_naar_een_dossier(route)]) == 2
    for partner, van_hem in systemen(wereld, app).items():
        for route in leesroutes:
            afwezig = van_hem.get(paden(wereld, route, None, "m-jdb"))
            for stap in wereld.stappen if wijst_naar_een_dossier(route) else wereld.stappen[:1]:
                antwoord = van_hem.get(paden(wereld, route, stap, "m-jdb"))
                fouten += lek(wereld, partner, antwoord.text)
                if not wijst_naar_een_dossier(route):
                    continue
                mag = mag_weten(wereld, partner, stap)
                gezien[partner] = gezien.get(partner, 0) + mag
                gelijk = (antwoord.status_code, antwoord.text) == (404, afwezig.text)
                if mag is (antwoord.status_code != 200) or (not mag and not gelijk):
                    fouten.append(f"{route.path} gaf {partner} {antwoord.status_code}")
    assert fouten == []
    assert sum(1 for aantal in gezien.values() if aantal) >= 5
    assert any(aantal == 0 for aantal in gezien.values())


def test_het_bsn_gaat_alleen_naar_wie_er_een_grondslag_voor_heeft(wereld: Wereld, app: FastAPI) -> None:
    for partner, van_hem in systemen(wereld, app).items():
        wie = wereld.regio.partner(partner)
        assert wie is not None
        for stap in wereld.stappen:
            tekst = van_hem.get(f"/v1/dossiers/{wereld.referenties[stap.dossier_id]}").text
            if wereld.personen[stap.dossier_id].bsn in tekst:
                assert wie.bsn_grondslag


def test_lezen_verandert_niets(wereld: Wereld, app: FastAPI) -> None:
    alle = systemen(wereld, app)
    for van_hem in alle.values():
        van_hem.get("/v1/dossiers")
    voor = alles(wereld.hier)
    for van_hem in alle.values():
        for route in routes(app, "GET"):
            if isinstance(poort_van(route), MetToken):
                pad = paden(wereld, route, wereld.stappen[0], "m-jdb")
                for methode in ("GET", "HEAD"):
                    van_hem.vraag(methode, pad, koppen={"Idempotency-Key": "sleutel-een"})
    assert alles(wereld.hier) == voor


def test_een_sessie_van_het_portaal_opent_de_api_niet_en_een_token_geen_pagina(wereld: Wereld, app: FastAPI) -> None:
    token = systeem(wereld.hier, app, "avres").token

    async def werk() -> tuple[list[int], list[int]]:
        wie = await bezoek(wereld.hier, app, "m-jdb")
        api = [(await wie.get(pad)).status_code for pad in ("/v1/dossiers", "/v1/onzin", f"/v1/dossiers/{AFWEZIG}")]
        ander = await bezoek(wereld.hier, app, None)
        ander.client.headers["Authorization"] = f"Bearer {token}"
        paginas = [(await ander.get(pad)).status_code for pad in ("/mijn-werk", "/dossiers", "/logboek")]
        return api, paginas

    api, paginas = loop(werk())
    assert api == [401, 401, 401]
    assert paginas == [303, 303, 303]


def test_een_partner_antwoordt_niet_op_een_taak_van_een_ander(wereld: Wereld, app: FastAPI) -> None:
    alle = systemen(wereld, app)
    voor = {naam: rijen for naam, rijen in alles(wereld.hier).items() if naam != "apitoken"}
    geteld = 0
    for partner, van_hem in alle.items():
        eigen = next((m.code for m in wereld.regio.medewerkers if m.partner == partner), "m-jdb")
        for stap in wereld.stappen:
            if stap.partner == partner:
                continue
            vraag = {"medewerker": eigen, "stap_id": str(stap.id), "uitkomst": "oproep_verzonden",
                     "datum": "2026-01-12"}  # fmt: skip
            assert van_hem.post("/v1/uitkomsten", vraag).status_code == 404
            geteld += 1
    assert geteld > 50
    assert {naam: rijen for naam, rijen in alles(wereld.hier).items() if naam != "apitoken"} == voor


@pytest.mark.parametrize("soort", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_ook_als_het_domein_niet_oplet_laat_de_database_geen_vreemd_dossier_zien(
    wereld: Wereld, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    alle = systemen(wereld, app)
    alles_ = Toegang(frozenset({Grond.KLANTMANAGER}), frozenset(Gegevensgroep), bsn_grondslag=True)
    monkeypatch.setattr(partnerinzage, "partnertoegang_in", lambda *_: alles_)
    geweigerd = 0
    for partner, van_hem in alle.items():
        eigen = {m.code for m in wereld.regio.medewerkers if m.partner == partner}
        for stap in wereld.stappen:
            # De wand is grover: ook wie een taak namens een ander doet, brengt zijn organisatie erdoor.
            namens = any(een.medewerker in eigen for een in wereld.taken_in(stap.dossier_id))
            antwoord = van_hem.get(f"/v1/dossiers/{wereld.referenties[stap.dossier_id]}")
            if not mag_weten(wereld, partner, stap) and not namens:
                assert antwoord.status_code == 404
                geweigerd += 1
    assert geweigerd > 20
    with wereld.hier.magazijn.ruimte() as ruimte:
        assert len(ruimte.logregels(Logvraag(soort=Logsoort.GEWEIGERD, grens=1000))) == geweigerd
