"""Versies die op hetzelfde moment van de klok zijn geladen, hebben toch een volgorde; ook die van voor de migratie."""

from datetime import UTC, date, datetime
from uuid import uuid4

from alembic import command
from sqlalchemy import text

from adapters.database import alembic_config, maak_klaar


def test_bestaande_versies_krijgen_een_laadnummer_per_regio(eigen_engine) -> None:
    with eigen_engine.connect() as verbinding:
        command.downgrade(alembic_config(verbinding), "0004")
        verbinding.commit()
    rij = text(
        "INSERT INTO regioversie (id, regio, versie, geldig_van, inhoud, sha256, geladen_op, door)"
        " VALUES (:id, :regio, :versie, :van, '{}', 'x', :op, 'beheer')"
    )
    sqlite = eigen_engine.dialect.name == "sqlite"
    with eigen_engine.begin() as verbinding:
        for regio, versie, uur in (("a", "2", 9), ("a", "1", 8), ("a", "2b", 9), ("b", "1", 8)):
            op = datetime(2026, 1, 5, uur, tzinfo=UTC)
            verbinding.execute(
                rij,
                {
                    "id": uuid4().hex if sqlite else uuid4(), "regio": regio, "versie": versie,
                    "van": date(2026, 1, 1).isoformat(), "op": op.isoformat(" "),
                },
            )  # fmt: skip
    maak_klaar(eigen_engine)
    with eigen_engine.connect() as verbinding:
        vraag = text("SELECT regio, versie, laadnummer FROM regioversie")
        nummers = {(r.regio, r.versie): r.laadnummer for r in verbinding.execute(vraag)}
    assert (nummers["a", "1"], nummers["b", "1"]) == (1, 1)
    assert {nummers["a", "2"], nummers["a", "2b"]} == {2, 3}
