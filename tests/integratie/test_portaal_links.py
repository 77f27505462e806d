"""Elke link die iemand op een pagina ziet, gaat open: een knop die naar 'niet gevonden' leidt, zegt hem niets."""

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from portaal.app import maak_app
from tests.integratie.matrix_hulp import Wereld, bezoek, loop, maak_wereld
from tests.integratie.post_hulp import Zetbaar

BLADZIJDEN = 60  # zo veel bekijkt elke rol er; van lijsten die op elkaar lijken steeds één


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def links_op(tekst: str) -> list[str]:
    paden = [html.unescape(een) for een in re.findall(r'<a [^>]*href="(/[^"]*)"', tekst)]
    return list(dict.fromkeys(een for een in paden if not een.startswith("/logboek?")))


async def dode_links(wereld: Wereld, app: FastAPI, code: str) -> tuple[int, list[str]]:
    """Loop vanaf de eerste pagina alles na wat deze persoon kan aanklikken, de dossiers en taken eerst."""
    wie, van, dood = await bezoek(wereld.hier, app, code), {"/": "het begin"}, list[str]()
    te_gaan, gezien = ["/"], set[str]()
    while te_gaan and len(gezien) < BLADZIJDEN:
        te_gaan.sort(key=lambda pad: not pad.startswith(("/dossiers/", "/taken/")))
        pad = te_gaan.pop(0)
        gezien.add(pad)
        antwoord = await wie.get(pad)
        if antwoord.status_code == 303:
            nieuw = [antwoord.headers["location"]]
        elif antwoord.status_code == 200:
            nieuw = links_op(antwoord.text) if "text/html" in antwoord.headers["content-type"] else []
        else:
            dood.append(f"{code}: {pad} gaf {antwoord.status_code}, op {van[pad]}")
            continue
        for een in nieuw:
            if een not in van:
                van[een] = pad
                te_gaan.append(een)
    return len(gezien), dood


def test_geen_enkele_link_die_iemand_ziet_is_dood(wereld: Wereld, app: FastAPI) -> None:
    async def werk() -> tuple[int, list[str]]:
        uitkomsten = [await dode_links(wereld, app, code) for code in wereld.codes]
        return sum(aantal for aantal, _ in uitkomsten), [een for _, dood in uitkomsten for een in dood]

    bekeken, dood = loop(werk())
    assert dood == []
    assert bekeken > 20 * len(wereld.codes)
