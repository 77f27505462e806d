"""Eén machine met een opzichter: ronde na ronde tot niemand meer meeleest, dan haar telling op stdout."""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

from adapters.omgeving import instellingen_van, maak_omgeving
from adapters.prefect.bord import bord
from domein.handelingen.ronde import ronde


async def draai(map_: Path, api_url: str) -> Counter[str]:
    omgeving, telling = maak_omgeving(instellingen_van(map_)), Counter[str]()
    klaar = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    async with bord(api_url) as open_bord:
        while not klaar.done():
            verslag = await ronde(omgeving, open_bord)
            telling["bezet" if verslag.bezet else "ronden"] += 1
            telling["mislukt"] += verslag.mislukt
            await asyncio.wait({klaar}, timeout=0.1)
    return telling


if __name__ == "__main__":
    print(json.dumps(asyncio.run(draai(Path(sys.argv[1]), sys.argv[2]))))
