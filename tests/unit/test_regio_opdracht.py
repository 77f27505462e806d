"""`regie regio wie|toets|schema`: een document op stdout, en een eindcode die klopt."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.omgeving import instellingen
from beheer.hoofd import hoofd

AVRES = Path(__file__).parents[2] / "voorbeelden" / "avres"
WIE = ("regio", "wie", "--json", "--op", "2026-03-02", "--gemeente")
SLEUTELS = "uitvoerder bevoegd_orgaan ondertekenaar betaler inzage avg_rol afzender afspraak waarom afgevallen"


@pytest.fixture(autouse=True)
def _zonder_installatie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("REGIE_MAP", str(tmp_path / "leeg"))
    monkeypatch.delenv("REGIE_DATABASE_URL", raising=False)
    instellingen.cache_clear()
    yield
    assert not (tmp_path / "leeg").exists()  # een vraag maakt geen installatie
    instellingen.cache_clear()


@pytest.mark.parametrize(
    ("vraag", "uitkomst", "code"),
    [
        pytest.param(("GM0512", "--stap", "intake"), "toewijzing", 0, id="toewijzing"),
        pytest.param(
            ("GM0512", "--stap", "map", "--leerroute", "onderwijs"), "niet_van_toepassing", 0, id="hoeft-niet"
        ),
        pytest.param(("GM0363", "--stap", "intake"), "gat", 1, id="gat"),
    ],
)
def test_wie_geeft_altijd_dezelfde_sleutels(
    vraag: tuple[str, ...], uitkomst: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hoofd([*WIE, *vraag]) == code
    gevangen = capsys.readouterr()
    antwoord = json.loads(gevangen.out)
    assert set(SLEUTELS.split()) <= set(antwoord)
    assert antwoord["uitkomst"] == uitkomst
    assert "uit het voorbeeld avres" in gevangen.err


def test_wie_kent_leeftijd_ontzorgen_en_alfabetisering(capsys: pytest.CaptureFixture[str]) -> None:
    def uitvoerder(voorbeeld: str, *woorden: str) -> tuple[str, str]:
        hoofd(
            ["regio", "wie", "--json", "--op", "2026-03-02", "--regio-bestand", str(AVRES.parent / voorbeeld), *woorden]
        )
        antwoord = json.loads(capsys.readouterr().out)
        return antwoord["afspraak"], antwoord["uitvoerder"]

    onderwijs = ("--gemeente", "GM0307", "--stap", "aanmelding", "--leerroute", "onderwijs", "--leeftijd")
    assert uitvoerder("amersfoort", *onderwijs, "27") == ("onderwijs-jong", "schakel-eemland")
    assert uitvoerder("amersfoort", *onderwijs, "28") == ("onderwijs-ouder", "avondtaal")
    alfa = ("--gemeente", "GM0355", "--stap", "aanmelding", "--leerroute", "z", "--alfabetisering", "analfabeet")
    assert uitvoerder("utrecht-zeist", *alfa) == ("taal-alfabetisering", "eerste-letter")
    ontzorgd = ("--gemeente", "GM0797", "--stap", "voortgang", "--leerroute", "b1", "--ontzorgen")
    assert uitvoerder("heusden-waalwijk", *ontzorgd) == ("voortgang-ontzorgen", "baanbrekers")


def test_wie_in_een_onbekende_gemeente_wordt_geweigerd(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd([*WIE, "GM0000", "--stap", "intake"]) == 1
    assert capsys.readouterr().out == ""


def test_wie_kent_de_stappen(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd([*WIE, "GM0512", "--stap", "koffie"]) == 2
    assert "kies uit registratie, intake" in capsys.readouterr().err


def test_toets_eindigt_met_1_bij_een_fout_en_toont_ook_wat_goed_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hoofd(["regio", "toets", str(AVRES), "--op", "2026-03-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    kapot = tmp_path / "regio.toml"
    kapot.write_text((AVRES / "regio.toml").read_text(encoding="utf-8").replace("fte = 0.8", "fte = 8"))
    assert hoofd(["regio", "toets", str(kapot), str(AVRES), str(tmp_path / "weg"), "--json"]) == 1
    regels = json.loads(capsys.readouterr().out)
    assert [regel["ernst"] for regel in regels] == ["fout", "fout"]
    assert set(regels[0]) == {"soort", "ernst", "plaats", "melding", "uitweg"}


def test_laad_weigert_een_kapot_bestand_voordat_er_een_database_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "regio.toml").write_text("[regio]\ncode = x", encoding="utf-8")
    assert hoofd(["regio", "laad", str(tmp_path)]) == 1
    assert "regel 2" in capsys.readouterr().err
