"""Opnieuw inrichten, tegen een echte Prefect: wat ops op het bord stilzette blijft stilstaan (Prefect #14973)."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.client.schemas.responses import DeploymentResponse

from adapters.prefect import inrichting
from tests.keten.conftest import Prefect

NAAM = "proef-opnieuw-inrichten"


def uitgave(map_: Path, versie: str, **anders: Any) -> Path:
    """De deployment van elke ochtend onder een eigen naam, in een eigen bestand."""
    inhoud = inrichting.lees_yaml()
    ochtend = next(d for d in inhoud["deployments"] if d["schedules"])
    eigen = {**ochtend, "name": NAAM, "version": versie, **anders}
    bestand = map_ / f"{versie}.yaml"
    bestand.write_text(yaml.safe_dump({**inhoud, "deployments": [eigen]}), encoding="utf-8")
    return bestand


async def lees(client: PrefectClient) -> DeploymentResponse:
    [gevonden] = [d for d in await client.read_deployments() if d.name == NAAM]
    return gevonden


@pytest.fixture
async def client(prefect_server: Prefect):
    async with PrefectClient(prefect_server.api_url) as client:
        yield client
        await client.delete_deployment((await lees(client)).id)


async def test_een_gepauzeerd_rooster_blijft_na_een_nieuwe_versie_gepauzeerd(
    client: PrefectClient, tmp_path: Path
) -> None:
    await inrichting.richt_in(client, uitgave(tmp_path, "1"))
    eerst = await lees(client)
    assert [rooster.active for rooster in eerst.schedules] == [True]
    assert eerst.paused is False
    await client.update_deployment_schedule(
        eerst.id, eerst.schedules[0].id, schedule=eerst.schedules[0].schedule, active=False
    )
    nieuw_rooster = [{"slug": "elke-ochtend", "cron": "0 8 * * *", "timezone": "Europe/Amsterdam", "active": True}]
    verslag = await inrichting.richt_in(client, uitgave(tmp_path, "2", schedules=nieuw_rooster))
    assert [naam.endswith(NAAM) for naam in verslag.gewijzigd] == [True]
    daarna = await lees(client)
    assert [rooster.active for rooster in daarna.schedules] == [False]
    assert [getattr(rooster.schedule, "cron", "") for rooster in daarna.schedules] == [
        "0 8 * * *"
    ]  # wel het nieuwe uur


async def test_een_gepauzeerde_deployment_blijft_na_een_nieuwe_versie_gepauzeerd(
    client: PrefectClient, tmp_path: Path
) -> None:
    await inrichting.richt_in(client, uitgave(tmp_path, "1"))
    await client.update_deployment((await lees(client)).id, DeploymentUpdate(paused=True))
    await inrichting.richt_in(client, uitgave(tmp_path, "2"))
    assert (await lees(client)).paused is True


async def test_wie_weer_begint_blijft_ook_begonnen(client: PrefectClient, tmp_path: Path) -> None:
    """Het bord beslist, niet het bestand: een rooster dat ops aanzette, blijft aan."""
    uit = [{"slug": "elke-ochtend", "cron": "0 8 * * *", "timezone": "Europe/Amsterdam", "active": False}]
    await inrichting.richt_in(client, uitgave(tmp_path, "1", schedules=uit))
    eerst = await lees(client)
    assert [rooster.active for rooster in eerst.schedules] == [False]
    await client.update_deployment_schedule(
        eerst.id, eerst.schedules[0].id, schedule=eerst.schedules[0].schedule, active=True
    )
    await inrichting.richt_in(client, uitgave(tmp_path, "2", schedules=uit))
    assert [rooster.active for rooster in (await lees(client)).schedules] == [True]
