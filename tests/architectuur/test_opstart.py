"""`./regie` zelf: wat iemand ziet als zijn machine nog niet klaar is."""

import shutil
import subprocess
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]
GEREEDSCHAP = [
    "sh", "dirname", "cat", "sha256sum", "shasum", "cksum", "awk", "df", "readlink", "mkdir", "ln", "rm",
    "sed", "head", "tail", "tr", "grep", "sleep", "date", "find", "wc", "mv",
]  # fmt: skip


@pytest.fixture
def kaal(tmp_path: Path) -> Path:
    """Een verse kopie van wat `./regie` nodig heeft, naast een map met alleen gewone opdrachten."""
    for bestand in (
        "regie",
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-uv.lock",
        "pyproject.toml",
    ):
        shutil.copy2(WORTEL / bestand, tmp_path / bestand)
    (tmp_path / "bin").mkdir()
    for naam in GEREEDSCHAP:
        if pad := shutil.which(naam):
            (tmp_path / "bin" / naam).symlink_to(pad)
    return tmp_path


def zet(kaal: Path, naam: str, script: str) -> None:
    pad = kaal / "bin" / naam
    pad.unlink(missing_ok=True)
    pad.write_text(f"#!/bin/sh\n{script}\n")
    pad.chmod(0o755)


def regie(kaal: Path, **omgeving: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(kaal / "regie"), "--versie"],
        env={"PATH": str(kaal / "bin"), "HOME": str(kaal)} | omgeving,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


PIP_ZEGT = 'case "$*" in *version_info*) echo 3.11 ;; *"pip --version"*) ;; *) echo "{}"; exit 1 ;; esac'


def test_een_te_oude_python_wordt_genoemd_met_wat_te_doen(kaal: Path) -> None:
    zet(kaal, "python3", "echo 3.9")
    uitkomst = regie(kaal)
    assert uitkomst.returncode == 1
    assert "Python 3.11 of nieuwer is nodig" in uitkomst.stderr
    assert "python3 is versie 3.9" in uitkomst.stderr


def test_geen_python_wordt_gemeld(kaal: Path) -> None:
    uitkomst = regie(kaal)
    assert uitkomst.returncode == 1
    assert "Python 3.11 of nieuwer is nodig" in uitkomst.stderr


def test_een_volle_schijf_stopt_voor_er_iets_wordt_opgehaald(kaal: Path) -> None:
    zet(kaal, "python3", "echo 3.11")
    zet(kaal, "df", "echo kop; echo 'schijf 100000 99000 51200 99% /'")
    uitkomst = regie(kaal)
    assert uitkomst.returncode == 1
    assert "De schijf is te vol: er is 50 MB vrij" in uitkomst.stderr
    assert not (kaal / ".venv").exists()


@pytest.mark.parametrize(
    ("fout", "melding"),
    [
        pytest.param("NewConnectionError: Name or service not known", "geen netwerk", id="geen-netwerk"),
        pytest.param("OSError: [Errno 28] No space left on device", "De schijf is vol geraakt", id="schijf-vol"),
        pytest.param("iets heel anders", "De installatie is mislukt", id="onbekend"),
    ],
)
def test_een_mislukte_installatie_zegt_waardoor(kaal: Path, fout: str, melding: str) -> None:
    zet(kaal, "python3", PIP_ZEGT.format(fout))
    zet(kaal, "df", "echo kop; echo 'schijf 9 9 99000000 1% /'")
    uitkomst = regie(kaal)
    assert uitkomst.returncode == 1
    assert melding in uitkomst.stderr
    assert not (kaal / ".regie" / "slot").is_symlink()


def test_een_slot_van_een_gestopt_proces_houdt_niemand_tegen(kaal: Path) -> None:
    zet(kaal, "python3", PIP_ZEGT.format("iets heel anders"))
    zet(kaal, "df", "echo kop; echo 'schijf 9 9 99000000 1% /'")
    klaar = subprocess.Popen(["true"])
    klaar.wait()
    (kaal / ".regie").mkdir()
    (kaal / ".regie" / "slot").symlink_to(str(klaar.pid))
    assert "De installatie is mislukt" in regie(kaal).stderr
    assert not (kaal / ".regie" / "slot").is_symlink()


def test_de_snelle_weg_installeert_niets_en_geeft_de_woorden_door(kaal: Path) -> None:
    """Staat de omgeving er al zoals het slot zegt, dan hoort er geen pakketprogramma aan te pas te komen."""
    (kaal / ".venv" / "bin").mkdir(parents=True)
    python = kaal / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$*"\n')
    python.chmod(0o755)
    som = subprocess.run(
        "cat requirements.lock requirements-dev.lock pyproject.toml | sha256sum",
        shell=True, cwd=kaal, capture_output=True, text=True, check=True,
    ).stdout.split()[0]  # fmt: skip
    (kaal / ".venv" / ".regie-stempel").write_text(f"gewoon\n{som} {kaal.resolve()}\n")
    uitkomst = regie(kaal)
    assert (uitkomst.returncode, uitkomst.stdout.strip()) == (0, "-P -m beheer --versie")
    (kaal / "requirements.lock").write_text("ander==1\n")
    assert regie(kaal).returncode == 1  # een ander slot is een andere omgeving
