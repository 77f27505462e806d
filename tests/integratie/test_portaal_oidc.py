"""Aanmelden bij de eigen organisatie: code flow met PKCE tegen een organisatie die echt handtekeningen zet."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI
from httpx import ASGITransport
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.requests import Request
from starlette.responses import JSONResponse

from adapters.opslag import SqlMagazijn
from portaal.app import maak_app
from portaal.oidc import Oidc, Oidcinstellingen
from tests.integratie.portaal_bezoek import Browser, tekst_van
from tests.integratie.portaal_hulp import alles, regio_met_dossiers
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar

UITGEVER = "https://aanmelden.avres.example"


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def sleutel() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": "een"})


@dataclass
class Organisatie:
    """Een uitgever in één proces: geeft een code uit, en wisselt haar alleen met het goede bewijs."""

    sleutel: RSAKey
    nu: Any
    claims: dict[str, Any] = field(default_factory=dict)
    kop: dict[str, str] = field(default_factory=lambda: {"alg": "PS256", "kid": "een"})
    gevraagd: dict[str, str] = field(default_factory=dict)
    tekent_met: Any = None
    verzonden: list[str] = field(default_factory=list)

    def ga(self, adres: str) -> dict[str, str]:
        """Wat de aanmeldpagina van de organisatie doet: onthoud de vraag en stuur terug met een code."""
        self.gevraagd = {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(adres).query).items()}
        return {"code": "code-1", "state": self.gevraagd["state"]}

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def ontdek() -> dict[str, str]:
            return {
                "issuer": UITGEVER, "authorization_endpoint": f"{UITGEVER}/inloggen",
                "token_endpoint": f"{UITGEVER}/token", "jwks_uri": f"{UITGEVER}/sleutels",
            }  # fmt: skip

        @app.get("/sleutels")
        def sleutels() -> dict[str, Any]:
            return {"keys": [self.sleutel.as_dict(private=False)]}

        @app.post("/token")
        async def token(request: Request) -> JSONResponse:
            velden = {naam: waarden[0] for naam, waarden in parse_qs((await request.body()).decode()).items()}
            self.verzonden.append(velden["code_verifier"])
            goed = create_s256_code_challenge(velden["code_verifier"]) == self.gevraagd["code_challenge"]
            if not goed or velden["code"] != "code-1" or velden["redirect_uri"] != self.gevraagd["redirect_uri"]:
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            return JSONResponse({"token_type": "Bearer", "access_token": "t", "id_token": self.id_token()})

        return app

    def id_token(self) -> str:
        nu = int(self.nu().timestamp())
        basis = {
            "iss": UITGEVER, "aud": "regie", "sub": "1", "iat": nu, "exp": nu + 300, "nonce": self.gevraagd["nonce"],
            "acr": "substantieel", "medewerkercode": "m-jdb", "organisatie": "avres", "rollen": ["klantmanager"],
        }  # fmt: skip
        return jwt.encode(self.kop, basis | self.claims, self.tekent_met or self.sleutel, algorithms=[self.kop["alg"]])


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


@pytest.fixture
def organisatie(hier: Installatie, sleutel: RSAKey) -> Organisatie:
    return Organisatie(sleutel, hier.klok.nu)


@pytest.fixture
def browser(hier: Installatie, organisatie: Organisatie, tmp_path: Path) -> Browser:
    keuze = Oidcinstellingen(UITGEVER, "regie", "geheim", f"{BASIS}/aanmelden/terug", acr="substantieel")
    oidc = Oidc(keuze, b"g" * 32, hier.klok, transport=lambda: ASGITransport(app=organisatie.app()))
    return Browser(maak_app(hier.omgeving, hier.links, wekmap=tmp_path, oidc=oidc))


def heen(browser: Browser, organisatie: Organisatie) -> dict[str, str]:
    antwoord = browser.stuur("/aanmelden", {"naar": "/aanmelding"})
    assert antwoord.status_code == 303
    return organisatie.ga(antwoord.headers["location"])


def terug(browser: Browser, velden: dict[str, str]) -> Any:
    vraag = "&".join(f"{naam}={waarde}" for naam, waarde in velden.items())
    return browser.stuur("/aanmelden/terug", velden, van=f"/aanmelden/terug?{vraag}")


def test_wie_terugkomt_van_zijn_organisatie_is_aangemeld(
    hier: Installatie, browser: Browser, organisatie: Organisatie
) -> None:
    velden = heen(browser, organisatie)
    gevraagd = organisatie.gevraagd
    assert (gevraagd["response_type"], gevraagd["code_challenge_method"]) == ("code", "S256")
    assert gevraagd["acr_values"] == "substantieel"
    voor = alles(hier)
    assert browser.get(f"/aanmelden/terug?code={velden['code']}&state={velden['state']}").status_code == 200
    assert alles(hier) == voor  # alleen terugkomen verandert niets
    antwoord = terug(browser, velden)
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/aanmelding")
    assert "klantmanager" in browser.get("/aanmelding").text
    assert organisatie.verzonden  # er ging een PKCE-bewijs mee


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": "https://ander.example"}, id="andere-uitgever"),
        pytest.param({"aud": "ander"}, id="voor-een-ander"),
        pytest.param({"azp": "ander"}, id="aan-een-ander-gegeven"),
        pytest.param({"nonce": "oud"}, id="oude-nonce"),
        pytest.param({"exp": 1}, id="verlopen"),
        pytest.param({"acr": "laag"}, id="te-lage-zekerheid"),
        pytest.param({"organisatie": "gorinchem"}, id="andere-organisatie"),
        pytest.param({"rollen": ["beheerder"]}, id="een-rol-die-de-afspraken-niet-kennen"),
        pytest.param({"rollen": []}, id="geen-rol"),
        pytest.param({"medewerkercode": "m-zzz"}, id="niet-in-de-afspraken"),
        pytest.param({"medewerkercode": ["m-jdb"]}, id="geen-tekst"),
    ],
)
def test_klopt_er_iets_niet_dan_komt_niemand_binnen(
    browser: Browser, organisatie: Organisatie, claims: dict[str, Any]
) -> None:
    organisatie.claims = claims
    antwoord = terug(browser, heen(browser, organisatie))
    assert antwoord.status_code == 403
    assert browser.get("/mijn-werk").status_code == 303


def test_van_de_rollen_telt_alleen_wat_ook_de_afspraken_zeggen(browser: Browser, organisatie: Organisatie) -> None:
    organisatie.claims = {"rollen": ["klantmanager", "beheerder", "regiocoordinator"]}
    assert terug(browser, heen(browser, organisatie)).status_code == 303
    pagina = tekst_van(browser.get("/aanmelding"))
    assert "klantmanager" in pagina
    assert "beheerder" not in pagina
    assert "regioco" not in pagina


def test_een_andere_handtekening_geldt_niet(browser: Browser, organisatie: Organisatie) -> None:
    organisatie.tekent_met = RSAKey.generate_key(2048, parameters={"kid": "een"})
    assert terug(browser, heen(browser, organisatie)).status_code == 403


def test_de_publieke_sleutel_als_gedeeld_geheim_geldt_niet(
    browser: Browser, organisatie: Organisatie, sleutel: RSAKey
) -> None:
    organisatie.kop = {"alg": "HS256", "kid": "een"}
    organisatie.tekent_met = OctKey.import_key(json.dumps(sleutel.as_dict(private=False)).encode())
    assert terug(browser, heen(browser, organisatie)).status_code == 403


def test_de_code_van_een_ander_of_een_andere_browser_geldt_niet(
    hier: Installatie, browser: Browser, organisatie: Organisatie
) -> None:
    velden = heen(browser, organisatie)
    assert terug(browser, velden | {"state": "ander"}).status_code == 403
    assert terug(Browser(browser.app), velden).status_code == 403
    hier.verder(minutes=11)
    assert terug(browser, velden).status_code == 403


def test_zegt_de_organisatie_niets_dan_zegt_de_pagina_dat(hier: Installatie, tmp_path: Path) -> None:
    keuze = Oidcinstellingen(UITGEVER, "regie", "geheim", f"{BASIS}/aanmelden/terug")
    leeg = Oidc(keuze, b"g" * 32, hier.klok, transport=lambda: ASGITransport(app=FastAPI()))
    antwoord = Browser(maak_app(hier.omgeving, hier.links, wekmap=tmp_path, oidc=leeg)).stuur("/aanmelden", {})
    assert antwoord.status_code == 403
    assert "niet te bereiken" in antwoord.text
