"""Een portaal dat op deze machine draait, zolang een test het nodig heeft; links wijzen ernaartoe."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from adapters.agenda import IcalAgenda
from adapters.links import GetekendeLinks
from domein.handelingen.aanmelden import maak_link
from portaal.app import maak_app
from tests.integratie.post_hulp import GEHEIM, Installatie
from tests.web.conftest import Weergave


@dataclass
class Draaiend:
    hier: Installatie
    adres: str

    def meld_aan(self, venster: BrowserContext, code: str) -> Page:
        pagina = venster.new_page()
        pagina.goto(maak_link(self.hier.omgeving, code, self.adres))
        pagina.get_by_role("button", name="Aanmelden").click()
        pagina.wait_for_load_state()
        return pagina


@contextmanager
def draaiend(hier: Installatie, tmp_path: Path) -> Iterator[Draaiend]:
    """Start het portaal op een vrije poort en zet het daarna stil."""
    poort = socket.socket()
    poort.bind(("127.0.0.1", 0))
    adres = f"http://127.0.0.1:{poort.getsockname()[1]}"
    hier.links = GetekendeLinks(GEHEIM, adres, hier.klok)
    hier.omgeving = replace(hier.omgeving, links=hier.links, agenda=IcalAgenda("regie@avres.example"))
    app = maak_app(hier.omgeving, hier.links, wekmap=tmp_path, ankermap=tmp_path / "ankers")
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
    draad = threading.Thread(target=server.run, kwargs={"sockets": [poort]})
    draad.start()
    while not server.started:
        assert draad.is_alive()
        threading.Event().wait(0.01)
    try:
        yield Draaiend(hier, adres)
    finally:
        server.should_exit = True
        draad.join(10)
        poort.close()


def venster(browser: Browser, weergave: Weergave, **anders: Any) -> BrowserContext:
    return browser.new_context(
        viewport={"width": weergave.breedte, "height": 900},
        color_scheme="dark" if weergave.donker else "light",
        locale="nl-NL",
        **({"bypass_csp": True} | anders),
    )


def tab_tot(pagina: Page, soort: str, tekst: str = "", naam: str = "") -> None:
    """Ga met Tab verder tot het element met dit soort en deze tekst of naam de aandacht heeft."""
    for _ in range(90):
        actief = pagina.evaluate(
            "(({tagName, textContent, name}) => [tagName, textContent, name || ''])(document.activeElement)"
        )
        if actief[0] == soort and tekst in actief[1] and (not naam or actief[2] == naam):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"{soort} {tekst}{naam} is met het toetsenbord niet te bereiken")
