"""De werkvoorraad van een persoon of een team: open taken in groepen die iets vragen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domein.handelingen.eigen_taak import lopende_vraag
from domein.handelingen.portaalpoort import Werkvraag
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.stand import vouw

_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


class Groep(StrEnum):
    """Wanneer een taak aan de beurt is; te laat is alleen wat na zijn uiterste dag nog open is."""

    TE_LAAT = "te-laat"
    VANDAAG = "vandaag"
    STREEFDAG_VOORBIJ = "streefdag-voorbij"
    DEZE_WEEK = "deze-week"
    LATER = "later"
    WACHT = "wacht"


@dataclass(frozen=True, slots=True)
class Werk:
    """Eén open taak zoals zij in een lijst staat; niets van een persoon (zijn naam: `namenlijst`)."""

    stap_id: UUID
    dossier_id: UUID
    generatie: int
    titel: str
    referentie: str
    gemeente: str
    stapsoort: str
    klaar_op: date
    einde: date
    groep: Groep
    medewerker: str
    nieuw: bool = False
    concept: bool = False
    besluit: bool = False


def werkvoorraad(omgeving: Omgeving, vraag: Werkvraag, kijker: str) -> tuple[Werk, ...]:
    """Geef de open taken van deze vraag; `kijker` is wie ze bekijkt (voor zijn concepten)."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        rijen = ruimte.open_werk(vraag)
        wacht = _wacht_op_ander(ruimte, [stap for stap, _ in rijen])
        concepten = ruimte.taken_met_concept(kijker)
    return tuple(_werk(stap, referentie, vandaag, wacht, concepten) for stap, referentie in rijen)


def groep_van(einde: date, vandaag: date, streef: date | None = None) -> Groep:
    """De groep van een taak. De mail noemt de streefdag als de dag waarop zij klaar is, dus die zegt wanneer."""
    if einde < vandaag:
        return Groep.TE_LAAT
    dag = min(einde, streef or einde)
    if vandaag in (einde, dag):
        return Groep.VANDAAG
    if dag < vandaag:
        return Groep.STREEFDAG_VOORBIJ
    return Groep.DEZE_WEEK if dag <= vandaag + timedelta(days=6 - vandaag.weekday()) else Groep.LATER


def is_nieuw(geopend_op: datetime | None, vandaag: date) -> bool:
    """Nieuw is wat vandaag openging, of op de vorige werkdag: op maandag telt vrijdag dus mee."""
    if geopend_op is None:
        return False
    terug = {0: 3, 6: 2}.get(vandaag.weekday(), 1)
    return geopend_op.astimezone(_AMSTERDAM).date() >= vandaag - timedelta(days=terug)


def _wacht_op_ander(ruimte: Ruimte, stappen: Iterable[Stap]) -> frozenset[UUID]:
    """De taken waarover een ander nog moet beslissen. Alleen dossiers met een open vraag worden gelezen."""
    eigen = [stap for stap in stappen if not stap.kenmerk.startswith("registratie/controle/")]
    met_vraag = ruimte.dossiers_met_vraag({stap.dossier_id for stap in eigen})
    if met_vraag:
        ruimte.lees_vooruit(met_vraag)
    standen = {dossier_id: vouw(ruimte.gebeurtenissen(dossier_id)) for dossier_id in met_vraag}
    return frozenset(
        stap.id for stap in eigen
        if (stand := standen.get(stap.dossier_id)) is not None and lopende_vraag(stand, stap.kenmerk) is not None
    )  # fmt: skip


def _werk(stap: Stap, referentie: str, vandaag: date, wacht: Collection[UUID], concepten: Collection[UUID]) -> Werk:
    einde = stap.uiterst or stap.streef
    return Werk(
        stap_id=stap.id, dossier_id=stap.dossier_id, generatie=stap.generatie, titel=stap.titel,
        referentie=referentie, gemeente=stap.gemeente,
        stapsoort=stap.stapsoort.value, klaar_op=stap.streef, einde=einde,
        groep=Groep.WACHT if stap.id in wacht else groep_van(einde, vandaag, stap.streef),
        medewerker=stap.medewerker or "", nieuw=is_nieuw(stap.geopend_op, vandaag), concept=stap.id in concepten,
        besluit=stap.besluit,
    )  # fmt: skip
