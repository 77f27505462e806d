"""Een dossier dat door een verbeterde melding bij een andere gemeente hoort: wie de open taken nu doet.

Anders dan bij een verhuizing was de persoon nooit van de vorige gemeente; er valt niets op te vragen.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domein.begrippen import Rol, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapToegewezen
from domein.handelingen.kern import leg_vast
from domein.handelingen.openen import Keuze, kies_behandelaar
from domein.handelingen.regio import regio_op
from domein.handelingen.verhuizen import herverdeel
from domein.ports import Omgeving, Ruimte
from domein.stand import Stand, vouw

REDEN = "De melding noemt een andere gemeente."


def na_andere_gemeente(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, vorige: Stand) -> None:
    """Geef open taken en de klantmanager aan wie ze voor de nieuwe gemeente doet; niets als de gemeente bleef."""
    stand = vouw(ruimte.gebeurtenissen(dossier_id))
    if stand.einde is not None or vorige.gemeente in (None, stand.gemeente):
        return
    nieuwe = herverdeel(ruimte, omgeving, stand, vorige, dossier_id)
    houdt = any(n.soort == "klantmanager_toegewezen" for n in nieuwe)
    if vorige.klantmanager is not None and not houdt:
        opvolger = _opvolger(ruimte, omgeving, dossier_id, stand, nieuwe)
        if opvolger is not None:
            vandaag = omgeving.klok.vandaag()
            nieuwe.append(NieuweGebeurtenis("klantmanager_toegewezen", vandaag, opvolger, SYSTEEM, reden=REDEN))
    if nieuwe:
        leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=REDEN)


def _opvolger(
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, stand: Stand, nieuwe: Sequence[NieuweGebeurtenis]
) -> KlantmanagerToegewezen | None:
    """Wie een open taak van de klantmanager krijgt; anders wie de eerste geplande taak zou krijgen."""
    vandaag = omgeving.klok.vandaag()
    van_hem = [
        stap
        for stap in ruimte.stappen(dossier_id)
        if stap.rol is Rol.KLANTMANAGER and stap.status in (Stapstatus.OPEN, Stapstatus.GEPLAND)
    ]
    kenmerken = {stap.kenmerk for stap in van_hem}
    for n in nieuwe:
        if isinstance(n.gegevens, StapToegewezen) and n.stap in kenmerken:
            return KlantmanagerToegewezen(medewerker=n.gegevens.medewerker, partner=n.gegevens.partner)
    regio = regio_op(ruimte, omgeving, vandaag)
    zonder = replace(stand, klantmanager=None)
    for stap in van_hem:
        keuze = kies_behandelaar(ruimte, regio, stap, zonder, vandaag)
        if isinstance(keuze, Keuze) and not keuze.gat:
            return KlantmanagerToegewezen(medewerker=keuze.medewerker.code, partner=keuze.partner)
    return None
