"""De hele toets van een regio, in een keer; op de verwijzingen na (`domein.regio.controle`)."""

from datetime import date

from domein.regels.dekking import toets_dekking
from domein.regels.dekking_afloop import toets_afloop
from domein.regels.dekking_bezetting import toets_bezetting
from domein.regels.dekking_capaciteit import toets_capaciteit
from domein.regels.dekking_vervolg import toets_vervolg
from domein.regels.dekkingsvlakken import Dekking
from domein.regio.bevinding import Bevinding
from domein.regio.model import Regio


def toets_regio(regio: Regio, op: date | None = None) -> tuple[Bevinding, ...]:
    """Geef alle bevindingen van een regio waarin elke naam bestaat.

    Met `op` ook wat binnen 90 dagen na die dag afloopt; zonder hangt het antwoord van geen dag af.
    """
    dekking = Dekking(regio)
    return (
        *toets_dekking(regio, dekking),
        *toets_vervolg(dekking),
        *toets_bezetting(regio),
        *toets_capaciteit(regio, dekking),
        *(toets_afloop(regio, op, dekking) if op is not None else ()),
    )
