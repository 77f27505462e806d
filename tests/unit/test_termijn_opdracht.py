"""`regie termijn`: JSON met vaste velden, en fouten die zeggen wat er wel mag."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from beheer.hoofd import hoofd

GOED = '{"soort": "pip", "vanaf": "2026-03-06"}'


def test_een_termijn_als_json_heeft_precies_deze_velden(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["termijn", "pip", "--vanaf", "2026-03-06", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["soort", "vanaf", "ruw", "datum", "artikel", "uitleg"]
    assert (document["vanaf"], document["ruw"], document["datum"]) == (
        "2026-03-06",
        "2026-05-15",
        "2026-05-18",
    )


def test_zonder_json_komt_er_een_zin(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["termijn", "pip", "--vanaf", "2026-03-06"]) == 0
    assert capsys.readouterr().out.startswith("2026-05-18\nDe 10 weken eindigen op vrijdag 15 mei 2026.")


@pytest.mark.parametrize(
    ("soort", "vanaf", "melding"),
    [
        pytest.param("pipp", "2026-03-06", "Kies uit: pip, pip-na-brp", id="soort"),
        pytest.param("pip", "6-3-2026", "jjjj-mm-dd", id="schrijfwijze"),
        pytest.param("pip", "20260306", "jjjj-mm-dd", id="zonder-streepjes"),
        pytest.param("pip", "2026-02-30", "bestaat niet", id="dag-bestaat-niet"),
        pytest.param("pip", "2019-01-01", "2022-01-01", id="voor-de-wet"),
    ],
)
def test_een_fout_zegt_wat_er_wel_mag(soort: str, vanaf: str, melding: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["termijn", soort, "--vanaf", vanaf, "--json"]) == 1
    gezegd = capsys.readouterr()
    assert gezegd.out == ""
    assert melding in gezegd.err


@pytest.mark.parametrize(
    "woorden",
    [[], ["pip"], ["--vanaf", "2026-03-06"], ["pip", "--vanaf", "2026-03-06", "--lijst"]],
    ids=["niets", "zonder-vanaf", "zonder-soort", "twee-vragen"],
)
def test_een_onvolledige_vraag_is_verkeerd_gebruik(woorden: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["termijn", *woorden]) == 2
    gezegd = capsys.readouterr()
    assert gezegd.out == ""
    assert "regie termijn pip --vanaf 2026-03-06" in gezegd.err


def test_invoer_leest_ook_standaardinvoer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOED.encode())))
    assert hoofd(["termijn", "--invoer", "-", "--json"]) == 0
    assert [rij["datum"] for rij in json.loads(capsys.readouterr().out)] == ["2026-05-18"]


def test_invoer_houdt_de_volgorde(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bestand = tmp_path / "gevallen.jsonl"
    bestand.write_text(f'\ufeff{{"soort":"bezwaar","vanaf":"2026-04-03"}}\n\n{GOED}\r\n', encoding="utf-8")
    assert hoofd(["termijn", "--invoer", str(bestand), "--json"]) == 0
    uitkomst = json.loads(capsys.readouterr().out)
    assert [(rij["soort"], rij["datum"]) for rij in uitkomst] == [
        ("bezwaar", "2026-05-18"),
        ("pip", "2026-05-18"),
    ]


@pytest.mark.parametrize(
    ("regel", "melding"),
    [
        pytest.param("zomaar", "geen JSON", id="geen-json"),
        pytest.param("[1]", "geen JSON-object", id="geen-object"),
        pytest.param('{"soort": "pip"}', "'vanaf' ontbreekt", id="zonder-vanaf"),
        pytest.param('{"soort": 3, "vanaf": "2026-03-06"}', "'soort' is geen tekst", id="geen-tekst"),
        pytest.param('{"soort": "x", "vanaf": "2026-03-06"}', "Kies uit: pip", id="soort"),
        pytest.param('{"soort": "pip", "vanaf": "morgen"}', "geen datum", id="datum"),
    ],
)
def test_een_foute_regel_houdt_alles_tegen_en_noemt_haar_nummer(
    regel: str, melding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = tmp_path / "gevallen.jsonl"
    bestand.write_text(f"{GOED}\n\n{regel}\n{GOED}\n", encoding="utf-8")
    assert hoofd(["termijn", "--invoer", str(bestand), "--json"]) == 1
    gezegd = capsys.readouterr()
    assert gezegd.out == ""
    assert json.loads(gezegd.err)["uitweg"].startswith("Verbeter deze regels")
    assert "regel 3: " in gezegd.err
    assert melding in gezegd.err


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        pytest.param(None, "bestaat niet", id="geen-bestand"),
        pytest.param(b"\n \n", "is leeg", id="leeg"),
        pytest.param(b'{"soort"\n\xff', "regel 2: dit is geen UTF-8", id="geen-utf8"),
    ],
)
def test_een_onleesbaar_bestand_wordt_geweigerd(
    inhoud: bytes | None, melding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = tmp_path / "gevallen.jsonl"
    if inhoud is not None:
        bestand.write_bytes(inhoud)
    assert hoofd(["termijn", "--invoer", str(bestand)]) == 1
    gezegd = capsys.readouterr()
    assert gezegd.out == ""
    assert melding in gezegd.err


def test_de_lijst_noemt_elke_soort(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["termijn", "--lijst", "--json"]) == 0
    soorten = json.loads(capsys.readouterr().out)
    assert len(soorten) == 24
    assert set(soorten[0]) == {"soort", "termijn", "soort_einde", "artikel", "vanaf"}


def test_de_opdracht_laadt_geen_database_en_geen_prefect() -> None:
    """Zo blijft het antwoord binnen een halve seconde, op elke machine."""
    controle = (
        "import sys, beheer.termijn\n"
        "zwaar = {'prefect', 'sqlmodel', 'sqlalchemy', 'fastapi', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(zwaar)) or 0)"
    )
    gedaan = subprocess.run([sys.executable, "-c", controle], capture_output=True, text=True, check=False)
    assert gedaan.returncode == 0, gedaan.stderr
