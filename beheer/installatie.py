"""Een installatie op schijf: haar map, haar eigen instellingen, en het slot dat er één opzichter toelaat."""

import fcntl
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from adapters.eigen_prefect import SLOT
from adapters.omgeving import BESTAND, lees_oude_instellingen, onthoud_demo
from domein.fouten import RegieFout


class DraaitAl(RegieFout):
    code = "draait_al"


@dataclass(slots=True)
class Slot:
    """Houdt de map vast zolang dit proces leeft; de kern laat los, ook na kill -9."""

    bestand: IO[str]

    def los(self) -> None:
        self.bestand.close()


def neem_slot(map_: Path) -> Slot:
    """Neem de map; DraaitAl als er al een opzichter in werkt."""
    map_.mkdir(parents=True, exist_ok=True)
    bestand = (map_ / SLOT).open("a+", encoding="ascii")
    try:
        fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        bestand.seek(0)
        pid = bestand.read().strip() or "onbekend"
        bestand.close()
        raise DraaitAl(
            f"In {map_} draait al een installatie (proces {pid}).",
            "Stop haar met Ctrl-C in dat venster, of kies een andere map met --map.",
        ) from None
    bestand.seek(0)
    bestand.truncate()
    bestand.write(str(os.getpid()))
    bestand.flush()
    return Slot(bestand)


def schrijf_instellingen(map_: Path, waarden: Mapping[str, str]) -> None:
    """Leg de instellingen van deze map vast, zodat elk proces van de installatie dezelfde leest."""
    regels = [
        "# Gemaakt door regie; de omgeving gaat voor.",
        *(f"{naam}={waarde}" for naam, waarde in waarden.items()),
    ]
    tijdelijk = map_ / f".{BESTAND}.nieuw"
    tijdelijk.write_text("\n".join(regels) + "\n", encoding="utf-8")
    tijdelijk.replace(map_ / BESTAND)


__all__ = ["DraaitAl", "Slot", "lees_oude_instellingen", "neem_slot", "onthoud_demo", "schrijf_instellingen"]
