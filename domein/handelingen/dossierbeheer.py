"""Wat een mens over een heel dossier besluit: pauzeren, hervatten, een klantmanager aanwijzen, herplannen.

Een pauze stopt taken en herinneringen, nooit een wettelijke termijn. Elk besluit heeft een reden en een naam.
"""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Pauzegrond
from domein.fouten import RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.ops import doe_een
from domein.handelingen.opsfeiten import Feit
from domein.handelingen.opsvormen import Doel, Opdracht
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.bulkkeuze import Handeling
from domein.regels.toets_uitkomst import toets
from domein.stand import Stand, vouw

__all__ = ["Feit", "doe", "herplan_een", "hervat", "pauzeer", "wijs_toe"]

HERPLAND: Final = "opnieuw naast het plan gelegd"
Maker = Callable[[Ruimte, Stand], list[Feit]]


def doe(
    omgeving: Omgeving,
    dossier_id: UUID,
    maak: Maker,
    actor: Actor,
    reden: str,
    waarom: str,
    *,
    proef: bool,
    beheer: bool = True,
) -> Uitwerking:
    """Doe een handeling op een heel dossier: met reden, door wie dat mag, en desgewenst als proef.

    Met `beheer=False` toetst `maak` zelf wie het mag, zoals bij een besluit.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Uitwerking:
        vandaag = omgeving.klok.vandaag()
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        gemeente = ruimte.dossier(dossier_id).gemeente
        if beheer:
            eis_beheer(regio_op(ruimte, omgeving, vandaag), gemeente, actor, vandaag)
        nieuwe: list[NieuweGebeurtenis] = []
        for soort, gegevens, stap in maak(ruimte, stand):
            toets(stand, gegevens, vandaag, vandaag, reden, kader())
            nieuwe.append(NieuweGebeurtenis(soort, vandaag, gegevens, actor, reden=reden, stap=stap))
        if proef:
            gesteld = [hypothese(ruimte, omgeving, dossier_id, nieuw) for nieuw in nieuwe]
            return voorbeeld(ruimte, dossier_id, gesteld)
        return leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=waarom)

    return in_ruimte(omgeving, werk)


def pauzeer(
    omgeving: Omgeving,
    dossier_id: UUID,
    grond: Pauzegrond,
    actor: Actor,
    reden: str,
    *,
    verwacht_tot: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Zet taken en herinneringen stil; wettelijke termijnen, besluiten en meldingen aan DUO lopen door."""
    opdracht = Opdracht(Handeling.PAUZEREN, reden, grond=grond, verwacht_tot=verwacht_tot)
    return doe_een(omgeving, Doel(dossier_id), opdracht, actor, proef=proef)


def hervat(omgeving: Omgeving, dossier_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Laat de taken weer doorgaan; OngeldigeGegevens als het dossier niet stilstaat."""
    return doe_een(omgeving, Doel(dossier_id), Opdracht(Handeling.HERVATTEN, reden), actor, proef=proef)


def wijs_toe(
    omgeving: Omgeving, dossier_id: UUID, medewerker: str, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Wijs een klantmanager aan voor het hele dossier; zijn open taken gaan van de vorige naar hem."""
    opdracht = Opdracht(Handeling.TOEWIJZEN, reden, aan=medewerker)
    return doe_een(omgeving, Doel(dossier_id), opdracht, actor, proef=proef)


def herplan_een(
    omgeving: Omgeving, dossier_id: UUID, actor: Actor, reden: str = HERPLAND, *, proef: bool = False
) -> Uitwerking:
    """Leg de stappen weer naast het plan van de geldende regeling; alleen een verandering is een gebeurtenis."""
    return doe_een(omgeving, Doel(dossier_id), Opdracht(Handeling.HERPLANNEN, reden), actor, proef=proef)
