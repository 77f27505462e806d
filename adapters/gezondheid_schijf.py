"""Looks whether the disk under the installation has room left, before the database has to stop."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from adapters.instellingen import Instellingen
from domein.regio.bevinding import Bevinding, Ernst

MB: Final = 1_000_000
TE_WEINIG: Final = 100 * MB  # a day of mail and events of a large region
KRAP: Final = 500 * MB
_UITWEG: Final = "Maak ruimte vrij of vergroot de schijf; een gestopte ronde gaat daarna vanzelf verder."


def _vrij(map_: Path) -> int:
    return shutil.disk_usage(map_).free


def schijf(keuze: Instellingen, vrij: Callable[[Path], int] = _vrij) -> list[Bevinding]:
    """The room that is left where the installation keeps its files."""
    map_ = keuze.map if keuze.map.exists() else Path.cwd()
    over = vrij(map_)
    if over >= KRAP:
        return []
    ernst = Ernst.FOUT if over < TE_WEINIG else Ernst.WAARSCHUWING
    melding = f"Er is nog {over // MB} MB vrij; is de schijf vol, dan legt het systeem niets meer vast."
    return [Bevinding(soort="schijf", ernst=ernst, melding=melding, uitweg=_UITWEG, plaats=str(map_))]
