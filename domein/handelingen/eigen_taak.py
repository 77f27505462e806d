"""Wat iemand met een link uit zijn mail mag: alleen iets met zijn eigen, open taak, zoals zij nu gesteld is."""

from dataclasses import dataclass
from typing import Literal

from domein.begrippen import Stapstatus
from domein.fouten import GeenBevoegdheid, OvergangNietToegestaan, VerouderdeVraag
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import eis_medewerker
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regio.model import Regio
from domein.stand import Stand

Vraagsoort = Literal["niet_voor_mij", "andere_dag_gevraagd"]


@dataclass(frozen=True, slots=True)
class Lopend:
    """Een vraag over deze taak waarop een ander nog moet antwoorden."""

    soort: Vraagsoort
    nummer: int


def eis_eigen_taak(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, actor: Actor, generatie: int) -> Regio:
    """Geef de regio van vandaag als deze persoon deze open taak heeft; anders een fout die zegt hoe het staat."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    eis_medewerker(regio, actor, vandaag)
    if stap.medewerker != actor.code:
        raise GeenBevoegdheid("Deze taak is van een ander.", "U hoeft niets te doen.")
    if stap.generatie != generatie:
        raise VerouderdeVraag("Deze taak is intussen veranderd.", "Gebruik de link uit uw nieuwste mail.")
    if stap.status is not Stapstatus.OPEN:
        raise OvergangNietToegestaan(f"Deze taak is al {stap.status.value}.", "U hoeft niets meer te doen.")
    return regio


def lopende_vraag(stand: Stand, kenmerk: str) -> Lopend | None:
    """Geef de vraag over deze stap die nog bij een ander ligt, of None."""
    for controle in stand.controles.values():
        beantwoord = f"registratie/controle/{controle.nummer}" in stand.afgerond
        if beantwoord or controle.betreft.partition(":")[0] != kenmerk:
            continue
        match controle.aanleiding:
            case "niet_voor_mij" | "andere_dag_gevraagd" as soort:
                return Lopend(soort, controle.nummer)
            case _:
                continue
    return None
