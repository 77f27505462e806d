"""Wat een handeling aan de stappen van een dossier doet: een opname ervoor, een erna, en het verschil."""

from uuid import UUID

from domein.handelingen.opsvormen import Beweging
from domein.ports import Ruimte


def momentopname(ruimte: Ruimte, dossier_id: UUID) -> dict[str, Beweging]:
    """De stappen zoals zij nu staan; van en naar zijn nog gelijk."""
    return {
        s.kenmerk: Beweging(
            s.id, s.kenmerk, s.titel, (s.status.value, s.status.value), (s.start, s.start), (s.streef, s.streef),
            (s.medewerker, s.medewerker), s.uiterst, s.run_id, s.waarom,
        )
        for s in ruimte.stappen(dossier_id)
    }  # fmt: skip


def bewegingen(voor: dict[str, Beweging], na: dict[str, Beweging]) -> tuple[Beweging, ...]:
    """Wat er tussen twee momentopnamen bewoog, per stap."""
    uit: list[Beweging] = []
    for kenmerk, nu in sorted(na.items()):
        toen = voor.get(kenmerk)
        if toen is None:
            # Het id van een nieuwe stap bestaat pas echt als zij is bewaard; een proef kent het nog niet.
            uit.append(
                Beweging(
                    None, kenmerk, nu.titel, ("", nu.status[1]), (None, nu.start[1]), (None, nu.streef[1]),
                    (None, nu.medewerker[1]), nu.uiterst, None, nu.waarom,
                )
            )  # fmt: skip
        elif toen != nu:
            uit.append(
                Beweging(
                    nu.stap_id, kenmerk, nu.titel, (toen.status[0], nu.status[1]), (toen.start[0], nu.start[1]),
                    (toen.streef[0], nu.streef[1]), (toen.medewerker[0], nu.medewerker[1]), nu.uiterst, nu.run,
                    nu.waarom,
                )
            )  # fmt: skip
    return tuple(uit)
