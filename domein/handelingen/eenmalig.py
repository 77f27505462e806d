"""Een verzoek dat hoogstens één keer gebeurt, ook als het systeem van een partner het vaker stuurt.

De sleutel van het verzoek, wat het doet en het antwoord gaan in één transactie: er is nooit een antwoord zonder
gevolg of een gevolg zonder antwoord, ook niet na een stroomstoring. Wie tegelijk hetzelfde stuurt, wacht en krijgt
hetzelfde antwoord. Een weigering wordt niet bewaard: er gebeurde niets, dus hetzelfde verzoek mag later nog eens.
"""

import hashlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, TypeVar

from domein.fouten import RegieFout, VolgnummerBezet
from domein.handelingen.kern import in_ruimte
from domein.ports import Magazijn, Omgeving, Ruimte

BEWAARD: Final = timedelta(days=3)
T = TypeVar("T")


class SleutelAlGebruikt(RegieFout):
    """Deze Idempotency-Key hoort bij een ander verzoek."""

    code = "sleutel_al_gebruikt"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Het antwoord op een verzoek. `herhaald`: het stond er al, er is niets gebeurd."""

    status: int
    inhoud: dict[str, Any]
    herhaald: bool = False


class _EenAnderWasEerst(Exception):
    """VolgnummerBezet uit een handeling die meelift: de hele transactie moet opnieuw, niet die handeling alleen."""


class _Meelift(Magazijn):
    """Een magazijn waarvan elke transactie de lopende is: wat een handeling doet, is met de rest bewaard of niet."""

    def __init__(self, ruimte: Ruimte, magazijn: Magazijn) -> None:
        self._ruimte, self._magazijn = ruimte, magazijn

    @contextmanager
    def ruimte(self) -> Generator[Ruimte]:
        try:
            yield self._ruimte
        except VolgnummerBezet as fout:
            raise _EenAnderWasEerst from fout

    def schoon_op(self) -> bool:
        return self._magazijn.schoon_op()


def in_een_transactie(omgeving: Omgeving, werk: Callable[[Omgeving, Ruimte], T]) -> T:
    """Doe handelingen die elk een eigen transactie zouden openen, samen in één. Nooit voor een proef."""

    def samen(ruimte: Ruimte) -> T:
        try:
            return werk(replace(omgeving, magazijn=_Meelift(ruimte, omgeving.magazijn)), ruimte)
        except _EenAnderWasEerst as fout:
            raise VolgnummerBezet from fout

    return in_ruimte(omgeving, samen)


def eenmalig(
    omgeving: Omgeving, partner: str, sleutel: str, inhoud: bytes, werk: Callable[[Omgeving, Ruimte], Antwoord]
) -> Antwoord:
    """Doe het werk en bewaar het antwoord; is dit verzoek er al geweest, geef dan dat antwoord.

    SleutelAlGebruikt als dezelfde sleutel bij een andere inhoud hoort.
    """
    merk = hashlib.sha256(sleutel.encode()).hexdigest()

    def samen(hier: Omgeving, ruimte: Ruimte) -> Antwoord:
        nu = omgeving.klok.nu()
        eerder = ruimte.begin_eenmalig(partner, merk, inhoud, nu)
        if eerder is not None and not eerder.zelfde:
            raise SleutelAlGebruikt(
                "Deze Idempotency-Key hoort al bij een ander verzoek.", "Geef elk nieuw verzoek een eigen sleutel."
            )
        if eerder is not None:
            return Antwoord(eerder.status, eerder.antwoord, herhaald=True)
        antwoord = werk(hier, ruimte)
        ruimte.sluit_eenmalig(partner, merk, antwoord.status, antwoord.inhoud)
        ruimte.vergeet_eenmalig(nu - BEWAARD)
        return antwoord

    return in_een_transactie(omgeving, samen)
