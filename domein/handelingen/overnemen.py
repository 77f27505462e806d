"""Wat er gebeurt als iemand een aangeboden dossier aanvaardt."""

from uuid import UUID

from domein.begrippen import Rol, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapToegewezen
from domein.ports import Omgeving, Ruimte
from domein.stand import Overdracht


def neem_over(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, overdracht: Overdracht) -> list[NieuweGebeurtenis]:
    """Geef wat na de aanvaarding geldt: de nieuwe klantmanager, en de open taken van de vorige gaan mee."""
    vandaag = omgeving.klok.vandaag()
    partner, medewerker = overdracht.naar_partner, overdracht.naar_medewerker
    reden = f"overdracht {overdracht.nummer} is aanvaard"
    wie = KlantmanagerToegewezen(medewerker=medewerker, partner=partner)
    nieuwe = [NieuweGebeurtenis("klantmanager_toegewezen", vandaag, wie, SYSTEEM, reden=reden)]
    for stap in ruimte.stappen(dossier_id):
        van_de_vorige = overdracht.van_medewerker is not None and stap.medewerker == overdracht.van_medewerker
        if stap.status is Stapstatus.OPEN and stap.rol is Rol.KLANTMANAGER and van_de_vorige:
            ander = StapToegewezen(partner=partner, medewerker=medewerker)
            nieuwe.append(NieuweGebeurtenis("stap_toegewezen", vandaag, ander, SYSTEEM, reden=reden, stap=stap.kenmerk))
    return nieuwe
