"""Wat een mens of het systeem over een stap besluit, en wat een eerdere gebeurtenis ongedaan maakt."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Volgorde


class DossierAfgesloten(Gegevens):
    """Het dossier is nagekeken en dicht; de bewaartermijn loopt (art. 9.9 Bi)."""


class StapGeopend(Gegevens):
    """Wie de stap doet, volgens de afspraken van die dag (regel 5)."""

    generatie: Annotated[int, Field(ge=1)]
    partner: Code
    medewerker: Code
    afspraak: str = ""
    afsprakenversie: str = ""
    waarom: str = ""


class StapVerzet(Gegevens):
    """Het voornemen van een mens: een dag, en de uiterste datum waaraan die toen is getoetst (regel 13)."""

    dag: date
    getoetst_aan: date | None = None
    aanvaard: bool = False  # wie het besloot, aanvaardde dat deze dag na `getoetst_aan` ligt; waarom staat in de reden


class StapOpnieuw(Gegevens):
    """De run van de stap is opnieuw gezet. De stap zelf verandert niet, en er gaat geen mail."""


class DossierHerplant(Gegevens):
    """De stappen zijn weer naast het plan gelegd; de regeling is die waarmee dat gebeurde."""

    regeling: str = ""


class StapOvergeslagen(Gegevens):
    pass


class StapHeropend(Gegevens):
    pass


class StapToegewezen(Gegevens):
    """Een ander doet de stap. `waarom` is een vaste zin van het systeem, en komt in de mail aan die ander."""

    partner: Code
    medewerker: Code
    waarom: str = ""


class ControleGevraagd(Gegevens):
    """Iets waarover een mens moet oordelen: een termijn in het verleden, een tweede antwoord."""

    nummer: Volgorde
    aanleiding: Literal[
        "termijn_voorbij",
        "tweede_antwoord",
        "verzet_strijdig",
        "run_geannuleerd",
        "verhuizing_huishouden",
        "overgang_keuze",
        "niet_voor_mij",
        "andere_dag_gevraagd",
    ]
    betreft: str = ""
    toelichting: str = ""
    antwoord: dict[str, str] = Field(default_factory=dict[str, str])


class ControleAfgehandeld(Gegevens):
    oordeelcode: Code


class PartnerberichtBeslist(Gegevens):
    """Iemand besloot over een bericht dat het systeem van een partner niet aannam; de reden staat erbij."""

    bericht: UUID
    besluit: Literal["opnieuw", "vallen"]


class Doorgehaald(Gegevens):
    """Een eerdere gebeurtenis geldt niet meer; zij blijft wel leesbaar (regel 11)."""

    gebeurtenis: UUID
