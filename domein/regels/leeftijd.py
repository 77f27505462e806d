"""Leeftijd, en de twee maanden waarin zij iets verandert: 18 worden en de AOW-leeftijd bereiken.

Bron: Wet inburgering 2021, artikel 3; Burgerlijk Wetboek, artikel 1:233; Algemene Ouderdomswet, artikel 7a. Wat in
het dossier komt, is alleen de eerste dag van de maand: nooit de dag van geboorte.
"""

from datetime import date, timedelta

from domein.regeling import Regeling, regeling
from domein.regels.kalender import plus_jaren, plus_maanden


def verjaardag(geboren: date, jaren: int) -> date:
    """Geef de dag waarop iemand zo oud wordt; wie op 29 februari is geboren, in een gewoon jaar op 1 maart."""
    dag = plus_jaren(geboren, jaren)
    return dag if dag.day == geboren.day else dag + timedelta(days=1)


def heeft_leeftijd(geboren: date, jaren: int, op: date) -> bool:
    """Zeg of iemand op deze dag zo oud is, of ouder."""
    return verjaardag(geboren, jaren) <= op


def oud_genoeg(geboren: date, op: date, regels: Regeling | None = None) -> bool:
    """Zeg of iemand op deze dag inburgeringsplichtig kan zijn (art. 3 Wi)."""
    regels = regels or regeling()
    return heeft_leeftijd(geboren, regels.getal("leeftijd_vanaf_jaren", op), op)


def meerderjarig_op(geboren: date, regels: Regeling | None = None) -> date:
    """Geef de dag waarop iemand meerderjarig wordt (art. 1:233 BW)."""
    return verjaardag(geboren, (regels or regeling()).getal("meerderjarig_jaren"))


def is_minderjarig(geboren: date, op: date, regels: Regeling | None = None) -> bool:
    return op < meerderjarig_op(geboren, regels)


def aow_op(geboren: date, regels: Regeling | None = None) -> date:
    """Geef de dag waarop iemand de AOW-leeftijd bereikt: de leeftijd die geldt op de dag dat hij haar bereikt.

    Wie tussen twee leeftijden in valt, bereikt de nieuwe niet vóór zij geldt.
    """
    dag = geboren
    for versie in (regels or regeling()).regels["aow_leeftijd_maanden"]:
        jaren, maanden = divmod(versie.waarde, 12)
        dag = plus_maanden(geboren, versie.waarde) if maanden else verjaardag(geboren, jaren)
        if versie.geldig_tot is None or dag < versie.geldig_tot:
            return max(dag, versie.geldig_van) if versie.geldig_tot is None else dag
    return dag


def maand_achttien(geboren: date, op: date, regels: Regeling | None = None) -> date | None:
    """Geef de eerste dag van de maand waarin iemand 18 wordt; None als hij dat op deze dag al is."""
    dag = meerderjarig_op(geboren, regels)
    return dag.replace(day=1) if op < dag else None


def maand_aow(geboren: date, op: date, regels: Regeling | None = None) -> date | None:
    """Geef de eerste dag van de AOW-maand als die binnen acht jaar ligt (of al voorbij is); anders None."""
    regels = regels or regeling()
    dag = aow_op(geboren, regels)
    return dag.replace(day=1) if dag <= plus_jaren(op, regels.getal("aow_vooruit_jaren", op)) else None
