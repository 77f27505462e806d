"""Which Prefect belongs to this installation. Someone else's is never touched.

The address comes from REGIE_PREFECT_API_URL, or was recorded in the directory of the installation when its own server
started. A recorded address says nothing once that server stopped: the port may be another installation's by now. So
it counts only while a supervisor holds the directory.
"""

import fcntl
import os
from pathlib import Path
from typing import Final

from adapters.instellingen import Instellingen
from adapters.omgeving import lees_oude_instellingen
from domein.fouten import RegieFout

SLOT: Final = "opzichter.slot"  # held as long as a supervisor works in the directory
VARIABELE: Final = "REGIE_PREFECT_API_URL"
_UITWEG: Final = (
    f"Start haar met './regie start' (of './regie demo'), of zet {VARIABELE} als haar Prefect elders draait."
)


class GeenEigenPrefect(RegieFout):
    """This installation has no Prefect of its own running, and none was set."""

    code = "geen_eigen_prefect"


def adres_van(keuze: Instellingen) -> str:
    """The API of the Prefect of this installation; GeenEigenPrefect when there is none to talk to."""
    adres = keuze.prefect_api_url
    if not adres:
        raise GeenEigenPrefect(
            "Van deze installatie is nog nooit een Prefect gestart, en er is er geen ingesteld.", _UITWEG
        )
    if _is_vastgelegd(keuze.map, adres) and not _draait(keuze.map):
        raise GeenEigenPrefect(
            f"De Prefect van deze installatie draait niet; wie nu op {adres} antwoordt, kan van een ander zijn.",
            _UITWEG,
        )
    return adres


def adres_of_leeg(keuze: Instellingen) -> str:
    """The same, empty when there is none: for who only wants to know whether there is something to ask."""
    try:
        return adres_van(keuze)
    except GeenEigenPrefect:
        return ""


def _is_vastgelegd(map_: Path, adres: str) -> bool:
    """Whether this address is the one that a supervisor wrote down for the server it starts itself."""
    if os.environ.get(VARIABELE):
        return False
    oud = lees_oude_instellingen(map_)
    poort = oud.get("REGIE_POORT_PREFECT")
    return poort is not None and oud.get(VARIABELE) == adres and adres.endswith(f":{poort}/api")


def _draait(map_: Path) -> bool:
    """Whether a supervisor holds the directory now; the kernel lets go of it when the process ends."""
    try:
        with (map_ / SLOT).open(encoding="ascii") as bestand:
            fcntl.flock(bestand, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
