"""Een regio die klopt, om een gat of een tegenspraak in te planten op een plek die wij kennen.

Elke stap is verdeeld in vakken die samen precies alles zijn: de ene keer geknipt op leerroute, dan
op leeftijd, dan op gemeente of op een dag. Een vak is een afspraak. Wie een vak kleiner maakt,
maakt een gat; wie er een gelijke naast zet, een tegenspraak.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.dekkingsruimte import STAPPEN_ZONDER_LEERROUTE
from domein.regels.samenwerking import Kenmerken, Vraag
from domein.regio.soorten import Alfabetisering
from tests.unit.regiobouw import Rij, afspraak, ruw

GEMEENTEN = ("GM0512", "GM1978", "GM1961", "GM0344")
BEGIN, EINDE = date(2022, 1, 1), date(2029, 12, 31)
OUDST = 120


@dataclass(frozen=True)
class Vak:
    """Een blok omstandigheden dat een afspraak helemaal dekt; tot is tot en met."""

    stap: Stapsoort
    gemeenten: tuple[str, ...]
    routes: tuple[Leerroute, ...]
    groepen: tuple[Doelgroep, ...]
    nareiziger: tuple[bool, ...]
    ontzorgen: tuple[bool, ...]
    leeftijd: tuple[int, int]
    profielen: tuple[Alfabetisering | None, ...]
    dagen: tuple[int, int]

    def rij(self, naam: str, **anders: Any) -> Rij:
        """Schrijf het vak als afspraak. Een profiel dat onbekend is kan een afspraak niet noemen."""
        conditie: dict[str, Any] = {}
        if len(self.nareiziger) == 1:
            conditie["nareiziger"] = self.nareiziger[0]
        if len(self.ontzorgen) == 1:
            conditie["ontzorgen"] = self.ontzorgen[0]
        if self.leeftijd[0] > 0:
            conditie["leeftijd_van"] = self.leeftijd[0]
        if self.leeftijd[1] < OUDST:
            conditie["leeftijd_tot"] = self.leeftijd[1]
        if None not in self.profielen:
            conditie["alfabetisering"] = self.profielen
        van, tot = (BEGIN + timedelta(days=nummer) for nummer in self.dagen)
        velden = {
            "gemeenten": self.gemeenten,
            "leerroutes": self.routes,
            "doelgroepen": self.groepen,
            "conditie": conditie,
            "geldig_van": van,
            "geldig_tot": tot,
        }
        return afspraak(naam, self.stap, **(velden | anders))

    def vraag(self, kies: Random) -> Vraag:
        """Geef een willekeurig geval uit het vak."""
        kenmerken = Kenmerken(kies.choice(self.ontzorgen), kies.randint(*self.leeftijd), kies.choice(self.profielen))
        op = BEGIN + timedelta(days=kies.randint(*self.dagen))
        return Vraag(
            kies.choice(self.gemeenten), self.stap, kies.choice(self.routes), kies.choice(self.groepen), op,
            kies.choice(self.nareiziger), kenmerken,
        )  # fmt: skip

    def bevat(self, vraag: Vraag) -> bool:
        kenmerken, dag = vraag.kenmerken, (vraag.op - BEGIN).days
        leeftijd = self.leeftijd[0] if kenmerken.leeftijd is None else kenmerken.leeftijd
        return (
            vraag.gemeente in self.gemeenten
            and vraag.stap is self.stap
            and vraag.leerroute in self.routes
            and vraag.doelgroep in self.groepen
            and vraag.nareiziger in self.nareiziger
            and kenmerken.ontzorgen in self.ontzorgen
            and self.leeftijd[0] <= leeftijd <= self.leeftijd[1]
            and kenmerken.alfabetisering in self.profielen
            and self.dagen[0] <= dag <= self.dagen[1]
        )


LIJSTEN = ("gemeenten", "routes", "groepen", "nareiziger", "ontzorgen")
REEKSEN = ("leeftijd", "dagen")


def heel(stap: Stapsoort) -> Vak:
    """Alles wat bij een stap kan voorkomen."""
    routes = tuple(r for r in Leerroute if r is not Leerroute.ONBEKEND or stap in STAPPEN_ZONDER_LEERROUTE)
    dagen = (0, (EINDE - BEGIN).days)
    return Vak(stap, GEMEENTEN, routes, tuple(Doelgroep), (False, True), (False, True), (0, OUDST), PROFIELEN, dagen)


PROFIELEN: tuple[Alfabetisering | None, ...] = (*Alfabetisering, None)


def halveer(vak: Vak, kies: Random) -> tuple[Vak, Vak] | None:
    """Knip een vak op een willekeurige as in tweeen, of None als die as niet verder kan."""
    naam = kies.choice((*LIJSTEN, *REEKSEN))
    waarde: tuple[Any, ...] = getattr(vak, naam)
    if naam in REEKSEN:
        laag, hoog = waarde
        if laag == hoog:
            return None
        knip = kies.randint(laag, hoog - 1)
        return replace(vak, **{naam: (laag, knip)}), replace(vak, **{naam: (knip + 1, hoog)})
    if len(waarde) < 2:
        return None
    gemengd = kies.sample(waarde, len(waarde))
    knip = kies.randint(1, len(waarde) - 1)
    return replace(vak, **{naam: tuple(gemengd[:knip])}), replace(vak, **{naam: tuple(gemengd[knip:])})


def verdeel(stap: Stapsoort, kies: Random) -> list[Vak]:
    """Verdeel een stap in een tot vijf vakken die samen precies alles zijn."""
    vakken = [heel(stap)]
    for _ in range(kies.randint(0, 4)):
        vak = vakken.pop(kies.randrange(len(vakken)))
        vakken.extend(halveer(vak, kies) or (vak,))
    return vakken


def schil(vak: Vak, kies: Random) -> tuple[list[Vak], Vak]:
    """Haal een willekeurig hoekje uit een vak: geef wat overblijft, en het hoekje."""
    rest: list[Vak] = []
    hoek = vak
    for _ in range(kies.randint(1, 4)):
        helften = halveer(hoek, kies)
        if helften is not None:
            hoek, over = kies.sample(helften, 2)
            rest.append(over)
    return rest, hoek


def specifieker(vak: Vak, kies: Random) -> Rij | None:
    """Een uitzondering binnen een vak: alleen voor een profiel. Zij wint, en maakt niets stuk."""
    if None not in vak.profielen:
        return None
    return replace(vak, profielen=(kies.choice(list(Alfabetisering)),)).rij("uitzondering")


def bouw(rijen: Sequence[Rij]) -> dict[str, Any]:
    gegevens = ruw(*rijen, gemeenten=GEMEENTEN)
    gegevens["regio"] |= {"geldig_van": BEGIN, "geldig_tot": EINDE}
    return gegevens


def kloppend(kies: Random) -> Iterator[Vak]:
    """Geef de vakken van een hele regio: elke stap, elke gemeente, elke dag, iedereen."""
    for stap in Stapsoort:
        yield from verdeel(stap, kies)
