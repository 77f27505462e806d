"""`regie opzichter`: alleen de ronde, de post en het gemiste dagwerk, naast diensten die elders draaien.

Zo draait een installatie op meer machines: Prefect, workers en portalen hebben elk hun eigen proces, en er mogen
meer opzichters zijn. De lease in de database laat er één tegelijk de ronde doen.
"""

import asyncio
import os
import signal
from typing import Final

from cyclopts import App

from beheer.uitvoer import meld

opzichter_app = App(name="opzichter", help="Draai alleen de ronde en de post, naast diensten die elders draaien.")
WACHT_OP_PREFECT: Final = 600.0


@opzichter_app.default
def opzichter() -> int:
    """Draai tot Ctrl-C of SIGTERM. De instellingen komen uit REGIE_…, .env en REGIE_INSTELLINGENMAP."""
    from adapters.logboek import stel_in
    from adapters.omgeving import instellingen

    keuze = instellingen()
    stel_in(json=keuze.log_vorm == "json")
    os.environ.update(DO_NOT_TRACK="1", PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false")
    os.environ.setdefault("PREFECT_HOME", str(keuze.map / "prefect"))
    return asyncio.run(_draai())


async def _draai() -> int:
    from adapters.omgeving import instellingen
    from beheer.losse_opzichter import LosseOpzichter

    stop = asyncio.Event()
    for welk in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(welk, stop.set)
    los = LosseOpzichter(instellingen().map, demo=False, meld=meld)
    try:
        los.bereid_voor()
        await los.start()
        await los.draai(stop)
    finally:
        await los.stop()
    return 0
