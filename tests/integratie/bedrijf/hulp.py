"""Hulp voor de tests van het bedrijf: twee installaties naast elkaar, en hun hele database als waarden."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import select

from adapters.database import maak_engine
from adapters.omgeving import instellingen, linkzetter
from domein.model import metadata
from portaal.app import maak_app
from portaal.bewaking import voeg_toe
from tests.integratie.beheer_hulp import BEGIN, DICHT, Regie, vergeet

WACHTWOORD = "zes losse woorden voor de proef"
NIET_VERGELEKEN = {"postpauze", "hartslag"}
Verhuis = Callable[..., Regie]


def inhoud() -> dict[str, list[tuple[Any, ...]]]:
    """Elke tabel van de installatie van nu, rij voor rij, op volgorde."""
    engine = maak_engine(instellingen().database)
    try:
        with engine.connect() as verbinding:
            return {
                tabel.name: sorted((tuple(rij) for rij in verbinding.execute(select(tabel))), key=repr)
                for tabel in metadata.sorted_tables
                if tabel.name not in NIET_VERGELEKEN
            }
    finally:
        engine.dispose()


def nieuwe_installatie(
    regie: Regie, map_: Path, monkeypatch: pytest.MonkeyPatch, *, klok: str = BEGIN, **instelling: object
) -> Regie:
    """Een lege installatie in een andere map; vanaf nu gaan alle opdrachten daarover."""
    map_.mkdir()
    monkeypatch.setenv("REGIE_MAP", str(map_))
    vergeet()
    ander = Regie(map_, regie.vangst)
    ander.zet_klok(klok)
    ander.instelling(
        demo="true", klokbestand=map_ / "klok.json", smtp_port=DICHT,
        prefect_api_url=f"http://127.0.0.1:{DICHT}/api", **instelling,
    )  # fmt: skip
    return ander


@dataclass
class Web:
    """Wie het portaal iets vraagt, vanaf een bepaald adres."""

    app: FastAPI
    van: str

    def get(self, pad: str, koppen: Mapping[str, str] | None = None) -> Response:
        async def vraag() -> Response:
            draad = ASGITransport(app=self.app, raise_app_exceptions=False, client=(self.van, 5000))
            async with AsyncClient(transport=draad, base_url="http://127.0.0.1") as client:
                return await client.get(pad, headers=koppen)

        return asyncio.run(vraag())


def portaal(regie: Regie, van: str = "127.0.0.1") -> Web:
    """Het portaal van deze installatie met wat een bewakingssysteem vraagt."""
    keuze = instellingen()
    app = maak_app(regie.omgeving, linkzetter(keuze, regie.omgeving.klok))
    voeg_toe(app, regie.omgeving, keuze)
    return Web(app, van)
