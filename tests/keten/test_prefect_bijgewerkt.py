"""Prefect bijgewerkt: zijn server stopt, zijn database wordt gemigreerd, en hij komt terug met dezelfde runs.

Een Prefect die er nog niet is, is niet te beproeven. Wel zijn eigen migratie: de database gaat met zijn gereedschap een
versie terug, zoals een vorige Prefect haar achterliet, en daarna weer vooruit.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from datetime import time as kloktijd
from pathlib import Path
from uuid import UUID

import pytest

from adapters.klok import StilleKlok
from adapters.prefect import inrichting
from beheer.demo.vullen import lees_voorbeeld, registreer_tot
from beheer.opzichter import Opzichter
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from tests.keten.conftest import AMSTERDAM, BEGIN
from tests.keten.test_stroom import GEGEVENS, OPROEP

GEDULD = 120.0


@pytest.mark.zwaar
async def test_na_het_migreren_van_prefect_wachten_dezelfde_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    opzichter = Opzichter(tmp_path, demo=True, meld=print)
    dossiers: dict[str, UUID] = {}

    def stap() -> Stap:
        with opzichter.omgeving.magazijn.ruimte() as ruimte:
            return next(s for s in ruimte.stappen_waar(kenmerk=OPROEP))

    async def tot(toestand: Toestand) -> None:
        async with asyncio.timeout(GEDULD):
            while True:
                run_id = stap().run_id
                gevonden = await opzichter.bord.runs([run_id] if run_id else [])
                if [run.toestand for run in gevonden.values()] == [toestand]:
                    return
                await opzichter.slag()

    def versie() -> str:
        with closing(sqlite3.connect(tmp_path / "prefect" / "prefect.db")) as verbinding:
            return str(verbinding.execute("SELECT version_num FROM alembic_version").fetchone()[0])

    def database(*wat: str) -> None:
        omgeving = inrichting.server_omgeving(tmp_path / "prefect", opzichter.api_url)
        opdracht = [sys.executable, "-m", "prefect", "server", "database", *wat, "-y"]
        subprocess.run(opdracht, env={**os.environ, **omgeving}, check=True, timeout=GEDULD, capture_output=True)

    def migreer() -> None:
        nu = versie()
        database("downgrade")
        assert versie() != nu, "de database ging niet terug"
        database("upgrade")
        assert versie() == nu

    try:
        opzichter.bereid_voor()
        moment = datetime.combine(BEGIN, kloktijd(9, 30), AMSTERDAM).astimezone(UTC)
        StilleKlok(tmp_path / "klok.json").zet(moment)
        await opzichter.start()
        registreer_tot(opzichter.omgeving, lees_voorbeeld(opzichter.omgeving, 1), BEGIN, dossiers)
        await tot(Toestand.WACHT)
        voor = stap()
        await opzichter.herstart("prefect", migreer)
        await tot(Toestand.WACHT)
        assert stap().run_id == voor.run_id
        actor = Actor(voor.medewerker or "")
        geef_uitkomst(opzichter.omgeving, voor.id, "oproep_verzonden", BEGIN, GEGEVENS, actor)
        await tot(Toestand.KLAAR)
    finally:
        await opzichter.stop()
    assert stap().status is Stapstatus.KLAAR
