"""Het verschil tussen de stappen die er staan en de stappen die er volgens het plan moeten zijn.

Wat klaar is of is overgeslagen, verandert hier nooit; dat doet alleen een mens, door te heropenen of door te halen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domein.begrippen import Stapstatus
from domein.regels.planvormen import GewensteStap, Plan
from domein.stand import Stand

Soort = Literal[
    "bijmaken", "verzetten", "vervallen", "afronden", "overslaan", "openen", "heropenen", "herleven", "toelichten"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bestaand:
    """De opgeslagen stap, voor zover het verschil haar nodig heeft."""

    kenmerk: str
    status: Stapstatus
    generatie: int
    start: date
    streef: date
    uiterst: date | None
    waarom: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """Eén verandering. `gewenst` is er bij alles wat een plek in het plan heeft; `reden` zegt waarom."""

    soort: Soort
    kenmerk: str
    gewenst: GewensteStap | None = None
    reden: str = ""
    uitkomst: str = ""


def _voor_gewenst(stap: GewensteStap, er: Bestaand | None, stand: Stand) -> Iterable[Wijziging]:
    opening = stand.geopend.get(stap.kenmerk)
    if er is None:
        yield Wijziging("bijmaken", stap.kenmerk, stap)
        return
    if er.status in (Stapstatus.KLAAR, Stapstatus.OVERGESLAGEN):
        yield Wijziging("heropenen", stap.kenmerk, stap)
        return
    if er.status is Stapstatus.VERVALLEN:
        yield Wijziging("herleven", stap.kenmerk, stap)
        return
    if (er.start, er.streef, er.uiterst) != (stap.start, stap.streef, stap.uiterst):
        yield Wijziging("verzetten", stap.kenmerk, stap)
    elif er.waarom != stap.waarom:
        yield Wijziging("toelichten", stap.kenmerk, stap)
    # Pas na het verzetten: wie de stap nu krijgt, krijgt één mail met de goede dagen.
    if er.status is Stapstatus.GEPLAND and opening is not None and opening.generatie >= er.generatie:
        yield Wijziging("openen", stap.kenmerk, stap)


def bepaal(bestaande: Iterable[Bestaand], stand: Stand, plan: Plan, reden: str = "") -> tuple[Wijziging, ...]:
    """Geef de wijzigingen, in vaste volgorde: eerst wat wegvalt of klaar is, dan wat erbij komt.

    Nog eens toepassen op het resultaat geeft geen enkele wijziging.
    """
    staat = {b.kenmerk: b for b in bestaande}
    gewenst = {s.kenmerk: s for s in plan.stappen}
    uit: list[Wijziging] = []
    for kenmerk, er in staat.items():
        if kenmerk in gewenst:
            continue
        if kenmerk in stand.afgerond:
            if er.status is not Stapstatus.KLAAR:
                uit.append(Wijziging("afronden", kenmerk, reden=reden, uitkomst=stand.afgerond[kenmerk][0]))
        elif kenmerk in stand.overgeslagen:
            if er.status is not Stapstatus.OVERGESLAGEN:
                uit.append(Wijziging("overslaan", kenmerk, reden=reden))
        elif er.status in (Stapstatus.GEPLAND, Stapstatus.OPEN):
            uit.append(Wijziging("vervallen", kenmerk, reden=reden))
    for kenmerk, stap in gewenst.items():
        uit.extend(_voor_gewenst(stap, staat.get(kenmerk), stand))
    return tuple(uit)
