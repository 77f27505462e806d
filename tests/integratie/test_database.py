"""Migrations and the settings of the engine, on both engines."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.exc import IntegrityError

from adapters.database import BUSY_MS, DatabaseNieuwer, alembic_config, maak_engine, maak_klaar, versie
from adapters.instellingen import lees_instellingen
from adapters.migraties import KOP
from adapters.opslag import magazijn
from domein.model import metadata


# SQLite leest een index over een uitdrukking niet terug; op PostgreSQL wordt hij wel vergeleken.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_de_migraties_maken_precies_de_tabellen_van_het_model(eigen_engine, capsys) -> None:
    with eigen_engine.connect() as verbinding:
        command.check(alembic_config(verbinding))
    assert set(inspect(eigen_engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_de_kop_is_de_nieuwste_migratie(engine) -> None:
    with engine.connect() as verbinding:
        assert ScriptDirectory.from_config(alembic_config(verbinding)).get_current_head() == KOP
    assert versie(engine) == KOP


def test_terug_naar_niets_en_weer_vooruit(eigen_engine) -> None:
    with eigen_engine.connect() as verbinding:
        command.downgrade(alembic_config(verbinding), "base")
        verbinding.commit()
    assert inspect(eigen_engine).get_table_names() == ["alembic_version"]
    maak_klaar(eigen_engine)
    assert versie(eigen_engine) == KOP


def test_twee_processen_migreren_tegelijk_zonder_botsing(lege_database) -> None:
    engines = [maak_engine(lege_database) for _ in range(2)]
    with ThreadPoolExecutor(2) as werkers:
        for taak in [werkers.submit(maak_klaar, een) for een in engines]:
            taak.result(timeout=60)
    assert versie(engines[0]) == KOP
    for een in engines:
        een.dispose()


def test_een_lege_sqlite_gaat_bij_velen_tegelijk_open(tmp_path: Path) -> None:
    """SQLite wacht zelf niet bij het wisselen van dagboek: zonder eigen wachten viel er af en toe een."""
    samen = Barrier(6)

    def open_mee(engine: Engine) -> str | None:
        samen.wait(timeout=60)
        return versie(engine)

    with ThreadPoolExecutor(6) as werkers:
        for nummer in range(150):
            engines = [maak_engine(f"sqlite:///{tmp_path / f'{nummer}.db'}") for _ in range(6)]
            assert list(werkers.map(open_mee, engines)) == [None] * 6
            for een in engines:
                een.dispose()


def test_een_bijgewerkte_database_kost_geen_migratie(engine) -> None:
    opdrachten: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: opdrachten.append(a[2]))
    maak_klaar(engine)
    assert len(opdrachten) <= 2
    assert all(opdracht.startswith(("SELECT", "PRAGMA")) for opdracht in opdrachten)


def test_een_nieuwere_database_wordt_niet_aangeraakt(eigen_engine) -> None:
    with eigen_engine.begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNieuwer):
        maak_klaar(eigen_engine)
    assert versie(eigen_engine) == "9999"


def test_verwijzingen_worden_bewaakt(engine) -> None:
    opdracht = text("INSERT INTO persoonsgegeven (dossier_id, cijfertekst, bsn_index) VALUES (:id, '', 'x')")
    with pytest.raises(IntegrityError), engine.begin() as verbinding:
        verbinding.execute(opdracht, {"id": "0" * 32})


def test_sqlite_leest_zonder_slot_en_schrijft_zonder_botsing(tmp_path: Path) -> None:
    engine = maak_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as verbinding:
        verbinding.execute(text("CREATE TABLE t (n integer)"))
    with engine.connect() as lezer, engine.connect() as schrijver:
        assert lezer.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
        schrijver.execute(text("INSERT INTO t VALUES (1)"))
        schrijver.commit()
        # With a read transaction still open this would fail at once: SQLITE_BUSY_SNAPSHOT.
        lezer.execute(text("INSERT INTO t VALUES (2)"))
        lezer.commit()
        assert lezer.execute(text("SELECT count(*) FROM t")).scalar_one() == 2
    with engine.connect() as verbinding:
        standen = {
            p: verbinding.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert standen == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": BUSY_MS}
    engine.dispose()


def test_een_nieuwe_installatie_werkt_in_elke_map(tmp_path: Path) -> None:
    code = (
        "from adapters.opslag import magazijn\n"
        "from adapters.instellingen import lees_instellingen\n"
        f"m = magazijn(lees_instellingen(map={str(tmp_path / 'data')!r}))\n"
        "with m.ruimte() as r: print(len(r.dossiers()))\n"
    )
    leeg = tmp_path / "elders"
    leeg.mkdir()
    uitslag = subprocess.run(
        [sys.executable, "-c", code], cwd=leeg, capture_output=True, text=True, timeout=60, check=False
    )
    assert (uitslag.returncode, uitslag.stdout) == (0, "0\n"), uitslag.stderr
    assert not list(leeg.iterdir())


def test_de_sleutels_staan_apart_en_niet_leesbaar_voor_anderen(tmp_path: Path) -> None:
    magazijn(lees_instellingen(map=tmp_path)).sluit()
    geheimen = tmp_path / "geheimen"
    assert {bestand.name for bestand in geheimen.iterdir()} >= {"hoofdsleutel", "bsn-index", "sleutels.db"}
    assert not [bestand for bestand in tmp_path.rglob("sleutels*") if bestand.parent != geheimen]
    assert oct(geheimen.stat().st_mode)[-3:] == "700"
    assert all(oct((geheimen / naam).stat().st_mode)[-3:] == "600" for naam in ("hoofdsleutel", "bsn-index"))
