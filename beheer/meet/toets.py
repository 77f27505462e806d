"""Hoe snel de volledige toets is, naast dezelfde vraag een voor een gesteld."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Final

from beheer.meet.meting import Meting
from beheer.meet.provincie import JAREN, provincie
from domein.begrippen import Stapsoort
from domein.regels.dekking_toets import toets_regio
from domein.regels.dekkingsvlakken import Dekking
from domein.regels.samenwerking import Gat, Vraag, zoek_antwoord
from domein.regio.model import Regio

STEEKPROEF: Final = 1_000
RONDEN: Final = 5
DOEL: Final = 20


def meet() -> list[Meting]:
    """Meet de toets van een provincie; de basis is geschat uit een steekproef van losse vragen."""
    regio = provincie()
    toets = min(_duur(lambda: _schoon(regio)) for _ in range(RONDEN))
    dekking = Dekking(regio)
    per_vraag = _per_vraag(regio, dekking)
    elke_dag = _combinaties(dekking) * len(regio.gemeenten) * _dagen(regio)
    wisselend = sum(_per_stap(dekking, stap) * _tijdvakken(dekking, stap) for stap in Stapsoort)
    hoe = f"provincie van 60 gemeenten, 12 verbanden, 500 afspraken, {len(JAREN)} jaar; s"
    geschat = f"basis geschat uit {STEEKPROEF} vragen van {per_vraag * 1e6:.0f} µs"
    return [
        Meting(
            "toets",
            f"{hoe}; {geschat}, voor {elke_dag} combinaties van gemeente, stap, persoon en dag",
            toets,
            elke_dag * per_vraag,
            DOEL,
        ),
        Meting(
            "toets",
            f"{hoe}; {geschat}, voor {wisselend} combinaties: alleen de dagen waarop iets verandert",
            toets,
            wisselend * per_vraag,
            DOEL,
        ),
    ]


def _schoon(regio: Regio) -> None:
    bevindingen = toets_regio(regio)
    if bevindingen:
        raise AssertionError(f"de provincie om aan te meten klopt niet: {bevindingen[0].melding}")


def _duur(doe: Callable[[], object]) -> float:
    begin = time.perf_counter()
    doe()
    return time.perf_counter() - begin


def _per_vraag(regio: Regio, dekking: Dekking) -> float:
    """Stel willekeurige vragen los, en controleer meteen dat de toets hetzelfde zegt."""
    vragen = list(_steekproef(regio, dekking))
    begin = time.perf_counter()
    antwoorden = [zoek_antwoord(regio, vraag) for vraag in vragen]
    duur = time.perf_counter() - begin
    for vraag, antwoord in zip(vragen, antwoorden, strict=True):
        oordeel = dekking.oordeel_op(vraag.stap, vraag.gemeente, vraag.op)
        gedekt = oordeel is not None and bool(oordeel.gedekt & dekking.ruimte.bit(vraag))
        if gedekt == isinstance(antwoord, Gat):
            raise AssertionError(f"de toets en de vraag zijn het oneens over {vraag.stap} in {vraag.gemeente}")
    return duur / len(vragen)


def _steekproef(regio: Regio, dekking: Dekking) -> Iterator[Vraag]:
    kies = Random(2022)  # noqa: S311  # een steekproef die steeds dezelfde is, geen geheim
    for _ in range(STEEKPROEF):
        stap = kies.choice(list(Stapsoort))
        cellen = dekking.ruimte.van_stap(stap)
        bit = 0
        while not bit & cellen:
            bit = 1 << kies.randrange(cellen.bit_length())
        op = regio.kop.geldig_van + timedelta(days=kies.randrange(_dagen(regio)))
        yield dekking.ruimte.voorbeeld(bit, stap, kies.choice(regio.gemeenten), op)


def _dagen(regio: Regio) -> int:
    return (regio.kop.geldig_tot - regio.kop.geldig_van).days + 1


def _per_stap(dekking: Dekking, stap: Stapsoort) -> int:
    return dekking.ruimte.van_stap(stap).bit_count()


def _combinaties(dekking: Dekking) -> int:
    return sum(_per_stap(dekking, stap) for stap in Stapsoort)


def _tijdvakken(dekking: Dekking, stap: Stapsoort) -> int:
    return sum(len(dekking.loop(stap, gemeente)) for gemeente in dekking.regio.gemeenten)
