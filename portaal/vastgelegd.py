"""Na een handeling die lukte: schrijf op dat er iets is veranderd, en wek de ronde.

Wie een formulier verstuurt, ziet eerst het dossier: dat staat in het logboek als gezien. Pas als de handeling is gelukt
komt er 'gewijzigd' bij; een weigering, een fout in het formulier of een concept voor later verandert niets.
"""

from collections.abc import Iterable
from typing import Protocol

from fastapi import Request

from adapters.wekker import wek_ronde
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.logboek import UITVOERING, noteer_gewijzigd
from domein.model import Dossier
from domein.regels.toegang import Toegang
from portaal.web import web_van


class Gezien(Protocol):
    """Wat iemand opende voordat hij iets deed: een dossier of een taak, met waarom hij het mag zien."""

    @property
    def dossier(self) -> Dossier: ...

    @property
    def toegang(self) -> Toegang: ...


def vastgelegd(request: Request, wie: Aangemelde, gezien: Gezien) -> None:
    _noteer(request, wie, (gezien.dossier,), gezien.toegang, UITVOERING)


def vastgelegd_in(request: Request, wie: Aangemelde, dossiers: Iterable[Dossier], verwerking: str) -> None:
    """Voor wie dossiers ziet om wat hij beheert, en niet om een taak erin; zonder dossiers één regel zonder."""
    _noteer(request, wie, dossiers, None, verwerking)


def _noteer(
    request: Request, wie: Aangemelde, dossiers: Iterable[Dossier], toegang: Toegang | None, verwerking: str
) -> None:
    web, pad = web_van(request), str(request.scope["route"].path)
    wek_ronde(web.wekmap)
    noteer_gewijzigd(web.omgeving, wie, pad, dossiers, toegang=toegang, verwerking=verwerking)
