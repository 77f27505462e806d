"""Portalen en opzichters starten tegelijk op een lege database: de tabel van de sleutels komt er één keer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

from adapters.database import maak_engine
from adapters.sleutelbos import Sleutelbos

TEGELIJK, KEREN = 8, 3


def test_wie_tegelijk_begint_op_een_lege_database_vindt_de_tabel(lege_database: str) -> None:
    engines = [maak_engine(lege_database, wis_veilig=True) for _ in range(TEGELIJK)]
    hek = Barrier(TEGELIJK)

    def begin(nummer: int) -> Sleutelbos:
        with engines[nummer].connect():  # de verbinding ligt klaar: nu komt het op de tabel aan
            hek.wait(30)
        return Sleutelbos(engines[nummer], b"h" * 32)

    for _ in range(KEREN):
        with ThreadPoolExecutor(TEGELIJK) as samen:
            bossen = list(samen.map(begin, range(TEGELIJK)))
        dossier = uuid4()
        bossen[0].bewaar([(dossier, bossen[0].maak())], datetime(2026, 1, 5, tzinfo=UTC))
        assert all(bos.zoek(dossier) is not None for bos in bossen)
        with engines[0].begin() as verbinding:
            verbinding.exec_driver_sql("DROP TABLE dossiersleutel")
    for engine in engines:
        engine.dispose()
