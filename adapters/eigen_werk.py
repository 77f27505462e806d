"""How much of everyone's work is open in the dossiers that one transaction holds, as it stands here and now."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from domein.begrippen import Stapsoort, Stapstatus
from domein.model import Stap

Werk = tuple[str, Stapsoort]


class EigenWerk:
    """Counts a dossier once, and again only after its steps changed: each step that opens asks for this."""

    def __init__(self, stappen: Mapping[UUID, Mapping[UUID, Stap]]) -> None:
        self._stappen = stappen
        self._per_dossier: dict[UUID, Counter[Werk]] = {}
        self._samen: Counter[Werk] = Counter()
        self._te_tellen: set[UUID] = set()

    def veranderd(self, dossier_id: UUID) -> None:
        """The steps of this dossier were read or changed."""
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
