"""Welke dag beslist welke afspraak geldt.

Elke afspraak noemt haar peildatum: de intake kijkt naar de koppeling of de kennisgeving, de
lessen naar de eerste lesdag, de betaling naar de levering, een besluit naar de ondertekening.
Is die dag nog niet bekend, dan telt de dag waarop de stap opent. Geen wet maar werkafspraak.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.soorten import Peildatumsoort
from domein.stand import Stand


@dataclass(frozen=True, slots=True)
class BekendeDagen:
    """De dagen die van een dossier bekend zijn; None is nog niet bekend."""

    opening: date
    koppeling: date | None = None
    kennisgeving: date | None = None
    start_les: date | None = None
    levering: date | None = None
    ondertekening: date | None = None

    @classmethod
    def van_stand(cls, stand: Stand, opening: date) -> "BekendeDagen":
        """Lees uit de stand wat er bekend is; de eerste lesdag volgt uit de start of uit de acceptatie."""
        toegezegd = stand.acceptatie.startdatum if stand.acceptatie else None
        return cls(
            opening=opening,
            koppeling=stand.koppeling.op if stand.koppeling else None,
            kennisgeving=stand.kennisgeving_op,
            start_les=stand.les_gestart_op or toegezegd,
        )

    def dag_van(self, soort: Peildatumsoort) -> date | None:
        """Geef de dag van deze soort, of None."""
        return getattr(self, soort.value)


@dataclass(frozen=True, slots=True)
class Peildag:
    """De dag waarop een afspraak moet gelden, en welke soort dag het werd."""

    dag: date
    soort: Peildatumsoort


NAMEN: Final[Mapping[Peildatumsoort, str]] = MappingProxyType(
    {
        Peildatumsoort.OPENING: "de dag van openen",
        Peildatumsoort.KENNISGEVING: "de kennisgeving",
        Peildatumsoort.KOPPELING: "de koppeling",
        Peildatumsoort.START_LES: "de eerste lesdag",
        Peildatumsoort.LEVERING: "de levering",
        Peildatumsoort.ONDERTEKENING: "de ondertekening",
    }
)
_P: Final = Peildatumsoort
# Waar wij kijken, in volgorde. Wie niet via het COA komt heeft geen koppeling: daar telt de kennisgeving.
_VOLGORDE: Final[Mapping[Peildatumsoort, tuple[Peildatumsoort, ...]]] = MappingProxyType(
    {
        _P.OPENING: (),
        _P.KENNISGEVING: (_P.KENNISGEVING,),
        _P.KOPPELING: (_P.KOPPELING, _P.KENNISGEVING),
        _P.START_LES: (_P.START_LES,),
        _P.LEVERING: (_P.LEVERING,),
        _P.ONDERTEKENING: (_P.ONDERTEKENING,),
    }
)


def peildag(soort: Peildatumsoort, bekend: BekendeDagen, vanaf: date | None = None) -> Peildag:
    """Geef de dag waarop een afspraak met deze peildatum moet gelden.

    `vanaf` is de eerste dag van de regioversie. Een dag van daarvoor telt als die eerste dag: deze
    versie zegt zelf hoe het met lopende personen verder gaat.
    """
    for kandidaat in _VOLGORDE[soort]:
        if (dag := bekend.dag_van(kandidaat)) is not None:
            if vanaf is not None and dag < vanaf <= bekend.opening:
                dag = vanaf
            return Peildag(dag, kandidaat)
    return Peildag(bekend.opening, Peildatumsoort.OPENING)


def peildagen(afspraken: Iterable[Samenwerkingsafspraak], bekend: BekendeDagen) -> Mapping[str, Peildag]:
    """Geef per afspraak, op regel_id, de dag waarop zij moet gelden."""
    return {afspraak.regel_id: peildag(afspraak.peildatumsoort, bekend) for afspraak in afspraken}
