"""De ruimte van alle omstandigheden waar een afspraak een eis aan kan stellen, als bits.

Elke combinatie van leerroute, doelgroep, nareiziger, ontzorgen, leeftijdsband en alfabetisering
is een bit; een afspraak is dan een getal, en "wie past waar" een enkele bewerking. Leeftijden
gaan in banden: tussen twee grenzen die een afspraak noemt, verandert er niets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import Final, NamedTuple

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import Kenmerken, Vraag
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.onderdelen import Conditie
from domein.regio.soorten import Alfabetisering

# Voor het PIP kan de leerroute nog onbekend zijn; bij de andere stappen is zij bekend.
STAPPEN_ZONDER_LEERROUTE: Final = frozenset(
    {
        Stapsoort.REGISTRATIE,
        Stapsoort.INTAKE,
        Stapsoort.PIP,
        Stapsoort.DUO,
        Stapsoort.EINDE,
        Stapsoort.BEGELEIDING,
        Stapsoort.ONTZORGEN,
        Stapsoort.VERHUIZING,
    }
)
# De kolommen van een conditie die hier een as hebben; een test bewaakt dat er geen mist.
KOLOMMEN: Final = frozenset({"nareiziger", "ontzorgen", "leeftijd_van", "leeftijd_tot", "alfabetisering"})
OUDSTE: Final = 120
_JA_NEE: Final = (False, True)
# None staat voor een profiel dat nog niet bekend is.
_PROFIELEN: Final[tuple[Alfabetisering | None, ...]] = (*Alfabetisering, None)
_AANTAL_ASSEN: Final = 6


class Vak(NamedTuple):
    """Een rechthoek in de ruimte: per as de waarden die meedoen."""

    leerroutes: tuple[Leerroute, ...]
    doelgroepen: tuple[Doelgroep, ...]
    nareiziger: tuple[bool, ...]
    ontzorgen: tuple[bool, ...]
    leeftijden: tuple[tuple[int, int], ...]
    profielen: tuple[Alfabetisering | None, ...]


@dataclass(frozen=True)
class Ruimte:
    """Alle combinaties; `grenzen` zijn de leeftijden waarop een band begint, altijd vanaf 0."""

    grenzen: tuple[int, ...]

    @classmethod
    def van(cls, afspraken: Iterable[Samenwerkingsafspraak]) -> "Ruimte":
        """Maak de ruimte waarin elk van deze afspraken een heel aantal bits is."""
        grenzen = {0}
        for conditie in (afspraak.conditie for afspraak in afspraken):
            if conditie.leeftijd_van is not None:
                grenzen.add(conditie.leeftijd_van)
            if conditie.leeftijd_tot is not None and conditie.leeftijd_tot < OUDSTE:
                grenzen.add(conditie.leeftijd_tot + 1)
        return cls(tuple(sorted(grenzen)))

    @cached_property
    def banden(self) -> tuple[tuple[int, int], ...]:
        """De leeftijdsbanden, van en tot en met; de laatste loopt door."""
        return tuple((van, tot - 1) for van, tot in pairwise((*self.grenzen, OUDSTE + 1)))

    @cached_property
    def assen(self) -> tuple[tuple[object, ...], ...]:
        """De waarden per as, in de volgorde van `Vak`."""
        return (tuple(Leerroute), tuple(Doelgroep), _JA_NEE, _JA_NEE, self.banden, _PROFIELEN)

    @cached_property
    def _stap(self) -> tuple[int, ...]:
        """Hoeveel bits een waarde van elke as beslaat; de eerste as is de grofste."""
        lengten = [len(waarden) for waarden in self.assen]
        return tuple(prod(lengten[nummer + 1 :]) for nummer in range(_AANTAL_ASSEN))

    @cached_property
    def _lagen(self) -> tuple[Mapping[object, int], ...]:
        """Per as en waarde de bits waar die waarde geldt."""
        totaal = prod(len(waarden) for waarden in self.assen)
        lagen: list[dict[object, int]] = []
        for waarden, breedte in zip(self.assen, self._stap, strict=True):
            blok, ronde = (1 << breedte) - 1, breedte * len(waarden)
            herhaal = sum(1 << begin for begin in range(0, totaal, ronde))
            lagen.append({waarde: (blok << plaats * breedte) * herhaal for plaats, waarde in enumerate(waarden)})
        return tuple(lagen)

    @cached_property
    def alles(self) -> int:
        """Elke combinatie."""
        return (1 << prod(len(waarden) for waarden in self.assen)) - 1

    @cached_property
    def _bekende_leerroute(self) -> int:
        return self.alles & ~self._lagen[0][Leerroute.ONBEKEND]

    def van_stap(self, stap: Stapsoort) -> int:
        """Geef de combinaties die bij deze stap voorkomen."""
        return self.alles if stap in STAPPEN_ZONDER_LEERROUTE else self._bekende_leerroute

    def van_afspraak(self, afspraak: Samenwerkingsafspraak) -> int:
        """Geef de combinaties waarop de afspraak past, los van stap, gemeente en dag."""
        conditie = afspraak.conditie
        eisen: tuple[Iterable[object], ...] = (
            afspraak.leerroutes,
            afspraak.doelgroepen,
            () if conditie.nareiziger is None else (conditie.nareiziger,),
            () if conditie.ontzorgen is None else (conditie.ontzorgen,),
            self._banden_van(conditie),
            conditie.alfabetisering,
        )
        past = self.alles
        for laag, waarden in zip(self._lagen, eisen, strict=True):
            if genoemd := [laag[waarde] for waarde in waarden]:
                past &= _samen(genoemd)
        return past

    def _banden_van(self, conditie: Conditie) -> tuple[tuple[int, int], ...]:
        laag = conditie.leeftijd_van or 0
        hoog = OUDSTE if conditie.leeftijd_tot is None else conditie.leeftijd_tot
        return tuple(band for band in self.banden if laag <= band[0] and band[1] <= hoog)

    def naar_leerroute(self, cellen: int, leerroute: Leerroute) -> int:
        """Geef dezelfde mensen, maar dan in deze leerroute."""
        breedte = self._stap[0]
        blok = (1 << breedte) - 1
        mensen = 0
        for plaats in range(len(self.assen[0])):
            mensen |= (cellen >> plaats * breedte) & blok
        return mensen << self.assen[0].index(leerroute) * breedte

    def vakken(self, cellen: int) -> Iterator[Vak]:
        """Schrijf een verzameling combinaties als zo weinig mogelijk rechthoeken, zonder overlap."""
        for waarden in self._vakken(cellen, 0):
            yield Vak(*waarden)  # pyright: ignore[reportArgumentType]  # de assen staan in de volgorde van Vak

    def _vakken(self, cellen: int, nummer: int) -> Iterator[tuple[tuple[object, ...], ...]]:
        if nummer == _AANTAL_ASSEN:
            yield ()
            return
        breedte = self._stap[nummer]
        blok = (1 << breedte) - 1
        groepen: dict[int, list[object]] = {}
        for plaats, waarde in enumerate(self.assen[nummer]):
            if deel := (cellen >> plaats * breedte) & blok:
                groepen.setdefault(deel, []).append(waarde)
        for deel, waarden in groepen.items():
            for rest in self._vakken(deel, nummer + 1):
                yield (tuple(waarden), *rest)

    def bit(self, vraag: Vraag) -> int:
        """Geef het bit van een vraag; een onbekende leeftijd telt als de jongste band."""
        leeftijd = vraag.kenmerken.leeftijd or 0
        band = next(band for band in reversed(self.banden) if band[0] <= leeftijd)
        kenmerken = vraag.kenmerken
        waarden = (
            vraag.leerroute,
            vraag.doelgroep,
            vraag.nareiziger,
            kenmerken.ontzorgen,
            band,
            kenmerken.alfabetisering,
        )
        plaatsen = (as_.index(waarde) for as_, waarde in zip(self.assen, waarden, strict=True))
        return 1 << sum(plaats * breedte for plaats, breedte in zip(plaatsen, self._stap, strict=True))

    def voorbeeld(self, cellen: int, stap: Stapsoort, gemeente: str, op: date) -> Vraag:
        """Geef een vraag uit deze combinaties, zo gewoon mogelijk."""
        vak = next(self.vakken(cellen))
        profiel = None if None in vak.profielen else vak.profielen[0]
        leeftijd = vak.leeftijden[0][0] if len(self.banden) > 1 else None
        kenmerken = Kenmerken(vak.ontzorgen[0], leeftijd, profiel)
        return Vraag(gemeente, stap, vak.leerroutes[0], vak.doelgroepen[0], op, vak.nareiziger[0], kenmerken)


def _samen(lagen: Sequence[int]) -> int:
    samen = 0
    for laag in lagen:
        samen |= laag
    return samen


def omschrijf_vak(ruimte: Ruimte, vak: Vak, stap: Stapsoort) -> str:
    """Schrijf een rechthoek voor een mens; een as waarop alles meedoet blijft weg."""
    routes = set(Leerroute) if stap in STAPPEN_ZONDER_LEERROUTE else set(Leerroute) - {Leerroute.ONBEKEND}
    delen: list[str] = []
    if set(vak.leerroutes) != routes:
        delen.append(f"leerroute {' of '.join(vak.leerroutes)}")
    if len(vak.doelgroepen) < len(Doelgroep):
        delen.append(f"doelgroep {' of '.join(vak.doelgroepen)}")
    if len(vak.nareiziger) == 1:
        delen.append("nareiziger" if vak.nareiziger[0] else "geen nareiziger")
    if len(vak.ontzorgen) == 1:
        delen.append("ontzorgen" if vak.ontzorgen[0] else "niet ontzorgen")
    if len(vak.leeftijden) < len(ruimte.banden):
        delen.append(" of ".join(_leeftijden(vak.leeftijden)))
    if len(vak.profielen) < len(_PROFIELEN):
        delen.append(" of ".join(profiel or "profiel onbekend" for profiel in vak.profielen))
    return ", ".join(delen) or "iedereen"


def _leeftijden(banden: Sequence[tuple[int, int]]) -> Iterator[str]:
    aaneen: list[tuple[int, int]] = []
    for van, tot in banden:
        if aaneen and aaneen[-1][1] + 1 == van:
            aaneen[-1] = (aaneen[-1][0], tot)
        else:
            aaneen.append((van, tot))
    for van, tot in aaneen:
        if tot >= OUDSTE:
            yield f"{van} jaar en ouder"
        elif van == 0:
            yield f"tot en met {tot} jaar"
        else:
            yield f"{van} tot en met {tot} jaar"


def omschrijf_vraag(vraag: Vraag) -> str:
    """Schrijf een concreet geval voor een mens."""
    delen = [f"leerroute {vraag.leerroute}", f"doelgroep {vraag.doelgroep}"]
    if vraag.nareiziger:
        delen.append("nareiziger")
    kenmerken = vraag.kenmerken
    if kenmerken.ontzorgen:
        delen.append("ontzorgen")
    if kenmerken.leeftijd is not None:
        delen.append(f"{kenmerken.leeftijd} jaar")
    if kenmerken.alfabetisering is not None:
        delen.append(str(kenmerken.alfabetisering))
    return ", ".join(delen)
