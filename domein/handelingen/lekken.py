"""Staat er iets van een persoon in een tekst die daar niets van mag weten (I5)?

Vergelijkt mail, logregels, wat Prefect bewaart, adressen en foutpagina's met alle personen in de database.
Een melding noemt de plaats, het dossier en wat voor gegeven het is; nooit de waarde zelf.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domein.ports import Omgeving, Persoon

KORTSTE_NAAMDEEL: Final = 4
# Naamdelen die ook gewone woorden zijn in onze teksten; de volledige naam valt nog steeds op.
GEWONE_WOORDEN: Final = frozenset(
    {
        *("april", "augustus", "berg", "bijl", "bosch", "brug", "dekker", "dijk"),
        *("haven", "heer", "horst", "huis", "jong", "juni", "klein", "koning"),
        *("kort", "lange", "links", "maart", "meer", "meester", "molen", "mulder"),
        *("naam", "nood", "oude", "persoon", "prins", "proef", "rechts", "roos"),
        *("ruiter", "test", "voorbeeld", "voort", "water", "wijk", "winter", "witte"),
        *("zomer", "zonder", "zwart"),
    }
)
_MAANDEN: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# Negen cijfers, of acht zonder de nul vooraan, aaneen of in groepjes; nooit een deel van een langer getal.
_CIJFERS: Final = re.compile(r"(?<!\d)\d{8,9}(?!\d)|(?<!\d)\d{2,4}(?:[ .]\d{2,3}){2}(?!\d)", re.ASCII)
_JAAR_EERST: Final = re.compile(r"(?<!\d)(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)", re.ASCII)
_DAG_EERST: Final = re.compile(r"(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)", re.ASCII)
_VOLUIT: Final = re.compile(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(_MAANDEN)}) (\d{{4}})(?!\d)", re.ASCII)


def zoek_lekken(omgeving: Omgeving, teksten: Iterable[tuple[str, str]]) -> list[str]:
    """Zoek in teksten, elk met haar plaats, naar BSN, naam en geboortedatum van iedereen in de database."""
    with omgeving.magazijn.ruimte() as ruimte:
        personen = [
            (dossier.referentie, persoon)
            for dossier in ruimte.dossiers()
            if (persoon := ruimte.persoon(dossier.id)) is not None
        ]
    zoeker = Lekzoeker.voor(personen)
    return [melding for plaats, tekst in teksten for melding in zoeker.zoek(plaats, tekst)]


@dataclass(slots=True)
class Lekzoeker:
    """Wat er van alle personen te herkennen is; per gegeven de dossiers waar het bij hoort."""

    bsns: dict[str, str] = field(default_factory=dict[str, str])
    geboren: dict[date, str] = field(default_factory=dict[date, str])
    naamdelen: dict[str, str] = field(default_factory=dict[str, str])
    namen: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])

    @classmethod
    def voor(cls, personen: Iterable[tuple[str, Persoon]]) -> "Lekzoeker":
        zoeker = cls()
        for referentie, persoon in personen:
            zoeker.bsns[persoon.bsn] = referentie
            zoeker.geboren[persoon.geboortedatum] = referentie
            delen = woorden(persoon.naam)
            if delen:
                zoeker.namen[tuple(delen)] = referentie
            for deel in delen:
                if len(deel) >= KORTSTE_NAAMDEEL and deel not in GEWONE_WOORDEN:
                    zoeker.naamdelen[deel] = referentie
        return zoeker

    def zoek(self, plaats: str, tekst: str) -> list[str]:
        """Geef wat er van personen in deze tekst staat, elk gegeven één keer."""
        gevonden: set[tuple[str, str]] = set()
        for cijfers in _CIJFERS.findall(tekst):
            if (hit := self.bsns.get(re.sub(r"\D", "", cijfers).zfill(9))) is not None:
                gevonden.add(("een BSN", hit))
        for dag in _datums(tekst):
            if (hit := self.geboren.get(dag)) is not None:
                gevonden.add(("een geboortedatum", hit))
        rij = woorden(tekst)
        for woord in set(rij) & self.naamdelen.keys():
            gevonden.add(("een naam", self.naamdelen[woord]))
        gevonden.update(("een naam", hit) for hit in self._hele_namen(rij))
        return [f"{plaats}: hier staat {wat} uit dossier {hit}." for wat, hit in sorted(gevonden)]

    def _hele_namen(self, rij: list[str]) -> Iterator[str]:
        """Namen van korte delen (Ví Dụ) vallen alleen als geheel op."""
        plekken: dict[str, list[int]] = {}
        for plek, woord in enumerate(rij):
            plekken.setdefault(woord, []).append(plek)
        for naam, referentie in self.namen.items():
            if len(naam) > 1 and any(tuple(rij[plek : plek + len(naam)]) == naam for plek in plekken.get(naam[0], ())):
                yield referentie


def woorden(tekst: str) -> list[str]:
    """Geef de woorden zonder hoofdletters, accenten en leestekens: 'Al-Mithāl' wordt al, mithal."""
    kaal = "".join(
        teken for teken in unicodedata.normalize("NFKD", tekst.casefold()) if not unicodedata.combining(teken)
    )
    return re.findall(r"[^\W\d_]+", kaal)


def _datums(tekst: str) -> Iterator[date]:
    """Geef elke datum die er in een gangbare schrijfwijze staat."""
    for jaar, maand, dag in _JAAR_EERST.findall(tekst):
        yield from _dag(jaar, maand, dag)
    for dag, maand, jaar in _DAG_EERST.findall(tekst):
        yield from _dag(jaar, maand, dag)
    for dag, maand, jaar in _VOLUIT.findall(tekst.casefold()):
        yield from _dag(jaar, str(_MAANDEN.index(maand) + 1), dag)


def _dag(jaar: str, maand: str, dag: str) -> Iterator[date]:
    try:
        yield date(int(jaar), int(maand), int(dag))
    except ValueError:
        return
