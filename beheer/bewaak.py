"""`regie bewaak`: een eigen proces dat kijkt of de ronde loopt en de post gaat, en anders het beheer mailt."""

import asyncio
import signal
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from beheer.uitvoer import Json, meld, toon

if TYPE_CHECKING:
    from adapters.bewaker import Waarneming

bewaak_app = App(name="bewaak", help="Bewaak of de ronde loopt en de post gaat.")
ELKE_SECONDEN = 60.0


@bewaak_app.default
def bewaak(
    *,
    eenmaal: Annotated[bool, Parameter(help="Kijk één keer; eindcode 1 als de ronde of de post stilstaat.")] = False,
    als_json: Json = False,
) -> int:
    """Kijk elke minuut of de ronde loopt en de post gaat, en mail REGIE_BEHEER_MAIL als een van beide stilstaat."""
    from adapters.klok import EchteKlok
    from adapters.logboek import stel_in
    from adapters.omgeving import instellingen

    keuze, begonnen = instellingen(), EchteKlok().nu()
    if not eenmaal:
        stel_in(json=keuze.log_vorm == "json")
        asyncio.run(_blijf_kijken(begonnen))
        return 0
    from adapters.bewaker import Bewaker

    # Wie maar één keer kijkt, heeft niets gezien om op te wachten: nooit een ronde is dan ook een alarm.
    ooit = begonnen - timedelta(days=366)
    waarneming = asyncio.run(Bewaker(keuze, ooit).kijk(begonnen))
    toon(_dict(waarneming), als_json, lambda d: print(_zin(d)))
    return 0 if waarneming.goed else 1


async def _blijf_kijken(begonnen: datetime) -> None:
    from adapters.bewaker import Bewaker
    from adapters.klok import EchteKlok
    from adapters.omgeving import instellingen

    stop = asyncio.Event()
    bewaker = Bewaker(instellingen(), begonnen)
    for welk in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(welk, stop.set)
    while not stop.is_set():
        try:
            await bewaker.kijk(EchteKlok().nu())
        except Exception as fout:  # de bewaker blijft kijken, wat er ook hapert
            meld(f"De bewaker kon niet kijken of mailen ({type(fout).__name__}).")
        try:
            await asyncio.wait_for(stop.wait(), timeout=ELKE_SECONDEN)
        except TimeoutError:
            continue


def _dict(w: "Waarneming") -> dict[str, Any]:
    return {
        "oordeel": w.oordeel.value, "laatste_ronde": w.laatst, "database": w.database, "gemaild": w.gemaild,
        "post": w.post.value, "storing": w.storing.value if w.storing else None, "post_sinds": w.post_sinds,
    }  # fmt: skip


def _zin(data: dict[str, Any]) -> str:
    if data["oordeel"] not in {"goed", "hersteld"}:
        database = "" if data["database"] else " De database antwoordt niet."
        return f"DE RONDE STAAT STIL. De laatste goede was op {data['laatste_ronde'] or 'onbekend'}.{database}"
    zin = f"De ronde loopt; de laatste goede was op {data['laatste_ronde']}."
    if data["storing"] is None:
        return f"{zin} De post gaat."
    uitweg = "regie post stand" if data["storing"] == "pauze" else "regie dokter mail"
    return f"{zin} DE POST GAAT NIET WEG, sinds {data['post_sinds']}. Kijk met '{uitweg}'."
