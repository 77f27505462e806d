"""Maatregelen bij niet meewerken (art. 22, 23 en 27 Wi, art. 7.1 Bi): elke stap is van een mens."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domein.begrippen import Gedraging, Verwijtbaarheid
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Gemeentecode, Volgorde

Euro = Annotated[int, Field(ge=0, le=10000)]


class MaatregelOverwogen(Gegevens):
    """Een behandelaar meldt dat een maatregel is te overwegen. Wie dit meldt, mag haar niet opleggen (Awb 10:3)."""

    nummer: Volgorde
    gedraging: Gedraging
    gedraging_op: date


class MaatregelGewaarschuwd(Gegevens):
    """Een schriftelijke waarschuwing, of waarom er geen nodig is: bij de intake zat zij al in de oproep."""

    nummer: Volgorde
    wijze: Literal["brief", "al_gewaarschuwd"]


class MaatregelVoornemen(Gegevens):
    """De kennisgeving van het voornemen, met de dag tot en met wanneer iemand kan reageren (Awb 4:8 en 5:53)."""

    nummer: Volgorde
    zienswijze_tot: date


class MaatregelZienswijze(Gegevens):
    """De zienswijze, of dat zij uitbleef."""

    nummer: Volgorde
    wijze: Literal["schriftelijk", "mondeling", "geen"]


class KerenGetoetst(Gegevens):
    """De toets aan HvJ EU C-158/23 bij een asielstatushouder: is er hardnekkige, aantoonbare onwil?"""

    nummer: Volgorde
    hardnekkige_onwil: bool
    oordeelcode: Code


class MaatregelBesloten(Gegevens):
    """Het besluit: opgelegd of niet. Het bedrag volgt uit het tarief en mag lager zijn (Awb 5:46)."""

    nummer: Volgorde
    opgelegd: bool
    bedrag: Euro = 0
    verwijtbaarheid: Verwijtbaarheid
    redencode: Code
    mandaathouder: Code
    besluit: Volgorde | None = None


class MaatregelGestaakt(Gegevens):
    """De behandelaar stopt ermee vóór er een besluit is."""

    nummer: Volgorde
    redencode: Code


class BoeteElders(Gegevens):
    """Een boete van een vorige gemeente, zoals zij die opgaf (art. 35 lid 4 Wi); `geldig_op` is de dag van dat besluit.

    Zonder `onherroepelijk_op` telt zij mee voor het maximum, en nooit als grond voor een herhaling.
    """

    gemeente: Gemeentecode
    gedraging: Gedraging
    gedraging_op: date
    bedrag: Euro
    onherroepelijk_op: date | None = None
    bewijs: Code


class BijstandVerlaagd(Gegevens):
    """De bijstand is voor dezelfde gedraging al verlaagd: dan volgt er geen boete (art. 27 Wi)."""

    gedraging_op: date
    bewijs: Code
