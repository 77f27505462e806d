"""Wat een mens over één stap besluit: verzetten, overslaan, heropenen, een ander aanwijzen, de run opnieuw zetten.

Elk besluit is een gebeurtenis met reden en naam; het plan houdt er daarna rekening mee (regel 5 van het idee, 13). Het
werk zelf staat in `ops.py`; voor veel stappen tegelijk is er `bulk.py`.
"""

from datetime import date
from typing import Final
from uuid import UUID

from domein.gebeurtenissen.basis import Actor
from domein.handelingen.kern import Uitwerking
from domein.handelingen.ops import ZIN as ZINNEN
from domein.handelingen.ops import doe_een
from domein.handelingen.opsfeiten import nieuwe_dag
from domein.handelingen.opsvormen import Doel, Opdracht
from domein.ports import Omgeving
from domein.regels.bulkkeuze import Handeling

__all__ = ["ZIN", "draag_over", "heropen", "nieuwe_dag", "sla_over", "verzet", "zet_opnieuw"]

ZIN: Final = {
    "stap_verzet": ZINNEN[Handeling.VERZETTEN],
    "stap_overgeslagen": ZINNEN[Handeling.OVERSLAAN],
    "stap_heropend": ZINNEN[Handeling.HEROPENEN],
    "stap_toegewezen": ZINNEN[Handeling.OVERDRAGEN],
}


def _doe(omgeving: Omgeving, stap_id: UUID, opdracht: Opdracht, actor: Actor, *, proef: bool) -> Uitwerking:
    with omgeving.magazijn.ruimte() as ruimte:
        doel = Doel(ruimte.stap(stap_id).dossier_id, stap_id)
    return doe_een(omgeving, doel, opdracht, actor, proef=proef)


def verzet(
    omgeving: Omgeving, stap_id: UUID, dag: date, actor: Actor, reden: str, *, aanvaard: str = "", proef: bool = False
) -> Uitwerking:
    """Verzet een onafgemaakte stap naar een dag; voorbij de uiterste dag alleen als iemand dat aanvaardt (regel 13)."""
    opdracht = Opdracht(Handeling.VERZETTEN, reden, naar=dag, aanvaard=aanvaard)
    return _doe(omgeving, stap_id, opdracht, actor, proef=proef)


def zet_opnieuw(omgeving: Omgeving, stap_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Zet de run van een stap opnieuw; de stap, haar generatie en haar mail blijven zoals zij zijn."""
    return _doe(omgeving, stap_id, Opdracht(Handeling.OPNIEUW, reden), actor, proef=proef)


def sla_over(
    omgeving: Omgeving, stap_id: UUID, actor: Actor, reden: str, *, aanvaard: str = "", proef: bool = False
) -> Uitwerking:
    """Sla een onafgemaakte stap over. Een besluit van de wet kan niet worden overgeslagen."""
    return _doe(omgeving, stap_id, Opdracht(Handeling.OVERSLAAN, reden, aanvaard=aanvaard), actor, proef=proef)


def heropen(omgeving: Omgeving, stap_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Heropen een overgeslagen stap. Wat klaar is, verandert door zijn gebeurtenis door te halen."""
    return _doe(omgeving, stap_id, Opdracht(Handeling.HEROPENEN, reden), actor, proef=proef)


def draag_over(
    omgeving: Omgeving, stap_id: UUID, medewerker: str, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Wijs een onafgemaakte stap aan een ander toe; een besluit blijft bij iemand met mandaat."""
    return _doe(omgeving, stap_id, Opdracht(Handeling.OVERDRAGEN, reden, aan=medewerker), actor, proef=proef)
