"""The clock: Amsterdam days, UTC moments, and a still clock that all processes share."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.instellingen import lees_instellingen
from adapters.klok import EchteKlok, StilleKlok, dag_van, klok
from domein.fouten import RegieFout

MOMENT = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "dag"),
    [
        pytest.param(datetime(2026, 1, 5, 22, 59, tzinfo=UTC), date(2026, 1, 5), id="winter-voor-middernacht"),
        pytest.param(datetime(2026, 1, 5, 23, 0, tzinfo=UTC), date(2026, 1, 6), id="winter-na-middernacht"),
        pytest.param(datetime(2026, 7, 5, 21, 59, tzinfo=UTC), date(2026, 7, 5), id="zomer-voor-middernacht"),
        pytest.param(datetime(2026, 7, 5, 22, 0, tzinfo=UTC), date(2026, 7, 6), id="zomer-na-middernacht"),
    ],
)
def test_een_dag_is_een_dag_in_amsterdam(moment: datetime, dag: date) -> None:
    assert dag_van(moment) == dag


def test_een_moment_zonder_tijdzone_is_geen_moment() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        dag_van(MOMENT.replace(tzinfo=None))


def test_de_echte_klok_geeft_utc_en_loopt() -> None:
    echt = EchteKlok()
    eerst = echt.nu()
    assert eerst.utcoffset() == timedelta(0)
    assert echt.nu() >= eerst
    assert echt.vandaag() in {dag_van(eerst), dag_van(eerst) + timedelta(days=1)}


def test_een_ander_proces_ziet_dezelfde_stille_klok(tmp_path: Path) -> None:
    een, ander = StilleKlok(tmp_path / "klok.json"), StilleKlok(tmp_path / "klok.json")
    for stap in range(5):  # faster than the file system counts time
        moment = MOMENT + timedelta(days=stap)
        een.zet(moment)
        assert een.nu() == ander.nu() == moment
        assert ander.vandaag() == moment.date()
    assert [bestand.name for bestand in tmp_path.iterdir()] == ["klok.json"]


def test_de_stille_klok_gaat_niet_vanzelf_terug(tmp_path: Path) -> None:
    stil = StilleKlok(tmp_path / "klok.json")
    stil.zet(MOMENT)
    stil.zet(MOMENT)
    with pytest.raises(RegieFout, match="gaat niet terug"):
        stil.zet(MOMENT - timedelta(seconds=1))
    assert stil.nu() == MOMENT
    stil.zet(MOMENT - timedelta(days=1), terug_mag=True)
    assert stil.nu() == MOMENT - timedelta(days=1)


def test_een_moment_zonder_tijdzone_wordt_niet_gezet(tmp_path: Path) -> None:
    with pytest.raises(RegieFout, match="tijdzone"):
        StilleKlok(tmp_path / "klok.json").zet(MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize("inhoud", ["", "{}", '{"nu": 5}', '{"nu": "2026-01-05T08:00:00"}', "geen json"])
def test_een_kapot_klokbestand_zegt_wat_er_hoort_te_staan(tmp_path: Path, inhoud: str) -> None:
    bestand = tmp_path / "klok.json"
    bestand.write_text(inhoud)
    with pytest.raises(RegieFout) as fout:
        StilleKlok(bestand).nu()
    assert "2026-01-05" in fout.value.uitweg


def test_een_klok_die_nog_niet_is_gezet_zegt_dat(tmp_path: Path) -> None:
    with pytest.raises(RegieFout, match="nog niet gezet"):
        StilleKlok(tmp_path / "klok.json").vandaag()


def test_de_instellingen_kiezen_de_klok(tmp_path: Path) -> None:
    assert isinstance(klok(lees_instellingen(map=tmp_path)), EchteKlok)
    demo = lees_instellingen(map=tmp_path, demo=True, klokbestand=tmp_path / "klok.json")
    assert isinstance(klok(demo), StilleKlok)
