"""In het logboek staat pas 'gewijzigd' als er iets is veranderd, en elke regel zegt in gewone taal waar het was."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from domein.begrippen import Rol
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort, Stap
from portaal.api.toegang import MetToken
from portaal.app import maak_app
from portaal.logboekpagina import WAT
from portaal.rechten import Openbaar, poort_van, routes_van
from tests.integratie.matrix_hulp import Wereld, bezoek, loop, maak_wereld, paden, routes
from tests.integratie.portaal_bezoek import meld_aan
from tests.integratie.portaal_hulp import GOED
from tests.integratie.post_hulp import Zetbaar

ONZIN = {
    "generatie": "1",
    "reden": "",
    "naar": "m-zzz",
    "dag": "gisteren",
    "uitkomst": "onzin",
    "tekst": "",
    "versie": "0",
}


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def gewijzigd(wereld: Wereld) -> list[tuple[str, str | None, str]]:
    with wereld.hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(soort=Logsoort.GEWIJZIGD, grens=1000))
    return [(r.naam, r.betrokkene, r.gronden) for r in reversed(regels)]


def eigen_oproep(wereld: Wereld) -> tuple[Stap, str]:
    stap = next(s for s in wereld.stappen if s.kenmerk == "intake/oproep/1")
    return stap, wereld.referenties[stap.dossier_id]


def test_wat_niet_kon_staat_nergens_als_gewijzigd(wereld: Wereld, app: FastAPI) -> None:
    """Elke knop van het portaal, door iedereen, met een formulier dat niet klopt."""

    async def werk() -> int:
        geteld = 0
        for code in wereld.codes:
            wie = await bezoek(wereld.hier, app, code)
            for route in routes(app, "POST"):
                if isinstance(poort_van(route), (MetToken, Openbaar)) or route.path == "/afmelden":
                    continue
                eigen = [stap for stap in wereld.stappen if wereld.mag_weten(code, stap)][:2]
                for stap in eigen or wereld.stappen[:1]:
                    antwoord = await wie.post(paden(wereld, route, stap, code), ONZIN)
                    assert antwoord.status_code in (200, 403, 404, 409, 410, 422), (code, route.path, antwoord.text)
                    geteld += 1
        return geteld

    assert loop(werk()) > 300
    assert gewijzigd(wereld) == []


def test_een_concept_voor_later_verandert_niets_en_het_antwoord_wel(wereld: Wereld, app: FastAPI) -> None:
    stap, referentie = eigen_oproep(wereld)
    browser = meld_aan(wereld.hier, app, stap.medewerker or "")
    pad = f"/taken/{stap.id}"
    antwoord = {**GOED, "generatie": str(stap.generatie)}
    assert browser.stuur(pad, {**antwoord, "bewaar": "concept"}).status_code == 303
    assert browser.stuur(f"{pad}/concept", antwoord, van=pad).status_code == 200
    assert gewijzigd(wereld) == []
    assert browser.stuur(pad, antwoord).headers["location"] == "/mijn-werk?gedaan=bewaard"
    ((naam, betrokkene, gronden),) = gewijzigd(wereld)
    assert (naam, betrokkene) == ("/taken/{stap_id}", referentie)
    assert "eigen_taak" in gronden  # zoals het was toen hij het deed, ook als de taak daarna niet meer van hem is


def test_wie_iets_kwam_doen_staat_eerst_als_gezien(wereld: Wereld, app: FastAPI) -> None:
    stap, referentie = eigen_oproep(wereld)
    browser = meld_aan(wereld.hier, app, stap.medewerker or "")
    bewijs = browser.get(f"/taken/{stap.id}").text.split('name="bewijs" value="')[1].split('"')[0]
    browser.post(f"/taken/{stap.id}", {**GOED, "generatie": str(stap.generatie), "bewijs": bewijs})
    with wereld.hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(betrokkene=referentie))
    assert [r.soort for r in reversed(regels)] == [Logsoort.GEZIEN, Logsoort.GEZIEN, Logsoort.GEWIJZIGD]


def test_elke_pagina_en_elke_knop_heeft_in_het_logboek_een_naam(app: FastAPI) -> None:
    namen: set[str] = set()
    for route in routes_van(app):
        poort = poort_van(route)
        if isinstance(poort, MetToken):
            namen |= {
                f"{m} {route.path}" for m in route.methods or () if m in ("GET", "POST") and "rest" not in route.path
            }
        elif not isinstance(poort, Openbaar) and route.path != "/afmelden":
            namen.add(route.path)
    assert namen - set(WAT) == set()
    assert {naam for naam in WAT if naam.startswith("/")} - namen == set()
    assert all(WAT[naam][0].islower() and "{" not in WAT[naam] for naam in namen)


def test_elke_rol_doet_mee(wereld: Wereld) -> None:
    rollen = {rol for code in wereld.codes if (m := wereld.regio.medewerker(code)) for rol in m.rollen}
    assert rollen >= {Rol.KLANTMANAGER, Rol.MANDAATHOUDER, Rol.BEHEERDER, Rol.PRIVACYOFFICER, Rol.ADMINISTRATIE}
