"""`regie start`: de diensten voor echt gebruik, uit de instellingen. Draait tot Ctrl-C of SIGTERM."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from beheer.uitvoer import meld

if TYPE_CHECKING:
    from beheer.opzichter import Opzichter

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
        _toon_links(opzichter)
        await opzichter.draai(stop)
    finally:
        meld("Stop alle diensten…")
        await opzichter.stop()
    return 0


def _toon_links(opzichter: "Opzichter") -> None:
    """Een aanmeldlink per rol, alleen voor wie meekijkt: in een logboek van de machine horen zij niet te blijven."""
    from beheer.aanmeldlinks import als_regels, per_rol

    if opzichter.instellingen.aanmelden != "mail" or not sys.stderr.isatty():
        return
    links = per_rol(opzichter.omgeving, opzichter.instellingen.adres_portaal)
    if links:
        meld("Aanmelden per rol (één keer, een kwartier; het logboek noemt zo iemand zelfverklaard):")
        meld(als_regels(links))
