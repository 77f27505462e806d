"""Pauze en gaten in het verblijf: taken met de persoon staan stil, een wettelijke termijn nooit.

Een stap die in de stilstand valt, schuift naar het einde ervan. Nadert intussen een dag die de wet noemt, dan komt de
stap toch op tijd: een pauze neemt de gemeente geen plicht af. Beleid, behalve het jaar van art. 2.2 Bi.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Stapsoort
from domein.regels.kalender import datum, plus_jaren
from domein.regels.planvormen import GewensteStap, Kader
from domein.stand import Pauze, Stand

# Wat met de persoon zelf gebeurt. Besluiten, meldingen aan DUO en het einde gaan gewoon door.
PAUZEERBAAR: Final = frozenset(
    {
        Stapsoort.INTAKE, Stapsoort.AANMELDING, Stapsoort.VOORTGANG, Stapsoort.PVT, Stapsoort.MAP,
        Stapsoort.BEGELEIDING, Stapsoort.ONTZORGEN, Stapsoort.EINDGESPREK,
    }
)  # fmt: skip


TOLK: Final = "tolk/"


@dataclass(frozen=True, slots=True)
class Stilstand:
    """Van `van` tot `tot`: op `tot` gaan de taken verder."""

    van: date
    tot: date
    waarom: str


def herzien_op(pauze: Pauze, kader: Kader) -> date:
    """Geef de dag waarop iemand een lopende pauze beoordeelt."""
    weken = timedelta(weeks=kader.regeling.getal("pauze_herzien_weken"))
    return kader.werkdag(pauze.verwacht_tot or pauze.van + weken)


def gat_te_lang_op(van: date, kader: Kader) -> date:
    """Geef de eerste dag waarop een gat langer dan een jaar duurt (art. 2.2 Bi)."""
    return plus_jaren(van, kader.regeling.getal("verblijfsgat_jaren", van)) + timedelta(days=1)


def stilstanden(stand: Stand, kader: Kader) -> tuple[Stilstand, ...]:
    """Geef de tijden waarin taken met de persoon stilstaan of stilstonden, op volgorde."""
    uit: list[Stilstand] = []
    for pauze in stand.pauzes.values():
        tot = pauze.hervat_op or kader.werkdagen_na(
            herzien_op(pauze, kader), kader.regeling.getal("pauze_herzien_werkdagen")
        )
        uit.append(Stilstand(pauze.van, tot, _waarom("De taken", "stil", pauze.van, pauze.hervat_op)))
    for gat in stand.gaten.values():
        # Duurt het langer dan een jaar, dan legt iemand het einde vast; tot dan gaat er geen taak open.
        tot = gat.hervat_op or kader.werkdagen_na(
            kader.werkdag(gat_te_lang_op(gat.van, kader)), kader.regeling.getal("controle_werkdagen")
        )
        uit.append(Stilstand(gat.van, tot, _waarom("Het verblijfsrecht", "onderbroken", gat.van, gat.hervat_op)))
    return tuple(sorted((s for s in uit if s.van < s.tot), key=lambda s: (s.van, s.tot)))


def staat_stil(stand: Stand, kader: Kader, stapsoort: Stapsoort, kenmerk: str, dag: date) -> bool:
    """Zeg of een taak van deze soort op deze dag stilstaat; dan komt er ook geen herinnering."""
    if stapsoort not in PAUZEERBAAR or kenmerk.startswith(TOLK):
        return False
    return any(periode.van <= dag < periode.tot for periode in stilstanden(stand, kader))


def _waarom(wat: str, hoe: str, van: date, hervat_op: date | None) -> str:
    """Zeg wat er stilstaat of stilstond; na het hervatten staat er geen "nu" meer."""
    nu, toen = ("staan", "stonden") if hoe == "stil" else ("is", "was")
    if hervat_op is None:
        return f"{wat} {nu} sinds {datum(van)} {hoe}."
    return f"{wat} {toen} {hoe} van {datum(van)} tot {datum(hervat_op)}."


def schuif(stap: GewensteStap, stil: Sequence[Stilstand], kader: Kader) -> GewensteStap:
    """Geef de stap zoals zij na de stilstanden staat; een stap die eerder af hoorde te zijn, blijft staan."""
    # Een tolk volgt het gesprek, dat al is verschoven; afzeggen kan niet wachten tot de pauze voorbij is.
    if stap.stapsoort not in PAUZEERBAAR or stap.kenmerk.startswith(TOLK):
        return stap
    for periode in stil:
        if stap.streef >= periode.van and stap.start < periode.tot:
            stap = _na(stap, periode, kader)
    return stap


def _na(stap: GewensteStap, periode: Stilstand, kader: Kader) -> GewensteStap:
    al_begonnen = stap.start < periode.van
    span = stap.streef - (periode.van if al_begonnen else stap.start)
    start = stap.start if al_begonnen else kader.werkdag(periode.tot)
    streef = max(stap.streef, kader.werkdag(periode.tot + span))
    uiterst = stap.uiterst
    if uiterst is not None and not stap.wettelijk:
        uiterst += streef - stap.streef
    elif uiterst is not None:
        laatste = kader.kantoor.laatste_open_dag_tot(uiterst)
        start = max(min(start, laatste), stap.start)
        streef = max(min(streef, laatste), start)
    if (start, streef) == (stap.start, stap.streef):
        return stap
    was = f" Daardoor schuift {datum(stap.streef)} op naar {datum(streef)}." if streef != stap.streef else ""
    return replace(stap, start=start, streef=streef, uiterst=uiterst, waarom=f"{stap.waarom} {periode.waarom}{was}")
