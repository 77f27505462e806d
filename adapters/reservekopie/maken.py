"""Making a backup: one consistent moment of the whole database while everybody keeps working, or the keys.

On PostgreSQL the moment is a repeatable-read transaction, on SQLite one read transaction over the log. Neither holds
anyone up. Nothing is written in the clear, not even in a temporary file.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, Engine, inspect

from adapters.database import maak_engine, versie
from adapters.hoofdsleutel import HUIDIG, VORIGE, afdruk, gemerkt, kandidaten
from adapters.instellingen import Instellingen, geheim_uit
from adapters.migraties import KOP
from adapters.reservekopie.formaat import Bestand, Kop, Slotregel, Soort, Tabelkop, schrijf
from adapters.reservekopie.kluisbestand import Slot
from adapters.reservekopie.rijen import Rij, kolommen_van, lees
from adapters.sleuteltabellen import NAMEN, SLEUTELTABEL
from domein.fouten import RegieFout
from domein.model import metadata

SLEUTELBESTANDEN: Final = (HUIDIG, VORIGE, "bsn-index", "links", "links-vorige")
EINDE: Final = ".reservekopie"
_ALEMBIC: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class Kopie:
    """What was made; `sha256` is of the encrypted file, so a carrier can check it without a key."""

    soort: Soort
    bestand: Path
    bytes: int
    sha256: str
    kop: Kop
    slot: Slotregel


def maak_database(keuze: Instellingen, map_: Path, slot: Slot, nu: datetime, programma: str) -> Kopie:
    """Back up the database, the anchors and the templates of the region. Not the keys: those go apart."""
    # Anchors first: an anchor that is older than the database agrees with it, a younger one would not.
    bestanden = [*_bestanden(keuze.ankermap, "ankers"), *_eigen_sjablonen(keuze)]
    engine = maak_engine(keuze.database)
    try:
        _eis_revisie(engine)
        with _moment(engine) as verbinding:
            kop = _kop("database", keuze, nu, programma, engine)
            tabellen = [
                (Tabelkop(tabel.name, tuple(kolommen_van(tabel))), lees(verbinding, tabel, _volgorde(tabel)))
                for tabel in metadata.sorted_tables
            ]
            return _naar_bestand(map_, kop, lambda uit: schrijf(uit, slot, kop, tabellen, bestanden))
    finally:
        engine.dispose()


def maak_sleutels(keuze: Instellingen, map_: Path, slot: Slot, nu: datetime, programma: str) -> Kopie:
    """Back up the keys: the files of the key directory, and the wrapped key of every dossier."""
    if not (keuze.geheimenmap / HUIDIG).is_file():
        raise RegieFout(
            f"In {keuze.geheimenmap} staat geen hoofdsleutel.", "Geef met REGIE_MAP de map van de installatie."
        )
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        with _moment(engine) as verbinding:
            aanwezig = set(inspect(verbinding).get_table_names())
            bestanden = _sleutelbestanden(keuze, gemerkt(verbinding) if aanwezig >= NAMEN else None)
            kop = _kop("sleutels", keuze, nu, programma, engine)
            rijen: Iterator[Rij] = iter(())
            if SLEUTELTABEL.name in aanwezig:
                rijen = lees(verbinding, SLEUTELTABEL, ["dossier_id"])
            tabel = Tabelkop(SLEUTELTABEL.name, tuple(kolommen_van(SLEUTELTABEL)))
            return _naar_bestand(map_, kop, lambda uit: schrijf(uit, slot, kop, [(tabel, rijen)], bestanden))
    finally:
        engine.dispose()


def _sleutelbestanden(keuze: Instellingen, merk: str | None) -> list[Bestand]:
    """The files, with as `hoofdsleutel` the key that wraps the keys at this moment, wherever it stands now."""
    map_ = keuze.geheimenmap
    gelezen = {naam: pad.read_bytes() for naam in SLEUTELBESTANDEN if (pad := map_ / naam).is_file()}
    if merk is not None:
        # Twice: the new key may take its place between reading the one file and the other.
        bekend = {afdruk(hoofd): hoofd for _ in range(2) for hoofd in kandidaten(map_)}
        if merk not in bekend:
            raise RegieFout(
                "De hoofdsleutel hier is niet die waarmee de sleutels zijn verpakt: deze kopie ging nooit open.",
                "Maak haar op de machine waar de hoofdsleutel is vervangen, of zet die hoofdsleutel eerst hier neer.",
            )
        if afdruk(geheim_uit(map_ / HUIDIG)) != merk:
            gelezen[VORIGE] = gelezen[HUIDIG]
        gelezen[HUIDIG] = bekend[merk].hex().encode("ascii")
    return [Bestand(naam, inhoud) for naam, inhoud in gelezen.items()]


def _kop(soort: Soort, keuze: Instellingen, nu: datetime, programma: str, engine: Engine) -> Kop:
    return Kop(
        soort=soort, gemaakt_op=nu.astimezone(UTC).isoformat(timespec="seconds"), programma=programma, revisie=KOP,
        regio=keuze.regio, bron=engine.dialect.name,
    )  # fmt: skip


@contextmanager
def _moment(engine: Engine) -> Generator[Connection]:
    """A connection on which everything is read as it was at one moment."""
    sqlite = engine.dialect.name == "sqlite"
    keuzes: dict[str, Any] = {} if sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**keuzes) as verbinding:
        if sqlite:
            verbinding.exec_driver_sql("BEGIN")
        try:
            yield verbinding
        finally:
            verbinding.rollback()


def _eis_revisie(engine: Engine) -> None:
    gevonden = versie(engine)
    if gevonden != KOP:
        raise RegieFout(
            f"De database heeft versie {gevonden or 'geen'}; dit programma verwacht {KOP}.",
            "Maak de reservekopie met de versie van het programma die de database gebruikt, of werk haar eerst bij.",
        )
    vreemd = set(inspect(engine).get_table_names()) - set(metadata.tables) - {_ALEMBIC} - NAMEN
    if vreemd:
        raise RegieFout(
            f"In de database staan tabellen die dit programma niet kent: {', '.join(sorted(vreemd))}.",
            "Geef regie een database voor zich alleen; een reservekopie zonder die tabellen zou onvolledig zijn.",
        )


def _volgorde(tabel: Any) -> list[str]:
    # The chain is checked while it passes by, so its events come in their order.
    return ["dossier_id", "volgnummer"] if tabel.name == "gebeurtenis" else [k.name for k in tabel.primary_key.columns]


def _bestanden(map_: Path, als: str) -> list[Bestand]:
    if not map_.is_dir():
        return []
    paden = sorted(pad for pad in map_.rglob("*") if pad.is_file() and not pad.is_symlink())
    return [Bestand(f"{als}/{pad.relative_to(map_).as_posix()}", pad.read_bytes()) for pad in paden]


def _eigen_sjablonen(keuze: Instellingen) -> list[Bestand]:
    """The templates of the region, when they live in the installation; elsewhere they are kept by someone else."""
    eigen = keuze.eigen_sjablonen
    return _bestanden(eigen, "sjablonen") if eigen.is_relative_to(keuze.map) else []


def _naar_bestand(map_: Path, kop: Kop, schrijf_: "Callable[[IO[bytes]], Slotregel]") -> Kopie:
    map_.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = kop.gemaakt_op[:19].replace(":", "").replace("-", "")
    doel = map_ / f"regie-{kop.soort}-{moment}Z{EINDE}"
    deel = map_ / f".{doel.name}-{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(deel, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as uit:
            slotregel = schrijf_(uit)
            uit.flush()
            os.fsync(uit.fileno())
        som, grootte = som_van(deel), deel.stat().st_size
        deel.replace(doel)  # half a backup never has the name of a whole one
    finally:
        deel.unlink(missing_ok=True)
    sombestand = doel.with_name(doel.name + ".sha256")
    sombestand.write_text(f"{som}  {doel.name}\n", encoding="ascii")
    return Kopie(kop.soort, doel, grootte, som, kop, slotregel)


def som_van(bestand: Path) -> str:
    with bestand.open("rb") as lezer:
        return hashlib.file_digest(lezer, "sha256").hexdigest()
