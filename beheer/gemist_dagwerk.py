"""Het dagwerk dat Prefect vandaag niet deed: de opzichter haalt het in, na zijn ronde en los van de post.

Wat mislukt, houdt dus nooit een ronde of de mail tegen. Het wordt één keer per dag gezegd, niet elke paar seconden, en
na een tijdje opnieuw geprobeerd.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domein.handelingen.dagwerk import Onderdeel, doe_onderdelen
from domein.ports import Omgeving

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
DAGWERK_UUR: Final = 9  # Prefect doet het dagwerk om 07:30; daarna doet de opzichter wat gemist is
OPNIEUW_NA: Final = timedelta(minutes=10)


class GemistDagwerk:
    """Onthoudt in dit proces wat mislukte; wat gedaan is, staat in de database."""

    def __init__(self, onderdelen: Sequence[Onderdeel], meld: Callable[[str], None]) -> None:
        self._onderdelen = onderdelen
        self._meld = meld
        self._mislukt_op: dict[str, datetime] = {}
        self._gemeld: dict[str, date] = {}
        self._logboek = logging.getLogger("regie.opzichter")

    def doe(self, omgeving: Omgeving) -> int:
        """Doe wat vandaag nog moet; geef hoeveel onderdelen nu mislukten."""
        nu = omgeving.klok.nu()
        hier = nu.astimezone(AMSTERDAM)
        if hier.hour < DAGWERK_UUR:
            return 0
        nu_aan_de_beurt = [een for een in self._onderdelen if self._mag(een[0], nu)]
        verslag = doe_onderdelen(omgeving, nu_aan_de_beurt, hier.date())
        for naam, fout in verslag.mislukt.items():
            self._mislukt_op[naam] = nu
            if self._gemeld.get(naam) != hier.date():
                self._gemeld[naam] = hier.date()
                self._logboek.error("het dagwerk '%s' mislukte", naam, exc_info=fout)
                self._meld(f"Het dagwerk '{naam}' mislukte ({type(fout).__name__}); de rest gaat door. Lees het log.")
        for naam, _ in nu_aan_de_beurt:
            if naam not in verslag.mislukt and self._mislukt_op.pop(naam, None) is not None:
                self._gemeld.pop(naam, None)
                self._meld(f"Het dagwerk '{naam}' is alsnog gelukt.")
        return len(verslag.mislukt)

    def _mag(self, naam: str, nu: datetime) -> bool:
        toen = self._mislukt_op.get(naam)
        return toen is None or nu >= toen + OPNIEUW_NA or nu < toen  # de klok kan zijn teruggezet
