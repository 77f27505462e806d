"""`regie apitoken`: maken, tonen en intrekken; het token zelf staat nergens dan bij wie het maakte."""

from pathlib import Path
from typing import get_args

import pytest

from beheer.apitoken import Rechtwoord
from domein.begrippen import Tokenrecht
from tests.integratie.beheer_hulp import AVRES, Regie

MAAK = (
    "apitoken", "maak", "merwede-lvs", "--partner", "taalschool-de-merwede", "--recht", "dossiers:lezen", "--recht",
    "uitkomsten:schrijven", "--reden", "Hun eigen systeem.", "--door", "m-bhr",
)  # fmt: skip


@pytest.fixture
def met_regio(regie: Regie) -> Regie:
    regie("regio", "laad", str(AVRES))
    return regie


def test_een_token_is_een_keer_te_zien_en_daarna_alleen_zijn_naam(met_regio: Regie) -> None:
    gemaakt = met_regio.json(*MAAK)
    assert gemaakt["token"].startswith("regie_")
    assert len(gemaakt["token"]) == len("regie_") + 43  # 256 bits
    lijst = met_regio.json("apitoken", "lijst")
    assert gemaakt["token"] not in str(lijst)
    assert [(een["naam"], een["partner"], een["geldt"]) for een in lijst] == [
        ("merwede-lvs", "taalschool-de-merwede", True)
    ]
    assert "hash" not in str(lijst)
    assert "merwede-lvs" in met_regio("apitoken", "lijst")


def test_een_proef_bewaart_niets(met_regio: Regie) -> None:
    assert "token" not in met_regio.json(*MAAK, "--proef")
    assert met_regio.json("apitoken", "lijst") == []


def test_intrekken_kan_een_keer_en_vraagt_een_reden(met_regio: Regie) -> None:
    met_regio(*MAAK)
    weg = ("apitoken", "trek-in", "merwede-lvs", "--door", "m-bhr", "--reden")
    met_regio(*weg, " ", code=1)
    met_regio(*weg, "Gelekt.", "--proef")
    assert met_regio.json("apitoken", "lijst")[0]["geldt"] is True
    met_regio(*weg, "Gelekt.")
    met_regio(*weg, "Gelekt.", code=1)
    (rij,) = met_regio.json("apitoken", "lijst")
    assert (rij["geldt"], rij["ingetrokken_door"], rij["intrekreden"]) == (False, "m-bhr", "Gelekt.")
    met_regio(*MAAK, code=1)  # een naam komt nooit terug


@pytest.mark.parametrize(
    "anders",
    [
        {"--door": "m-jdb"}, {"--door": "niemand"}, {"--partner": "bestaat-niet"}, {"--dagen": "401"},
        {"--reden": " "}, {"--partner": "taalmaatjes-alblas", "--recht": "bsn:lezen"},
    ],
)  # fmt: skip
def test_wat_niet_mag_wordt_geweigerd_met_een_uitweg(met_regio: Regie, anders: dict[str, str]) -> None:
    opties = {
        "--partner": "avres", "--recht": "dossiers:lezen", "--reden": "Een reden.", "--door": "m-bhr", **anders,
    }  # fmt: skip
    met_regio("apitoken", "maak", "een-token", *(deel for optie in opties.items() for deel in optie), code=1)
    assert met_regio.err.count("\n") >= 2
    assert met_regio.json("apitoken", "lijst") == []


def test_een_token_kan_naar_een_bestand_dat_alleen_de_maker_leest(met_regio: Regie, tmp_path: Path) -> None:
    bestand = tmp_path / "token"
    gemaakt = met_regio.json(*MAAK, "--naar", str(bestand))
    assert "token" not in gemaakt
    assert bestand.read_text(encoding="ascii").startswith("regie_")
    assert bestand.stat().st_mode & 0o077 == 0
    met_regio("apitoken", "maak", "ander-lvs", *MAAK[3:], "--naar", str(bestand), code=1)
    assert len(met_regio.json("apitoken", "lijst")) == 1


def test_de_opdracht_kent_elk_recht() -> None:
    assert get_args(Rechtwoord) == tuple(recht.value for recht in Tokenrecht)
