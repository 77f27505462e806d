"""Eén gebeurtenis in de stand verwerken: per soort een functie, geregistreerd door de modules naast deze."""

from collections.abc import Mapping
from dataclasses import fields
from functools import singledispatch
from types import MappingProxyType
from typing import Any, Final, TypeVar

from domein.gebeurtenissen.basis import Gebeurtenis, Gegevens
from domein.stand.vormen import Stand

K = TypeVar("K")
W = TypeVar("W")
_VELDEN: Final = frozenset(veld.name for veld in fields(Stand))


def met(bestaand: Mapping[K, W], sleutel: K, waarde: W) -> Mapping[K, W]:
    return MappingProxyType({**bestaand, sleutel: waarde})


def zonder(bestaand: Mapping[K, W], sleutel: K) -> Mapping[K, W]:
    return MappingProxyType({k: w for k, w in bestaand.items() if k != sleutel})


def wijzig(stand: Stand, **velden: Any) -> Stand:
    """Geef een kopie van de stand met andere velden.

    Doet wat `dataclasses.replace` doet, maar die vult alle velden één voor één in: bij een stand met tientallen velden
    kostte dat tien keer zoveel tijd, en elke handeling vouwt het hele dossier.
    """
    assert velden.keys() <= _VELDEN, velden.keys() - _VELDEN
    nieuw = object.__new__(Stand)
    vars(nieuw).update(vars(stand), **velden)
    return nieuw


@singledispatch
def verwerk(_gegevens: Gegevens, stand: Stand, _g: Gebeurtenis) -> Stand:
    """Verwerk één gebeurtenis; een soort zonder eigen functie verandert de stand niet."""
    return stand
