"""Reken voor elke gemeente, stap, dag en omstandigheid uit welke afspraak wint.

Volledig, niet steekproefsgewijs, en toch snel: per stap en gemeente alleen de dagen waarop iets
verandert, en per verzameling afspraken die tegelijk gelden een keer, met alle omstandigheden
tegelijk als bits (`domein.regels.dekkingsruimte`). Gemeenten met dezelfde afspraken delen hun
antwoord. De betekenis is die van `domein.regels.samenwerking.winnaars`; een test vergelijkt.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Final

from domein.begrippen import Stapsoort
from domein.regels.dekkingsruimte import Ruimte
from domein.regels.samenwerking import specifieker
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.soorten import Peildatumsoort


@dataclass(frozen=True, slots=True)
class Oordeel:
    """Wat een verzameling afspraken samen regelt; alles in bits van de ruimte."""

    gedekt: int
    winnaars: tuple[tuple[Samenwerkingsafspraak, int], ...]
    tegenspraken: tuple[tuple[tuple[Samenwerkingsafspraak, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """Aaneengesloten dagen, beide meegeteld, waarop hetzelfde oordeel geldt."""

    van: date
    tot: date
    oordeel: Oordeel


@dataclass(frozen=True, slots=True)
class Vlak:
    """Combinaties die van `van` tot en met `tot` hetzelfde lot delen; `afspraken` leeg is een gat."""

    stap: Stapsoort
    gemeente: str
    van: date
    tot: date
    cellen: int
    afspraken: tuple[Samenwerkingsafspraak, ...] = ()


class Dekking:
    """Het volledige antwoord op "wie doet wat" in een regio, op aanvraag uitgerekend."""

    def __init__(self, regio: Regio, ruimte: Ruimte | None = None) -> None:
        self.regio = regio
        # Op naam: de volgorde van het bestand maakt niets uit, ook niet voor de uitleg.
        self._afspraken = sorted(regio.samenwerkingsafspraken, key=lambda a: a.regel_id)
        self.ruimte = ruimte or Ruimte.van(self._afspraken)
        self._cellen = [self.ruimte.van_afspraak(a) for a in self._afspraken]
        self._sterker: dict[tuple[int, int], bool] = {}
        self._oordelen: dict[int, Oordeel] = {}
        self._lopen: dict[int, tuple[Tijdvak, ...]] = {}

    @cached_property
    def _perioden(self) -> Sequence[tuple[int, int]]:
        """Per afspraak de eerste dag en de dag na de laatste, als dagnummer."""
        perioden = (self.regio.periode_van(a) for a in self._afspraken)
        return [(p.van.toordinal(), p.tot.toordinal() + 1) for p in perioden]

    @cached_property
    def _wijzer(self) -> Mapping[tuple[Stapsoort, str], int]:
        """Per stap en gemeente de afspraken die er op enig moment gelden, als bits."""
        wijzer: dict[tuple[Stapsoort, str], int] = {}
        for nummer, afspraak in enumerate(self._afspraken):
            gemeenten = self.regio.gemeenten_van(afspraak)
            for stap in set(afspraak.stappen):
                for gemeente in gemeenten:
                    sleutel = (stap, gemeente)
                    wijzer[sleutel] = wijzer.get(sleutel, 0) | 1 << nummer
        return wijzer

    def loop(self, stap: Stapsoort, gemeente: str) -> tuple[Tijdvak, ...]:
        """Geef de hele looptijd van de regio, geknipt waar er voor deze stap en gemeente iets verandert."""
        groep = self._wijzer.get((stap, gemeente), 0)
        if groep not in self._lopen:
            self._lopen[groep] = tuple(self._knip(groep))
        return self._lopen[groep]

    def oordeel_op(self, stap: Stapsoort, gemeente: str, dag: date) -> Oordeel | None:
        """Geef het oordeel van een dag, of None als de regio die dag niet geldt."""
        return next((t.oordeel for t in self.loop(stap, gemeente) if t.van <= dag <= t.tot), None)

    def gaten(self, stap: Stapsoort, gemeente: str) -> Iterator[Vlak]:
        """Geef elk gat, met voor elke combinatie de langste periode."""
        nodig = self.ruimte.van_stap(stap)
        reeks = [(t.van, t.tot, nodig & ~t.oordeel.gedekt) for t in self.loop(stap, gemeente)]
        for van, tot, cellen in aaneengesloten(reeks):
            yield Vlak(stap, gemeente, van, tot, cellen)

    def tegenspraken(self, stap: Stapsoort, gemeente: str) -> Iterator[Vlak]:
        """Geef elke tegenspraak: de afspraken die allebei winnen, waar, en van wanneer tot wanneer."""
        nodig = self.ruimte.van_stap(stap)
        loop = self.loop(stap, gemeente)
        groepen = {afspraken: None for t in loop for afspraken, _ in t.oordeel.tegenspraken}
        for groep in groepen:
            reeks = [(t.van, t.tot, nodig & dict(t.oordeel.tegenspraken).get(groep, 0)) for t in loop]
            for van, tot, cellen in aaneengesloten(reeks):
                yield Vlak(stap, gemeente, van, tot, cellen, groep)

    def peilingen(self, stap: Stapsoort, gemeente: str) -> Iterator[tuple[Mapping[Peildatumsoort, date], Oordeel]]:
        """Geef het oordeel als de dagen van een persoon uiteenlopen: elk paar tijdvakken zonder gedeelde dag.

        Alleen waar afspraken met een andere peildatum een grens in de tijd hebben; een dag die niet kan
        (een les voor de kennisgeving) blijft weg.
        """
        groep = self._wijzer.get((stap, gemeente), 0)
        altijd, per_soort = 0, dict[Peildatumsoort, int]()
        for nummer in _nummers(groep):
            soort = self._afspraken[nummer].peildatumsoort
            if self._geldt_altijd(nummer):
                altijd |= 1 << nummer
            else:
                per_soort[soort] = per_soort.get(soort, 0) | 1 << nummer
        if len(per_soort) < 2:
            return
        stukken = [[(soort, *stuk) for stuk in self._stukken(deel)] for soort, deel in per_soort.items()]
        for keuze in product(*stukken):
            begin, einde = max(van for _, van, _, _ in keuze), min(tot for _, _, tot, _ in keuze)
            if begin <= einde:
                continue  # op een gedeelde dag zegt `loop` het al
            dagen = _mogelijke_dagen({soort: (van, tot) for soort, van, tot, _ in keuze})
            if dagen is not None:
                actief = altijd
                for _, _, _, bits in keuze:
                    actief |= bits
                yield {soort: date.fromordinal(dag) for soort, dag in dagen.items()}, self._oordeel(actief)

    def _geldt_altijd(self, nummer: int) -> bool:
        kop = self.regio.kop
        van, na = self._perioden[nummer]
        return van <= kop.geldig_van.toordinal() and na > kop.geldig_tot.toordinal()

    def _knip(self, groep: int) -> Iterator[Tijdvak]:
        for van, tot, actief in self._stukken(groep):
            yield Tijdvak(date.fromordinal(van), date.fromordinal(tot), self._oordeel(actief))

    def _stukken(self, groep: int) -> Iterator[tuple[int, int, int]]:
        """Knip de looptijd waar een afspraak van de groep begint of eindigt; met welke er dan gelden."""
        kop = self.regio.kop
        begin, na = kop.geldig_van.toordinal(), kop.geldig_tot.toordinal() + 1
        wisselt: dict[int, int] = {begin: 0}
        actief = 0
        for nummer in _nummers(groep):
            van, tot = self._perioden[nummer]
            if tot <= begin or van >= na or tot <= van:
                continue
            bit = 1 << nummer
            if van <= begin:
                actief |= bit
            else:
                wisselt[van] = wisselt.get(van, 0) ^ bit
            if tot < na:
                wisselt[tot] = wisselt.get(tot, 0) ^ bit
        dagen = sorted(wisselt)
        for dag, volgende in zip(dagen, (*dagen[1:], na), strict=True):
            actief ^= wisselt[dag]
            yield dag, volgende - 1, actief

    def _oordeel(self, actief: int) -> Oordeel:
        if actief not in self._oordelen:
            self._oordelen[actief] = self._weeg(tuple(_nummers(actief)))
        return self._oordelen[actief]

    def _weeg(self, nummers: tuple[int, ...]) -> Oordeel:
        """Laat de meest specifieke winnen, en daarbinnen de hoogste prioriteit."""
        per_prioriteit: dict[int, list[tuple[int, int]]] = {}
        for nummer in nummers:
            over = self._cellen[nummer]
            for ander in nummers:
                if ander != nummer and over & self._cellen[ander] and self._is_sterker(ander, nummer):
                    over &= ~self._cellen[ander]
            if over:
                per_prioriteit.setdefault(self._afspraken[nummer].prioriteit, []).append((nummer, over))
        gedekt = 0
        winnaars: list[tuple[Samenwerkingsafspraak, int]] = []
        tegenspraken: list[tuple[tuple[Samenwerkingsafspraak, ...], int]] = []
        for prioriteit in sorted(per_prioriteit, reverse=True):
            kandidaten = [(n, deel) for n, over in per_prioriteit[prioriteit] if (deel := over & ~gedekt)]
            eens = vaker = 0
            for _, deel in kandidaten:
                vaker |= eens & deel
                eens |= deel
            winnaars.extend((self._afspraken[n], alleen) for n, deel in kandidaten if (alleen := deel & ~vaker))
            for groep, cellen in _uiteen(vaker, kandidaten):
                tegenspraken.append((tuple(self._afspraken[n] for n in groep), cellen))
            gedekt |= eens
        return Oordeel(gedekt, tuple(winnaars), tuple(tegenspraken))

    def _is_sterker(self, een: int, ander: int) -> bool:
        sleutel = (een, ander)
        if sleutel not in self._sterker:
            self._sterker[sleutel] = specifieker(self.regio, self._afspraken[een], self._afspraken[ander])
        return self._sterker[sleutel]


def aaneengesloten(reeks: Iterable[tuple[date, date, int]]) -> Iterator[tuple[date, date, int]]:
    """Voeg aansluitende tijdvakken samen: elke combinatie komt terug met haar langste perioden."""
    lopend: dict[date, int] = {}
    tot_nu: date | None = None
    for van, tot, cellen in reeks:
        vervolg: dict[date, int] = {}
        nieuw = cellen
        for begin, eerder in lopend.items():
            if tot_nu is not None and (klaar := eerder & ~cellen):
                yield begin, tot_nu, klaar
            if blijft := eerder & cellen:
                vervolg[begin] = blijft
            nieuw &= ~eerder
        if nieuw:
            vervolg[van] = nieuw
        lopend, tot_nu = vervolg, tot
    if tot_nu is not None:
        for begin, cellen in lopend.items():
            yield begin, tot_nu, cellen


# Wie hierin staat, komt bij iedereen voor de rest.
_EERST: Final = frozenset({Peildatumsoort.KENNISGEVING, Peildatumsoort.KOPPELING})


def _mogelijke_dagen(vensters: Mapping[Peildatumsoort, tuple[int, int]]) -> Mapping[Peildatumsoort, int] | None:
    """Kies in elk venster een dag, met de kennisgeving en de koppeling niet na de rest; None als dat niet kan."""
    vroeg = {soort: van for soort, (van, _) in vensters.items() if soort in _EERST}
    vanaf = max(vroeg.values(), default=0)
    laat = {soort: max(van, vanaf) for soort, (van, tot) in vensters.items() if soort not in _EERST and tot >= vanaf}
    dagen = vroeg | laat
    return dagen if len(dagen) == len(vensters) else None


def _nummers(bits: int) -> Iterator[int]:
    while bits:
        laagste = bits & -bits
        yield laagste.bit_length() - 1
        bits ^= laagste


def _uiteen(cellen: int, kandidaten: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Verdeel combinaties met meer winnaars naar welke winnaars het zijn."""
    delen: list[tuple[tuple[int, ...], int]] = [((), cellen)] if cellen else []
    for nummer, deel in kandidaten:
        gesplitst: list[tuple[tuple[int, ...], int]] = []
        for groep, plek in delen:
            if met := plek & deel:
                gesplitst.append(((*groep, nummer), met))
            if zonder := plek & ~deel:
                gesplitst.append((groep, zonder))
        delen = gesplitst
    yield from delen
