"""Alle dossiers langsgaan zonder voor elk apart aan de database te vragen wat erin staat."""

from collections.abc import Iterator
from typing import Final

from domein.model import Dossier
from domein.ports import Ruimte

PORTIE: Final = 200


def alle_dossiers(ruimte: Ruimte) -> Iterator[Dossier]:
    """Elk dossier op referentie; wat over hen wordt gevraagd, is per portie vooruit gelezen."""
    alle = ruimte.dossiers()
    for begin in range(0, len(alle), PORTIE):
        portie = alle[begin : begin + PORTIE]
        ruimte.lees_vooruit([dossier.id for dossier in portie])
        yield from portie
