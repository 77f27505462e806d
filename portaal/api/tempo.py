"""Hoe vaak een token mag vragen: een emmer per token die vanzelf weer volloopt.

In het geheugen van dit portaal en niet in de database: lezen hoort geen schrijven te kosten, en de grens beschermt
juist de database. Draaien er meer portalen, dan telt elk zijn eigen verzoeken; na een herstart is elke emmer vol.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from domein.ports import Klok

_TIK: Final = timedelta(microseconds=1)
_BEGIN: Final = datetime(2020, 1, 1, tzinfo=UTC)
_MINUUT: Final = timedelta(minutes=1) // _TIK
_SECONDE: Final = timedelta(seconds=1) // _TIK


class Tempo:
    """De emmers van alle tokens. Alleen de lus van het portaal vraagt hier iets, dus er is geen slot nodig.

    Gerekend in hele getallen: elke microseconde komt er `per_minuut` bij, en een verzoek kost er een minuut van.
    """

    def __init__(self, per_minuut: int, klok: Klok) -> None:
        self._per_tik = per_minuut
        self._klok = klok
        self._emmers: dict[str, tuple[int, int]] = {}

    def wacht(self, token: str) -> int:
        """Neem één verzoek uit de emmer en geef 0; is zij leeg, geef dan over hoeveel seconden het weer kan.

        Wie te vroeg terugkomt, maakt het wachten niet langer.
        """
        nu, vol = (self._klok.nu() - _BEGIN) // _TIK, self._per_tik * _MINUUT
        over, sinds = self._emmers.get(token, (vol, nu))
        # De klok van een machine kan een stap terug doen: dan komt er niets bij.
        over = min(vol, over + max(0, nu - sinds) * self._per_tik)
        mag = over >= _MINUUT
        self._emmers[token] = (over - _MINUUT if mag else over, nu)
        return 0 if mag else -(-(_MINUUT - over) // (self._per_tik * _SECONDE))
