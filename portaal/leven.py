"""De hartslag van dit portaal: zolang het draait, zegt het dat. Wie terugzet of een sleutel vervangt, ziet het dan.

Het loopt met de server mee en niet met een verzoek: ook een portaal waar niemand kijkt, houdt de database vast. Wat
hier niet lukt, houdt geen bezoeker tegen.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from fastapi import FastAPI

from adapters.hartslag import PORTAAL, RIJ_SECONDEN, Aanwezig
from domein.ports import Magazijn

Leven = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def leven_van(magazijn: Magazijn, elke: float = RIJ_SECONDEN) -> Leven:
    """Wat een portaal doet van zijn start tot zijn einde: kloppen, en zich afmelden als het gewoon stopt."""

    @asynccontextmanager
    async def leef(_app: FastAPI) -> AsyncGenerator[None]:
        aanwezig, stop = Aanwezig(magazijn, PORTAAL), asyncio.Event()
        kloppen = asyncio.create_task(_klop(aanwezig, stop, elke))
        try:
            yield
        finally:
            stop.set()
            await kloppen
            await asyncio.to_thread(aanwezig.gaat)

    return leef


async def _klop(aanwezig: Aanwezig, stop: asyncio.Event, elke: float) -> None:
    while not stop.is_set():
        await asyncio.to_thread(aanwezig.klopt)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), elke)
