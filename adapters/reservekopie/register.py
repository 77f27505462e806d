"""The register of destroyed dossiers: a file beside the database, so that no backup ever brings one back.

One JSON line per dossier, `{"dossier": "<id>", "op": "<day>"}`: an id that leads nowhere any more, and a day. It is
only ever added to. It goes into no backup and is never put back: it has to be younger than every backup.
"""

import json
import os
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from domein.fouten import RegieFout

BESTAND: Final = "vernietigingsregister.jsonl"


def register_van(map_: Path) -> Path:
    return map_ / BESTAND


def lees_register(bestand: Path) -> Mapping[UUID, date]:
    """The destroyed dossiers. RegieFout when a line cannot be read: then nobody knows what must stay away."""
    if not bestand.exists():
        return {}
    uit: dict[UUID, date] = {}
    for nummer, regel in enumerate(bestand.read_text(encoding="ascii").splitlines(), 1):
        if not regel.strip():
            continue
        try:
            velden = cast("dict[str, Any]", json.loads(regel))
            uit[UUID(velden["dossier"])] = date.fromisoformat(velden["op"])
        except (ValueError, KeyError, TypeError):
            raise RegieFout(
                f"Regel {nummer} van {bestand} is niet te lezen.",
                "Herstel het register: zonder register kan een vernietigd dossier terugkomen.",
            ) from None
    return uit


def schrijf_bij(bestand: Path, dossiers: Collection[UUID], dag: date) -> None:
    """Add dossiers; call this before the destruction itself, and again does no harm."""
    nieuw = [dossier for dossier in dossiers if dossier not in lees_register(bestand)]
    if not nieuw:
        return
    bestand.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(bestand, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="ascii") as uit:
        uit.writelines(json.dumps({"dossier": str(d), "op": dag.isoformat()}, sort_keys=True) + "\n" for d in nieuw)
        uit.flush()
        os.fsync(uit.fileno())
