"""How much of everyone's work is open in the dossiers that one transaction holds, as it stands here and now."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import object_session
from sqlmodel import Session

from domein.begrippen import Stapsoort, Stapstatus
from domein.model import Stap

Werk = tuple[str, Stapsoort]
_SLEUTEL: Final = "eigen werk"


class EigenWerk:
    """Counts a dossier once, and again only after its steps changed: each step that opens asks for this."""

    def __init__(self, sessie: Session, stappen: Mapping[UUID, Mapping[UUID, Stap]]) -> None:
        self._stappen = stappen
        self._per_dossier: dict[UUID, Counter[Werk]] = {}
        self._samen: Counter[Werk] = Counter()
        self._te_tellen = cast("set[UUID]", sessie.info.setdefault(_SLEUTEL, set()))

    def veranderd(self, dossier_id: UUID) -> None:
        """The steps of this dossier were read, or one joined them. A column that is set, says so itself."""
        self._te_tellen.add(dossier_id)

    def van(self, team: frozenset[str]) -> Counter[Werk]:
        for dossier_id in self._te_tellen:
            self._samen.subtract(self._per_dossier.get(dossier_id, {}))
            self._per_dossier[dossier_id] = self._tel(dossier_id)
            self._samen.update(self._per_dossier[dossier_id])
        self._te_tellen.clear()
        return Counter({werk: aantal for werk, aantal in self._samen.items() if aantal and werk[0] in team})

    def _tel(self, dossier_id: UUID) -> Counter[Werk]:
        stappen = self._stappen.get(dossier_id, {}).values()
        return Counter(
            (stap.medewerker, stap.stapsoort)
            for stap in stappen
            if stap.status is Stapstatus.OPEN and stap.medewerker is not None
        )


def _gezet(stap: Stap, _waarde: object, _eerder: object, _initiator: object) -> None:
    sessie = object_session(stap)
    if sessie is not None and _SLEUTEL in sessie.info:
        sessie.info[_SLEUTEL].add(stap.dossier_id)


for _kolom in cast("tuple[Any, ...]", (Stap.status, Stap.medewerker, Stap.stapsoort)):
    event.listen(_kolom, "set", _gezet)
