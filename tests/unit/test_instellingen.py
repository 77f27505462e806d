"""Settings: safe defaults, and plain Dutch when one is wrong."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.instellingen import geheim_uit, lees_instellingen
from domein.fouten import RegieFout


@pytest.fixture(autouse=True)
def _kale_omgeving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # no .env of the one who runs the tests


def test_zonder_instellingen_staat_alles_in_een_map(tmp_path: Path) -> None:
    instellingen = lees_instellingen()
    assert instellingen.map == tmp_path / ".regie" / "data"
    assert instellingen.database == f"sqlite:///{instellingen.map}/regie.db"
    assert instellingen.sleutels == f"sqlite:///{instellingen.map}/geheimen/sleutels.db"
    assert instellingen.adres_portaal == "http://127.0.0.1:8100"


def test_een_leeg_veld_is_hetzelfde_als_geen_veld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_KLOKBESTAND", "")
    monkeypatch.setenv("REGIE_SMTP_PORT", "")
    assert lees_instellingen() == lees_instellingen(klokbestand=None, smtp_port=25)


@pytest.mark.parametrize(
    ("veld", "waarde", "uitleg"),
    [
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("SMTP_PORT", "abc", "geheel getal"),
        ("SMTP_PORT", "70000", "hoogstens 65535"),
        ("SMTP_TLS", "ja", "starttls"),
        ("AFZENDER", "a@b.nl, c@d.nl", "één mailadres"),
        ("PORTAAL_URL", "regio.nl", "https://"),
        ("RONDE_SECONDEN", "0", "groter zijn dan 0"),
        ("DEMO", "misschien", "true of false"),
    ],
)
def test_een_foute_instelling_noemt_haar_naam_en_wat_er_moet_staan(
    monkeypatch: pytest.MonkeyPatch, veld: str, waarde: str, uitleg: str
) -> None:
    monkeypatch.setenv(f"REGIE_{veld}", waarde)
    with pytest.raises(RegieFout) as fout:
        lees_instellingen()
    assert f"REGIE_{veld}" in fout.value.melding
    assert uitleg in fout.value.melding


@pytest.mark.parametrize(
    ("samen", "melding"),
    [
        ({"smtp_gebruiker": "regie"}, "REGIE_SMTP_WACHTWOORD"),
        ({"klokbestand": "klok.json"}, "alleen bij de demo"),
        ({"database_url": "postgresql://h/regie", "sleutels_url": "postgresql://h/regie"}, "sleutels apart"),
    ],
)
def test_instellingen_die_niet_samengaan_worden_geweigerd(samen: dict[str, str], melding: str) -> None:
    with pytest.raises(RegieFout, match=melding):
        lees_instellingen(**samen)


def test_een_wachtwoord_komt_niet_in_een_melding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_SMTP_WACHTWOORD", "hunkerbunker")
    monkeypatch.setenv("REGIE_DATABASE_URL", "mysql://regie:hunkerbunker@h/x")
    with pytest.raises(RegieFout) as fout:
        lees_instellingen()
    assert "hunkerbunker" not in fout.value.melding + fout.value.uitweg
    assert "hunkerbunker" not in repr(lees_instellingen(smtp_gebruiker="x", database_url=""))


def test_processen_die_tegelijk_beginnen_krijgen_hetzelfde_geheim(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as werkers:
        geheimen = list(werkers.map(lambda _: geheim_uit(tmp_path / "g" / "links"), range(40)))
    assert len(set(geheimen)) == 1
    assert [bestand.name for bestand in (tmp_path / "g").iterdir()] == ["links"]
    assert lees_instellingen(geheim="x" * 40).linkgeheim() == b"x" * 40


@pytest.mark.parametrize("inhoud", ["", "geen hex", "00" * 31])
def test_een_beschadigd_geheim_wordt_niet_gebruikt(tmp_path: Path, inhoud: str) -> None:
    (tmp_path / "links").write_text(inhoud)
    with pytest.raises(RegieFout, match="geheim"):
        geheim_uit(tmp_path / "links")
