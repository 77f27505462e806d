"""Verifying the log of who saw or changed what, and its daily anchor outside the database.

The chain shows that a row was changed or taken away; the anchors show that someone rewrote the chain as a whole.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from adapters.opslag_portaal import hash_van_regel
from domein.ports import Magazijn, Ruimte

BESTAND: Final = "logboek.jsonl"
MEESTE_FOUTEN: Final = 20


@dataclass(frozen=True, slots=True)
class Logfout:
    """What does not agree, and at which row."""

    volgnummer: int
    melding: str


@dataclass(frozen=True, slots=True)
class Loguitslag:
    regels: int
    ankers: int
    fouten: tuple[Logfout, ...]

    @property
    def klopt(self) -> bool:
        return not self.fouten


def veranker_logboek(magazijn: Magazijn, ankermap: Path, nu: datetime) -> bool:
    """Append the head of the log when it moved since its last anchor; harmless twice."""
    with magazijn.ruimte() as ruimte:
        nummer, hoofd = ruimte.logboekhoofd()
    if nummer == 0 or any(anker["hash"] == hoofd for anker in _ankers(ankermap)):
        return False
    ankermap.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (ankermap / BESTAND).open("a", encoding="ascii") as uit:
        uit.write(json.dumps({"volgnummer": nummer, "hash": hoofd, "op": nu.isoformat()}, sort_keys=True) + "\n")
        uit.flush()
        os.fsync(uit.fileno())
    return True


def controleer_logboek(magazijn: Magazijn, ankermap: Path | None = None) -> Loguitslag:
    """Recompute the whole chain, compare it with its head and with every anchor."""
    ankers = {int(anker["volgnummer"]): str(anker["hash"]) for anker in _ankers(ankermap)} if ankermap else {}
    with magazijn.ruimte() as ruimte:
        return _controleer(ruimte, ankers)


def _controleer(ruimte: Ruimte, ankers: dict[int, str]) -> Loguitslag:
    fouten: list[Logfout] = []
    vorige, nummer = "", 0
    for regel in ruimte.heel_logboek():
        nummer += 1
        if regel.volgnummer != nummer:
            fouten.append(Logfout(nummer, f"regel {nummer} ontbreekt"))
            nummer = regel.volgnummer
        elif regel.vorige_hash != vorige:
            fouten.append(Logfout(nummer, "de regel sluit niet aan op de vorige"))
        if regel.hash != hash_van_regel(regel):
            fouten.append(Logfout(nummer, "de regel is veranderd"))
        if ankers.get(nummer, regel.hash) != regel.hash:
            fouten.append(Logfout(nummer, "de regel is anders dan toen zij buiten de database werd vastgelegd"))
        vorige = regel.hash
        if len(fouten) >= MEESTE_FOUTEN:
            break
    if len(fouten) < MEESTE_FOUTEN:
        if (nummer, vorige) != ruimte.logboekhoofd():
            fouten.append(
                Logfout(nummer, "het einde van de keten klopt niet: er is een regel weggehaald of toegevoegd")
            )
        fouten += [Logfout(n, "deze vastgelegde regel is er niet meer") for n in sorted(ankers) if n > nummer]
    return Loguitslag(nummer, len(ankers), tuple(fouten[:MEESTE_FOUTEN]))


def _ankers(ankermap: Path) -> Iterator[dict[str, Any]]:
    bestand = ankermap / BESTAND
    if bestand.exists():
        for regel in bestand.read_text(encoding="ascii").splitlines():
            yield cast("dict[str, Any]", json.loads(regel))
