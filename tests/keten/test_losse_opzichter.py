"""De opzichter zonder eigen diensten: hij richt Prefect in, doet de ronde, klopt, en gaat door als Prefect wegvalt."""

import asyncio
from pathlib import Path

import pytest

from adapters.hartslag import laatste_ronde
from beheer.losse_opzichter import LosseOpzichter
from beheer.opzichter import STARTTIJD
from tests.integratie.beheer_hulp import DICHT
from tests.keten.conftest import Keten


async def test_hij_doet_de_ronde_naast_een_server_van_een_ander(
    keten: Keten, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIE_PREFECT_API_URL", keten.prefect.api_url)
    los = LosseOpzichter(keten.map, demo=False, meld=lambda _: None)
    stop = asyncio.Event()
    await los.start()
    draait = asyncio.create_task(los.draai(stop))
    try:

        async def geklopt() -> bool:
            return laatste_ronde(keten.omgeving.magazijn) is not None

        for _ in range(400):
            if await geklopt():
                break
            await asyncio.wait([draait], timeout=0.1)
        assert await geklopt()
        assert (keten.map / "hartslag").exists()
        assert await keten.bord.open_runs()  # de stappen staan op het bord
        assert not los.diensten
    finally:
        stop.set()
        await draait
        await los.stop()


async def test_zonder_prefect_start_hij_toch_en_klopt_hij_niet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_PREFECT_API_URL", f"http://127.0.0.1:{DICHT}/api")
    monkeypatch.setattr("beheer.losse_opzichter.STARTTIJD", 0.2)
    assert STARTTIJD > 0.2
    gemeld: list[str] = []
    los = LosseOpzichter(tmp_path / "regie", demo=False, meld=gemeld.append)
    await los.start()
    try:
        await los._een_slag()
        assert "Prefect antwoordt nog niet" in gemeld[0]
        assert los.fouten == 0
        assert laatste_ronde(los.omgeving.magazijn) is None
    finally:
        await los.stop()
