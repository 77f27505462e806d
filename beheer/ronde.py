"""`regie ronde`: voer nu één ronde uit, naast de opzichter die dat ook vanzelf doet."""

import asyncio
import os
from typing import TYPE_CHECKING, Any

from cyclopts import App

from beheer.uitvoer import Json, fout, meld, toon

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen

ronde_app = App(name="ronde", help="Voer nu één ronde uit.")


@ronde_app.default
def ronde(*, json: Json = False) -> int:
    """Breng de runs in Prefect nu in overeenstemming met de stappen in de database."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    from adapters.eigen_prefect import adres_van
    from adapters.omgeving import instellingen

    adres = adres_van(instellingen())
    os.environ.setdefault("PREFECT_HOME", str(instellingen().map / "prefect"))
    verslag = asyncio.run(_doe(adres))
    if verslag["bord_onbereikbaar"]:
        fout(*_waarom_niet(instellingen()))
    toon(verslag, json, _tekst)
    if verslag["mislukt"]:
        meld(f"{verslag['mislukt']} stappen konden niet op het bord; hierboven staat bij elke waarom.")
    return int(verslag["mislukt"] > 0)


def _waarom_niet(keuze: "Instellingen") -> tuple[str, str]:
    """Prefect zwijgt, of hij antwoordt en mist iets: zeg welke van de twee, en wat dan."""
    from adapters.gezondheid_prefect import onderzoek

    onderzocht = onderzoek(keuze)
    if not onderzocht:
        return "Prefect antwoordt niet.", "Start de diensten met './regie start' of './regie demo'."
    for naam in ("de werkvoorraad", "de deployments", "de versie van Prefect"):
        for bevinding in dict(onderzocht).get(naam, []):
            return f"Prefect antwoordt, maar de ronde kan niet verder. {bevinding.melding}", bevinding.uitweg
    return "Prefect antwoordt, maar weigert wat de ronde vraagt.", "Kijk in zijn logboek, en met 'regie dokter'."


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
