"""Welke uiterste dag een handeling van ops zou breken. Zo'n handeling wordt geweigerd, tenzij iemand dat aanvaardt.

Een termijn van de wet verschuift nooit door een handeling van ops. Wat wel kan: dat de stap die haar moet halen te laat
komt, of wegvalt. Beleid; de termijnen zelf staan bij hun regels.
"""

from dataclasses import dataclass
from datetime import date

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.stapfeiten import StapVerzet
from domein.regeling.laden import BELEID
from domein.regels.planvormen import GewensteStap, Plan


@dataclass(frozen=True, slots=True)
class Termijnbreuk:
    """De stap die haar uiterste dag niet haalt. `dag`: wanneer zij dan wel komt, of None als niemand haar meer doet."""

    kenmerk: str
    titel: str
    uiterst: date
    artikel: str
    dag: date | None = None


class TermijnGebroken(OngeldigeGegevens):
    """De handeling zou een uiterste dag breken, en niemand aanvaardde dat. `breuken` noemt welke."""

    code = "termijn_gebroken"

    def __init__(self, melding: str, uitweg: str, breuken: tuple[Termijnbreuk, ...]) -> None:
        super().__init__(melding, uitweg)
        self.breuken = breuken


def is_aanvaard(verzet: StapVerzet, uiterst: date) -> bool:
    """Zeg of deze te late dag is aanvaard. Wordt de termijn daarna korter, dan geldt dat niet meer (regel 13)."""
    return verzet.aanvaard and verzet.getoetst_aan is not None and uiterst >= verzet.getoetst_aan


def breuken(voor: Plan, na: Plan, overgeslagen: frozenset[str]) -> tuple[Termijnbreuk, ...]:
    """Geef de uiterste dagen die in `na` niet worden gehaald en in `voor` wel (of met minder vertraging).

    Een overgeslagen stap breekt een termijn van de wet als na haar niemand meer iets doet voor diezelfde uiterste dag.
    """
    toen = {stap.kenmerk: stap for stap in voor.stappen}
    uit = [
        Termijnbreuk(stap.kenmerk, stap.titel, stap.uiterst, _artikel(stap), stap.streef)
        for stap in na.stappen
        if stap.uiterst is not None and stap.streef > stap.uiterst and _is_later(stap, toen.get(stap.kenmerk))
    ]
    bewaakt = {stap.uiterst for stap in na.stappen if stap.wettelijk}
    uit.extend(
        Termijnbreuk(stap.kenmerk, stap.titel, stap.uiterst, stap.artikel)
        for kenmerk, stap in toen.items()
        if kenmerk in overgeslagen
        and stap.wettelijk
        and stap.uiterst is not None
        and na.stap(kenmerk) is None
        and stap.uiterst not in bewaakt
    )
    return tuple(uit)


def _artikel(stap: GewensteStap) -> str:
    """Het artikel hoort bij de uiterste dag alleen als de wet die noemt; anders is zij beleid."""
    return stap.artikel if stap.wettelijk else BELEID


def _is_later(stap: GewensteStap, toen: GewensteStap | None) -> bool:
    """Een stap die er niet was, kwam er niet door deze handeling te laat: haar dag was al voorbij."""
    if toen is None:
        return False
    return toen.uiterst is None or toen.streef <= toen.uiterst or stap.streef > toen.streef
