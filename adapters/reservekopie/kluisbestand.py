"""An encrypted file that is written and read in one pass, and that tells when a byte of it is missing or changed.

Each file has a key of its own, wrapped by a password (scrypt) or for a recipient (X25519): with a recipient the
machine that makes backups cannot read them. The content goes in pieces of one MiB under AES-256-GCM; the nonce counts
the pieces and marks the last, so a piece that is dropped, doubled, moved or cut off is refused. The header is
authenticated with every piece.
"""

import base64
import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from domein.fouten import RegieFout

MERK: Final = b"REGIE-RESERVEKOPIE-1\n"
STUK: Final = 1 << 20
ZEGEL: Final = 16  # bytes that GCM adds to each piece
GROOTSTE_KOP: Final = 4096
KORTSTE_WACHTWOORD: Final = 12
SCRYPT_N: Final = 1 << 16  # 64 MiB and a fifth of a second: a guess must cost something
_GROOTSTE_N: Final = 1 << 20
PUBLIEK: Final = "regie-ontvanger:"
GEHEIM: Final = "regie-ontvanger-geheim:"


class KopieBeschadigd(RegieFout):
    """The file is not what was written: cut off, changed, or opened with another key."""

    code = "kopie_beschadigd"


def beschadigd(waarom: str) -> KopieBeschadigd:
    return KopieBeschadigd(
        f"Deze reservekopie is niet te gebruiken: {waarom}", "Er is niets gewijzigd. Neem een andere reservekopie."
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """What locks a file: a password, or the public key of who may open it."""

    wachtwoord: bytes | None = None
    ontvanger: X25519PublicKey | None = None


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a file: the password, or the secret key of the recipient."""

    wachtwoord: bytes | None = None
    geheim: X25519PrivateKey | None = None


# keys in files


def maak_ontvanger(geheim_bestand: Path) -> str:
    """Make a recipient: the secret goes to a new file of mode 0600, the public line is returned."""
    geheim = X25519PrivateKey.generate()
    try:
        nummer = os.open(geheim_bestand, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RegieFout(
            f"{geheim_bestand} bestaat al.",
            "Kies een ander bestand: wie haar overschrijft, kan oude kopieën niet lezen.",
        ) from None
    with os.fdopen(nummer, "w", encoding="ascii") as uit:
        uit.write(GEHEIM + _b64(geheim.private_bytes_raw()) + "\n")
    return PUBLIEK + _b64(geheim.public_key().public_bytes_raw())


def lees_slot(*, wachtwoordbestand: Path | None, ontvanger: Path | None) -> Slot:
    """What to lock with, from one of two files."""
    if (wachtwoordbestand is None) == (ontvanger is None):
        raise RegieFout(
            "Zeg waarmee de reservekopie op slot gaat.", "Geef --ontvanger BESTAND of --wachtwoordbestand BESTAND."
        )
    if wachtwoordbestand is not None:
        return Slot(wachtwoord=_wachtwoord(wachtwoordbestand))
    assert ontvanger is not None
    return Slot(ontvanger=X25519PublicKey.from_public_bytes(_sleutelregel(ontvanger, PUBLIEK)))


def lees_opener(*, wachtwoordbestand: Path | None, geheim: Path | None) -> Opener:
    if (wachtwoordbestand is None) == (geheim is None):
        raise RegieFout(
            "Zeg waarmee de reservekopie open gaat.", "Geef --geheim BESTAND of --wachtwoordbestand BESTAND."
        )
    if wachtwoordbestand is not None:
        return Opener(wachtwoord=_wachtwoord(wachtwoordbestand))
    assert geheim is not None
    return Opener(geheim=X25519PrivateKey.from_private_bytes(_sleutelregel(geheim, GEHEIM)))


def _lees(bestand: Path) -> str:
    try:
        return bestand.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fout:
        raise RegieFout(f"{bestand} is niet te lezen ({type(fout).__name__}).", "Controleer de naam.") from None


def _wachtwoord(bestand: Path) -> bytes:
    woord = _lees(bestand).rstrip("\r\n")
    if len(woord) < KORTSTE_WACHTWOORD:
        raise RegieFout(
            f"Het wachtwoord in {bestand} is te kort.",
            f"Neem minstens {KORTSTE_WACHTWOORD} tekens, liefst zes woorden.",
        )
    return woord.encode()


def _sleutelregel(bestand: Path, begin: str) -> bytes:
    for regel in _lees(bestand).splitlines():
        if regel.startswith(begin):
            try:
                waarde = base64.b64decode(regel.removeprefix(begin).strip(), validate=True)
            except ValueError:
                break
            if len(waarde) == 32:
                return waarde
    soort = "het geheim van een ontvanger" if begin == GEHEIM else "een ontvanger"
    raise RegieFout(
        f"In {bestand} staat niet {soort}.", "Maak een ontvanger met 'regie reservekopie ontvanger BESTAND'."
    )


# writing


class Schrijver(io.RawIOBase):
    """Encrypts what is written. `sluit_af` writes the last piece; without it the file cannot be read back."""

    def __init__(self, doel: IO[bytes], slot: Slot) -> None:
        self._doel = doel
        sleutel = os.urandom(32)
        kop = json.dumps({"sleutel": _op_slot(sleutel, slot)}, sort_keys=True).encode() + b"\n"
        self._gcm = AESGCM(sleutel)
        self._bij = hashlib.sha256(MERK + kop).digest()
        self._nummer = 0
        self._rest = bytearray()
        doel.write(MERK + kop)

    def writable(self) -> bool:
        return True

    def write(self, stuk: Any, /) -> int:
        self._rest += stuk
        while len(self._rest) > STUK:  # the last piece waits for `sluit_af`
            self._schrijf(bytes(self._rest[:STUK]), laatste=False)
            del self._rest[:STUK]
        return len(stuk)

    def sluit_af(self) -> None:
        self._schrijf(bytes(self._rest), laatste=True)
        self._rest.clear()

    def _schrijf(self, stuk: bytes, *, laatste: bool) -> None:
        self._doel.write(self._gcm.encrypt(_nonce(self._nummer, laatste), stuk, self._bij))
        self._nummer += 1


# reading


class Lezer(io.RawIOBase):
    """Decrypts piece by piece; KopieBeschadigd at the first piece that is not as it was written."""

    def __init__(self, bron: IO[bytes], opener: Opener) -> None:
        self._bron = bron
        if bron.read(len(MERK)) != MERK:
            raise beschadigd("dit bestand is geen reservekopie van regie.")
        kop = bron.readline(GROOTSTE_KOP)
        self._gcm = AESGCM(_van_slot(_kop(kop), opener))
        self._bij = hashlib.sha256(MERK + kop).digest()
        self._nummer = 0
        self._klaar = b""
        self._volgende = bron.read(STUK + ZEGEL)
        self._einde = False

    def readable(self) -> bool:
        return True

    def readinto(self, doel: Any, /) -> int:
        while not self._klaar and not self._einde:
            self._lees_stuk()
        aantal = min(len(doel), len(self._klaar))
        doel[:aantal] = self._klaar[:aantal]
        self._klaar = self._klaar[aantal:]
        return aantal

    def _lees_stuk(self) -> None:
        stuk, self._volgende = self._volgende, self._bron.read(STUK + ZEGEL)
        laatste = not self._volgende
        try:
            self._klaar = self._gcm.decrypt(_nonce(self._nummer, laatste), stuk, self._bij)
        except (InvalidTag, ValueError):
            raise beschadigd("de inhoud is gewijzigd, afgebroken of met een andere sleutel gemaakt.") from None
        self._nummer += 1
        self._einde = laatste


def _kop(regel: bytes) -> Mapping[str, Any]:
    try:
        gelezen: Any = json.loads(regel)
        return cast("Mapping[str, Any]", gelezen["sleutel"])
    except (ValueError, KeyError, TypeError):
        raise beschadigd("het begin is niet te lezen.") from None


def _nonce(nummer: int, laatste: bool) -> bytes:
    # The key is used for this file alone, so counting is enough.
    return bytes(7) + nummer.to_bytes(4, "big") + bytes([laatste])


# the key of a file


def _op_slot(sleutel: bytes, slot: Slot) -> dict[str, Any]:
    if slot.wachtwoord is not None:
        zout = os.urandom(16)
        verpakt = AESGCM(_uit_wachtwoord(slot.wachtwoord, zout, SCRYPT_N)).encrypt(bytes(12), sleutel, b"wachtwoord")
        return {"soort": "wachtwoord", "zout": _b64(zout), "n": SCRYPT_N, "verpakt": _b64(verpakt)}
    assert slot.ontvanger is not None
    eenmalig = X25519PrivateKey.generate()
    publiek = eenmalig.public_key().public_bytes_raw()
    gedeeld = _gedeeld(eenmalig.exchange(slot.ontvanger), publiek, slot.ontvanger.public_bytes_raw())
    return {"soort": "ontvanger", "eenmalig": _b64(publiek), "verpakt": _b64(_verpak(gedeeld, sleutel))}


def _verpak(gedeeld: bytes, sleutel: bytes) -> bytes:
    return AESGCM(gedeeld).encrypt(bytes(12), sleutel, b"ontvanger")  # the wrapping key is used once


def _van_slot(kop: Mapping[str, Any], opener: Opener) -> bytes:
    try:
        if kop["soort"] == "wachtwoord":
            if opener.wachtwoord is None:
                raise RegieFout("Deze reservekopie is met een wachtwoord gemaakt.", "Geef --wachtwoordbestand BESTAND.")
            maat = int(kop["n"])
            if not 2 <= maat <= _GROOTSTE_N:
                raise beschadigd("het begin is niet te lezen.")
            sleutel = _uit_wachtwoord(opener.wachtwoord, _van_b64(kop["zout"]), maat)
            return AESGCM(sleutel).decrypt(bytes(12), _van_b64(kop["verpakt"]), b"wachtwoord")
        if opener.geheim is None:
            raise RegieFout("Deze reservekopie is voor een ontvanger gemaakt.", "Geef --geheim BESTAND.")
        eenmalig = _van_b64(kop["eenmalig"])
        gedeeld = _gedeeld(
            opener.geheim.exchange(X25519PublicKey.from_public_bytes(eenmalig)),
            eenmalig,
            opener.geheim.public_key().public_bytes_raw(),
        )
        return AESGCM(gedeeld).decrypt(bytes(12), _van_b64(kop["verpakt"]), b"ontvanger")
    except InvalidTag:
        raise beschadigd("het wachtwoord of het geheim past niet, of het begin is gewijzigd.") from None
    except (KeyError, ValueError, TypeError):
        raise beschadigd("het begin is niet te lezen.") from None


def _uit_wachtwoord(wachtwoord: bytes, zout: bytes, n: int) -> bytes:
    return Scrypt(salt=zout, length=32, n=n, r=8, p=1).derive(wachtwoord)


def _gedeeld(geheim: bytes, eenmalig: bytes, ontvanger: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=eenmalig + ontvanger, info=b"regie reservekopie 1").derive(geheim)


def _b64(waarde: bytes) -> str:
    return base64.b64encode(waarde).decode("ascii")


def _van_b64(waarde: object) -> bytes:
    return base64.b64decode(str(waarde), validate=True)
