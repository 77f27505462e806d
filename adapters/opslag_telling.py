"""Keep the region board's counts in the transaction that changes what they count.

Every flush compares the rows it is about to write with how they were read, and remembers the difference. The counts
themselves are written last, in the order of their keys: a transaction that holds a count waits for nothing after it, so
two of them never wait for each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from sqlalchemy import Connection, bindparam, delete, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE
from sqlmodel import Session

from domein.begrippen import Stapstatus
from domein.model import Bordcel, Dossiermijlpaal, Dossiertermijn, Stap
from domein.regels.bordtelling import (
    Cel,
    Mijlpalen,
    Stapfeit,
    Termijnfeit,
    tel_dossier,
    tel_stap,
    tel_termijn,
)

_SLEUTEL: Final = "bordtelling"
_TABEL: Final = cast("Any", Bordcel).__table__

Waarden = Mapping[str, Any]


def _bij(dialect: Any) -> Any:
    opdracht = dialect.insert(_TABEL)
    som = _TABEL.c.aantal + opdracht.excluded.aantal
    return opdracht.on_conflict_do_update(index_elements=list(Cel._fields), set_={"aantal": som})


_BIJ: Final = {"postgresql": _bij(postgresql), "sqlite": _bij(sqlite)}
_WEG: Final = delete(_TABEL).where(
    _TABEL.c.aantal == 0, *(_TABEL.c[naam] == bindparam(f"cel_{naam}") for naam in Cel._fields)
)


def _stap(w: Waarden) -> Iterator[Cel]:
    feit = {naam: w[naam] for naam in Stapfeit.__dataclass_fields__}
    feit["stapsoort"] = str(getattr(w["stapsoort"], "value", w["stapsoort"]))
    feit["status"] = Stapstatus(w["status"])
    return tel_stap(Stapfeit(**feit))


def _dossier(w: Waarden) -> Iterator[Cel]:
    return tel_dossier(Mijlpalen(**{naam: w[naam] for naam in Mijlpalen.__dataclass_fields__}))


def _termijn(w: Waarden) -> Iterator[Cel]:
    return tel_termijn(Termijnfeit(**{naam: w[naam] for naam in Termijnfeit.__dataclass_fields__}))


# Per table the columns that count, and how.
GETELD: Final[Mapping[type[Any], tuple[tuple[str, ...], Callable[[Waarden], Iterator[Cel]]]]] = {
    Stap: (tuple(Stapfeit.__dataclass_fields__), _stap),
    Dossiermijlpaal: (tuple(Mijlpalen.__dataclass_fields__), _dossier),
    Dossiertermijn: (tuple(Termijnfeit.__dataclass_fields__), _termijn),
}


class Telsessie(Session):
    """A session that keeps count."""


def _voor_het_schrijven(sessie: Any, _context: Any, _instanties: Any) -> None:
    verschil: Counter[Cel] = sessie.info.setdefault(_SLEUTEL, Counter())
    for rij in sessie.new:
        _tel(verschil, rij, _nu, 1)
    for rij in sessie.deleted:
        _tel(verschil, rij, _toen, -1)
    for rij in sessie.dirty:
        if type(rij) in GETELD and sessie.is_modified(rij):
            _tel(verschil, rij, _toen, -1)
            _tel(verschil, rij, _nu, 1)


event.listen(Telsessie, "before_flush", _voor_het_schrijven)


def _tel(verschil: Counter[Cel], rij: Any, lees: Callable[[Any, str], Any], keer: int) -> None:
    soort = GETELD.get(cast("type[Any]", type(rij)))
    if soort is not None:
        kolommen, tel = soort
        for cel in tel({kolom: lees(rij, kolom) for kolom in kolommen}):
            verschil[cel] += keer


def _nu(rij: Any, kolom: str) -> Any:
    return getattr(rij, kolom)


def _toen(rij: Any, kolom: str) -> Any:
    """What this column was when the row was read or last written."""
    weg = get_history(rij, kolom, PASSIVE_NO_INITIALIZE).deleted
    return weg[0] if weg else getattr(rij, kolom)


def schrijf_telling(sessie: Session) -> None:
    """Write what was counted since the last time; the last thing before the commit."""
    verschil = cast("Counter[Cel]", sessie.info.pop(_SLEUTEL, Counter()))
    if any(verschil.values()):
        boek(sessie.connection(), verschil)


def vergeet_telling(sessie: Session) -> None:
    """Drop what was counted in this transaction: it is in a count from scratch."""
    sessie.info.pop(_SLEUTEL, None)


def boek(verbinding: Connection, verschil: Mapping[Cel, int]) -> None:
    """Add these differences to the stored counts. A count that becomes zero goes away."""
    rijen = sorted((cel, aantal) for cel, aantal in verschil.items() if aantal)
    if rijen:
        # One fixed statement for any number of counts: built and parsed once, and still one round trip.
        verbinding.execute(_BIJ[verbinding.dialect.name], [{**cel._asdict(), "aantal": n} for cel, n in rijen])
    minder = [{f"cel_{naam}": waarde for naam, waarde in cel._asdict().items()} for cel, n in rijen if n < 0]
    if minder:
        verbinding.execute(_WEG, minder)


def tel_rijen(soort: type[Any], rijen: Iterable[Mapping[str, Any]]) -> Counter[Cel]:
    """Count rows from scratch, by the same rules."""
    _, tel = GETELD[soort]
    uit: Counter[Cel] = Counter()
    for rij in rijen:
        uit.update(tel(rij))
    return uit
