"""`regie demo`: start alles op de ingebouwde standaard; met --snel loopt de regio vanzelf tot het einde."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import App, Parameter

from beheer.uitvoer import Json, fout, meld, toon

AANTAL: Final = 28
MERK: Final = "regie-demo"  # alleen een map met dit bestand wordt leeggemaakt

demo_app = App(name="demo", help="Laat een voorbeeldregio van kennisgeving tot einde lopen.")


def _zet_omgeving(map_: Path) -> None:
    """Zet wat Prefect bij het laden leest; alles van de demo blijft in haar eigen map."""
    os.environ.update(
        REGIE_MAP=str(map_),
        PREFECT_HOME=str(map_ / "prefect"),
        PREFECT_LOGGING_LEVEL="WARNING",
        PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
    )


def _map(gekozen: Path | None, naam: str) -> Path:
    from adapters.omgeving import DEMOMAP

    return (gekozen or DEMOMAP.with_name(naam)).expanduser().resolve()


def _begin_leeg(map_: Path) -> None:
    if map_.exists() and any(map_.iterdir()) and not (map_ / MERK).exists():
        fout(f"De map {map_} is niet leeg en niet van een demo.", "Kies met --map een lege map.")
    if map_.exists():
        from beheer.installatie import neem_slot

        neem_slot(map_).los()  # draait er nog een demo, dan zegt dit dat
        shutil.rmtree(map_)


@demo_app.default
def demo(
    *,
    snel: Annotated[bool, Parameter(help="Laat de klok zelf lopen, tot ieder dossier is beëindigd.")] = False,
    aantal: Annotated[int, Parameter(help="Hoeveel dossiers met --snel lopen.")] = AANTAL,
    vooruit: Annotated[int | None, Parameter(help="Zet de klok van een draaiende demo zo veel dagen verder.")] = None,
    map: Annotated[Path | None, Parameter(help="De map van deze demo.")] = None,
    json: Json = False,
) -> int:
    """Start de demo. Ctrl-C stopt alles; een tweede start vindt de gegevens terug (behalve met --snel)."""
    if aantal < 1:
        fout("Het aantal dossiers moet 1 of meer zijn.", "Geef bijvoorbeeld --aantal 28.", code=2)
    map_ = _map(map, "demo-snel" if snel else "demo")
    if vooruit is not None:
        return _vooruit(map_, vooruit, json)
    if snel:
        _begin_leeg(map_)
    map_.mkdir(parents=True, exist_ok=True)
    (map_ / MERK).touch()
    _zet_omgeving(map_)
    from adapters.omgeving import onthoud_demo

    onthoud_demo(map_)
    if snel:
        return asyncio.run(_loop_snel(map_, aantal, json))
    from beheer.demo.rustig import loop_rustig

    return asyncio.run(loop_rustig(map_, json))


def _vooruit(map_: Path, dagen: int, als_json: bool) -> int:
    """Zet de klok van de demo vooruit; de draaiende demo merkt het in haar volgende ronde."""
    from datetime import timedelta

    from adapters.klok import StilleKlok
    from adapters.wekker import wek_ronde

    if dagen < 1:
        fout("De klok gaat alleen vooruit.", "Geef 1 dag of meer.", code=2)
    if not (map_ / "klok.json").exists():
        fout(f"In {map_} is nog geen demo geweest.", "Start haar eerst met './regie demo'.")
    klok = StilleKlok(map_ / "klok.json")
    klok.zet(klok.nu() + timedelta(days=dagen))
    wek_ronde(map_)
    toon({"klok": klok.vandaag()}, als_json, _toon_klok)
    return 0


def _toon_klok(d: dict[str, Any]) -> None:
    print(f"De klok van de demo staat op {d['klok']}.")
    print("Wie bij het portaal was aangemeld, doet dat opnieuw: './regie portaal link m-jdb' geeft een link.")


async def _loop_snel(map_: Path, aantal: int, als_json: bool) -> int:
    from beheer.demo.overzicht import maak_overzicht, toon_overzicht
    from beheer.demo.snel import SnelleDemo
    from beheer.opzichter import Opzichter

    begin = time.monotonic()
    opzichter = Opzichter(map_, demo=True, meld=meld)
    taak = asyncio.current_task()
    assert taak is not None
    _bij_signaal(taak.cancel)
    try:
        opzichter.bereid_voor()
        from beheer.demo.snel import zet_begin

        zet_begin(map_)
        await opzichter.start()
        demo_ = SnelleDemo(opzichter, aantal, meld)
        await demo_.loop()
        overzicht = await maak_overzicht(demo_, time.monotonic() - begin)
    except asyncio.CancelledError:
        meld("De demo is gestopt.")
        return 130
    finally:
        meld("Stop alle diensten…")
        await opzichter.stop()
    toon(overzicht, als_json, toon_overzicht)
    return 0 if overzicht["gelukt"] else 1


def _bij_signaal(doe: Callable[[], Any]) -> None:
    lus = asyncio.get_running_loop()
    for welk in (signal.SIGINT, signal.SIGTERM):
        lus.add_signal_handler(welk, doe)
