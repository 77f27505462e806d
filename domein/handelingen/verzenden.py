"""De uitgaande post verzenden: elk bericht hoogstens één keer aanvaard (I2).

Volgorde per bericht: claimen met een lease, 'poging begonnen' bewaren, verzenden, de uitkomst bewaren als de claim
nog van ons is. De bezorgers werken naast elkaar; wat zij intussen afmaken en wat daarna begint, gaat samen in één
transactie. Zo kost een bericht geen eigen wachttijd op de schijf, en staat toch vóór elke verzending vast dat zij
begint.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from domein.begrippen import Berichtstatus
from domein.handelingen.postbeheer import AAN_EEN_MENS, Onzekerbeleid, beslis_volgens_beleid
from domein.handelingen.postpauze import claim_als_het_mag, post_staat_stil
from domein.handelingen.postpoort import ONBEGRENSD, Geclaimd, Postbode, Postgrenzen, Verzenduitkomst
from domein.handelingen.verzenden_rij import Begonnen, Rij
from domein.handelingen.verzenden_stappen import (
    LEASE,
    Stappen,
    claim_van,
    geef_terug,
    verklaar_verdwaalde_onzeker,
)
from domein.ports import Omgeving, Ruimte

T = TypeVar("T")
_LOGBOEK: Final = logging.getLogger("regie.post")
CLAIM: Final = 500  # hoogstens zo veel in één keer: een claim houdt andere claims even op
# Hoogstens zo veel pogingen zijn begonnen en nog niet vastgelegd: wat na een stroomstoring onzeker kan zijn. Begint bij
# wat er tegelijk onderweg is, en groeit alleen zolang de bezorgers sneller zijn dan de schijf.
GROOTSTE_VOORRAAD: Final = 256
HARTSLAG: Final = LEASE.total_seconds() / 4
OPHOPEN: Final = 0.2  # seconden dat een uitkomst op andere mag wachten
UITLOOP: Final = 5.0  # zo lang mag wat al onderweg is nog aflopen als iemand ons stopt
_OPGEVEN: Final = 3  # na zo veel mislukte transacties op rij ligt het niet aan het bericht


@dataclass(slots=True)
class Verzendverslag:
    """Wat er met de geclaimde berichten gebeurde, per status."""

    geclaimd: int = 0
    aantallen: Counter[str] = field(default_factory=Counter[str])
    mislukt: int = 0  # onze eigen fout bij een bericht; de rest ging door

    def als_dict(self) -> dict[str, int]:
        return {status.value: self.aantallen[status.value] for status in Berichtstatus}


async def verzend_wachtende(
    omgeving: Omgeving,
    postbode: Postbode,
    aantal: int = 50,
    grenzen: Postgrenzen = ONBEGRENSD,
    beleid: Onzekerbeleid = AAN_EEN_MENS,
) -> Verzendverslag:
    """Verzend hoogstens `aantal` berichten waarvan het moment daar is; meer verzenders tegelijk mag."""
    verklaar_verdwaalde_onzeker(omgeving)
    if post_staat_stil(omgeving):
        return Verzendverslag()
    beslis_volgens_beleid(omgeving, beleid)
    try:
        return await _Verzending(omgeving, postbode, aantal, grenzen).draai()
    finally:
        await postbode.sluit()


class _Verzending:
    """Eén keer verzenden: bezorgers naast elkaar, en één die schrijft.

    Het rekenwerk van een transactie gebeurt in dezelfde draad als het bezorgen: in een eigen draad wisselden beide bij
    elke rij van beurt, en dat kostte meer dan het opleverde. Alleen het bewaren, het wachten op de schijf, gebeurt
    ernaast.
    """

    def __init__(self, omgeving: Omgeving, postbode: Postbode, aantal: int, grenzen: Postgrenzen) -> None:
        self._omgeving = omgeving
        self._postbode = postbode
        self._grenzen = grenzen
        self._verslag = Verzendverslag()
        self._stappen = Stappen(omgeving)
        self._over = aantal
        self._geclaimd: deque[Geclaimd] = deque()  # nog niet begonnen
        self._lopend: dict[UUID, Begonnen] = {}  # begonnen, nog niet vastgelegd
        self._lease_tot: dict[UUID, datetime] = {}  # van wat na een hartslag nog van ons was
        self._uitkomsten: list[tuple[Begonnen, Verzenduitkomst]] = []
        self._rij = Rij(grenzen)
        self._voorraad = grenzen.tegelijk
        self._sein = asyncio.Event()
        self._breuk: BaseException | None = None
        self._hartslag = asyncio.get_running_loop().time()

    async def draai(self) -> Verzendverslag:
        await self._claim()
        if not self._geclaimd:
            return self._verslag
        naast_elkaar = min(self._grenzen.tegelijk, len(self._geclaimd) + self._over)
        bezorgers = [asyncio.create_task(self._bezorg()) for _ in range(naast_elkaar)]
        try:
            while self._geclaimd or self._lopend:
                await self._schrijf()
                await self._claim()
                await self._wacht()
        except asyncio.CancelledError as afgebroken:
            self._breuk = afgebroken
            raise
        finally:
            await self._rond_af(bezorgers)
        return self._verslag

    # claimen en schrijven

    async def _claim(self) -> None:
        if self._over <= 0 or len(self._geclaimd) > self._voorraad:
            return
        aantal = min(self._over, CLAIM)
        nu = self._omgeving.klok.nu()
        geclaimd = await self._bewaar(lambda ruimte: claim_als_het_mag(ruimte, nu, nu + LEASE, aantal, self._grenzen))
        self._over = self._over - len(geclaimd) if len(geclaimd) == aantal else 0
        self._verslag.geclaimd += len(geclaimd)
        self._geclaimd.extend(geclaimd)

    async def _schrijf(self) -> None:
        uitkomsten, self._uitkomsten = self._uitkomsten, []
        plaats = self._voorraad - len(self._lopend) + len(uitkomsten)
        nieuw = [self._geclaimd.popleft() for _ in range(min(len(self._geclaimd), max(plaats, 0)))]
        if uitkomsten or nieuw:
            begonnen = await self._schrijf_samen(uitkomsten, nieuw)
            for een, _ in uitkomsten:
                self._lopend.pop(een.bericht.id, None)
                self._lease_tot.pop(een.bericht.id, None)
            self._lopend |= {een.bericht.id: een for een in begonnen}
            self._rij.erbij(begonnen)
        if asyncio.get_running_loop().time() - self._hartslag >= HARTSLAG:
            await self._leef_nog()

    async def _schrijf_samen(
        self, uitkomsten: list[tuple[Begonnen, Verzenduitkomst]], nieuw: list[Geclaimd]
    ) -> list[Begonnen]:
        """Alles in één transactie; lukt dat niet, dan een voor een, zodat één kapot bericht de rest niet ophoudt."""
        try:
            return await self._schrijf_een_keer(uitkomsten, nieuw)
        except Exception as fout:
            # Alleen de soort: in de tekst van een databasefout staan adressen.
            _LOGBOEK.warning(
                "een transactie van %d berichten mislukte: %s", len(uitkomsten) + len(nieuw), type(fout).__name__
            )
            if len(uitkomsten) + len(nieuw) == 1:
                self._verslag.mislukt += 1
                return []
        begonnen: list[Begonnen] = []
        op_rij = 0
        stukjes: list[tuple[list[tuple[Begonnen, Verzenduitkomst]], list[Geclaimd]]] = [
            *(([een], []) for een in uitkomsten),
            *(([], [een]) for een in nieuw),
        ]
        for stukje in stukjes:
            try:
                if op_rij < _OPGEVEN:
                    begonnen += await self._schrijf_een_keer(*stukje)
                    op_rij = 0
                    continue
            except Exception:
                op_rij += 1
            self._verslag.mislukt += 1  # de lease loopt af; wat al begonnen was, wordt dan onzeker
        return begonnen

    async def _schrijf_een_keer(
        self, uitkomsten: list[tuple[Begonnen, Verzenduitkomst]], nieuw: list[Geclaimd]
    ) -> list[Begonnen]:
        gelegd, begonnen, anders = await self._bewaar(lambda ruimte: self._stappen.schrijf(ruimte, uitkomsten, nieuw))
        self._verslag.aantallen.update(status.value for status in (*gelegd, *anders))
        return begonnen

    async def _wacht(self) -> None:
        """Wacht tot er weer genoeg te schrijven is; zolang de bezorgers werk hebben mag het zich even ophopen."""
        while not self._moet_schrijven():
            self._sein.clear()
            try:
                async with asyncio.timeout(OPHOPEN if self._uitkomsten else HARTSLAG):
                    await self._sein.wait()
            except TimeoutError:
                if self._uitkomsten:
                    break
                await self._leef_nog()
        if self._breuk is not None:
            raise self._breuk

    def _moet_schrijven(self) -> bool:
        if self._breuk is not None or not (self._geclaimd or self._lopend):
            return True
        te_schrijven = len(self._uitkomsten)
        if len(self._rij):
            return te_schrijven >= max(self._voorraad // 2, 1)
        kan_beginnen = bool(self._geclaimd) and len(self._lopend) - te_schrijven < self._voorraad
        return te_schrijven > 0 or kan_beginnen

    async def _leef_nog(self) -> None:
        self._hartslag = asyncio.get_running_loop().time()
        claims = [*(een.claim for een in self._lopend.values()), *map(claim_van, self._geclaimd)]
        lease_tot = self._omgeving.klok.nu() + LEASE
        van_ons = await self._bewaar(lambda ruimte: ruimte.verleng_leases(claims, lease_tot))
        self._lease_tot |= dict.fromkeys(van_ons, lease_tot)

    async def _bewaar(self, werk: Callable[[Ruimte], T]) -> T:
        """Doe dit werk in één transactie. Wie ons intussen afbreekt, wacht tot zij is bewaard."""
        with ExitStack() as stapel:
            gedaan = werk(stapel.enter_context(self._omgeving.magazijn.ruimte()))
            # Meteen, en niet pas als de lus weer aan de beurt is: een ander in deze lus kan op het slot wachten.
            bewaren = asyncio.get_running_loop().run_in_executor(None, stapel.pop_all().close)
        try:
            await asyncio.shield(bewaren)
        except asyncio.CancelledError as afgebroken:
            await asyncio.wait([bewaren])
            self._breuk = afgebroken
            bewaren.result()
        return gedaan

    # bezorgen

    async def _bezorg(self) -> None:
        while True:
            if not len(self._rij) and self._geclaimd:
                # De schrijver houdt de bezorgers niet bij: laat er meer tegelijk beginnen.
                self._voorraad = min(self._voorraad * 2, max(GROOTSTE_VOORRAAD, self._grenzen.tegelijk))
            begonnen = await self._rij.neem()
            if begonnen is None:
                return
            try:
                await self._bezorg_een(begonnen)
            except Exception:
                self._verslag.mislukt += 1  # blijft begonnen staan, en wordt onzeker als de lease afloopt
                self._lopend.pop(begonnen.bericht.id, None)
            except BaseException as breuk:
                self._breuk = self._breuk or breuk
                raise
            finally:
                self._rij.klaar(begonnen)
                self._sein.set()

    async def _bezorg_een(self, begonnen: Begonnen) -> None:
        lease_tot = self._lease_tot.get(begonnen.bericht.id, begonnen.lease_tot)
        if self._omgeving.klok.nu() >= lease_tot:
            # Wij stonden stil: een ander mag hem al hebben. Zeker is dat hij van ons niet weg is.
            uitkomst = Verzenduitkomst(Berichtstatus.UITGESTELD, "te_lang_in_de_rij")
        else:
            uitkomst = await self._postbode.bezorg(begonnen.stuk)
        self._uitkomsten.append((begonnen, uitkomst))

    async def _rond_af(self, bezorgers: list[asyncio.Task[None]]) -> None:
        """Stop de bezorgers. Wie ons afbreekt wacht even op wat al onderweg is, en de rest gaat terug."""
        niet_genomen = self._rij.sluit()
        if self._breuk is None:
            await asyncio.gather(*bezorgers)
            return
        await asyncio.wait(bezorgers, timeout=UITLOOP)
        for bezorger in bezorgers:
            bezorger.cancel()
        await asyncio.gather(*bezorgers, return_exceptions=True)
        await self._schrijf_samen(self._uitkomsten, [])
        claims = [claim_van(bericht) for bericht in self._geclaimd]
        await self._bewaar(lambda ruimte: geef_terug(ruimte, niet_genomen, claims))
