"""Twee machines, elk met een worker en een opzichter in eigen processen, op één PostgreSQL: alles gebeurt één keer.

Alleen onze twee databases staan op PostgreSQL. Prefect zelf staat hier op SQLite: de PostgreSQL van de tests mist
`pg_trgm`, en zonder die uitbreiding kan Prefect er zijn tabellen niet maken.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from datetime import time as kloktijd
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import PrefectClient
from sqlalchemy.engine import URL

from adapters import omgeving as omgevingen
from adapters.klok import StilleKlok
from adapters.opslag import SqlMagazijn
from adapters.prefect import inrichting
from adapters.prefect.bord import PrefectBord
from beheer.demo.vullen import lees_voorbeeld, registreer_tot
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.invarianten import controleer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.ports import Omgeving
from tests.integratie.conftest import _bestuur, postgres
from tests.keten.conftest import AMSTERDAM, Keten, Prefect
from tests.keten.test_stroom import OPROEP

__all__ = ["postgres"]
DAG, PERSONEN = date(2026, 2, 16), 6


@pytest.fixture
def machines(postgres: URL, tmp_path: Path) -> Iterator[list[Path]]:
    """Twee mappen op twee hosts: eigen instellingen, dezelfde geheimen, dezelfde databases."""
    for naam in ("twee", "twee_sleutels"):
        _bestuur(postgres, f"CREATE DATABASE {naam}")
    adressen = [postgres.set(database=n).render_as_string(hide_password=False) for n in ("twee", "twee_sleutels")]
    mappen = [tmp_path / naam for naam in ("een", "ander")]
    for map_ in mappen:
        map_.mkdir()
        (map_ / "instellingen.env").write_text(
            f"REGIE_DEMO=true\nREGIE_KLOKBESTAND={tmp_path / 'klok.json'}\nREGIE_MAP={map_}\n"
            f"REGIE_DATABASE_URL={adressen[0]}\nREGIE_SLEUTELS_URL={adressen[1]}\n",
            encoding="utf-8",
        )
    StilleKlok(tmp_path / "klok.json").zet(datetime.combine(DAG, kloktijd(9, 30), AMSTERDAM).astimezone(UTC))
    yield mappen
    for naam in ("twee", "twee_sleutels"):
        _bestuur(postgres, f"DROP DATABASE {naam} WITH (FORCE)")


@pytest.fixture
def omgeving(machines: list[Path]) -> Iterator[Omgeving]:
    """De installatie vanaf de eerste machine; de andere krijgt een kopie van de geheimen."""
    omgeving = omgevingen.maak_omgeving(omgevingen.instellingen_van(machines[0]))
    shutil.copytree(machines[0] / "geheimen", machines[1] / "geheimen", dirs_exist_ok=True)
    yield omgeving
    assert isinstance(omgeving.magazijn, SqlMagazijn)
    omgeving.magazijn.sluit()


def _vul(omgeving: Omgeving) -> list[UUID]:
    dossiers: dict[str, UUID] = {}
    registreer_tot(omgeving, lees_voorbeeld(omgeving, PERSONEN), DAG, dossiers)
    return list(dossiers.values())


@pytest.mark.postgres
async def test_twee_machines_doen_samen_alles_een_keer(
    prefect_server: Prefect, machines: list[Path], omgeving: Omgeving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for naam, waarde in inrichting.basis_omgeving(prefect_server.thuis, prefect_server.api_url).items():
        monkeypatch.setenv(naam, waarde)
    dossiers = _vul(omgeving)
    assert len(dossiers) >= 3
    werkers = [prefect_server.werker(map_) for map_ in machines]
    opdrachten = [
        [sys.executable, "-m", "tests.keten.rondemachine", str(map_), prefect_server.api_url] for map_ in machines
    ]
    async with PrefectClient(prefect_server.api_url) as client:
        await inrichting.richt_in(client)
        bord = PrefectBord(client)
        hier = Keten(
            prefect_server, tmp_path, omgeving, client, bord, StilleKlok(tmp_path / "klok.json"), werkers[0],
            dossiers[0],
        )  # fmt: skip
        ronden = [subprocess.Popen(o, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for o in opdrachten]
        try:
            for werker in werkers:
                werker.start()
            await hier.tot(lambda: _allemaal(hier, Toestand.WACHT))
            for stap in _oproepen(omgeving):
                afspraak = {"afspraak_op": "2026-02-26", "waarschuwing": False}
                geef_uitkomst(omgeving, stap.id, "oproep_verzonden", DAG, afspraak, Actor(stap.medewerker or ""))
            await hier.tot(lambda: _allemaal(hier, Toestand.KLAAR))
        finally:
            tellingen = [json.loads(r.communicate(input="", timeout=60)[0] or "{}") for r in ronden]
            for werker in werkers:
                await werker.stop()
            runs = await client.read_flow_runs(limit=200)
            for run in runs:
                await client.delete_flow_run(run.id)
    assert all(telling["ronden"] and not telling["mislukt"] for telling in tellingen)
    per_stap = Counter(run.parameters.get("stap_id") for run in runs if run.parameters.get("stap_id"))
    assert {per_stap[str(stap.id)] for stap in _oproepen(omgeving)} == {1}
    with omgeving.magazijn.ruimte() as ruimte:
        for dossier_id in dossiers:
            feiten = Counter((g.soort, g.stap) for g in ruimte.gebeurtenissen(dossier_id))
            assert {aantal for (soort, _), aantal in feiten.items() if soort == "stap_geopend"} <= {1}
    assert not [wat for geschonden in controleer(omgeving).values() for wat in geschonden]


def _oproepen(omgeving: Omgeving) -> list:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.stappen_waar(kenmerk=OPROEP, begonnen_op=DAG)


async def _allemaal(hier: Keten, toestand: Toestand) -> bool:
    stappen = _oproepen(hier.omgeving)
    ids = [stap.run_id for stap in stappen if stap.run_id is not None]
    gevonden = await hier.bord.runs(ids)
    verwacht = Stapstatus.OPEN if toestand is Toestand.WACHT else Stapstatus.KLAAR
    return (
        len(gevonden) == len(stappen) > 0
        and all(run.toestand is toestand for run in gevonden.values())
        and all(stap.status is verwacht for stap in stappen)
    )


async def test_twee_opzichters_richten_een_leeg_prefect_tegelijk_in(prefect_server: Prefect) -> None:
    """Beide zien dat er niets staat, en beide maken het: wie tweede is, vindt het gemaakt en gaat door."""
    limieten = [limiet["name"] for limiet in inrichting.lees_yaml()["definitions"]["limieten"]]
    async with PrefectClient(prefect_server.api_url) as een, PrefectClient(prefect_server.api_url) as ander:
        await inrichting.richt_in(een)
        for naam in limieten:
            await een.delete_global_concurrency_limit_by_name(naam)
        verslagen = await asyncio.gather(*(inrichting.richt_in(client) for client in (een, ander)))
        samen = [wat for verslag in verslagen for wat in verslag.gemaakt]
        assert sorted(samen) == sorted(f"limiet {naam}" for naam in limieten)
        for naam in limieten:
            assert await een.read_global_concurrency_limit_by_name(naam)
