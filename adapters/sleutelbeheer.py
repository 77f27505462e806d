"""Turning the master key: every dossier key is wrapped anew, in one transaction that also says which key wraps now.

In this order, so that a crash anywhere leaves everything readable and a second try finishes it: the new master key on
disk, the transaction, the old master key kept as `hoofdsleutel.vorige`, the new one in its place. Each change wraps
every key, also those under the key before, so the old `vorige` may go.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, update

from adapters.database import maak_engine
from adapters.hoofdsleutel import (
    HUIDIG,
    NIEUW,
    VORIGE,
    afdruk,
    gemerkt,
    houd_vast,
    kandidaten,
    kies,
    merk,
    pak_uit,
    verpak,
)
from adapters.instellingen import Instellingen, geheim_uit, schrijf_geheim
from adapters.kluis import CijfertekstGeweigerd
from adapters.sleuteltabellen import SLEUTELTABEL, maak_tabellen
from domein.fouten import RegieFout

MOUNTS: Final = Path("/proc/self/mountinfo")


def draai_hoofdsleutel(keuze: Instellingen, *, proef: bool, zelf_plaatsen: bool = False) -> int:
    """Wrap every living key with a new master key; give how many. Safe to run again after a crash.

    `zelf_plaatsen`: the new key is there as `hoofdsleutel.nieuw`, no file is changed, and someone puts it in its place
    on every machine afterwards. RegieFout, and nothing changed, when it cannot be finished here.
    """
    map_ = keuze.geheimenmap
    nieuw = map_ / NIEUW
    if zelf_plaatsen:
        _eis_klaargezet(map_)
    else:
        eis_vervangbaar(map_)
    vers = geheim_uit(nieuw) if nieuw.is_file() else secrets.token_bytes(32)
    if vers == geheim_uit(map_ / HUIDIG):
        raise RegieFout(
            "hoofdsleutel.nieuw is dezelfde als hoofdsleutel: deze wissel is al af.",
            f"Haal {NIEUW} weg uit {map_}. Wilt u nog eens wisselen, doe het daarna opnieuw.",
        )
    aantal = _verpak_alles(keuze, vers, bewaar=False)  # what is refused, is refused before anything is on disk
    if proef:
        return aantal
    if not nieuw.is_file():
        schrijf_geheim(nieuw, vers.hex().encode("ascii"))
        _leg_vast(map_)
    aantal = _verpak_alles(keuze, geheim_uit(nieuw), bewaar=True)
    if not zelf_plaatsen:
        schrijf_geheim(map_ / VORIGE, (map_ / HUIDIG).read_bytes(), vervang=True)
        _leg_vast(map_)
        nieuw.replace(map_ / HUIDIG)
        _leg_vast(map_)
    return aantal


def _verpak_alles(keuze: Instellingen, nieuw: bytes, *, bewaar: bool) -> int:
    bekend = (*kandidaten(keuze.geheimenmap), nieuw)
    t = SLEUTELTABEL.c
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        maak_tabellen(engine)
        with engine.begin() as verbinding:
            houd_vast(verbinding)
            kies(verbinding, bekend)  # refuses a machine that does not have the key of now
            houd_vast(verbinding)  # also when its row was made just now
            vraag = select(t.dossier_id, t.sleutel_id, t.verpakt).where(t.verpakt.is_not(None))
            rijen = verbinding.execute(vraag).all()
            for dossier, sleutel_id, verpakt in rijen:
                try:
                    sleutel, _ = pak_uit(bekend, dossier, sleutel_id, verpakt)
                except CijfertekstGeweigerd:
                    raise _past_niet() from None
                nu = verpak(nieuw, dossier, sleutel)
                verbinding.execute(update(SLEUTELTABEL).where(t.dossier_id == dossier).values(verpakt=nu))
            merk(verbinding, nieuw)
            if not bewaar:
                verbinding.rollback()
    finally:
        engine.dispose()
    return len(rijen)


def _past_niet() -> RegieFout:
    return RegieFout(
        "Een sleutel van een dossier past bij geen van de hoofdsleutels hier; er is niets gewijzigd.",
        "Zet de reservekopie van de sleutels terug: wat hier niet te openen is, komt daaruit. Doe het daarna opnieuw.",
    )


# whether it can be finished here


def eis_vervangbaar(map_: Path, mounts: Path = MOUNTS) -> None:
    """RegieFout when the key file could not be replaced at the end: then the start would be a trap."""
    huidig = map_ / HUIDIG
    if huidig.is_symlink() or _is_mount(huidig, mounts):
        raise RegieFout(
            f"{huidig} is er van buiten in gehangen en is hier niet te vervangen; er is niets gewijzigd.",
            "Doe het met de map zelf erin gehangen, of zet hoofdsleutel.nieuw klaar en geef --zelf-plaatsen "
            "(uitrol/LEESMIJ.md).",
        )
    proef = map_ / f".schrijfproef-{secrets.token_hex(4)}"
    try:
        os.close(os.open(proef, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as fout:
        raise RegieFout(
            f"In {map_} is niet te schrijven ({type(fout).__name__}); er is niets gewijzigd.",
            "Geef schrijfrecht op deze map, of zet hoofdsleutel.nieuw klaar en geef --zelf-plaatsen "
            "(uitrol/LEESMIJ.md).",
        ) from None
    finally:
        with suppress(OSError):
            proef.unlink()


def _is_mount(bestand: Path, mounts: Path) -> bool:
    # os.path.ismount does not see a file that is bound from the same disk; the kernel does.
    plek = str(bestand.resolve()).replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011")
    regels = mounts.read_text(encoding="utf-8").splitlines() if mounts.is_file() else []
    return any(regel.split(" ")[4:5] == [plek] for regel in regels)


def _eis_klaargezet(map_: Path) -> None:
    if not (map_ / NIEUW).is_file():
        raise RegieFout(
            f"In {map_} staat geen {NIEUW}; er is niets gewijzigd.",
            "Maak hem buiten deze machine (32 willekeurige bytes als hex), bewaar hem, en zet hem overal naast "
            "hoofdsleutel.",
        )


def _leg_vast(map_: Path) -> None:
    """Let the names in this directory survive a power cut."""
    nummer = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


# what the doctor asks


@dataclass(frozen=True, slots=True)
class Sleutelstand:
    """Which file wraps now ("" when it is not here), and how many keys another file opens, or none."""

    nu: str
    staat_klaar: bool
    met_een_andere: int
    onleesbaar: int


def stand(keuze: Instellingen) -> Sleutelstand:
    """How the files and the key database agree. Changes nothing."""
    map_ = keuze.geheimenmap
    bekend = {naam: geheim_uit(map_ / naam) for naam in (HUIDIG, NIEUW, VORIGE) if (map_ / naam).is_file()}
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        maak_tabellen(engine)
        with engine.connect() as verbinding:
            gezocht = gemerkt(verbinding)
            nu = HUIDIG if gezocht is None else next((n for n, h in bekend.items() if afdruk(h) == gezocht), "")
            met_een_andere, onleesbaar = _tel(verbinding, list(bekend.values()), bekend.get(nu))
            verbinding.rollback()
    finally:
        engine.dispose()
    return Sleutelstand(nu, NIEUW in bekend, met_een_andere, onleesbaar)


def _tel(verbinding: Connection, bekend: list[bytes], nu: bytes | None) -> tuple[int, int]:
    t = SLEUTELTABEL.c
    anders = onleesbaar = 0
    for rij in verbinding.execute(select(t.dossier_id, t.sleutel_id, t.verpakt).where(t.verpakt.is_not(None))):
        try:
            anders += pak_uit(bekend, *rij)[1] != nu
        except CijfertekstGeweigerd:
            onleesbaar += 1
    return anders, onleesbaar
