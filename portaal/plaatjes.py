"""Een figuur als plaatje: waar elke balk begint en hoe breed zij is, in procenten van de breedte.

Alleen rekenwerk; het sjabloon `plaatje.html` tekent. Procenten, zodat de letters even groot blijven op een telefoon.
Naast elk plaatje staat een tabel met dezelfde getallen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domein.regels.bordtelling import BEWAAKT
from domein.regels.bordvormen import Figuur
from domein.regels.kalender import datum, plus_maanden
from domein.regels.tijdlijn import Termijnbalk

REGEL: Final = 46  # hoogte van een rij met haar naam
BALK: Final = 16
KOP: Final = 26  # ruimte boven de eerste rij, voor 'vandaag'
SMALST: Final = 0.6  # procent: een balk van niets is niet te zien
RAND: Final = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Deel:
    """Een stuk van een balk; `x` en `breedte` in procenten, `reeks` kiest de kleur."""

    x: float
    breedte: float
    y: int
    reeks: int
    naam: str


@dataclass(frozen=True, slots=True)
class Balkrij:
    naam: str
    rechts: str
    y: int
    delen: tuple[Deel, ...]


@dataclass(frozen=True, slots=True)
class Streep:
    """Een verticale lijn met een naam: vandaag, of het begin van een jaar."""

    x: float
    naam: str
    soort: str
    kant: str = "middle"


@dataclass(frozen=True, slots=True)
class Plaatje:
    """Een plaatje om te tekenen; `samenvatting` is wat een schermlezer ervan zegt."""

    code: str
    titel: str
    samenvatting: str
    hoogte: int
    rijen: tuple[Balkrij, ...]
    legenda: tuple[tuple[int, str], ...] = ()
    strepen: tuple[Streep, ...] = ()


def teken(figuur: Figuur) -> Plaatje | None:
    """Teken een figuur; None als er niets te tekenen is."""
    if not figuur.iets_te_tekenen:
        return None
    gestapeld = figuur.plaatje == "gestapeld"
    kolommen = figuur.te_tekenen
    sommen = [[figuur.deel(rij, n) for n in kolommen] for rij in figuur.rijen]
    hoogste = max(sum(rij) if gestapeld else max(rij) for rij in sommen) or 1
    rijen: list[Balkrij] = []
    y = 0
    for rij, waarden in zip(figuur.rijen, sommen, strict=True):
        delen = tuple(_stapel(waarden, hoogste, y, figuur) if gestapeld else _naast_elkaar(waarden, hoogste, y, figuur))
        rechts = str(sum(waarden)) if gestapeld else " · ".join(str(w) for w in waarden)
        rijen.append(Balkrij(rij.naam, rechts, y, delen))
        y += REGEL if gestapeld else REGEL - BALK + len(kolommen) * BALK
    namen = tuple((plaats, figuur.kolommen[n + 1]) for plaats, n in enumerate(kolommen))
    return Plaatje(figuur.code, figuur.titel, _samenvatting(figuur, sommen), y, tuple(rijen), namen)


def _stapel(waarden: Sequence[int], hoogste: int, y: int, figuur: Figuur) -> Iterator[Deel]:
    x = 0.0
    for reeks, waarde in enumerate(waarden):
        breedte = waarde * 100 / hoogste
        if waarde > 0:
            yield Deel(round(x, 2), round(max(breedte, SMALST), 2), y + 24, reeks, _deelnaam(figuur, reeks, waarde))
        x += breedte


def _naast_elkaar(waarden: Sequence[int], hoogste: int, y: int, figuur: Figuur) -> Iterator[Deel]:
    for reeks, waarde in enumerate(waarden):
        if waarde <= 0:
            continue  # een streepje bij nul leest als iets
        breedte = round(max(waarde * 100 / hoogste, SMALST), 2)
        yield Deel(0, breedte, y + 24 + reeks * BALK, reeks, _deelnaam(figuur, reeks, waarde))


def _deelnaam(figuur: Figuur, reeks: int, waarde: int) -> str:
    return f"{figuur.kolommen[figuur.te_tekenen[reeks] + 1]}: {waarde}"


def _samenvatting(figuur: Figuur, sommen: Sequence[Sequence[int]]) -> str:
    """Wat er het meest opvalt, in een zin; alles staat in de tabel."""
    plaats = max(range(len(sommen)), key=lambda n: sum(sommen[n]))
    meeste = figuur.rijen[plaats]
    delen = ", ".join(f"{figuur.kolommen[n + 1].lower()} {figuur.deel(meeste, n)}" for n in figuur.te_tekenen)
    return f"Staafdiagram met {len(sommen)} rijen. De langste is {meeste.naam}: {delen}. De tabel noemt alle getallen."


# de termijnen van een dossier

_STAATREEKS: Final = {
    "loopt": 0,
    "gehaald": 2,
    "verlengd": 1,
    "overschreden": 3,
    "vervallen": 4,
    "voorbij": 4,
    "komt nog": 1,
}


def teken_termijnen(balken: Sequence[Termijnbalk], namen: dict[str, str], vandaag: date) -> Plaatje | None:
    """Teken termijnen op één tijdas met vandaag erop; None als er geen termijn is."""
    if not balken:
        return None
    eerste = min(*(b.van for b in balken), vandaag) - RAND
    laatste = max(*(b.tot for b in balken), vandaag) + RAND
    dagen = (laatste - eerste).days

    def plek(dag: date) -> float:
        return round((dag - eerste).days * 100 / dagen, 2)

    rijen: list[Balkrij] = []
    gebruikt: set[str] = set()
    for nummer, balk in enumerate(balken):
        y = KOP + nummer * REGEL
        x = plek(balk.van)
        naam = namen.get(balk.soort, balk.soort.replace("-", " ").capitalize())
        woord = staatwoord(balk, vandaag)
        gebruikt.add(woord)
        deel = Deel(x, round(max(plek(balk.tot) - x, SMALST), 2), y + 24, _STAATREEKS[woord], f"{naam}: {woord}")
        rijen.append(Balkrij(naam, f"tot {datum(balk.tot)}", y, (deel,)))
    nu = plek(vandaag)
    strepen = [Streep(nu, "vandaag", "vandaag", "start" if nu < 12 else "end" if nu > 88 else "middle")]
    strepen += [Streep(plek(dag), str(dag.year), "jaar") for dag in _jaren(eerste, laatste)]
    loopt = sum(b.staat.value in ("loopt", "verlengd") for b in balken)
    over = sum(staatwoord(b, vandaag) == "overschreden" for b in balken)
    as_ = f"Tijdas van {datum(eerste)} tot {datum(laatste)}"
    zin = f"{as_} met {len(balken)} termijnen: {loopt} lopen, {over} zijn overschreden."
    legenda = tuple((reeks, woord) for woord, reeks in _STAATREEKS.items() if woord in gebruikt)
    return Plaatje(
        "termijnen",
        "Termijnen met vandaag erop",
        zin,
        KOP + len(rijen) * REGEL + 20,
        tuple(rijen),
        legenda,
        tuple(strepen),
    )


def staatwoord(balk: Termijnbalk, vandaag: date) -> str:
    """Hoe een termijn ervoor staat. Een mogelijkheid die voorbij is (bezwaar, een venster) is niet overschreden."""
    staat = balk.staat.value
    if balk.van > vandaag and staat == "loopt":
        return "komt nog"
    return "voorbij" if staat == "overschreden" and balk.soort not in BEWAAKT else staat


def _jaren(eerste: date, laatste: date) -> Iterator[date]:
    dag = date(eerste.year + 1, 1, 1)
    while dag <= laatste:
        yield dag
        dag = plus_maanden(dag, 12)
