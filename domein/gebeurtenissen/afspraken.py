"""Wat voor één persoon is afgesproken over wie wat doet: maatwerk, wensen, een keuze, een overdracht."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domein.begrippen import Rol, Stapsoort
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Volgorde
from domein.regio.soorten import Gegevensgroep, Wenssoort


class MaatwerkVastgesteld(Gegevens):
    """Voor deze persoon wijkt een mandaathouder af van de afspraken, vanaf `geldig_op` tot en met `geldig_tot`."""

    nummer: Volgorde
    stap: Stapsoort
    partner: Code
    geldig_tot: date
    mandaathouder: Code
    rol: Rol | None = None
    bedrag: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    betaler: Code | None = None
    inzage: tuple[Gegevensgroep, ...] = ()


class MaatwerkBeeindigd(Gegevens):
    nummer: Volgorde


class WensUitgesproken(Gegevens):
    """Een wens zoals de persoon hem zelf uitsprak; nooit afgeleid uit herkomst. Een lege waarde trekt hem in."""

    wens: Wenssoort
    waarde: str = Field(default="", max_length=40, pattern=r"^[A-Za-z0-9-]*$")


class AanbiederGekozen(Gegevens):
    """De persoon, of de klantmanager aan het einde van een contract, koos deze aanbieder."""

    partner: Code


class OverdrachtAangeboden(Gegevens):
    """De klantmanager draagt het dossier over; wie het aanbiedt blijft verantwoordelijk tot de ander aanvaardt.

    `gegevens` zijn de gegevensgroepen die de ander volgens de afspraken mag zien.
    """

    nummer: Volgorde
    van_medewerker: Code | None = None
    naar_partner: Code
    naar_medewerker: Code
    gegevens: tuple[Gegevensgroep, ...] = ()


class OverdrachtAanvaard(Gegevens):
    nummer: Volgorde


class OverdrachtGeweigerd(Gegevens):
    nummer: Volgorde
    redencode: Code


class AanbiederUitgevallen(Gegevens):
    """De aanbieder kan deze persoon geen les meer geven: keurmerk kwijt, gestopt of failliet."""

    nummer: Volgorde
    partner: Code
    redencode: Literal["keurmerk-kwijt", "gestopt", "anders"]
