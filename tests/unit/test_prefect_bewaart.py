"""De ingebouwde Prefect ruimt op wat af is: anders groeit zijn database elke dag, ook met `regie start`."""

from datetime import timedelta
from pathlib import Path

import pytest
from prefect.settings.models.root import Settings

from adapters.prefect import inrichting


@pytest.mark.parametrize("database", ["", "postgresql+asyncpg://x"], ids=["ingebouwd", "postgresql"])
def test_afgelopen_runs_gaan_na_negentig_dagen_weg(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str
) -> None:
    for naam, waarde in inrichting.server_omgeving(
        tmp_path, "http://127.0.0.1:4200/api", database_url=database
    ).items():
        monkeypatch.setenv(naam, waarde)
    gelezen = Settings()  # Prefect zelf leest de namen: een tikfout zou hier zijn standaard geven
    assert "flow_runs" in gelezen.server.services.db_vacuum.enabled_vacuum_types
    assert gelezen.server.services.db_vacuum.retention_period == timedelta(days=90)
    assert gelezen.server.events.retention_period == timedelta(days=7)
