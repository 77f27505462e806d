"""Elke mail en elke brief in HTML is toegankelijk: op een telefoon en een scherm, licht en donker."""

import pytest
from playwright.sync_api import BrowserContext, Page

from adapters.sjablonen import Sjablonen
from adapters.sjablonen_soorten import Voorbeeld
from beheer.sjabloonvoorbeelden import Blad, alle
from tests.web.conftest import WEERGAVEN, Weergave, overtredingen, past_in_de_breedte

pytestmark = pytest.mark.web

BLADEN = list(alle())
TAAK = next(blad for blad in BLADEN if blad.soort.naam == "taak")
# Van elke soort en taal ook het geval met de langste teksten.
LANGSTE = list({(b.soort.naam, b.taal): Blad(b.soort, b.soort.randgevallen()[0], b.taal) for b in BLADEN}.values())
SJABLONEN = Sjablonen()


@pytest.mark.parametrize("blad", [*BLADEN, *LANGSTE], ids=lambda blad: blad.naam)
def test_de_mail_heeft_geen_enkele_overtreding(paginas: dict[Weergave, Page], axe: str, blad: Blad) -> None:
    brief = SJABLONEN.schrijf(blad.soort.naam, blad.voorbeeld.gegevens, blad.taal)
    for weergave, pagina in paginas.items():
        pagina.set_content(brief.html)
        assert overtredingen(pagina, axe) == [], weergave
        assert past_in_de_breedte(pagina, weergave.breedte), weergave


def test_axe_keurt_een_slechte_mail_af(paginas: dict[Weergave, Page], axe: str) -> None:
    goed = SJABLONEN.schrijf("taak", TAAK.voorbeeld.gegevens).html
    pagina = paginas[WEERGAVEN[0]]
    for stuk, regel in (
        (goed.replace("color:#1a2029", "color:#dddddd"), "color-contrast"),
        (goed.replace('<html lang="nl"', "<html"), "html-has-lang"),
        (goed.replace("<h1", "<h3").replace("</h1>", "</h3>"), "page-has-heading-one"),
    ):
        pagina.set_content(stuk)
        assert any(een.startswith(regel) for een in overtredingen(pagina, axe))


def test_donker_is_echt_donker_en_licht_echt_licht(vensters: dict[Weergave, BrowserContext]) -> None:
    brief = SJABLONEN.schrijf("taak", TAAK.voorbeeld.gegevens)
    kleuren: dict[bool, str] = {}
    for weergave in WEERGAVEN[:2]:
        pagina = vensters[weergave].new_page()
        pagina.set_content(brief.html)
        kleuren[weergave.donker] = pagina.evaluate("getComputedStyle(document.body).backgroundColor")
        pagina.close()
    assert kleuren == {False: "rgb(243, 245, 247)", True: "rgb(20, 24, 29)"}


def test_een_mail_haalt_niets_op_en_voert_niets_uit(vensters: dict[Weergave, BrowserContext]) -> None:
    """Ook met vijandige tekst in elk veld: geen verzoek, geen script, geen venster."""
    aanval = '"><img src="http://127.0.0.1:9/x"><script>window.geraakt=1</script><svg onload="window.geraakt=1">'
    pagina = vensters[WEERGAVEN[0]].new_page()
    verzoeken: list[str] = []
    pagina.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    for blad in BLADEN:
        waarden = {
            v.naam: aanval if v.type in {"tekst", "code"} else blad.voorbeeld.gegevens[v.naam]
            for v in blad.soort.variabelen
        }
        vijandig = Voorbeeld("vijandig", waarden)
        pagina.set_content(SJABLONEN.schrijf(blad.soort.naam, vijandig.gegevens, blad.taal).html)
        assert pagina.evaluate("window.geraakt") is None
    pagina.close()
    assert verzoeken == []


def test_een_arabische_brief_loopt_van_rechts_naar_links(vensters: dict[Weergave, BrowserContext]) -> None:
    blad = next(b for b in BLADEN if b.taal == "ar")
    pagina = vensters[WEERGAVEN[2]].new_page()
    pagina.set_content(SJABLONEN.schrijf(blad.soort.naam, blad.voorbeeld.gegevens, "ar").html)
    plek = pagina.evaluate(
        "() => { const r = document.querySelector('th').closest('tr'); const [k, w] = r.children;"
        " return [k.getBoundingClientRect().left, w.getBoundingClientRect().left] }"
    )
    assert plek[0] > plek[1]  # het kopje staat rechts van zijn waarde
    assert pagina.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    pagina.close()
