"""De termijn om te beslissen: stilstaan, later beslissen, en te laat zijn (Awb 4:13 tot en met 4:18, 7:10 en 7:14)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Volgorde


class Beslisgrond(StrEnum):
    """Waarom de beslistermijn stilstaat (Awb 4:15, en bij een bezwaar 7:10 leden 2 en 4 en 7:14)."""

    AANVULLEN = "aanvullen"  # de aanvraag of het bezwaarschrift is niet compleet: 4:5 en 4:15 lid 1, 6:6 en 7:10 lid 2
    INSTEMMING = "instemming"  # wie erom vroeg stemt schriftelijk in met uitstel: 4:15 lid 2 onder a, 7:10 lid 4
    VERTRAGING = "vertraging"  # de vertraging is aan hem toe te rekenen: 4:15 lid 2 onder b
    OVERMACHT = "overmacht"  # door overmacht kan er niet worden beslist: 4:15 lid 2 onder c


class BeslistermijnOpgeschort(Gegevens):
    """De termijn staat stil vanaf de dag na `geldig_op`, tot en met `tot` of tot zij eerder wordt hervat.

    `van` is het nummer van het bezwaar of van het voorstel dat een aanvraag was.
    """

    nummer: Volgorde
    over: Literal["bezwaar", "voorstel"]
    van: Volgorde
    grond: Beslisgrond
    tot: date


class BeslistermijnHervat(Gegevens):
    """De reden is eerder weg: het verzuim is hersteld, de overmacht is voorbij."""

    nummer: Volgorde


class VoorstelVerdaagd(Gegevens):
    """De aanvrager hoort binnen acht weken dat het langer duurt, en tot wanneer (Awb 4:14 lid 3)."""

    nummer: Volgorde
    tot: date


class InGebrekeGesteld(Gegevens):
    """Een schriftelijke ingebrekestelling; `geldig_op` is de dag van ontvangst (Awb 4:17 lid 3)."""

    nummer: Volgorde
    over: Literal["bezwaar", "voorstel", "verzoek"]
    van: Volgorde


class DwangsomVastgesteld(Gegevens):
    """De beschikking over de dwangsom: hoeveel, of waarom niets (Awb 4:17 lid 6 en 4:18)."""

    nummer: Volgorde
    bedrag: Annotated[int, Field(ge=0, le=10000)]
    oordeel: Literal["verschuldigd", "onredelijk_laat", "geen_belanghebbende", "kennelijk"]
    mandaathouder: Code
