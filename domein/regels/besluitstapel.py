"""Op welke stapel een besluit ligt: wat er nu mee moet gebeuren, of dat er nog bezwaar tegen kan.

Een advies is niet verplicht (Awb 3:5 en verder); de stapel zegt alleen of het er is.
"""

from datetime import date
from enum import StrEnum

from domein.regels.besluitgang import Besluitstand, open_gronden, toestand
from domein.regels.planvormen import Kader
from domein.regels.termijnen import bereken
from domein.stand import Besluit


class Stapel(StrEnum):
    CONCEPT = "concept"  # er is nog iets te onderzoeken
    ADVIES = "advies"  # alles is onderzocht, er is geen advies
    TE_TEKENEN = "te-tekenen"
    BEKEND_TE_MAKEN = "bekend-te-maken"
    BEZWAARTERMIJN = "bezwaartermijn"
    AFGEROND = "afgerond"


def bezwaar_tot(besluit: Besluit, kader: Kader) -> date | None:
    """De laatste dag om bezwaar of beroep in te stellen (Awb 6:7); None zolang er niet bekend is gemaakt."""
    if besluit.bekendgemaakt_op is None:
        return None
    soort = "beroep" if besluit.uitkomst == "bezwaar_beslist" else "bezwaar"
    return bereken(soort, besluit.bekendgemaakt_op, regels=kader.regeling).einde


def papierstapel(bezwaar_tot: date | None, vandaag: date) -> Stapel:
    """De stapel van een besluit op papier: genomen is het al; is de bekendmaking niet vastgelegd, dan is het klaar."""
    return Stapel.BEZWAARTERMIJN if bezwaar_tot is not None and vandaag <= bezwaar_tot else Stapel.AFGEROND


def stapel_van(besluit: Besluit, bezwaar_tot: date | None, vandaag: date, *, asiel: bool) -> Stapel:
    """Zeg op welke stapel dit besluit vandaag ligt; `bezwaar_tot` is de laatste dag om bezwaar of beroep in te stellen.

    Kwam het terug van een verkeerd adres, dan is er niet bekendgemaakt (Awb 3:41). Klopte het adres, dan loopt de
    termijn door.
    """
    match toestand(besluit):
        case Besluitstand.CONCEPT:
            if open_gronden(besluit, asiel=asiel):
                return Stapel.CONCEPT
            return Stapel.TE_TEKENEN if besluit.adviezen else Stapel.ADVIES
        case Besluitstand.ONDERTEKEND | Besluitstand.RETOUR:
            return Stapel.BEKEND_TE_MAKEN
        case Besluitstand.BEKENDGEMAAKT:
            loopt = bezwaar_tot is None or vandaag <= bezwaar_tot
            return Stapel.BEZWAARTERMIJN if loopt else Stapel.AFGEROND
        case Besluitstand.INGETROKKEN:
            return Stapel.AFGEROND
