"""Which master key wraps the keys of the dossiers now: the key database says so, by a fingerprint.

Up to three files may hold a master key: the one in place, a new one that waits for its place, and the one before.
Whoever opens the keys chooses among them by the fingerprint, so a change of the master key may stop anywhere, and a
process that knows only the old key can read and refuse, but never wraps a key that nobody can open any more.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.instellingen import geheim_uit
from adapters.kluis import CijfertekstGeweigerd, Kluis, Plek, Sleutel
from adapters.sleuteltabellen import MERKTABEL, SLEUTELTABEL
from domein.fouten import OpslagOnbeschikbaar

HUIDIG: Final = "hoofdsleutel"
NIEUW: Final = "hoofdsleutel.nieuw"
VORIGE: Final = "hoofdsleutel.vorige"
_LEEG: Final = UUID(int=0)


class HoofdsleutelOnbekend(OpslagOnbeschikbaar):
    """The keys are wrapped with a master key that this machine does not have (yet)."""

    code = "hoofdsleutel_onbekend"

    def __init__(self) -> None:
        super().__init__(
            "De sleutels van de dossiers zijn verpakt met een hoofdsleutel die hier niet staat. Er is niets bewaard.",
            "Zet in de map met geheimen de hoofdsleutel van de machine waar hij is vervangen; daarna gaat dit verder.",
        )


def kandidaten(map_: Path) -> tuple[bytes, ...]:
    """The master keys in this directory, the one in place first. Makes none."""
    bestanden = (map_ / naam for naam in (HUIDIG, NIEUW, VORIGE))
    return tuple(geheim_uit(bestand) for bestand in bestanden if bestand.is_file())


def afdruk(hoofd: bytes) -> str:
    """The fingerprint of a master key; nothing of the key can be read back from it."""
    return Kluis(hoofd).vingerafdruk(b"hoofdsleutel")


def gemerkt(verbinding: Connection, *, houd: bool = False) -> str | None:
    """The fingerprint of the key that wraps now. `houd`: it stays so until the end of this transaction.

    That is a lock on PostgreSQL; on SQLite look after the first write, which takes the lock of the whole file.
    """
    vraag = select(MERKTABEL.c.afdruk)
    return verbinding.scalars(vraag.with_for_update(read=True) if houd else vraag).one_or_none()


def houd_vast(verbinding: Connection) -> None:
    """Nobody wraps a key or changes the master key until the end of this transaction."""
    verbinding.execute(update(MERKTABEL).values(afdruk=MERKTABEL.c.afdruk))


def merk(verbinding: Connection, hoofd: bytes) -> None:
    """From the end of this transaction this is the key that wraps."""
    verbinding.execute(update(MERKTABEL).values(afdruk=afdruk(hoofd)))


def kies(verbinding: Connection, sleutels: Iterable[bytes]) -> bytes:
    """The one of these that wraps now; HoofdsleutelOnbekend when it is none of them.

    A key database of before the fingerprints, or an empty one, gets its fingerprint here.
    """
    keuze = list(dict.fromkeys(sleutels))
    gevonden = gemerkt(verbinding)
    if gevonden is None:
        soort = sqlite if verbinding.dialect.name == "sqlite" else postgresql
        eerste = afdruk(_die_de_oudste_opent(verbinding, keuze))
        verbinding.execute(soort.insert(MERKTABEL).values(nummer=1, afdruk=eerste).on_conflict_do_nothing())
        gevonden = gemerkt(verbinding)  # another process may have been first
    for hoofd in keuze:
        if afdruk(hoofd) == gevonden:
            return hoofd
    raise HoofdsleutelOnbekend


def verpak(hoofd: bytes, dossier_id: UUID, sleutel: Sleutel) -> bytes:
    return Kluis(hoofd).versleutel(Sleutel(_LEEG, hoofd), _plek(dossier_id, sleutel.id), sleutel.waarde)


def pak_uit(sleutels: Iterable[bytes], dossier_id: UUID, sleutel_id: UUID, verpakt: bytes) -> tuple[Sleutel, bytes]:
    """The key of a dossier and the master key that opened it; CijfertekstGeweigerd when none of these does."""
    plek = _plek(dossier_id, sleutel_id)
    for hoofd in sleutels:
        try:
            waarde = Kluis(hoofd).ontsleutel(Sleutel(_LEEG, hoofd), plek, verpakt)
        except CijfertekstGeweigerd:
            continue
        return Sleutel(sleutel_id, waarde), hoofd
    raise CijfertekstGeweigerd(f"{plek.tabel}.{plek.kolom} {plek.rij}")


def _die_de_oudste_opent(verbinding: Connection, keuze: list[bytes]) -> bytes:
    # The oldest key was there at every change of the master key: what opens it is the one of now. A younger key may
    # have been wrapped by a process that had missed the change.
    t = SLEUTELTABEL.c
    vraag = select(t.dossier_id, t.sleutel_id, t.verpakt).where(t.verpakt.is_not(None)).order_by(t.gemaakt_op).limit(1)
    oudste = verbinding.execute(vraag).first()
    if oudste is None:
        return keuze[0]
    try:
        return pak_uit(keuze, *oudste)[1]
    except CijfertekstGeweigerd:
        raise HoofdsleutelOnbekend from None


def _plek(dossier_id: UUID, sleutel_id: UUID) -> Plek:
    # The key id is bound too: two keys cannot change places.
    return Plek("dossiersleutel", f"verpakt:{sleutel_id.hex}", dossier_id)
