"""Eén run die niet bij te werken is: het bord weigert iets over haar, of de ronde struikelt erover.

Dat gaat over die run. De andere gaan door, de ronde heet goed, en het beheer krijgt een signaal met wat het bord zei.
Zo'n run rust dan: elke ronde opnieuw vragen helpt niet, en zou de plaats innemen van wat wel kan. Lukt het later, of
hoeft er niets meer, dan gaat het signaal vanzelf af.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Final
from uuid import UUID

from domein.handelingen.bordpoort import RunGeweigerd
from domein.handelingen.kern import in_ruimte
from domein.handelingen.signalen import los_op, meld_signaal
from domein.ports import Omgeving, Ruimte

RUN_NIET_BIJ: Final = "run_niet_bij"
OPNIEUW_ELKE: Final = 25  # ronden: om de paar minuten
ALLES_VANAF: Final = 2  # pas als meer dan één daad mislukt, kan het aan het bord liggen
Houd = Callable[[Ruimte], None]
_log: Final = logging.getLogger(__name__)


def niet_bij(omgeving: Omgeving) -> frozenset[UUID]:
    """De stappen waarvan de run niet bij te werken was."""
    with omgeving.magazijn.ruimte() as ruimte:
        return frozenset(s.stap_id for s in ruimte.signalen(soort=RUN_NIET_BIJ) if s.stap_id is not None)


def rust(stap_id: UUID, open_: Collection[UUID], nummer: int) -> bool:
    """Of deze stap nu even niet hoeft. `nummer` telt de ronden, op welke machine ook."""
    return stap_id in open_ and nummer % OPNIEUW_ELKE != 0


def ligt_aan_het_bord(fouten: Mapping[UUID, Exception], gelukt: int) -> bool:
    """Of alles wat deze ronde vroeg op een fout van de server strandde: dan gaat het niet over één run."""
    geen_run = all(isinstance(fout, RunGeweigerd) and fout.van_de_server for fout in fouten.values())
    return gelukt == 0 and len(fouten) >= ALLES_VANAF and geen_run


def noteer(omgeving: Omgeving, fouten: Mapping[UUID, Exception], houd: Houd) -> None:
    """Meld per stap wat er was; staat het signaal er al, dan blijft het."""
    for stap_id, fout in fouten.items():
        wat = f"Prefect antwoordt {fout.code}" if isinstance(fout, RunGeweigerd) else type(fout).__name__

        def werk(ruimte: Ruimte, stap_id: UUID = stap_id, wat: str = wat) -> bool:
            houd(ruimte)
            stap = ruimte.stap(stap_id)
            melding = (
                f"De run van '{stap.titel}' is niet bij te werken ({wat}). De andere gaan door; de ronde probeert het "
                "om de paar minuten. Kijk in Prefect wat er met deze run is, en zet haar dan opnieuw."
            )
            return meld_signaal(ruimte, omgeving, RUN_NIET_BIJ, "fout", melding, stap) is not None

        if in_ruimte(omgeving, werk):
            _log.warning("de run van stap %s is niet bij te werken (%s)", stap_id, wat)


def sluit(omgeving: Omgeving, weer_goed: Collection[UUID], houd: Houd) -> None:
    """Deze runs staan weer zoals zij horen."""
    for stap_id in weer_goed:

        def werk(ruimte: Ruimte, stap_id: UUID = stap_id) -> None:
            houd(ruimte)
            los_op(ruimte, omgeving, RUN_NIET_BIJ, ruimte.stap(stap_id))

        in_ruimte(omgeving, werk)
