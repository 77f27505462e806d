"""Rechten van de inburgeraar op zijn gegevens, en wat er na het einde met het dossier gebeurt."""

from datetime import date
from enum import StrEnum
from typing import Literal

from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Volgorde


class Recht(StrEnum):
    """Wat iemand over zijn eigen gegevens kan vragen (art. 15 en 16 AVG)."""

    INZAGE = "inzage"
    RECTIFICATIE = "rectificatie"


class Blokkadegrond(StrEnum):
    """Waarom een dossier niet mag worden vernietigd. De toelichting staat als reden bij de gebeurtenis."""

    BEZWAAR_OF_BEROEP = "bezwaar_of_beroep"
    RECHTSZAAK = "rechtszaak"
    VERANTWOORDING = "verantwoording"
    KLACHT = "klacht"
    ONDERZOEK = "onderzoek"
    ARCHIEFWAARDE = "archiefwaarde"


class VerzoekOntvangen(Gegevens):
    """De inburgeraar vraagt inzage of verbetering; `geldig_op` is de dag van ontvangst (art. 12 lid 3 AVG)."""

    nummer: Volgorde
    recht: Recht


class VerzoekVerlengd(Gegevens):
    """De termijn wordt met twee maanden verlengd; de inburgeraar hoort dat, met de reden (art. 12 lid 3 AVG)."""

    nummer: Volgorde


class VerzoekAfgehandeld(Gegevens):
    """Het antwoord op een verzoek; afwijzen is een besluit (art. 12 lid 4 AVG, art. 34 UAVG)."""

    nummer: Volgorde
    uitkomst: Literal["ingewilligd", "gedeeltelijk", "afgewezen", "ingetrokken"]


class VernietigingGeblokkeerd(Gegevens):
    """Dit dossier blijft bewaard tot en met `tot`, of tot iemand de blokkade opheft."""

    nummer: Volgorde
    grond: Blokkadegrond
    tot: date | None = None


class BlokkadeOpgeheven(Gegevens):
    nummer: Volgorde


class DossierVernietigd(Gegevens):
    """De bewaartermijn is voorbij: de sleutel van het dossier is vernietigd, het bewijs blijft (art. 9.9 Bi)."""

    lijst: Code
