"""Alle dossiers langsgaan zonder voor elk apart aan de database te vragen wat erin staat."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from domein.fouten import PersoonGewist
from domein.handelingen.onverwacht import Mislukking, mislukking
from domein.model import Dossier
from domein.ports import Ruimte

PORTIE: Final = 200


@dataclass(slots=True)
class Nagekeken:
    """Wat er in de dossiers niet klopt, en welke dossiers niet na te kijken waren."""

    fouten: list[str] = field(default_factory=list[str])
    mislukt: list[Mislukking] = field(default_factory=list[Mislukking])

    def samen(self) -> list[str]:
        """Alles als een regel: ook wat niet na te kijken is, is niet goed."""
        return [*self.fouten, *(f"{een.dossier}: niet na te kijken ({een.code})." for een in self.mislukt)]


def alle_dossiers(ruimte: Ruimte) -> Iterator[Dossier]:
    """Elk dossier op referentie; wat over hen wordt gevraagd, is per portie vooruit gelezen."""
    alle = ruimte.dossiers()
    for begin in range(0, len(alle), PORTIE):
        portie = alle[begin : begin + PORTIE]
        ruimte.lees_vooruit([dossier.id for dossier in portie])
        yield from portie


def kijk_na(dossiers: Iterable[Dossier], werk: Callable[[Dossier], Iterable[str]]) -> Nagekeken:
    """Verzamel wat `werk` per dossier vindt. Wat in een dossier niet gaat, blijft bij dat dossier.

    Van een gewiste persoon is alleen de keten er nog (regel 12): wie daar toch naar vraagt, vindt niets.
    """
    uit = Nagekeken()
    for dossier in dossiers:
        try:
            uit.fouten.extend(list(werk(dossier)))
        except PersoonGewist:
            continue
        except Exception as fout:  # de andere dossiers worden nagekeken; dit wordt genoemd
            uit.mislukt.append(mislukking(fout, dossier.id, dossier.referentie))
    return uit
