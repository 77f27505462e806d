"""`regie start`: de diensten voor echt gebruik, uit de instellingen. Draait tot Ctrl-C of SIGTERM."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from beheer.uitvoer import meld

start_app = App(name="start", help="Start de diensten voor echt gebruik.")


@start_app.default
def start(*, map: Annotated[Path | None, Parameter(help="De map van de installatie.")] = None) -> int:
    """Start Prefect, de werker en het portaal, en draai de ronde. De instellingen komen uit REGIE_… en .env."""
    from adapters.omgeving import STANDAARDMAP

    map_ = (map or Path(os.environ.get("REGIE_MAP") or STANDAARDMAP)).expanduser().resolve()
    os.environ.update(
        REGIE_MAP=str(map_), PREFECT_HOME=str(map_ / "prefect"), DO_NOT_TRACK="1",
        PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false", PREFECT_SERVER_ANALYTICS_ENABLED="false",
    )  # fmt: skip
    return asyncio.run(_draai(map_))


async def _draai(map_: Path) -> int:
    from beheer.opzichter import Opzichter

    stop = asyncio.Event()
    for welk in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(welk, stop.set)
    opzichter = Opzichter(map_, demo=False, meld=meld)
    try:
        opzichter.bereid_voor()
        await opzichter.start()
        meld(f"Portaal: {opzichter.instellingen.adres_portaal}   Prefect: {opzichter.api_url.removesuffix('/api')}")
        await opzichter.draai(stop)
    finally:
        meld("Stop alle diensten…")
        await opzichter.stop()
    return 0
