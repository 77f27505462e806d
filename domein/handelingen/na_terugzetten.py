"""Wat er na het terugzetten van een reservekopie moet gebeuren voordat iemand haar ziet.

Een reservekopie is ouder dan nu. Wat sindsdien is vernietigd, mag niet terugkomen: het register buiten de database
zegt welke dossiers dat zijn. De post gaat pas weer als iemand dat zegt.
"""

from collections.abc import Iterable
from uuid import UUID

from domein.fouten import OnbekendDossier
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bewaarpoort import Registerregel
from domein.handelingen.postpauze import zet_stil_na_terugzetten
from domein.handelingen.vernietigen import vernietig_opnieuw
from domein.ports import Omgeving, Ruimte


def na_terugzetten(
    ruimte: Ruimte, omgeving: Omgeving, vernietigd: Iterable[Registerregel], gewist: Iterable[UUID], actor: Actor,
    reden: str,
) -> int:  # fmt: skip
    """Vernietig opnieuw wat vernietigd was en zet de post stil; geef het aantal berichten dat onzeker werd.

    `vernietigd`: volgens het register; daarvan gaat alles weg wat te lezen is. `gewist`: van wie alleen de sleutel weg
    was, zoals na een ingetrokken kennisgeving; daarvan blijft de keten over, als bewijs (regel 12).
    """
    for regel in vernietigd:
        vernietig_opnieuw(ruimte, omgeving, regel)
    for dossier_id in gewist:
        _wis_opnieuw(ruimte, dossier_id)
    for slag in ruimte.hartslagen(""):
        if "/" in slag.naam:  # van een proces van toen; wat nu draait, klopt weer
            ruimte.vergeet_hartslag(slag.naam)
    return zet_stil_na_terugzetten(ruimte, reden, omgeving.klok.nu(), actor)


def _wis_opnieuw(ruimte: Ruimte, dossier_id: UUID) -> None:
    try:
        ruimte.wis_persoon(dossier_id)
    except OnbekendDossier:
        return
