"""Een fout in één dossier die niemand voorzag: het dossier gaat terug, de andere gaan door, en iemand hoort welk.

Wie over veel dossiers loopt, vangt hier wat er in een daarvan misgaat. Een database die niet verder kan gaat over alles
en wordt dus nooit gevangen; wat nog moest, blijft dan staan.
"""

import logging
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domein.fouten import OpslagOnbeschikbaar, RegieFout

VOORVOEGSEL: Final = "onverwacht:"
_LENGTE: Final = 60  # van een code in de database
_HOOGSTENS: Final = 5  # zoveel voorbeelden noemt een melding
_log: Final = logging.getLogger("regie.dossiers")


class DossierMislukt(RegieFout):
    """In dit dossier ging iets mis dat niet was voorzien; er is niets in veranderd."""

    def __init__(self, soort: str) -> None:
        super().__init__(
            f"In dit dossier ging iets mis dat niet was voorzien ({soort}); er is niets in veranderd.",
            "Het logboek zegt waar het misging. Is het dossier hersteld, herhaal dan dezelfde opdracht (een bulk met "
            "haar nummer): zij doet alleen wat nog moet.",
        )
        self.code = f"{VOORVOEGSEL}{soort}"[:_LENGTE]


@dataclass(frozen=True, slots=True)
class Mislukking:
    """Welk dossier niet ging, waarom, en wat er te doen is."""

    dossier: str
    code: str
    waarom: str
    uitweg: str


def mislukt(fout: Exception, dossier_id: UUID) -> RegieFout:
    """De weigering bij een fout in één dossier. OpslagOnbeschikbaar gaat door: die gaat over alles.

    De tekst van een vreemde fout kan van een persoon zijn: naar buiten gaat haar soort, naar het logboek ook de plek.
    """
    if isinstance(fout, OpslagOnbeschikbaar):
        raise fout
    if isinstance(fout, RegieFout):
        return fout
    plek = "".join(traceback.format_tb(fout.__traceback__))
    _log.error("dossier %s gaf een onverwachte fout (%s)\n%s", dossier_id, type(fout).__name__, plek)
    return DossierMislukt(type(fout).__name__)


def mislukking(fout: Exception, dossier_id: UUID, referentie: str) -> Mislukking:
    """Zoals `mislukt`, als regel voor een verslag dat het dossier noemt."""
    weigering = mislukt(fout, dossier_id)
    return Mislukking(referentie, weigering.code, weigering.melding, weigering.uitweg)


def noem(namen: Iterable[str]) -> str:
    """Noem de eerste vijf, en hoeveel er nog zijn."""
    alle = list(namen)
    rest = len(alle) - _HOOGSTENS
    return ", ".join(alle[:_HOOGSTENS]) + (f" en nog {rest}" if rest > 0 else "")


def is_onverwacht(code: str) -> bool:
    """Of deze code een onvoorziene fout noemt: geen oordeel over de handeling, dus opnieuw proberen heeft zin."""
    return code.startswith(VOORVOEGSEL)
