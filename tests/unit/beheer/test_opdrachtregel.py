"""De opdrachtregel: eindcodes, Nederlandse fouten, en laden op verzoek."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cyclopts import App

from beheer import hoofd as hoofdmodule
from beheer.hoofd import OPDRACHTEN, hoofd, maak_app
from beheer.uitvoer import fout, toon
from domein.begrippen import Leerroute
from domein.fouten import OnbekendDossier

WORTEL = Path(__file__).resolve().parents[3]


def app_met(handeling: object) -> App:
    app = maak_app()
    app.command(handeling, name="proef")  # type: ignore[arg-type]
    return app


@pytest.fixture
def als_opdracht(monkeypatch: pytest.MonkeyPatch):
    def zet(handeling: object) -> None:
        app = app_met(handeling)
        monkeypatch.setattr(hoofdmodule, "maak_app", lambda: app)

    return zet


@pytest.mark.parametrize(
    ("woorden", "melding", "uitweg"),
    [
        (["tset"], "De opdracht `regie tset` bestaat niet.", "Bedoelde u test?"),
        (["test", "--snol"], "De optie --snol bestaat hier niet.", "Bedoelde u --snel?"),
        (["test", "over"], "Hier hoort niets meer te staan: over", "regie test --help"),
        (["test", "--snel", "--zwaar"], "--snel en --zwaar gaan niet samen.", "Kies er één."),
    ],
)
def test_verkeerd_gebruik_is_2_en_zegt_wat_wel_kan(
    woorden: list[str], melding: str, uitweg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hoofd(woorden) == 2
    gezien = capsys.readouterr()
    assert gezien.out == ""
    assert melding in gezien.err
    assert uitweg in gezien.err


def test_met_json_is_ook_de_fout_een_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd(["tset", "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {
        "fout": "De opdracht `regie tset` bestaat niet.",
        "uitweg": "Bedoelde u test?",
    }


def test_een_geweigerde_handeling_is_1(als_opdracht, capsys: pytest.CaptureFixture[str]) -> None:
    def proef() -> None:
        raise OnbekendDossier("Dossier D-7F3K9 bestaat niet.", "Kijk in `regie dossier lijst`.")

    als_opdracht(proef)
    assert hoofd(["proef"]) == 1
    assert capsys.readouterr().err == ("Fout: Dossier D-7F3K9 bestaat niet.\nKijk in `regie dossier lijst`.\n")


def test_een_onverwachte_fout_toont_geen_tekst_van_die_fout(als_opdracht, capsys: pytest.CaptureFixture[str]) -> None:
    def proef() -> None:
        raise ValueError("999990342 hoort hier niet te staan")

    als_opdracht(proef)
    assert hoofd(["proef"]) == 1
    gezien = capsys.readouterr().err
    assert "ValueError" in gezien
    assert "999990342" not in gezien


def test_ctrl_c_is_130_zonder_spoor(als_opdracht, capsys: pytest.CaptureFixture[str]) -> None:
    def proef() -> None:
        raise KeyboardInterrupt

    als_opdracht(proef)
    assert hoofd(["proef"]) == 130
    assert capsys.readouterr().err == "Afgebroken.\n"


def test_een_eindcode_van_de_opdracht_blijft_staan(als_opdracht) -> None:
    def proef() -> int:
        return 1

    als_opdracht(proef)
    assert hoofd(["proef"]) == 1


def test_fout_stopt_met_de_gevraagde_code(als_opdracht) -> None:
    def proef() -> None:
        fout("Nee.", code=2)

    als_opdracht(proef)
    assert hoofd(["proef"]) == 2


@dataclass
class Rij:
    dag: date
    moment: datetime
    kenmerk: UUID
    route: Leerroute
    namen: frozenset[str]


def test_json_is_een_document_met_iso_datums(capsys: pytest.CaptureFixture[str]) -> None:
    rij = Rij(date(2026, 3, 6), datetime(2026, 3, 6, 9, tzinfo=UTC), UUID(int=7), Leerroute.Z, frozenset({"b", "a"}))
    toon([rij], als_json=True)
    gezien = capsys.readouterr()
    assert gezien.out.count("\n") == 1
    assert json.loads(gezien.out) == [
        {
            "dag": "2026-03-06",
            "moment": "2026-03-06T09:00:00+00:00",
            "kenmerk": "00000000-0000-0000-0000-000000000007",
            "route": "z",
            "namen": ["a", "b"],
        }
    ]


def test_zonder_json_krijgt_een_mens_zijn_eigen_tekst(capsys: pytest.CaptureFixture[str]) -> None:
    toon({"a": 1}, als_json=False, tekst=lambda data: print(f"a is {data['a']}"))
    assert capsys.readouterr().out == "a is 1\n"


def test_de_hulp_is_nederlands_en_laadt_geen_enkele_opdracht() -> None:
    code = "import sys; from beheer.hoofd import hoofd; hoofd(['--help']); "
    code += "print(sorted(sys.modules), file=sys.stderr)"
    uitkomst = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Gebruik: regie OPDRACHT" in uitkomst.stdout
    for opdracht in OPDRACHTEN:
        assert opdracht.uitleg.split()[0] in uitkomst.stdout
        assert f"'{opdracht.module}'" not in uitkomst.stderr
    assert "'prefect'" not in uitkomst.stderr


@pytest.mark.parametrize("opdracht", OPDRACHTEN, ids=lambda opdracht: opdracht.naam)
def test_elke_opdracht_laadt_en_heeft_hulp(opdracht: hoofdmodule.Opdracht, capsys: pytest.CaptureFixture[str]) -> None:
    assert hoofd([opdracht.naam, "--help"]) == 0
    assert f"Gebruik: regie {opdracht.naam}" in capsys.readouterr().out


@pytest.mark.parametrize("opdracht", ["termijn", "regio", "dossier", "stap", "post", "kennisgevingen"])
def test_een_opdracht_zonder_prefect_laadt_het_niet(opdracht: str) -> None:
    code = f"import sys; from beheer.hoofd import hoofd; hoofd([{opdracht!r}, '--help']); "
    code += "sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_een_dichte_pijp_is_stil() -> None:
    proces = subprocess.Popen(
        [sys.executable, "-m", "beheer", "--help"], cwd=WORTEL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert proces.stdout is not None
    proces.stdout.close()  # nog voor er iets is geschreven, zoals `| head -0`
    _, fouten = proces.communicate(timeout=30)
    assert (proces.returncode, fouten) == (hoofdmodule.PIJP_DICHT, b"")


def test_de_app_kent_precies_de_afgesproken_opdrachten() -> None:
    assert {naam for naam in maak_app() if not naam.startswith("-")} == {opdracht.naam for opdracht in OPDRACHTEN}
