"""Een bezoeker van het portaal met een eigen browser: hij houdt koekjes vast, en kan zich aanmelden."""

import asyncio
import html
import re
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Cookies, Response

from domein.handelingen.aanmelden import maak_link
from tests.integratie.post_hulp import BASIS, Installatie

FORMULIER = {"content-type": "application/x-www-form-urlencoded"}
ZELFDE = {"sec-fetch-site": "same-origin"}


class Browser:
    """Elk verzoek loopt door de hele app, zonder netwerk; koekjes blijven."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.koekjes = Cookies()

    def get(self, pad: str, **rest: Any) -> Response:
        return self.vraag("GET", pad, **rest)

    def post(self, pad: str, velden: dict[str, str], koppen: dict[str, str] | None = None) -> Response:
        return self.vraag(
            "POST", pad, content=urlencode(velden), headers=FORMULIER | (ZELFDE if koppen is None else koppen)
        )

    def vraag(self, methode: str, pad: str, **rest: Any) -> Response:
        async def vraag() -> Response:
            draad = ASGITransport(app=self.app, raise_app_exceptions=False)
            async with AsyncClient(transport=draad, base_url=BASIS, cookies=self.koekjes) as client:
                antwoord = await client.request(methode, pad, **rest)
                self.koekjes = client.cookies
                return antwoord

        return asyncio.run(vraag())

    def stuur(self, pad: str, velden: dict[str, str], *, van: str = "") -> Response:
        """Open een pagina van ons, vul in en druk op de knop: het bewijs staat op de pagina."""
        pagina = self.get(van or pad)
        return self.post(pad, {"bewijs": bewijs_van(pagina), **velden})


def bewijs_van(pagina: Response) -> str:
    gevonden = re.search(r'name="bewijs" value="([^"]+)"', pagina.text)
    assert gevonden is not None, pagina.status_code
    return gevonden.group(1)


def tekst_van(pagina: Response) -> str:
    return html.unescape(pagina.text)


def meld_aan(hier: Installatie, app: FastAPI, medewerker: str) -> Browser:
    """Een browser waarin deze medewerker is aangemeld."""
    browser = Browser(app)
    pad = maak_link(hier.omgeving, medewerker, BASIS).removeprefix(BASIS)
    antwoord = browser.stuur(pad, {})
    assert antwoord.status_code == 303, antwoord.status_code
    return browser
