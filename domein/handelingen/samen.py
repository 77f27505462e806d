"""Veel stappen samen openen of beantwoorden: dezelfde handelingen, met een paar vragen aan de database voor allemaal.

Een portie stappen deelt één transactie. Weigert er een, dan is er van die portie niets bewaard en komt elke stap
alleen aan de beurt: wat kan, gebeurt, en wat niet kan, zegt waarom. De uitkomst is dezelfde als een voor een.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final, TypeVar
from uuid import UUID

from domein.fouten import OnbekendeStap, RegieFout
from domein.handelingen.kern import Uitwerking, in_ruimte
from domein.handelingen.openen import GeopendeStap, open_in
from domein.handelingen.uitkomst import Antwoord, antwoord_in
from domein.ports import Omgeving, Ruimte

PORTIE: Final = 100  # zo kort houdt een portie op SQLite de anderen op, en langer wordt het per stap niet sneller
T = TypeVar("T")
U = TypeVar("U")


def open_samen(omgeving: Omgeving, stap_ids: Sequence[UUID], *, portie: int = PORTIE) -> list[GeopendeStap | RegieFout]:
    """Open elke stap die aan de beurt is, in de gegeven volgorde per dossier; geef van elke hoe het ging."""
    return _samen(omgeving, stap_ids, lambda stap_id: stap_id, lambda r, een: open_in(r, omgeving, een), portie)


def antwoord_samen(
    omgeving: Omgeving, antwoorden: Sequence[Antwoord], *, portie: int = PORTIE
) -> list[Uitwerking | RegieFout]:
    """Leg elke uitkomst vast; geef van elk wat er veranderde, of waarom het niet kon.

    Een tweede antwoord geeft AlBeantwoord, en blijft als vraag voor een mens bewaard.
    """
    return _samen(
        omgeving, antwoorden, lambda antwoord: antwoord.stap_id, lambda r, een: antwoord_in(r, omgeving, een), portie
    )


def _samen(
    omgeving: Omgeving, wat: Sequence[T], stap_van: Callable[[T], UUID], doe: Callable[[Ruimte, T], U], portie: int
) -> list[U | RegieFout]:
    uit: dict[int, U | RegieFout] = {}
    with omgeving.magazijn.ruimte() as ruimte:
        dossiers = dict(ruimte.dossiers_van_stappen([stap_van(een) for een in wat]))
    plaatsen = [plaats for plaats, een in enumerate(wat) if stap_van(een) in dossiers]
    plaatsen.sort(key=lambda plaats: dossiers[stap_van(wat[plaats])])  # stabiel: de volgorde binnen een dossier blijft
    per_dossier = [list(groep) for _, groep in groupby(plaatsen, key=lambda plaats: dossiers[stap_van(wat[plaats])])]

    def probeer(groep: Sequence[int]) -> list[U]:
        def werk(ruimte: Ruimte) -> list[U]:
            ids = [stap_van(wat[plaats]) for plaats in groep]
            ruimte.lees_vooruit(list(dict.fromkeys(dossiers[stap_id] for stap_id in ids)), ids)
            return [doe(ruimte, wat[plaats]) for plaats in groep]

        return in_ruimte(omgeving, werk)

    def alleen(plaats: int) -> U | RegieFout:
        try:
            return probeer([plaats])[0]
        except RegieFout as fout:
            return fout

    for groep in _porties(per_dossier, portie):
        try:
            uit.update(zip(groep, probeer(groep), strict=True))
        except RegieFout:
            uit.update({plaats: alleen(plaats) for plaats in groep})
    onbekend = OnbekendeStap("Deze stap bestaat niet.", "Zoek de stap op in de lijst van het dossier.")
    return [uit.get(plaats, onbekend) for plaats in range(len(wat))]


def _porties(groepen: Iterable[Sequence[int]], grootte: int) -> Iterable[list[int]]:
    """Voeg hele dossiers samen tot porties; een dossier wordt nooit over twee porties verdeeld."""
    portie: list[int] = []
    for groep in groepen:
        if portie and len(portie) + len(groep) > grootte:
            yield portie
            portie = []
        portie.extend(groep)
    if portie:
        yield portie
