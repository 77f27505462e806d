"""Elke route, elke rol en elke organisatie: niemand ziet iets van een ander, kijken verandert niets, en niets komt van
elders. De routes komen uit de app zelf: een nieuwe pagina doet vanzelf mee.
"""

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from adapters.opslag import SqlMagazijn
from domein.begrippen import Rol
from domein.regels.toegang import rechten_van
from portaal.api.toegang import MetToken
from portaal.app import maak_app
from portaal.rechten import MetLink, Openbaar, poort_van
from tests.integratie.matrix_hulp import (
    Wereld,
    bezoek,
    lekken,
    loop,
    maak_wereld,
    paden,
    routes,
    wijst_naar_een_dossier,
)
from tests.integratie.portaal_hulp import alles
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


def zonder_gebruik(wereld: Wereld) -> dict[str, list[object]]:
    """Alle tabellen; van een sessie telt niet wanneer zij het laatst is gebruikt."""
    inhoud = alles(wereld.hier)
    inhoud["sessie"] = [len(inhoud["sessie"])]
    return inhoud


def test_de_wereld_heeft_elke_rol_en_taken_bij_meer_organisaties(wereld: Wereld) -> None:
    rollen = {rol for m in wereld.regio.medewerkers for rol in m.rollen}
    assert rollen == set(Rol) - {Rol.TRAJECTBEGELEIDER}
    assert len({stap.partner for stap in wereld.stappen}) >= 5
    assert len({stap.gemeente for stap in wereld.stappen}) == 3
    ziet = {code: sum(wereld.mag_weten(code, stap) for stap in wereld.stappen) for code in wereld.codes}
    assert ziet["m-con"] == ziet["m-fg"] == 0
    assert ziet["m-reg"] == len(wereld.stappen)
    assert 0 < ziet["m-vrw"] < len(wereld.stappen)


def test_niemand_ziet_iets_van_een_ander_vreemd_is_afwezig_en_elk_formulier_draagt_een_bewijs(
    wereld: Wereld, app: FastAPI
) -> None:
    fouten: list[str] = []
    geteld, formulieren = 0, 0

    async def werk() -> None:
        nonlocal geteld, formulieren
        niet_gevonden = (await (await bezoek(wereld.hier, app, None)).get("/bestaat-niet")).text
        naar_ons = [re.sub(r"\{[^}]+\}", "[^/]+", route.path) for route in routes(app, "POST")]
        for code in (None, *wereld.codes):
            wie = await bezoek(wereld.hier, app, code)
            for route in routes(app, "GET"):
                mag = _mag(wereld, route, code)
                for stap in wereld.van_elk() if wijst_naar_een_dossier(route) else wereld.stappen[:1]:
                    pad = paden(wereld, route, stap, code or "m-jdb")
                    antwoord = await wie.get(pad)
                    geteld += 1
                    als_afwezig = (antwoord.status_code, antwoord.text) == (404, niet_gevonden)
                    kijker = code or ("m-jdb" if isinstance(poort_van(route), MetLink) else None)
                    toezicht = mag and pad.startswith("/logboek")
                    fouten.extend(lekken(wereld, kijker, html.unescape(antwoord.text), toezicht=toezicht))
                    if isinstance(poort_van(route), MetToken):  # een sessie van het portaal telt daar niet
                        fouten.extend([] if antwoord.status_code == 401 else [f"{route.path} {antwoord.status_code}"])
                        continue
                    if not mag and (antwoord.status_code != 303 if code is None else not als_afwezig):
                        fouten.append(f"{route.path} gaf {code} {antwoord.status_code}, zonder het recht")
                    vreemd = code is not None and wijst_naar_een_dossier(route) and not wereld.mag_weten(code, stap)
                    if vreemd and not als_afwezig:
                        fouten.append(f"{route.path} toont {code} dat een vreemd dossier bestaat")
                    aantal, mis = _formulieren(antwoord.text, naar_ons)
                    formulieren += aantal
                    fouten.extend(f"{pad}: {kop}" for kop in mis)

    loop(werk())
    assert fouten == []
    assert geteld > 1000
    assert formulieren > 300


def _mag(wereld: Wereld, route: APIRoute, code: str | None) -> bool:
    poort = poort_van(route)
    if isinstance(poort, (Openbaar, MetLink)):
        return True
    wie = wereld.regio.medewerker(code) if code else None
    return wie is not None and (poort.recht is None or poort.recht in rechten_van(wie.rollen))


def _formulieren(tekst: str, naar_ons: list[str]) -> tuple[int, list[str]]:
    """Hoeveel formulieren iets kunnen veranderen, en welke daarvan geen bewijs dragen of niet naar ons gaan."""
    alle = [
        (kop, deel) for kop, deel in re.findall(r"(<form[^>]*>)(.*?)</form>", tekst, re.S) if 'method="post"' in kop
    ]
    mis: list[str] = []
    for kop, deel in alle:
        naar = re.search(r'action="([^"]*)"', kop)
        eigen = naar is not None and any(re.fullmatch(een, naar.group(1)) for een in naar_ons)
        if not eigen or not re.search(r'type="hidden" name="bewijs" value="[^"]{20,}"', deel):
            mis.append(kop)
    return len(alle), mis


def test_kijken_verandert_niets(wereld: Wereld, app: FastAPI) -> None:
    async def werk() -> list[str]:
        veranderd: list[str] = []
        for code in (None, "m-jdb", "m-wil", "m-reg", "m-bhr", "m-fg", "m-mer", "m-gor"):
            wie = await bezoek(wereld.hier, app, code)
            for route in routes(app, "GET"):
                voor = zonder_gebruik(wereld)
                for stap in (wereld.stappen[0], wereld.stappen[-1], None):
                    pad = paden(wereld, route, stap, code or "m-jdb")
                    await wie.get(f"{pad}?bewaar=concept&reden=te-vol&naar=m-kos&overal=ja&_method=POST")
                    await wie.client.head(pad)
                if zonder_gebruik(wereld) != voor:
                    veranderd.append(f"{code} {route.path}")
        return veranderd

    assert loop(werk()) == []


def test_een_verzoek_van_elders_of_zonder_bewijs_verandert_nergens_iets(wereld: Wereld, app: FastAPI) -> None:
    async def werk() -> tuple[int, list[str]]:
        fouten: list[str] = []
        geteld = 0
        ander = await bezoek(wereld.hier, app, "m-tha")
        for code in wereld.codes:
            wie = await bezoek(wereld.hier, app, code)
            voor = zonder_gebruik(wereld)
            for route in routes(app, "POST"):
                stap = next((s for s in wereld.stappen if s.medewerker == code), wereld.stappen[0])
                pad = paden(wereld, route, stap, code)
                pogingen = [
                    await wie.post(pad, {}, {"sec-fetch-site": "cross-site"}),
                    await wie.post(pad, {}, {"origin": "https://kwaad.example"}),
                    await wie.post(pad, {}, {}),
                    await wie.post(pad, {}, bewijs=""),
                    await wie.post(pad, {}, bewijs=ander.bewijs if code != "m-tha" else "x"),
                ]
                geteld += len(pogingen)
                hoort = 401 if isinstance(poort_van(route), MetToken) else 403
                fouten += [f"{code} {pad} {a.status_code}" for a in pogingen if a.status_code != hoort]
            if zonder_gebruik(wereld) != voor:
                fouten.append(f"{code}: er veranderde iets")
        return geteld, fouten

    geteld, fouten = loop(werk())
    assert fouten == []
    assert geteld > 500


def test_wie_een_taak_niet_mag_zien_verandert_haar_ook_niet(wereld: Wereld, app: FastAPI) -> None:
    async def werk() -> tuple[int, list[str]]:
        fouten: list[str] = []
        geteld = 0
        niet_gevonden = (await (await bezoek(wereld.hier, app, None)).get("/bestaat-niet")).text
        velden = {"generatie": "1", "reden": "te-vol", "naar": "m-kos", "dag": "2026-01-20", "bewaar": "concept"}
        for code in wereld.codes:
            wie = await bezoek(wereld.hier, app, code)
            vreemd = [stap for stap in wereld.stappen if not wereld.mag_weten(code, stap)]
            voor = zonder_gebruik(wereld)
            for route in routes(app, "POST"):
                if not wijst_naar_een_dossier(route) or isinstance(poort_van(route), MetToken):
                    continue
                for stap in [*vreemd[:3], None]:
                    antwoord = await wie.post(paden(wereld, route, stap, code), velden)
                    geteld += 1
                    if (antwoord.status_code, antwoord.text) != (404, niet_gevonden):
                        fouten.append(f"{code} {route.path} {antwoord.status_code}")
            if zonder_gebruik(wereld) != voor:
                fouten.append(f"{code}: er veranderde iets")
        return geteld, fouten

    geteld, fouten = loop(werk())
    assert fouten == []
    assert geteld > 200
