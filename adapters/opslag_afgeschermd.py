"""Writing many guarded rows at once.

SQLAlchemy sends a row that is guarded by a version one by one, with a round trip for each, so that it can see which one
was refused. For us one refusal refuses the whole transaction: one statement for all rows, and their number, say enough.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, cast

from sqlalchemy import Connection, Table, bindparam, inspect, update
from sqlalchemy.orm.attributes import get_history, set_committed_value
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE
from sqlalchemy.orm.exc import StaleDataError

from domein.model import Bericht
from domein.model.bericht import domein_van

_TABEL: Final = cast("Table", Bericht.__table__)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_VELDEN: Final = tuple(kolom.name for kolom in _TABEL.columns if not kolom.primary_key)
_DEZE: Final = update(_TABEL).where(
    _TABEL.c.id == bindparam("deze"), _TABEL.c.lease_nummer == bindparam("zoals_gelezen")
)

# Per set of columns the rows to write.
Wijzigingen = dict[tuple[str, ...], list[dict[str, Any]]]


def neem_wijzigingen(berichten: Iterable[Bericht]) -> Wijzigingen:
    """Take over what changed in these messages: to the session they are as written, `schrijf_wijzigingen` does it."""
    uit: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for bericht in sorted(berichten, key=lambda bericht: bericht.id):
        domein = domein_van(bericht.adres)
        if bericht.adresdomein != domein:
            bericht.adresdomein = domein
        gezet = set(_VELDEN) - cast("Any", inspect(bericht)).unmodified
        velden = tuple(veld for veld in _VELDEN if veld in gezet and _verleden(bericht, veld).has_changes())
        if not velden:
            continue
        eerder = _verleden(bericht, "lease_nummer").deleted
        rij = {"deze": bericht.id, "zoals_gelezen": eerder[0] if eerder else bericht.lease_nummer}
        for veld in velden:
            rij[f"nieuw_{veld}"] = waarde = getattr(bericht, veld)
            set_committed_value(bericht, veld, waarde)
        uit[velden].append(rij)
    return dict(sorted(uit.items()))


def schrijf_wijzigingen(verbinding: Connection, wijzigingen: Wijzigingen) -> None:
    """Write them; StaleDataError when a sender took one of the messages after it was read."""
    for velden, rijen in wijzigingen.items():
        opdracht = _DEZE.values({veld: bindparam(f"nieuw_{veld}") for veld in velden})
        geraakt = verbinding.execute(opdracht, rijen).rowcount
        if geraakt != len(rijen):
            raise StaleDataError(f"{len(rijen) - geraakt} berichten zijn intussen veranderd")


def _verleden(bericht: Bericht, veld: str) -> Any:
    return get_history(bericht, veld, PASSIVE_NO_INITIALIZE)
