"""Een andere dag kiezen vanuit de mail: 'later'.

Wie stappen mag beheren, verzet zelf, binnen de uiterste dag. Wie dat niet mag, zoals een aanbieder, stelt een dag
voor: dat wordt een vraag aan de coördinator, en tot die beslist blijft de dag zoals zij is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domein.fouten import AlBeantwoord, GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.eigen_taak import eis_eigen_taak, lopende_vraag
from domein.handelingen.kern import in_ruimte, kader, leg_vast, nieuwe_controle
from domein.handelingen.regio import regio_op
from domein.handelingen.stapbeheer import ZIN, nieuwe_dag
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regio.model import Regio
from domein.stand import vouw

REDENEN: Final[Mapping[str, str]] = {
    "geen-plek": "De agenda is vol",
    "persoon-kan-niet": "De inburgeraar kan dan niet",
    "wacht-op-ander": "Ik wacht op een ander",
    "afwezig": "Ik ben er dan niet",
    "anders": "Anders",
}


@dataclass(frozen=True, slots=True)
class Uitstel:
    """De dag waarop de taak nu staat, of die is voorgesteld."""

    dag: date
    gevraagd: bool


def stel_uit(omgeving: Omgeving, stap_id: UUID, dag: date, redencode: str, actor: Actor, *, generatie: int) -> Uitstel:
    """Verzet een eigen open taak, of vraag erom; OngeldigeGegevens als de dag niet kan."""
    if redencode not in REDENEN:
        raise OngeldigeGegevens("Kies een reden.", "Kies een reden uit de lijst.", {"reden": "Kies een reden."})

    def werk(ruimte: Ruimte) -> Uitstel:
        stap = ruimte.stap(stap_id)
        regio = eis_eigen_taak(ruimte, omgeving, stap, actor, generatie)
        vandaag = omgeving.klok.vandaag()
        gegevens = nieuwe_dag(stap, dag, vandaag)
        if kader().werkdag(dag) == stap.streef:
            raise OngeldigeGegevens("De taak staat al op die dag.", "Kies een andere dag.")
        stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
        if lopende_vraag(stand, stap.kenmerk) is not None:
            raise AlBeantwoord("Over deze taak ligt al een vraag bij een ander.", "U hoort het als er is beslist.")
        if not _mag_verzetten(regio, stap, actor, vandaag):
            betreft = f"{stap.kenmerk}: naar {dag.isoformat()}, {REDENEN[redencode].lower()}"
            vraag = nieuwe_controle(stand, omgeving, "andere_dag_gevraagd", betreft, toelichting=redencode)
            leg_vast(ruimte, omgeving, stap.dossier_id, [replace(vraag, actor=actor)])
            return Uitstel(dag, gevraagd=True)
        nieuw = NieuweGebeurtenis("stap_verzet", vandaag, gegevens, actor, reden=REDENEN[redencode], stap=stap.kenmerk)
        leg_vast(ruimte, omgeving, stap.dossier_id, [nieuw], reden=ZIN["stap_verzet"])
        return Uitstel(ruimte.stap(stap_id).streef, gevraagd=False)

    return in_ruimte(omgeving, werk)


def mag_verzetten(omgeving: Omgeving, stap_id: UUID, actor: Actor) -> bool:
    """Zeg of deze persoon de stap zelf mag verzetten, of alleen een dag mag voorstellen."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        return _mag_verzetten(regio_op(ruimte, omgeving, vandaag), ruimte.stap(stap_id), actor, vandaag)


def _mag_verzetten(regio: Regio, stap: Stap, actor: Actor, vandaag: date) -> bool:
    try:
        eis_beheer(regio, stap.gemeente, actor, vandaag)
    except GeenBevoegdheid:
        return False
    return True
