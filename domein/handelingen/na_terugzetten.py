"""Wat er na het terugzetten van een reservekopie moet gebeuren voordat iemand haar ziet.

Een reservekopie is ouder dan nu. Wat sindsdien is vernietigd, mag niet terugkomen: het register buiten de database
zegt welke dossiers dat zijn. De post gaat pas weer als iemand dat zegt.
"""

from collections.abc import Iterable
from uuid import UUID

from domein.fouten import OnbekendDossier
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.postpauze import zet_stil_na_terugzetten
from domein.ports import Omgeving, Ruimte


def na_terugzetten(ruimte: Ruimte, omgeving: Omgeving, vernietigd: Iterable[UUID], actor: Actor, reden: str) -> int:
    """Vernietig opnieuw wat vernietigd was en zet de post stil; geef het aantal berichten dat onzeker werd."""
    for dossier_id in vernietigd:
        vernietig_opnieuw(ruimte, dossier_id)
    return zet_stil_na_terugzetten(ruimte, reden, omgeving.klok.nu(), actor)


def vernietig_opnieuw(ruimte: Ruimte, dossier_id: UUID) -> None:
    """Wis de persoon van een dossier dat eerder is vernietigd; stond het niet in de kopie, dan is er niets te doen.

    De sleutel gaat mee: van het dossier blijft alleen de keten over, als bewijs (regel 12).
    """
    try:
        ruimte.wis_persoon(dossier_id)
    except OnbekendDossier:
        return
