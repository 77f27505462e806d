"""De gewone demo: alles draait, de eerste taken staan klaar, en iemand kan zelf antwoorden."""

import asyncio
import signal
from dataclasses import asdict
from datetime import UTC, date, datetime
from datetime import time as kloktijd
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.klok import StilleKlok
from beheer.aanmeldlinks import Rollink, als_regels, per_rol
from beheer.demo.vullen import lees_voorbeeld, registreer_tot
from beheer.opzichter import Opzichter
from beheer.uitvoer import meld, toon

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
EERSTE_DAG: Final = date(2026, 1, 12)  # dan zijn de eerste kennisgevingen binnen


async def loop_rustig(map_: Path, als_json: bool) -> int:
    """Draai tot Ctrl-C. Een tweede start in dezelfde map gaat verder waar de eerste was."""
    stop = asyncio.Event()
    lus = asyncio.get_running_loop()
    for welk in (signal.SIGINT, signal.SIGTERM):
        lus.add_signal_handler(welk, stop.set)
    opzichter = Opzichter(map_, demo=True, meld=meld)
    try:
        opzichter.bereid_voor()
        _zet_gegevens(opzichter, map_)
        start = asyncio.create_task(opzichter.start())
        wacht = asyncio.create_task(stop.wait())
        await asyncio.wait({start, wacht}, return_when=asyncio.FIRST_COMPLETED)
        if not start.done():
            start.cancel()
            return 0
        await start
        toon(_adressen(opzichter), als_json, _toon_adressen)
        await opzichter.draai(stop)
    finally:
        meld("Stop alle diensten…")
        await opzichter.stop()
        meld(f"Gestopt. De gegevens staan in {map_}; start opnieuw om verder te gaan.")
    return 0


def _zet_gegevens(opzichter: Opzichter, map_: Path) -> None:
    klok = StilleKlok(map_ / "klok.json")
    if not (map_ / "klok.json").exists():
        klok.zet(datetime.combine(EERSTE_DAG, kloktijd(9, 30), AMSTERDAM).astimezone(UTC))
    with opzichter.omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dossiers():
            meld(f"De gegevens van de vorige keer zijn er nog. De klok van de demo staat op {klok.vandaag()}.")
            return
    voorbeeld = lees_voorbeeld(opzichter.omgeving)
    nieuw = registreer_tot(opzichter.omgeving, voorbeeld, klok.vandaag(), {})
    meld(f"{len(nieuw)} personen geregistreerd. De klok van de demo staat op {klok.vandaag()}.")


def _adressen(opzichter: Opzichter) -> dict[str, Any]:
    poorten = opzichter.poorten
    with opzichter.omgeving.magazijn.ruimte() as ruimte:
        referenties = [dossier.referentie for dossier in ruimte.dossiers()]
    werk = opzichter.omgeving.links.werklink("m-jdb")
    portaal = opzichter.instellingen.adres_portaal
    links = per_rol(opzichter.omgeving, portaal)
    return {
        "portaal": portaal,
        "aanmelden": [asdict(een) for een in links],
        "prefect": f"http://127.0.0.1:{poorten['prefect']}/runs",
        "postvak": f"http://127.0.0.1:{poorten['post']}/",
        "mijn_werk": werk,
        "dossiers": sorted(referenties),
        "map": str(opzichter.map),
        "klok": opzichter.omgeving.klok.vandaag(),
    }


def _toon_adressen(adressen: dict[str, Any]) -> None:
    voorbeeld = adressen["dossiers"][0] if adressen["dossiers"] else "D-…"
    print(
        f"""
De regio draait. De klok van de demo staat op {adressen["klok"]}.

  Het proces (Prefect)      {adressen["prefect"]}
  De mail die is verstuurd  {adressen["postvak"]}
  Het portaal               {adressen["portaal"]}

Aanmelden bij het portaal, per rol (elke link werkt één keer; een nieuwe: ./regie portaal link m-jdb):
{als_regels([Rollink(**een) for een in adressen["aanmelden"]])}

Probeer: open het postvak, kies een taak, en beantwoord haar met de link. Het plan van het dossier verandert mee.
In een ander venster:  ./regie dossier lijst
                       ./regie dossier toon {voorbeeld}
                       ./regie demo --vooruit 7     zet de klok van de demo een week verder

Ctrl-C stopt alles.""",
        flush=True,
    )
