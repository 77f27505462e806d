"""Waar een ronde naar kijkt: alles, of alleen waaraan iets veranderde en een greep uit de rest.

Het meeste staat stil: een stap wacht weken op een mens, en haar run op het bord ook. Een gewone ronde vraagt de
database naar stappen die sinds de vorige keer zijn veranderd of aan de beurt kwamen, en het bord naar runs die bewegen.
Wat zonder dat wij het horen verdween of werd veranderd, vindt de greep: elke ronde een ander stuk van wat stilstaat,
zo gekozen dat alles aan de beurt komt. Zo kost een ronde zonder werk bij elk aantal dossiers even veel.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import Bord, RunStand, Toestand
from domein.model import Stap
from domein.ports import Omgeving
from domein.regels.ronde import HORIZON

GREEP: Final = 200  # stilstaande stappen die elke ronde toch worden nagekeken
AFGEROND_PER_RONDE: Final = 1_000
TERUG: Final = timedelta(minutes=15)  # zo lang hoort het bij wat beweegt; een stilstand van de ronde mag korter duren
_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)
_RUIMTE_VAN_IDS: Final = 1 << 128
_GULDEN_SNEDE: Final = int(_RUIMTE_VAN_IDS / ((1 + 5**0.5) / 2))


@dataclass(frozen=True, slots=True)
class Zicht:
    """Wat een ronde zag: stappen, hun runs, en wat er op het bord nog niet ten einde is."""

    stappen: list[Stap]
    runs: Mapping[UUID, RunStand]
    open_: Sequence[RunStand]


async def kijk(omgeving: Omgeving, bord: Bord, nummer: int, nu: datetime, *, volledig: bool) -> Zicht:
    """Kijk naar alles, of alleen naar wat beweegt en de greep van deze ronde (`nummer`)."""
    vandaag = omgeving.klok.vandaag()
    if volledig:
        open_, kapot = await asyncio.gather(bord.open_runs(), bord.kapotte_runs())
        bekend = {run.run_id: run for run in (*open_, *kapot)}
        stappen = _alle_stappen(omgeving, vandaag, bekend.values())
        onbekend = _zonder(bekend, [stap for stap in stappen if stap.status in _ONAF])
    else:
        beweegt = await bord.beweging(nu - TERUG)
        bekend = {run.run_id: run for run in beweegt}
        open_ = [run for run in beweegt if not run.toestand.ten_einde]
        stappen = _veranderde_stappen(omgeving, vandaag, nummer, bekend.values())
        onbekend = _zonder(bekend, stappen)
    if onbekend:
        bekend |= await bord.runs(onbekend)
    return Zicht(stappen, bekend, open_)


def begin_van_greep(nummer: int) -> UUID:
    """Waar de greep van deze ronde begint.

    Opeenvolgende nummers vallen volgens de gulden snede steeds in het grootste gat dat de vorige lieten; een plaats
    onthouden hoeft niet, en meer opzichters vullen elkaar aan. Na ongeveer 2,6 keer (aantal / GREEP) ronden is alles
    bekeken.
    """
    return UUID(int=nummer * _GULDEN_SNEDE % _RUIMTE_VAN_IDS)


def klopt_al(stap: Stap, run: RunStand | None, vandaag: date) -> bool:
    """Zeg of hier niets meer gebeurt tot de stap verandert, haar dag komt, of iemand aan de run komt.

    Alleen gevraagd als de ronde niets te doen vond.
    """
    if stap.status is Stapstatus.OPEN:
        return run is not None and run.toestand is Toestand.WACHT
    if stap.status is Stapstatus.GEPLAND:
        return stap.start > vandaag and run is not None and run.toestand is Toestand.GEPLAND
    return run is None or run.toestand.ten_einde


def _zonder(bekend: Mapping[UUID, RunStand], stappen: Collection[Stap]) -> set[UUID]:
    return {stap.run_id for stap in stappen if stap.run_id is not None and stap.run_id not in bekend}


def _alle_stappen(omgeving: Omgeving, vandaag: date, runs: Iterable[RunStand]) -> list[Stap]:
    """De stappen waar het om kan gaan: onaf en binnen de horizon, of met een run op het bord."""
    met_run = {run.stap_id for run in runs}
    with omgeving.magazijn.ruimte() as ruimte:
        onaf = ruimte.stappen_waar(statussen=_ONAF, begonnen_op=vandaag + HORIZON)
        rest = met_run - {stap.id for stap in onaf}
        return [*onaf, *(ruimte.stappen_waar(ids=rest) if rest else [])]


def _veranderde_stappen(omgeving: Omgeving, vandaag: date, nummer: int, runs: Iterable[RunStand]) -> list[Stap]:
    met_run = {run.stap_id for run in runs}
    with omgeving.magazijn.ruimte() as ruimte:
        gevonden = [
            *ruimte.stappen_te_bezien(vandaag, vandaag + HORIZON, AFGEROND_PER_RONDE),
            *ruimte.greep_stappen(begin_van_greep(nummer), GREEP),
        ]
        rest = met_run - {stap.id for stap in gevonden}
        return [*gevonden, *(ruimte.stappen_waar(ids=rest) if rest else [])]
