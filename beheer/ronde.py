"""`regie ronde`: voer nu één ronde uit, naast de opzichter die dat ook vanzelf doet."""

import asyncio
import os
from typing import Any

from cyclopts import App

from beheer.uitvoer import Json, fout, toon

ronde_app = App(name="ronde", help="Voer nu één ronde uit.")


@ronde_app.default
def ronde(*, json: Json = False) -> int:
    """Breng de runs in Prefect nu in overeenstemming met de stappen in de database."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    from adapters.omgeving import instellingen

    os.environ.setdefault("PREFECT_HOME", str(instellingen().map / "prefect"))
    verslag = asyncio.run(_doe(instellingen().prefect_api_url))
    if verslag["bord_onbereikbaar"]:
        fout("Prefect antwoordt niet.", "Start de diensten met './regie start' of './regie demo'.")
    toon(verslag, json, _tekst)
    return 0


async def _doe(api_url: str) -> dict[str, Any]:
    from adapters.omgeving import omgeving
    from adapters.prefect.bord import bord
    from domein.handelingen.bordpoort import BordOnbereikbaar
    from domein.handelingen.ronde import Rondeverslag
    from domein.handelingen.ronde import ronde as doe_ronde

    try:
        async with bord(api_url) as open_bord:
            return (await doe_ronde(omgeving(), open_bord)).als_dict()
    except BordOnbereikbaar:
        return Rondeverslag(bord_onbereikbaar=True).als_dict()


def _tekst(verslag: dict[str, Any]) -> None:
    if verslag["bezet"]:
        print("Een andere ronde is bezig; er is niets te doen.")
        return
    gedaan = ", ".join(
        f"{naam} {aantal}" for naam, aantal in verslag.items() if aantal and not isinstance(aantal, bool)
    )
    print(f"Ronde klaar: {gedaan or 'alles stond al goed'}.")
