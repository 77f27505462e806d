"""Wat er gevraagd wordt: voor wie, welke stap, welke dag, en wat er verder van het dossier bekend is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.maatwerk import Maatwerk
from domein.regels.peildatum import BekendeDagen, Peildag, peildag
from domein.regels.verdeling import Verdeelstand
from domein.regio.soorten import Alfabetisering, Peildatumsoort, Wenssoort


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """Wat verder van de persoon bekend is, voor afspraken die er een eis aan stellen."""

    ontzorgen: bool = False
    leeftijd: int | None = None
    alfabetisering: Alfabetisering | None = None


ONBEKENDE_KENMERKEN: Final = Kenmerken()


@dataclass(frozen=True, slots=True)
class Vraag:
    """De omstandigheden waarvoor een afspraak wordt gezocht.

    `op` is de dag van de vraag. Met `bekend` telt voor elke afspraak haar eigen peildatum;
    zonder `bekend` is `op` de peildatum van alle.
    """

    gemeente: str
    stap: Stapsoort
    leerroute: Leerroute
    doelgroep: Doelgroep
    op: date
    nareiziger: bool = False
    kenmerken: Kenmerken = ONBEKENDE_KENMERKEN
    bekend: BekendeDagen | None = None

    def peildag(self, soort: Peildatumsoort, vanaf: date | None = None) -> Peildag:
        """Geef de dag waarop een afspraak met deze peildatum moet gelden."""
        if self.bekend is None:
            return Peildag(self.op, Peildatumsoort.OPENING)
        return peildag(soort, self.bekend, vanaf)


class Losmaker(StrEnum):
    """De gebeurtenis waardoor iemand niet vanzelf bij zijn partner blijft."""

    VERHUIZING = "verhuizing"
    ROUTEWISSEL = "routewissel"
    CONTRACT_EINDE = "contract_einde"
    WEIGERING = "weigering"
    KEURMERK_VERLOREN = "keurmerk_verloren"
    UITZONDERING = "uitzondering"


@dataclass(frozen=True, slots=True)
class Bestaand:
    """De partner die deze persoon al heeft, onder welke afspraak, en wat hem losmaakt (None: niets)."""

    partner: str
    afspraak: str
    los: Losmaker | None = None


@dataclass(frozen=True, slots=True)
class Uitgesproken:
    """Een wens zoals de persoon hem zelf uitsprak; nooit afgeleid uit herkomst of nationaliteit.

    waarde: een taalcode, een geslacht, een dagdeel of een gemeentecode, naar gelang de soort.
    """

    soort: Wenssoort
    waarde: str
    op: date


@dataclass(frozen=True, slots=True)
class Situatie:
    """Wat naast de vraag meetelt; alles mag ontbreken.

    uitgesloten: partners die niet kunnen, met de reden; stand: wat er al verdeeld is (None: niet
    geteld, dan telt ook geen capaciteit); keuze: de partner die de persoon of de klantmanager koos.
    """

    bekend: BekendeDagen | None = None
    bestaand: Bestaand | None = None
    uitgesloten: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stand: Verdeelstand | None = None
    keuze: str | None = None
    wensen: tuple[Uitgesproken, ...] = ()
    maatwerk: Maatwerk | None = None


GEWOON: Final = Situatie()
