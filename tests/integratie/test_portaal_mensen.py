"""Op een pagina staat hoe iemand heet, en geen code; waar het erom gaat wie het precies was, staan zij er allebei."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from domein.gebeurtenissen.basis import SYSTEEM
from portaal.app import maak_app
from portaal.mensen import Mensen
from tests.integratie.besluit_hulp import leesbaar
from tests.integratie.matrix_hulp import Wereld, maak_wereld
from tests.integratie.portaal_bezoek import meld_aan
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


def test_een_naam_waar_die_er_is_en_anders_de_code(wereld: Wereld) -> None:
    mens = Mensen(wereld.hier.omgeving)
    assert (mens("m-jdb"), mens("m-jdb", precies=True)) == ("Jonas de Beer", "Jonas de Beer (m-jdb)")
    assert (mens("m-weg"), mens("m-weg", precies=True)) == ("m-weg", "m-weg")  # wie niet meer in de afspraken staat
    assert mens("taalschool-de-merwede") == "Taalschool De Merwede"
    assert (mens(SYSTEEM.code), mens(None), mens("")) == ("het systeem", "", "")


def test_op_de_paginas_van_elke_dag_staat_nergens_een_code_van_een_medewerker(wereld: Wereld, app: FastAPI) -> None:
    codes = {m.code for m in wereld.regio.medewerkers}
    assert all(m.naam for m in wereld.regio.medewerkers)
    bekeken = 0
    for wie in ("m-jdb", "m-wil", "m-reg", "m-gor"):
        browser = meld_aan(wereld.hier, app, wie)
        paden = ["/mijn-werk", "/mijn-werk/team", "/dossiers", "/besluiten"]
        for stap in wereld.van_elk():
            referentie = wereld.referenties[stap.dossier_id]
            paden += [f"/taken/{stap.id}", f"/dossiers/{referentie}", f"/dossiers/{referentie}/besluiten"]
        for pad in paden:
            antwoord = browser.get(pad)
            if antwoord.status_code == 200:
                bekeken += 1
                tekst = re.sub(r"Taak voor m-\w+", "", leesbaar(antwoord))  # zo heten de stappen van deze wereld
                woorden = set(re.findall(r"\bm-[a-z]+\b", tekst))
                assert not codes & woorden, (wie, pad)
    assert bekeken > 40
    stap = next(s for s in wereld.stappen if s.medewerker == "m-jdb")
    tijdlijn = leesbaar(meld_aan(wereld.hier, app, "m-reg").get(f"/dossiers/{wereld.referenties[stap.dossier_id]}"))
    assert "Bij Jonas de Beer" in tijdlijn
    assert "zelf opgegeven" in tijdlijn
    assert "zelfverklaard" not in tijdlijn


def test_in_het_logboek_staan_naam_en_code(wereld: Wereld, app: FastAPI) -> None:
    meld_aan(wereld.hier, app, "m-jdb").get("/mijn-werk")
    assert "Jonas de Beer (m-jdb) Avres" in leesbaar(meld_aan(wereld.hier, app, "m-fg").get("/logboek"))
