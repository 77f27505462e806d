"""The register of destroyed dossiers: one JSON line each, in the directory of the installation.

It stands outside the database and outside its backups: whoever restores an old backup applies it again
(`domein.handelingen.vernietigen.pas_register_toe`). A line is `{"dossier": "<id>", "op": "<day>"}` with the id of the
key and the digest of the line before it, so that a line that was changed or taken out is noticed. A line without those
two, written by hand, is read as well.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from domein.fouten import RegieFout
from domein.handelingen.bewaarpoort import Registerregel

BESTAND: Final = "vernietigingsregister.jsonl"


class BestandRegister:
    """Implements the port `Vernietigingsregister`; safe for processes that write at once."""

    def __init__(self, map_: Path) -> None:
        self.pad = map_ / BESTAND

    def schrijf(self, regel: Registerregel) -> None:
        self.pad.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.pad.open("a+b", buffering=0) as bestand:
            self.pad.chmod(0o600)
            fcntl.flock(bestand, fcntl.LOCK_EX)  # released when the file closes
            eerder = list(self._regels(bestand))
            if any(gelezen.dossier_id == regel.dossier_id for gelezen, _ in eerder):
                return  # a second try after a crash: once is enough
            inhoud = {
                "dossier": str(regel.dossier_id),
                "sleutel": str(regel.sleutel_id) if regel.sleutel_id else None,
                "op": regel.op.isoformat(),
                "vorige": eerder[-1][1] if eerder else "",
            }
            bestand.write(json.dumps(inhoud, sort_keys=True).encode("ascii") + b"\n")
            os.fsync(bestand.fileno())

    def lees(self) -> Sequence[Registerregel]:
        if not self.pad.exists():
            return ()
        with self.pad.open("rb") as bestand:
            fcntl.flock(bestand, fcntl.LOCK_SH)
            return tuple(regel for regel, _ in self._regels(bestand))

    def _regels(self, bestand: IO[bytes] | Any) -> Iterator[tuple[Registerregel, str]]:
        """Every line with the digest that the next one must name."""
        bestand.seek(0)
        vorige = ""
        for nummer, ruw in enumerate(bestand.read().splitlines(), start=1):
            regel = _lees(ruw, vorige)
            if regel is None:
                raise RegieFout(
                    f"Regel {nummer} van {self.pad.name} klopt niet: het register is beschadigd of gewijzigd.",
                    "Zet de laatste kopie van dit bestand terug; zonder register komt een vernietigd dossier terug.",
                )
            vorige = hashlib.sha256(ruw).hexdigest()
            yield regel, vorige


def _lees(ruw: bytes, vorige: str) -> Registerregel | None:
    """One line; None when it is damaged or does not follow the line before it."""
    try:
        inhoud = json.loads(ruw)
        sleutel = UUID(inhoud["sleutel"]) if inhoud.get("sleutel") else None
        regel = Registerregel(UUID(inhoud["dossier"]), sleutel, date.fromisoformat(inhoud["op"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return regel if inhoud.get("vorige", vorige) == vorige else None
