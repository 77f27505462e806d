"""Eén gebeurtenis in de stand verwerken: per soort een functie, geregistreerd door de modules naast deze."""

from collections.abc import Mapping
from functools import singledispatch
from types import MappingProxyType
from typing import TypeVar

from domein.gebeurtenissen.basis import Gebeurtenis, Gegevens
from domein.stand.vormen import Stand

K = TypeVar("K")
W = TypeVar("W")


def met(bestaand: Mapping[K, W], sleutel: K, waarde: W) -> Mapping[K, W]:
    return MappingProxyType({**bestaand, sleutel: waarde})


def zonder(bestaand: Mapping[K, W], sleutel: K) -> Mapping[K, W]:
    return MappingProxyType({k: w for k, w in bestaand.items() if k != sleutel})


@singledispatch
def verwerk(_gegevens: Gegevens, stand: Stand, _g: Gebeurtenis) -> Stand:
    """Verwerk één gebeurtenis; een soort zonder eigen functie verandert de stand niet."""
    return stand
