"""Hoe lang een dossier blijft, waarom, en wat vernietigen nu nog in de weg staat.

Bron: artikel 9.9 Besluit inburgering (vijf jaar na het einde van de plicht of na overlijden). Het resultaat per einde
staat in `domein/regeling/bewaren.toml`. Wie DUO introk, valt hier niet onder: die wordt meteen gewist (art. 17 AVG).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from domein.begrippen import Eindegrond
from domein.regels.kalender import DAG, datum
from domein.regels.planvormen import Kader
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


@dataclass(frozen=True, slots=True)
class Zaakresultaat:
    """Hoe een zaak afliep, en vanaf wanneer de bewaartermijn telt; `vraag` verwijst naar docs/juridische-vragen.md."""

    code: str
    omschrijving: str
    vanaf: str
    vraag: int | None = None


@dataclass(frozen=True, slots=True)
class Bewaaroordeel:
    """Wat er met een dossier hoort te gebeuren; `belet` zegt wat vernietigen tegenhoudt, los van de termijn."""

    resultaat: Zaakresultaat
    einde_op: date
    bewaren_tot: date  # de laatste dag dat het dossier blijft
    vernietigen_vanaf: date
    vernietigen_uiterlijk: date  # beleid: zo lang mag de procedure duren
    grond: str
    uitleg: str
    belet: tuple[str, ...] = ()

    def mag_op(self, dag: date) -> bool:
        """Zeg of het dossier op deze dag op een vernietigingslijst hoort."""
        return not self.belet and dag >= self.vernietigen_vanaf


@cache
def zaakresultaten() -> Mapping[Eindegrond, Zaakresultaat]:
    """De resultaten uit het gegevensbestand, per einde; elk einde behalve een intrekking heeft er een."""
    tekst = files("domein.regeling").joinpath("bewaren.toml").read_text(encoding="utf-8")
    rijen: list[dict[str, Any]] = tomllib.loads(tekst)["resultaat"]
    return MappingProxyType(
        {
            Eindegrond(rij["einde"]): Zaakresultaat(rij["code"], rij["omschrijving"], rij["vanaf"], rij.get("vraag"))
            for rij in rijen
        }
    )


def bewaartermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Hoe lang het dossier blijft na het einde van de plicht (art. 9.9 Bi); None zolang die loopt, of na intrekking."""
    if stand.einde is None or stand.einde.grond is Eindegrond.INGETROKKEN:
        return None
    return bereken("bewaartermijn", stand.einde.op, "einde van de plicht", regels=kader.regeling)


def bewaaroordeel(stand: Stand, kader: Kader, op: date) -> Bewaaroordeel | None:
    """Geef het oordeel op deze dag; None zolang het traject niet is geëindigd, en na een intrekking door DUO."""
    termijn = bewaartermijn(stand, kader)
    if stand.einde is None or termijn is None:
        return None
    resultaat = zaakresultaten()[stand.einde.grond]
    vanaf = termijn.einde + DAG
    return Bewaaroordeel(
        resultaat=resultaat,
        einde_op=stand.einde.op,
        bewaren_tot=termijn.einde,
        vernietigen_vanaf=vanaf,
        vernietigen_uiterlijk=vanaf + timedelta(days=kader.regeling.getal("vernietigen_binnen_dagen")),
        grond=termijn.artikel,
        uitleg=f"{resultaat.omschrijving}, op {datum(stand.einde.op)}. De termijn telt vanaf {resultaat.vanaf}. "
        f"{termijn.uitleg}",
        belet=_belet(stand, op),
    )


def _belet(stand: Stand, op: date) -> tuple[str, ...]:
    uit: list[str] = []
    if stand.afgesloten_op is None:
        uit.append("het dossier is nog niet nagekeken en afgesloten")
    for blokkade in stand.blokkades.values():
        if blokkade.geldt_op(op):
            tot = f"tot en met {datum(blokkade.tot)}" if blokkade.tot else "tot iemand haar opheft"
            uit.append(f"blokkade {blokkade.nummer} ({blokkade.grond.value.replace('_', ' ')}) geldt {tot}")
    uit += [
        f"verzoek {verzoek.nummer} om {verzoek.recht.value} is nog niet afgehandeld"
        for verzoek in stand.verzoeken.values()
        if verzoek.afgehandeld_op is None
    ]
    return tuple(uit + _lopend(stand))


def _lopend(stand: Stand) -> list[str]:
    """Wat nog bij de gemeente of de rechter ligt: tot de beslissing blijft het bewijs (Awb 7:4, 8:42)."""
    uit = [f"op bezwaar {b.nummer} is nog niet beslist" for b in stand.bezwaren.values() if b.loopt]
    uit += [f"op beroep {b.nummer} is nog niet beslist" for b in stand.beroepen.values() if b.beslist_op is None]
    uit += [
        f"op hoger beroep {h.nummer} is nog niet beslist" for h in stand.hoger_beroepen.values() if h.beslist_op is None
    ]
    return uit + [f"over maatregel {m.nummer} is nog niet besloten" for m in stand.maatregelen.values() if m.loopt]
