"""Encryption of personal data, and the blind index that finds a BSN without storing it.

AES-GCM-SIV, because a repeated nonce then only shows that two plaintexts were equal. The place of a value
(table, column, row) and the key id are authenticated with it: a ciphertext that is moved elsewhere does
not open.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from stdnum.nl import bsn as bsnregels

VERSIE: Final = b"\x01"
NONCE: Final = 12
SLEUTELLENGTE: Final = 32


class CijfertekstGeweigerd(Exception):
    """The ciphertext was changed, moved to another place, or belongs to another key."""


@dataclass(frozen=True, slots=True)
class Sleutel:
    id: UUID
    waarde: bytes = field(repr=False)
    cijfer: AESGCMSIV = field(init=False, repr=False, compare=False)  # made once: it takes longer than one encryption

    def __post_init__(self) -> None:
        object.__setattr__(self, "cijfer", AESGCMSIV(self.waarde))


@dataclass(frozen=True, slots=True)
class Plek:
    """Where a ciphertext belongs."""

    tabel: str
    kolom: str
    rij: UUID


class Kluis:
    """Encrypts under a given key; holds only the key of the blind index."""

    def __init__(self, indexsleutel: bytes) -> None:
        if len(indexsleutel) < SLEUTELLENGTE:
            raise ValueError("De sleutel van de blinde index is te kort.")
        self._indexsleutel = indexsleutel

    def versleutel(self, sleutel: Sleutel, plek: Plek, klare_tekst: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return VERSIE + nonce + sleutel.cijfer.encrypt(nonce, klare_tekst, _gebonden_aan(plek, sleutel))

    def ontsleutel(self, sleutel: Sleutel, plek: Plek, cijfertekst: bytes) -> bytes:
        """Open a ciphertext; CijfertekstGeweigerd when it is not exactly what was stored here."""
        versie, nonce, rest = cijfertekst[:1], cijfertekst[1 : 1 + NONCE], cijfertekst[1 + NONCE :]
        if versie != VERSIE or len(nonce) != NONCE:
            raise CijfertekstGeweigerd(f"{plek.tabel}.{plek.kolom} {plek.rij}")
        try:
            return sleutel.cijfer.decrypt(nonce, rest, _gebonden_aan(plek, sleutel))
        except InvalidTag:
            raise CijfertekstGeweigerd(f"{plek.tabel}.{plek.kolom} {plek.rij}") from None

    def bsn_index(self, bsn: str) -> str:
        """The blind index of a BSN: the same for every way of writing it."""
        kaal = bsnregels.compact(bsn)
        return hmac.new(self._indexsleutel, b"bsn:" + kaal.encode(), hashlib.sha256).hexdigest()

    def vingerafdruk(self, inhoud: bytes) -> str:
        """A keyed fingerprint of a text that may hold a BSN: equal texts are known again, and none is read back."""
        return hmac.new(self._indexsleutel, b"inhoud:" + inhoud, hashlib.sha256).hexdigest()

    def vroegere_bsn_index(self, bsn: str, dossier_id: UUID) -> str:
        """The index of an earlier dossier of this person: unique, and not to be found by the BSN any more."""
        kaal = bsnregels.compact(bsn)
        return hmac.new(self._indexsleutel, b"eerder:" + dossier_id.bytes + kaal.encode(), hashlib.sha256).hexdigest()


def nieuwe_sleutelwaarde() -> bytes:
    return AESGCMSIV.generate_key(SLEUTELLENGTE * 8)


def _gebonden_aan(plek: Plek, sleutel: Sleutel) -> bytes:
    # Table and column names hold no NUL, so no two places give the same bytes.
    return b"\0".join((plek.tabel.encode(), plek.kolom.encode(), plek.rij.bytes, sleutel.id.bytes))
