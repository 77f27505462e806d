"""De rij van berichten waarvan de poging is begonnen: eerlijk verdeeld, en per domein niet te veel tegelijk."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domein.handelingen.postpoort import Claim, Geclaimd, Postgrenzen, Poststuk


@dataclass(frozen=True, slots=True)
class Begonnen:
    """Een bericht waarvan in de database staat dat de poging begon; nu mag het weg."""

    bericht: Geclaimd
    claim: Claim
    stuk: Poststuk
    lease_tot: datetime


class Rij:
    """Bezorgers nemen om de beurt; een domein dat al genoeg tegelijk krijgt, laat anderen voor."""

    def __init__(self, grenzen: Postgrenzen) -> None:
        self._grenzen = grenzen
        self._begrensd = grenzen.standaard.tegelijk is not None or any(
            grens.tegelijk is not None for grens in grenzen.per_domein.values()
        )
        self._wachtend: deque[Begonnen] = deque()
        self._bezig: Counter[str] = Counter()
        self._dicht = False
        self._wachters: list[asyncio.Future[None]] = []

    def __len__(self) -> int:
        return len(self._wachtend)

    def erbij(self, nieuwe: Iterable[Begonnen]) -> None:
        self._wachtend.extend(nieuwe)
        self._wek()

    async def neem(self) -> Begonnen | None:
        """Het volgende bericht, zodra er een mag; None als de rij dicht is."""
        while not self._dicht:
            if (gevonden := self._volgende()) is not None:
                self._bezig[gevonden.bericht.adresdomein] += 1
                return gevonden
            wachter = asyncio.get_running_loop().create_future()
            self._wachters.append(wachter)
            await wachter
        return None

    def klaar(self, begonnen: Begonnen) -> None:
        self._bezig[begonnen.bericht.adresdomein] -= 1
        if self._begrensd:
            self._wek()

    def sluit(self) -> list[Begonnen]:
        """Geef wat nog niemand nam; wie wacht krijgt None."""
        self._dicht = True
        self._wek()
        over = list(self._wachtend)
        self._wachtend.clear()
        return over

    def _wek(self) -> None:
        # Allemaal: wie niets vindt wacht weer, en er raakt niemand zoek als er een werd afgebroken.
        wachters, self._wachters = self._wachters, []
        for wachter in wachters:
            if not wachter.done():
                wachter.set_result(None)

    def _volgende(self) -> Begonnen | None:
        if not self._begrensd:
            return self._wachtend.popleft() if self._wachtend else None
        for plaats, begonnen in enumerate(self._wachtend):
            domein = begonnen.bericht.adresdomein
            grens = self._grenzen.voor(domein).tegelijk
            if grens is None or self._bezig[domein] < grens:
                del self._wachtend[plaats]
                return begonnen
        return None
