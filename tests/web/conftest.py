"""Een echte browser: Chromium van deze machine, met axe-core om elke pagina op toegankelijkheid te controleren."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE: Final = Path(__file__).parent / "vendor" / "axe.min.js"
NAMEN: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# WCAG 2.2 A en AA, en wat axe daarbuiten goede gewoonte noemt: kopjes, oriëntatiepunten, titels.
REGELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Weergave:
    """Een breedte en een kleurstelling."""

    breedte: int
    donker: bool

    def __str__(self) -> str:
        return f"{self.breedte}px-{'donker' if self.donker else 'licht'}"


WEERGAVEN: Final = tuple(Weergave(breedte, donker) for breedte in (360, 1280) for donker in (False, True))


@pytest.fixture(scope="session")
def axe() -> str:
    """De bron van axe-core, zoals zij is vastgelegd."""
    bron = AXE.read_bytes()
    som = re.search(r"`([0-9a-f]{64})`", (AXE.parent / "README.md").read_text(encoding="utf-8"))
    assert som is not None
    assert hashlib.sha256(bron).hexdigest() == som.group(1)
    return bron.decode("utf-8")


@pytest.fixture(scope="module")  # tot en met dit bestand: zolang Playwright leeft, loopt hier een lus
def browser() -> Iterator[Browser]:
    pad = next((gevonden for naam in NAMEN if (gevonden := shutil.which(naam))), None)
    if pad is None:
        pytest.skip("Er is geen Chromium op deze machine; installeer het pakket `chromium`.")
    with sync_playwright() as playwright:
        # De taal van de browser zelf ligt vast: die bepaalt hoe iemand een datum intikt.
        browser = playwright.chromium.launch(
            executable_path=pad, args=["--no-sandbox", "--lang=en-US"], env={**os.environ, "LANGUAGE": "en_US"}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def vensters(browser: Browser) -> Iterator[dict[Weergave, BrowserContext]]:
    """Een venster per weergave, zonder netwerk behalve wat een test zelf opent."""
    open_ = {
        weergave: browser.new_context(
            viewport={"width": weergave.breedte, "height": 900},
            color_scheme="dark" if weergave.donker else "light",
            bypass_csp=True,  # anders mag axe niet meekijken
            locale="nl-NL",
        )
        for weergave in WEERGAVEN
    }
    yield open_
    for venster in open_.values():
        venster.close()


@pytest.fixture(scope="module")
def paginas(vensters: dict[Weergave, BrowserContext]) -> dict[Weergave, Page]:
    """Eén pagina per weergave, om mail na mail in te tonen."""
    return {weergave: venster.new_page() for weergave, venster in vensters.items()}


def overtredingen(pagina: Page, axe: str) -> list[str]:
    """Wat axe aan deze pagina afkeurt, elk met de plek."""
    if pagina.evaluate("typeof window.axe") == "undefined":  # een volgende mail in hetzelfde venster houdt haar
        pagina.evaluate(axe)
    uitslag: dict[str, Any] = pagina.evaluate(
        "(regels) => axe.run(document, {runOnly: {type: 'tag', values: regels}, resultTypes: ['violations']})", REGELS
    )
    assert len(uitslag["passes"]) > 5  # axe keek echt
    return [f"{v['id']}: {v['help']} ({knoop['html'][:120]})" for v in uitslag["violations"] for knoop in v["nodes"]]


def past_in_de_breedte(pagina: Page, breedte: int) -> bool:
    """Niemand hoeft opzij te schuiven (WCAG 1.4.10)."""
    return int(pagina.evaluate("document.documentElement.scrollWidth")) <= breedte
