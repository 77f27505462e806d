"""Maatregelen bekijken in het portaal: wat bekend is, en welke stap er bij elke overwogen maatregel nu is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domein.begrippen import Stapstatus
from domein.handelingen.besluit_inzien import maatregel_toon
from domein.handelingen.logboek import Inzicht
from domein.ports import Omgeving
from domein.regels.uitkomsten import uitkomsten_voor
from domein.regels.uitkomstvormen import Uitkomst

Rij = dict[str, Any]
_VORM = "maatregel/"


@dataclass(frozen=True, slots=True)
class Maatregelstap:
    """De stap die nu aan de beurt is. Bij een besluit zijn er geen uitkomsten: dat gaat met een concept."""

    kenmerk: str
    titel: str
    waarom: str
    artikel: str
    besluit: bool
    uitkomsten: tuple[Uitkomst, ...]


@dataclass(frozen=True, slots=True)
class Maatregelbeeld:
    rij: Rij
    stappen: Mapping[int, Maatregelstap]
    maatregelen: Sequence[Rij]

    def stap(self, nummer: int) -> Maatregelstap | None:
        return self.stappen.get(nummer)


def maatregelbeeld(omgeving: Omgeving, inzicht: Inzicht) -> Maatregelbeeld:
    """Geef signalen, geschiedenis en tarieven, en per lopende maatregel haar stap. PersoonGewist als alles weg is."""
    rij = maatregel_toon(omgeving, inzicht.dossier.referentie)
    stappen: dict[int, Maatregelstap] = {}
    with omgeving.magazijn.ruimte() as ruimte:
        for stap in ruimte.stappen(inzicht.dossier.id):
            bezig = stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)
            if bezig and stap.kenmerk.startswith(_VORM):
                uitkomsten = () if stap.besluit else uitkomsten_voor(stap.kenmerk)
                stappen[int(stap.kenmerk.rsplit("/", 1)[1])] = Maatregelstap(
                    stap.kenmerk, stap.titel, stap.waarom, stap.artikel, stap.besluit, uitkomsten
                )
    return Maatregelbeeld(rij, stappen, rij["maatregelen"])
