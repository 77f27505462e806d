"""Wat een ronde kost als er niets te doen is: bij honderdduizend dossiers naast duizend, in dezelfde ronde van meten.

Gemeten wordt wat de opzichter elke paar seconden doet: de ronde, de overzichten van vandaag (al gedaan), de post en de
berichten aan partners (niets te versturen). Het bord staat in het geheugen en telt wat er gevraagd wordt: Prefect zelf
met honderdduizenden runs vullen duurt uren. Bij beide is het verschil dan van onze code en onze database.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, Final, NamedTuple

from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import postinstellingen
from beheer.meet.geheugenbord import Geheugenbord
from beheer.meet.meetplaats import Meetplaats, meetplaats
from beheer.meet.vulling import MIDDEN, Vuller, leef
from beheer.uitvoer import meld
from domein.handelingen.overzichten import zet_overzichten_klaar
from domein.handelingen.partnerverzending import iets_te_verzenden
from domein.handelingen.regio import lees_versie
from domein.handelingen.ronde import ronde
from domein.handelingen.verzenden import verzend_wachtende

KLEIN: Final = 1_000
GROOT: Final = 100_000
DOEL: Final = 1.2
KEREN: Final = 60
TEGELIJK: Final = 8


class Gevuld(NamedTuple):
    plaats: Meetplaats
    bord: Geheugenbord


def meet(klein: int = KLEIN, groot: int = GROOT, keren: int = KEREN) -> list[dict[str, Any]]:
    """Meet om en om, zodat een drukke machine beide treft; vergelijk de medianen."""
    with ExitStack() as stapel:
        plekken = [_vul(stapel, aantal) for aantal in (klein, groot)]
        for gevuld in plekken:
            _maak_stil(gevuld)
        duren: list[list[float]] = [[], []]
        gelezen = [gevuld.bord.gelezen for gevuld in plekken]
        for _ in range(keren):
            for plek, gevuld in enumerate(plekken):
                duren[plek].append(_duur(lambda g=gevuld: _slag(g)))
        rijen = [(gevuld.bord.gelezen - eerder) / keren for gevuld, eerder in zip(plekken, gelezen, strict=True)]
    basis, waarde = (statistics.median(een) * 1000 for een in duren)
    verhouding = waarde / basis
    spreiding = [statistics.quantiles(een, n=10) for een in duren]
    return [
        {
            "onderdeel": "ronde",
            "maat": f"ms per ronde zonder werk bij {groot} dossiers; basis: bij {klein}; gelezen van het bord "
            f"{rijen[1]:.0f} en {rijen[0]:.0f} runs; tiende en negende deel "
            f"{spreiding[1][0] * 1000:.1f}–{spreiding[1][-1] * 1000:.1f} en "
            f"{spreiding[0][0] * 1000:.1f}–{spreiding[0][-1] * 1000:.1f} ms",
            "waarde": round(waarde, 2), "basis": round(basis, 2), "verhouding": round(verhouding, 3), "doel": DOEL,
            "richting": "max", "gehaald": verhouding <= DOEL,
        }
    ]  # fmt: skip


def _vul(stapel: ExitStack, aantal: int) -> Gevuld:
    begin = time.perf_counter()
    plaats = stapel.enter_context(meetplaats(MIDDEN - timedelta(days=400)))
    leef(plaats)
    bord = Geheugenbord(plaats.klok.nu())
    vuller = Vuller(plaats, bord)
    vuller.vul_tot(aantal)
    vuller.sluit()
    meld(f"  {aantal} dossiers klaar in {time.perf_counter() - begin:.0f} s")
    return Gevuld(plaats, bord)


def _maak_stil(gevuld: Gevuld) -> None:
    """Doe wat er vandaag nog te doen was; daarna valt er niets meer te doen."""
    zet_overzichten_klaar(gevuld.plaats.omgeving, gevuld.plaats.klok.vandaag())
    with gevuld.plaats.omgeving.magazijn.ruimte() as ruimte:
        for versie in ruimte.regioversies():
            lees_versie(versie)
    for _ in range(5):
        _slag(gevuld)
    verslag = asyncio.run(ronde(gevuld.plaats.omgeving, gevuld.bord, volledig=False))
    if verslag.deed_iets:
        raise AssertionError(f"er was nog iets te doen: {verslag.als_dict()}")


def _slag(gevuld: Gevuld) -> None:
    """Wat de opzichter elke paar seconden doet."""
    omgeving = gevuld.plaats.omgeving

    async def alles() -> None:
        zet_overzichten_klaar(omgeving, omgeving.klok.vandaag())
        await ronde(omgeving, gevuld.bord, tegelijk=TEGELIJK, volledig=False)
        await verzend_wachtende(omgeving, SmtpPostbode(postinstellingen(gevuld.plaats.instellingen)))
        iets_te_verzenden(omgeving)

    asyncio.run(alles())


def _duur(doe: Callable[[], object]) -> float:
    begin = time.perf_counter()
    doe()
    return time.perf_counter() - begin
