"""De snelle demo: de klok loopt zelf vooruit en behandelaars antwoorden uit het draaiboek, tot iedereen klaar is."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as kloktijd
from pathlib import Path
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.klok import EchteKlok, StilleKlok
from adapters.links import GetekendeLinks
from beheer.demo.archief import vernietig_archief, zet_archief_klaar
from beheer.demo.deuren import Deuren
from beheer.demo.speler import Antwoord, Speler
from beheer.demo.vullen import Voorbeeld, lees_voorbeeld, registreer_tot
from beheer.opzichter import Opzichter
from domein.begrippen import Stapstatus
from domein.fouten import RegieFout
from domein.handelingen.bordpoort import BordOnbereikbaar, RunStand, Toestand
from domein.model import Stap
from domein.regels.kalender import Kantoorkalender

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
ZAAD: Final = 20260105
SPRONG: Final = timedelta(days=13)  # zo veel dagen van de demo komen in één keer aan de beurt
STIL_NA: Final = 180.0  # zo lang (echte seconden) mag er niets gebeuren voor de demo opgeeft
DOENDE: Final = frozenset({Toestand.IN_WACHTRIJ, Toestand.LOOPT})


class DemoStaatStil(RegieFout):
    """De demo komt niet verder; de melding noemt waarop zij wacht."""

    code = "demo_staat_stil"


class SnelleDemo:
    """Speelt het draaiboek door een draaiende installatie. `na_dag` is een haak voor een proef onderweg."""

    def __init__(
        self,
        opzichter: Opzichter,
        aantal: int,
        meld: Callable[[str], None],
        na_dag: Callable[[date], Awaitable[None]] | None = None,
    ) -> None:
        self.na_dag = na_dag
        self._wachtend: set[UUID] = set()
        self.opzichter, self.aantal, self.meld = opzichter, aantal, meld
        self.kantoor = Kantoorkalender()
        self.dossiers: dict[str, UUID] = {}
        self.rondes = 0

    async def loop(self) -> None:
        """Loop door alle dagen van het draaiboek; hierna is elk gekozen dossier beëindigd."""
        o = self.opzichter
        keuze = o.instellingen
        klok = StilleKlok(o.map / "klok.json")
        self.voorbeeld: Voorbeeld = lees_voorbeeld(o.omgeving, self.aantal)
        links = GetekendeLinks(keuze.linkgeheim(), keuze.adres_portaal, klok)
        self.deuren = Deuren(o.omgeving, links, o.map, o.client)
        self.speler = Speler(o.omgeving, [], self.dossiers, self.voorbeeld)
        self.speler.noem(self.voorbeeld.lopen)
        lopen = {loop.kenmerk: loop for loop in self.voorbeeld.lopen}
        self.archief = zet_archief_klaar(o.omgeving)
        begin = time.monotonic()
        try:
            while (dag := self._volgende_dag(o.omgeving.klok.vandaag())) is not None:
                klok.zet(datetime.combine(dag, kloktijd(9, 30), AMSTERDAM).astimezone(UTC))
                nieuw = registreer_tot(o.omgeving, self.voorbeeld, dag, self.dossiers)
                for kenmerk in nieuw:
                    self.speler.nog[kenmerk] = deque(lopen[kenmerk].regels)
                await asyncio.to_thread(o.dagwerk, dag)
                await self._werk_de_dag_af(dag)
                if self.na_dag is not None:
                    await self.na_dag(dag)
                nog = sum(1 for regels in self.speler.nog.values() if regels)
                self.meld(f"{dag}  {len(self.dossiers)} dossiers, {nog} lopen nog ({time.monotonic() - begin:.0f} s)")
        finally:
            await self.deuren.sluit()
        await self._tot_rust()
        await asyncio.to_thread(vernietig_archief, o.omgeving, self.archief)

    def _volgende_dag(self, vandaag: date) -> date | None:
        nieuw = [op for kenmerk, op in self.voorbeeld.begin().items() if kenmerk not in self.dossiers]
        kandidaten = [d for d in (self.speler.volgende_dag(), min(nieuw, default=None)) if d is not None]
        if not kandidaten:
            return None
        eerste = max(min(kandidaten), vandaag)
        if nieuw:
            return eerste  # zolang er mensen bijkomen: dag voor dag
        return self.speler.laatste_dag_binnen(eerste + SPRONG)

    async def _werk_de_dag_af(self, dag: date) -> None:
        """Open, verstuur en antwoord tot er op deze dag niets meer te doen is."""
        stil_sinds = time.monotonic()
        while True:
            bezig = await self._een_slag()
            self.deuren.lees_post()
            antwoorden = self.speler.aan_de_beurt(dag, self._wacht_op_een_mens)
            for antwoord in antwoorden:
                await self.deuren.antwoord(antwoord, self._kies_deur(antwoord))
            if antwoorden:
                stil_sinds = time.monotonic()
            elif not bezig and not self.speler.wacht_op(dag) and not self._te_openen(dag):
                return
            if time.monotonic() - stil_sinds > STIL_NA:
                raise DemoStaatStil(
                    f"Op {dag} gebeurt er niets meer. {self._waarop(dag)}",
                    f"Lees de logboeken in {self.opzichter.map / 'log'}.",
                )
            if not antwoorden:
                await asyncio.sleep(0.2)  # de werker is aan het werk; wij kijken zo weer

    async def _een_slag(self) -> bool:
        """Eén ronde en één keer post; zegt of er nog runs onderweg zijn."""
        self.rondes += 1
        self.opzichter.bewaak()
        await self.opzichter.slag()
        try:
            open_runs = await self.opzichter.bord.open_runs()
        except BordOnbereikbaar:
            return True  # Prefect komt zo terug; de database weet alles nog
        self._wachtend = {run.run_id for run in open_runs if run.toestand is Toestand.WACHT}
        nu = EchteKlok().nu()  # Prefect houdt echte tijd, ook als onze klok stilstaat
        return any(_onderweg(run, nu) for run in open_runs)

    def _wacht_op_een_mens(self, stap: Stap) -> bool:
        return stap.run_id is not None and stap.run_id in self._wachtend

    def _waarop(self, dag: date) -> str:
        wachtend = [f"{regel.kenmerk} wacht op {regel.stap}" for regel in self.speler.wacht_op(dag)]
        return "; ".join(wachtend[:3]) + "." if wachtend else "Er zijn nog stappen die niet opengaan."

    def _te_openen(self, dag: date) -> bool:
        """Zegt of er nog stappen zijn die vandaag open horen te gaan."""
        if not self.kantoor.is_open(dag):
            return False
        with self.opzichter.omgeving.magazijn.ruimte() as ruimte:
            gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=dag)
            return any(stap.run_id is None or stap.run_id not in self._wachtend for stap in gepland)

    async def _tot_rust(self) -> None:
        """Laat de laatste runs hun einde halen en de laatste post weggaan."""
        tot = time.monotonic() + STIL_NA
        while await self._een_slag():
            if time.monotonic() > tot:
                raise DemoStaatStil("De laatste runs komen niet tot een einde.", "Lees het logboek van de werker.")
            await asyncio.sleep(0.2)

    @staticmethod
    def _kies_deur(antwoord: Antwoord) -> str:
        """Kies vast per stap: de helft door de link, een kwart door Prefect, de rest met de opdrachtregel."""
        kans = random.Random(f"{ZAAD}:{antwoord.regel.kenmerk}:{antwoord.regel.stap}").random()  # noqa: S311
        return "link" if kans < 0.5 else "prefect" if kans < 0.75 else "opdrachtregel"


def _onderweg(run: RunStand, nu: datetime) -> bool:
    if run.toestand in DOENDE:
        return True
    return run.toestand is Toestand.GEPLAND and (run.gepland_op is None or run.gepland_op <= nu + timedelta(seconds=5))


def zet_begin(map_: Path) -> None:
    """Zet de klok van de demo op de ochtend van nieuwjaar, vóór de eerste kennisgeving."""
    StilleKlok(map_ / "klok.json").zet(datetime(2026, 1, 2, 8, 0, tzinfo=AMSTERDAM).astimezone(UTC))
