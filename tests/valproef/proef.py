"""De valproef: neem een verloop op, laat het proces op elk punt vallen, en kijk of er iets weg of dubbel is."""

import multiprocessing
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from adapters.postvanger import laatste_nummer
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import laad_regio
from tests.valproef.daden import Daad
from tests.valproef.kind import GELADEN, Bereik, herstel, speel
from tests.valproef.verloop import Verloop
from tests.valproef.wereld import Plaats, open_wereld

_SMIDSE = multiprocessing.get_context("forkserver")
_SMIDSE.set_forkserver_preload(["tests.valproef.smidse"])
GEDOOD = -9
EINDELOOS = 1 << 60
GELADEN_OP = datetime(2024, 1, 1, 8, tzinfo=UTC)


class Opslag(Protocol):
    """Maakt en kopieert databases, zodat elke val op dezelfde stand begint."""

    def nieuw(self, map_: Path) -> str: ...

    def kopieer(self, database: str, map_: Path) -> str: ...

    def weg(self, database: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Stuk:
    """Een opgenomen daad: de stand ervoor, de punten, en hoe het hoort te eindigen."""

    voor: Plaats
    daad: Daad
    punten: tuple[str, ...]
    afdruk: dict[str, Any]
    post: tuple[Bereik, ...]


@dataclass
class Opname:
    zaad: int
    stukken: list[Stuk] = field(default_factory=list)

    @property
    def punten(self) -> list[tuple[Stuk, int]]:
        return [(stuk, nummer) for stuk in self.stukken for nummer in range(len(stuk.punten))]

    def steekproef(self, aantal: int) -> list[tuple[Stuk, int]]:
        """Om de beurt een punt van elke naam: ook een zeldzaam soort punt komt zo aan bod."""
        kans = random.Random(self.zaad)
        per_naam: dict[str, list[tuple[Stuk, int]]] = defaultdict(list)
        for stuk, nummer in self.punten:
            per_naam[stuk.punten[nummer]].append((stuk, nummer))
        namen = sorted(per_naam)
        kans.shuffle(namen)
        for naam in namen:
            kans.shuffle(per_naam[naam])
        rij = [per_naam[naam][beurt] for beurt in range(aantal) for naam in namen if beurt < len(per_naam[naam])]
        return rij[:aantal]


class Valproef:
    def __init__(self, opslag: Opslag, map_: Path, smtp_poort: int, post: Path) -> None:
        self._opslag, self._map, self._poort, self._post = opslag, map_, smtp_poort, post
        self.gedood = self.niet_bereikt = 0

    # opnemen

    def neem_op(self, zaad: int, *, daden: int, vooraf: int) -> Opname:
        """Speel een verloop; `vooraf` daden gaan voorbij zonder dat iemand valt."""
        opname, verloop = Opname(zaad), Verloop(zaad)
        begin = laatste_nummer(self._post)
        plaats = self._nieuw(f"{zaad}-begin")
        daad = verloop.begin()
        for nummer in range(1 + vooraf + daden):
            if nummer:
                with open_wereld(plaats) as wereld:
                    daad = verloop.volgende(wereld)
            voor, plaats = plaats, self._kopieer(plaats, f"{zaad}-{nummer}")
            post = ((begin, laatste_nummer(self._post)),)
            punten, afdruk = self._laat(speel, plaats, daad, None)
            if nummer == 0 or nummer > vooraf:
                opname.stukken.append(Stuk(voor, daad, tuple(punten), afdruk, post))
        return opname

    # vallen

    def val(self, stuk: Stuk, nummer: int, bederf: Callable[[Plaats], None] | None = None) -> list[str]:
        """Val op dit punt, herstel, en geef wat er niet klopt; `bederf` maakt na de val iets stuk."""
        plaats = self._kopieer(stuk.voor, "val")
        begin = laatste_nummer(self._post)
        try:
            kind = self._start(speel, plaats, stuk.daad, nummer)
            gevallen = kind.wacht() == GEDOOD
            self.gedood += gevallen
            self.niet_bereikt += not gevallen
            if bederf is not None:
                bederf(plaats)
            fouten, afdruk = self._laat(herstel, plaats, stuk.daad, [*stuk.post, (begin, EINDELOOS)], nummer % 2 == 0)
        finally:
            self._weg(plaats)
        return [*fouten, *_verschillen(stuk.afdruk, afdruk)]

    # processen

    def _start(self, doe: Callable[..., None], *args: Any) -> "_Kind":
        return _Kind(doe, args)

    def _laat(self, doe: Callable[..., None], *args: Any) -> Any:
        kind = self._start(doe, *args)
        goed, uit = kind.antwoord()
        code = kind.wacht()
        assert goed, f"{doe.__name__} mislukte:\n{uit}"
        assert code == 0
        return uit

    # plaatsen

    def _nieuw(self, naam: str) -> Plaats:
        map_ = self._map / naam
        map_.mkdir(parents=True)
        plaats = Plaats(map_, self._opslag.nieuw(map_), self._poort, self._post)
        with open_wereld(plaats) as wereld:
            wereld.zet(GELADEN_OP)
            laad_regio(wereld.omgeving, GELADEN, SYSTEEM)
        return plaats

    def _kopieer(self, plaats: Plaats, naam: str) -> Plaats:
        map_ = self._map / naam
        shutil.copytree(plaats.map, map_)
        return replace(plaats, map=map_, database=self._opslag.kopieer(plaats.database, map_))

    def _weg(self, plaats: Plaats) -> None:
        self._opslag.weg(plaats.database)
        shutil.rmtree(plaats.map)


class _Kind:
    """Een kind uit de smidse: een vork van een proces dat alles al geladen heeft."""

    def __init__(self, doe: Callable[..., None], args: Iterable[Any]) -> None:
        self._pijp, einde = _SMIDSE.Pipe(duplex=False)
        self._proces = _SMIDSE.Process(target=doe, args=(*args, einde))
        self._proces.start()
        einde.close()

    def antwoord(self) -> tuple[bool, Any]:
        assert self._pijp.poll(120), "een kind van de smidse antwoordt niet"
        soort, uit = self._pijp.recv()
        return soort == "goed", uit

    def wacht(self) -> int:
        while self._proces.exitcode is None:
            if self._pijp.poll(0.01):  # lees mee, anders wacht het kind op ons
                try:
                    soort, uit = self._pijp.recv()
                    assert soort == "goed", uit
                except EOFError:
                    self._proces.join(60)
        code = self._proces.exitcode
        self._pijp.close()
        self._proces.close()
        assert code is not None
        return code


def _verschillen(hoort: dict[str, Any], is_: dict[str, Any], waar: str = "") -> list[str]:
    uit: list[str] = []
    for naam in sorted({*hoort, *is_}):
        een, ander, plaats = hoort.get(naam), is_.get(naam), f"{waar}/{naam}"
        if een == ander:
            continue
        if isinstance(een, dict) and isinstance(ander, dict):
            uit += _verschillen(een, ander, plaats)
        elif isinstance(een, list) and isinstance(ander, list):
            uit += [f"{plaats} mist {rij}" for rij in een if rij not in ander]
            uit += [f"{plaats} heeft te veel {rij}" for rij in ander if rij not in een]
            uit += [f"{plaats} heeft {len(ander)} in plaats van {len(een)}"] if len(een) != len(ander) else []
        else:
            uit.append(f"{plaats} is {ander}, hoort {een} te zijn")
    return uit
