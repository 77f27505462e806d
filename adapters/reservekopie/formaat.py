"""What is in a backup, as lines inside the encrypted file: a head, tables with their rows, files, and a closing line.

The closing line counts what came before it, so that a backup without its end is never taken for a whole one.
"""

import base64
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import IO, Any, Final, Literal, cast

from adapters.keten import hash_van
from adapters.reservekopie.kluisbestand import Lezer, Opener, Schrijver, Slot, beschadigd
from adapters.reservekopie.rijen import Kolom, Rij, naar_waarden
from domein.model import GebeurtenisRij

FORMAAT: Final = 1
Soort = Literal["database", "sleutels"]


@dataclass(frozen=True, slots=True)
class Kop:
    """The head: what this is, when it was made and by which version."""

    soort: Soort
    gemaakt_op: str
    programma: str
    revisie: str
    regio: str
    bron: str  # sqlite or postgresql
    formaat: int = FORMAAT


@dataclass(frozen=True, slots=True)
class Tabelkop:
    naam: str
    kolommen: tuple[Kolom, ...]


@dataclass(frozen=True, slots=True)
class Bestand:
    pad: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Slotregel:
    """The end: rows per table, number of files, and one hash over the heads of all chains."""

    tabellen: Mapping[str, int]
    bestanden: int
    ketenhoofd: str


Deel = Kop | Tabelkop | Rij | Bestand | Slotregel


class Ketenrekenaar:
    """Recomputes every chain from the rows that pass by; needs no key, because the chain is over ciphertext."""

    def __init__(self) -> None:
        self._hoofden: dict[str, tuple[int, str]] = {}
        self._gezien: dict[str, tuple[int, str]] = {}
        self.fouten: list[str] = []

    def neem(self, tabel: Tabelkop, rij: Rij) -> None:
        if tabel.naam == "dossier":
            waarden = naar_waarden(tabel.kolommen, rij)
            self._hoofden[waarden["id"].hex] = (waarden["laatste_volgnummer"], waarden["keten_hoofd"])
        elif tabel.naam == "gebeurtenis":
            self._gebeurtenis(naar_waarden(tabel.kolommen, rij))

    def _gebeurtenis(self, waarden: dict[str, Any]) -> None:
        dossier = waarden["dossier_id"].hex
        nummer, hoofd = self._gezien.get(dossier, (0, ""))
        klopt = (
            waarden["volgnummer"] == nummer + 1
            and waarden["vorige_hash"] == hoofd
            and hash_van(cast(GebeurtenisRij, SimpleNamespace(**waarden))) == waarden["hash"]
        )
        if not klopt and dossier not in self.fouten:
            self.fouten.append(dossier)
        self._gezien[dossier] = (waarden["volgnummer"], waarden["hash"])

    @property
    def hoofden(self) -> Mapping[str, tuple[int, str]]:
        return self._hoofden

    def som(self) -> str:
        """One hash over the heads; also closes the check: the last event of a chain is the head of its dossier."""
        for dossier, hoofd in self._hoofden.items():
            if self._gezien.get(dossier, (0, "")) != hoofd and dossier not in self.fouten:
                self.fouten.append(dossier)
        regels = (f"{dossier}:{nummer}:{hoofd}\n" for dossier, (nummer, hoofd) in sorted(self._hoofden.items()))
        return hashlib.sha256("".join(regels).encode()).hexdigest()


def schrijf(
    doel: IO[bytes],
    slot: Slot,
    kop: Kop,
    tabellen: Iterable[tuple[Tabelkop, Iterable[Rij]]],
    bestanden: Sequence[Bestand],
) -> Slotregel:
    """Write a whole backup; give its closing line."""
    keten, aantallen = Ketenrekenaar(), dict[str, int]()
    schrijver = Schrijver(doel, slot)
    with gzip.GzipFile(fileobj=schrijver, mode="wb", compresslevel=3, mtime=0) as pers:
        _regel(pers, {"kop": _velden(kop)})
        for bestand in bestanden:
            _regel(pers, {"bestand": bestand.pad, "inhoud": base64.b64encode(bestand.inhoud).decode("ascii")})
        for tabel, rijen in tabellen:
            _regel(pers, {"tabel": tabel.naam, "kolommen": tabel.kolommen})
            aantallen[tabel.naam] = 0
            for rij in rijen:
                keten.neem(tabel, rij)
                aantallen[tabel.naam] += 1
                _regel(pers, rij)
        slotregel = Slotregel(aantallen, len(bestanden), keten.som())
        _regel(pers, {"slot": _velden(slotregel)})
    schrijver.sluit_af()
    return slotregel


def lees(bron: IO[bytes], opener: Opener, keten: Ketenrekenaar | None = None) -> Iterator[Deel]:
    """Give the parts in order; KopieBeschadigd at the first thing that is not as it was written.

    Nothing that was read counts before the closing line came: use the parts in a transaction.
    """
    lezer = Lezer(bron, opener)
    keten = keten or Ketenrekenaar()
    teller = _Teller()
    try:
        with gzip.GzipFile(fileobj=io.BufferedReader(lezer, 1 << 16), mode="rb") as pers:
            tabel: Tabelkop | None = None
            for regel in pers:
                deel = _deel(json.loads(regel))
                teller.tel(deel, tabel)
                if isinstance(deel, Tabelkop):
                    tabel = deel
                elif isinstance(deel, list):
                    assert tabel is not None
                    keten.neem(tabel, deel)
                elif isinstance(deel, Slotregel) and keten.som() != deel.ketenhoofd:
                    raise beschadigd("de hoofden van de ketens zijn niet die van het einde.")
                yield deel
    except (EOFError, OSError, zlib.error, ValueError, KeyError, TypeError, AssertionError) as fout:
        raise beschadigd(f"de inhoud is niet te lezen ({type(fout).__name__}).") from None
    if not teller.klaar:
        raise beschadigd("het einde ontbreekt.")


class _Teller:
    """Keeps the order and the numbers: a head first, a closing line last."""

    def __init__(self) -> None:
        self._begonnen = False
        self.klaar = False
        self._rijen: dict[str, int] = {}
        self._bestanden = 0

    def tel(self, deel: Deel, tabel: Tabelkop | None) -> None:
        if self.klaar or isinstance(deel, Kop) is self._begonnen:
            raise beschadigd("de volgorde klopt niet.")
        self._begonnen = True
        if isinstance(deel, Tabelkop):
            self._rijen[deel.naam] = 0
        elif isinstance(deel, list):
            if tabel is None:
                raise beschadigd("een rij hoort bij geen tabel.")
            self._rijen[tabel.naam] += 1
        elif isinstance(deel, Bestand):
            self._bestanden += 1
        elif isinstance(deel, Slotregel):
            if (dict(deel.tabellen), deel.bestanden) != (self._rijen, self._bestanden):
                raise beschadigd("er ontbreken rijen of bestanden.")
            self.klaar = True


def _deel(gelezen: Any) -> Deel:
    if isinstance(gelezen, list):
        return cast(Rij, gelezen)
    match cast("dict[str, Any]", gelezen):
        case {"kop": velden}:
            kop = Kop(**velden)
            if kop.formaat != FORMAAT:
                raise beschadigd(f"zij heeft vorm {kop.formaat}, en dit programma leest vorm {FORMAAT}.")
            return kop
        case {"tabel": naam, "kolommen": kolommen}:
            return Tabelkop(str(naam), tuple(Kolom(*kolom) for kolom in kolommen))
        case {"bestand": pad, "inhoud": inhoud}:
            return Bestand(str(pad), base64.b64decode(inhoud, validate=True))
        case {"slot": velden}:
            return Slotregel(**velden)
        case _:
            raise beschadigd("er staat een onbekende regel in.")


def _regel(pers: gzip.GzipFile, inhoud: Any) -> None:
    pers.write(json.dumps(inhoud, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _velden(deel: Kop | Slotregel) -> dict[str, Any]:
    return {naam: getattr(deel, naam) for naam in deel.__slots__}
