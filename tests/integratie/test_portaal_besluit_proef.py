"""Voor het tekenen zien wat er dan gebeurt, met dezelfde eisen als de handtekening zelf."""

import re
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from domein.model import Logsoort
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar, versie_in
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.test_portaal_besluiten import knop, met_concept, onderzoek, schrijf


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return besluitwereld(magazijn, klok, tmp_path)


def test_het_voorbeeld_verandert_niets_en_daarna_is_het_een_druk_op_de_knop(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    onderzoek(wereld, jdb)
    schrijf(wereld, jdb)
    gor = wereld.als("m-gor")
    een = gor.get(f"{wereld.pad}/1")
    assert een.text.index('name="proef"') < een.text.index(">Teken dit besluit</button>")  # Enter kijkt alleen
    voor = alles(wereld.hier)
    proef = knop(
        wereld, gor, "tekenen", {"versie": versie_in(een), "proef": "ja", "tekenen.reden": "Op papier & klaar"}
    )
    assert proef.status_code == 200
    tekst = leesbaar(proef)
    for zin in ("Dit gebeurt er als u tekent", "Er is nog niets veranderd.", "Is klaar", "Komt erbij", "De termijnen"):
        assert zin in tekst
    na = alles(wereld.hier)
    assert {naam: na[naam] for naam in na if naam != "sessie"} == {
        naam: voor[naam] for naam in voor if naam != "sessie"
    }
    assert "gewijzigd" not in {r.soort for r in wereld.logregels() if r.actor == "m-gor"}

    velden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', proef.text))
    assert velden["tekenen.reden"] == "Op papier &amp; klaar"
    assert "proef" not in velden
    antwoord = gor.post(f"{wereld.pad}/1/tekenen", velden)
    assert antwoord.headers["location"] == "/besluiten?gedaan=getekend"
    assert wereld.leven.stand().besluiten[1].ondertekenaar == "m-gor"
    assert [r.soort for r in wereld.logregels() if r.actor == "m-gor" and r.naam.endswith("/tekenen")] == [
        Logsoort.GEZIEN, Logsoort.GEZIEN, Logsoort.GEWIJZIGD,
    ]  # fmt: skip


def test_wie_niet_kan_tekenen_krijgt_ook_geen_voorbeeld(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    onderzoek(wereld, jdb)
    schrijf(wereld, jdb)
    versie = versie_in(jdb.get(f"{wereld.pad}/1"))
    zonder_mandaat = knop(wereld, jdb, "tekenen", {"versie": versie, "proef": "ja"})
    assert zonder_mandaat.status_code == 403
    gor = wereld.als("m-gor")
    oud = knop(wereld, gor, "tekenen", {"versie": "1", "proef": "ja"})
    assert oud.status_code == 409
    assert "is intussen gewijzigd" in leesbaar(oud)
    onleesbaar = knop(wereld, gor, "tekenen", {"versie": versie, "proef": "ja", "tekenen.op": "gisteren"})
    assert onleesbaar.status_code == 422
    assert "Eerder op papier getekend op: Vul een bestaande datum in" in leesbaar(onleesbaar)
