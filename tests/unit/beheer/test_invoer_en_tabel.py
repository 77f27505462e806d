"""Wat iemand typt en wat hij te zien krijgt; en dat laden snel blijft."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from beheer.invoer import lees_json, lees_moment
from beheer.tabel import cel, tabel
from beheer.uitvoer import Afgebroken


@pytest.mark.parametrize(
    ("tekst", "moment"),
    [
        ("2026-03-06", datetime(2026, 3, 6, 22, 59, 59, 999999, tzinfo=UTC)),
        ("2026-07-06T09:00", datetime(2026, 7, 6, 7, tzinfo=UTC)),
        ("2026-03-06T09:00:00+00:00", datetime(2026, 3, 6, 9, tzinfo=UTC)),
    ],
)
def test_een_moment_zonder_tijdzone_is_nederlandse_tijd(tekst: str, moment: datetime) -> None:
    assert lees_moment(tekst, "--op") == moment


def test_een_json_fout_noemt_de_plaats_en_niet_de_inhoud() -> None:
    with pytest.raises(Afgebroken) as fout:
        lees_json('{"naam": "Selam",\n x}', "--gegevens", "{}")
    assert (fout.value.code, "regel 2, teken 2" in fout.value.melding) == (2, True)
    assert "Selam" not in fout.value.melding + fout.value.uitweg


def test_in_een_pijp_is_een_tabel_kaal_en_onverkort(capsys: pytest.CaptureFixture[str]) -> None:
    lang = "w" * 300
    tabel([{"a": date(2026, 3, 6), "b": None}, {"a": True, "b": lang}], {"a": "Dag", "b": "Waarom"})
    assert capsys.readouterr().out.splitlines() == ["Dag         Waarom", "2026-03-06", f"ja          {lang}"]
    tabel([], {"a": "Dag"}, leeg="Er is niets te doen.")
    assert capsys.readouterr().out == "Er is niets te doen.\n"


@pytest.mark.parametrize("breedte", ["200", "40"])
def test_op_een_smal_scherm_staat_alles_onder_elkaar_en_gaat_niets_verloren(
    breedte: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", breedte)
    kolommen = {"a": "Dossier", "b": "Streefdag", "c": "Waarom"}
    tabel([{"a": "D-7F3K9", "b": date(2026, 3, 6), "c": "Omdat [b]het PIP[/b] dat zegt"}], kolommen)
    uit = capsys.readouterr().out
    for deel in ("D-7F3K9", "2026-03-06", "[b]het PIP[/b]"):
        assert deel in uit
    assert len(uit.splitlines()) == (2 if breedte == "200" else 3)


def test_een_moment_staat_er_in_nederlandse_tijd() -> None:
    assert cel(datetime(2026, 7, 6, 7, 30, tzinfo=UTC)) == "2026-07-06 09:30"


@pytest.mark.parametrize("module", ["kennisgevingen", "dossier", "stap", "post", "dokter"])
def test_een_opdracht_laden_laadt_geen_database_en_geen_prefect(module: str) -> None:
    code = f"import sys, beheer.{module}; sys.exit(bool({{'sqlmodel', 'prefect', 'httpx'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
