"""Twee kalenders: die van de wet en die van het kantoor. Nooit één functie voor allebei.

De Algemene termijnenwet telt 5 mei elk jaar en de aangewezen dagen als feestdag, ook als het kantoor open is.
Een kantoor is op andere dagen dicht, maar daarvan verschuift geen wettelijke termijn.

Bron: Algemene termijnenwet, artikelen 1 en 3.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

import holidays

from domein.regeling import feestdagen

DAG: Final = timedelta(days=1)
_WEEKENDDAG: Final = {5: "een zaterdag", 6: "een zondag"}
_DAGNAMEN: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDNAMEN: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# Eerste paas- en pinksterdag noemt artikel 3 niet: het zijn zondagen.
_ZONDAGSE_FEESTDAGEN: Final = ("Eerste paasdag", "Eerste pinksterdag")


def voluit(dag: date) -> str:
    """Schrijf een dag voluit, los van de taal van de machine: "vrijdag 15 mei 2026"."""
    return f"{_DAGNAMEN[dag.weekday()]} {dag.day} {_MAANDNAMEN[dag.month - 1]} {dag.year}"


def datum(dag: date) -> str:
    """Schrijf een dag zonder weekdag: "15 mei 2026"."""
    return f"{dag.day} {_MAANDNAMEN[dag.month - 1]} {dag.year}"


def maand_en_jaar(dag: date) -> str:
    """Schrijf de maand van een dag: "mei 2026"."""
    return f"{_MAANDNAMEN[dag.month - 1]} {dag.year}"


def plus_maanden(dag: date, maanden: int) -> date:
    """Geef de overeenkomstige dag; bestaat die niet, dan de laatste dag van die maand."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def plus_jaren(dag: date, jaren: int) -> date:
    """Geef de overeenkomstige dag; op 29 februari in een gewoon jaar 28 februari."""
    return plus_maanden(dag, 12 * jaren)


@lru_cache(maxsize=512)
def _feestdagen_van_de_wet(jaar: int) -> dict[date, str]:
    """De feestdagen van artikel 3 lid 1 en 2 Algemene termijnenwet, met hun Nederlandse naam."""
    # "optional" voegt 5 mei toe in de jaren dat de meeste mensen dan werken; Goede Vrijdag is al "public".
    dagen = holidays.country_holidays("NL", years=jaar, categories=("public", "optional"), language="nl")
    return {dag: naam for dag, naam in dagen.items() if naam not in _ZONDAGSE_FEESTDAGEN}


@lru_cache(maxsize=512)
def _vrije_dagen_van_kantoren(jaar: int) -> dict[date, str]:
    """De officiële feestdagen, met 5 mei alleen in lustrumjaren en zonder de aangewezen dagen."""
    return dict(holidays.country_holidays("NL", years=jaar, categories=("public",), language="nl").items())


@dataclass(frozen=True, slots=True)
class AtwKalender:
    """De dagen van de Algemene termijnenwet; voor het einde van wettelijke termijnen en voor niets anders."""

    aangewezen: frozenset[date] = frozenset()
    bekend_tot_en_met: int = 0

    def sluiting(self, dag: date) -> str | None:
        """Zeg waarom een termijn niet op deze dag kan eindigen, of None als dat wel kan (art. 1 en 3)."""
        if reden := _WEEKENDDAG.get(dag.weekday()):
            return reden
        if naam := _feestdagen_van_de_wet(dag.year).get(dag):
            return naam
        return "een aangewezen feestdag" if dag in self.aangewezen else None

    def is_open(self, dag: date) -> bool:
        return self.sluiting(dag) is None

    def eerstvolgende_open_dag(self, dag: date) -> date:
        """Geef deze dag, of de eerste daarna die geen zaterdag, zondag of feestdag is (art. 1 lid 1)."""
        while self.sluiting(dag) is not None:
            dag += DAG
        return dag

    def laatste_open_dag_tot(self, dag: date) -> date:
        """Geef deze dag, of de laatste daarvoor die open is; voor termijnen die niet langer mogen worden."""
        while self.sluiting(dag) is not None:
            dag -= DAG
        return dag

    def jaren_bekend(self) -> int:
        """Geef het laatste jaar waarvoor besloten is welke extra dagen feestdag zijn."""
        return self.bekend_tot_en_met


@cache
def atw_kalender() -> AtwKalender:
    """De kalender met de aangewezen dagen uit de regelgegevens."""
    gegevens = feestdagen()
    return AtwKalender(gegevens.aangewezen, gegevens.bekend_tot_en_met)


def jaren_bekend() -> int:
    """Het laatste jaar waarvoor de aangewezen dagen bekend zijn; voor de gezondheidscontrole."""
    return atw_kalender().jaren_bekend()


@dataclass(frozen=True, slots=True)
class Kantoorkalender:
    """De dagen waarop een gemeente of partner werkt; voor afspraken en mail, nooit voor de wet."""

    extra_gesloten: frozenset[date] = frozenset()
    vrije_weekdagen: frozenset[int] = frozenset({5, 6})  # maandag is 0

    def __post_init__(self) -> None:
        if self.vrije_weekdagen >= frozenset(range(7)):
            raise ValueError("een kantoor dat nooit open is heeft geen eerstvolgende werkdag")

    def is_open(self, dag: date) -> bool:
        return (
            dag.weekday() not in self.vrije_weekdagen
            and dag not in self.extra_gesloten
            and dag not in _vrije_dagen_van_kantoren(dag.year)
        )

    def eerstvolgende_open_dag(self, dag: date) -> date:
        """Geef deze dag, of de eerste daarna waarop het kantoor werkt."""
        while not self.is_open(dag):
            dag += DAG
        return dag

    def laatste_open_dag_tot(self, dag: date) -> date:
        """Geef deze dag, of de laatste daarvoor waarop het kantoor werkt."""
        while not self.is_open(dag):
            dag -= DAG
        return dag

    def tel_werkdagen(self, dag: date, aantal: int) -> date:
        """Geef de zoveelste werkdag na deze dag; met een negatief aantal ervoor, met 0 de dag zelf.

        De dag zelf telt niet mee, ook als het kantoor dan open is.
        """
        stap = DAG if aantal >= 0 else -DAG
        nog = abs(aantal)
        while nog:
            dag += stap
            if self.is_open(dag):
                nog -= 1
        return dag

    def werkdagen_tussen(self, van: date, tot_en_met: date) -> int:
        """Tel de werkdagen na `van` tot en met `tot_en_met`; het omgekeerde van `tel_werkdagen`."""
        verschil = (tot_en_met - van).days
        richting = -1 if verschil < 0 else 1
        return richting * sum(self.is_open(van + DAG * n * richting) for n in range(1, abs(verschil) + 1))
