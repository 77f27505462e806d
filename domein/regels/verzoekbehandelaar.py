"""Wie een verzoek over eigen gegevens behandelt (art. 15 en 16 AVG): wie het dossier voert, want die kent het.

De samenwerkingsafspraken verdelen het andere registratiewerk. Dat dit bij de klantmanager hoort is beleid, geen wet; de
termijn wel (art. 12 lid 3 AVG), dus er is altijd iemand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.begrippen import Rol
from domein.regels.bezetting import kies_medewerker, of_vervanger
from domein.regio.afspraken import GEMEENTE
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker

VERZOEK: Final = "registratie/verzoek/"


@dataclass(frozen=True, slots=True)
class Verzoekbehandelaar:
    medewerker: Medewerker
    partner: str
    waarom: str


def volgt_klantmanager(kenmerk: str) -> bool:
    """Zeg of deze stap van wie het dossier voert is, en niet van wie de afspraken voor haar soort noemen."""
    return kenmerk.startswith(VERZOEK)


def behandelaar_van_verzoek(
    regio: Regio, gemeente: str, klantmanager: str | None, partner: str | None, op: date
) -> Verzoekbehandelaar | None:
    """Geef de klantmanager of zijn vervanger, anders de teamleider bij zijn organisatie; None als er niemand is."""
    wie = regio.medewerker(klantmanager) if klantmanager else None
    gekozen = of_vervanger(regio, wie, Rol.KLANTMANAGER, op) if wie is not None else None
    if wie is not None and gekozen is not None:
        waarom = "De klantmanager van dit dossier." if gekozen is wie else f"{gekozen.code} vervangt {wie.code}."
        return Verzoekbehandelaar(gekozen, partner or wie.partner, waarom)
    eerst: list[str] = [partner] if partner else []
    for code in (*eerst, *_voeren(regio, gemeente, op)):
        teamleider = kies_medewerker(regio, code, Rol.TEAMLEIDER, op)
        if teamleider is not None:
            return Verzoekbehandelaar(teamleider, code, "Er is geen klantmanager; de teamleider krijgt het verzoek.")
    return None


def _voeren(regio: Regio, gemeente: str, op: date) -> Iterator[str]:
    """De organisaties die voor deze gemeente dossiers voeren."""
    eigen = regio.partner_van_gemeente(gemeente)
    for afspraak in regio.samenwerkingsafspraken:
        geldt = gemeente in regio.gemeenten_van(afspraak) and regio.periode_van(afspraak).bevat(op)
        if afspraak.rol is Rol.KLANTMANAGER and geldt:
            yield from (eigen.code if code == GEMEENTE and eigen else code for code in afspraak.kandidaten())
