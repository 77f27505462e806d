"""Wat iemand over de huisgenoten mag weten bij een eigen taak: hun gesprekken die dichtbij liggen, als verwijzing."""

from datetime import timedelta
from typing import Final

from domein.begrippen import Stapstatus
from domein.model import Stap
from domein.ports import Ruimte
from domein.regeling import regeling
from domein.regels.kalender import datum
from domein.stand import GESPREK

_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)


def gesprekken_van_huisgenoten(ruimte: Ruimte, stap: Stap) -> str:
    """Noem de voortgangsgesprekken van huisgenoten binnen twee weken van dit gesprek; leeg als er geen zijn.

    Alleen binnen dezelfde gemeente en bij dezelfde organisatie: wie de huisgenoot niet begeleidt, hoort niets.
    """
    huishouden = ruimte.dossier(stap.dossier_id).huishouden
    if huishouden is None or not stap.kenmerk.startswith(GESPREK):
        return ""
    dichtbij = timedelta(days=regeling().getal("huishouden_gesprek_dagen", stap.streef))
    uit: list[str] = []
    for dossier in ruimte.huisgenoten(huishouden):
        vreemd = dossier.gemeente != stap.gemeente or dossier.regie_partner not in (None, stap.partner)
        if dossier.id == stap.dossier_id or vreemd:
            continue
        for ander in ruimte.stappen(dossier.id):
            gesprek = ander.kenmerk.startswith(GESPREK) and ander.status in _ONAF
            if gesprek and abs(ander.streef - stap.streef) <= dichtbij:
                nummer = ander.kenmerk.removeprefix(GESPREK)
                uit.append(f"{dossier.referentie}, gesprek {nummer} op {datum(ander.streef)}")
    return "; ".join(uit)
