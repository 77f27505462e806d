"""Wat elke dag wordt nagekeken voor het bericht aan het beheer: of het systeem werkt, niet of het werk op tijd is.

Een taak die te laat is, een afspraak die ontbreekt of een partner die wacht, is van de uitvoering: dat staat op het
bord. Stond het hier, dan kreeg een gewone regio elke dag een bericht, en las niemand het meer. Niets hier rekent elk
dossier na.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from domein.handelingen.onderzoek import feestdagen, niet_geopend, post, regio, signalen, volgende_stap
from domein.handelingen.onderzoek_bedrijf import BEDRIJFSONDERZOEKEN, steekproef
from domein.handelingen.signaaleigenaar import is_van_het_beheer
from domein.ports import Omgeving
from domein.regio.bevinding import Bevinding

NIEUWS: Final = timedelta(days=1)  # onbestelbaar blijft een mail altijd; het adres dat niet werkt, komt elke dag terug

Onderzoek = tuple[str, Callable[[Omgeving], list[Bevinding]]]


def niet_opgepakt(omgeving: Omgeving) -> list[Bevinding]:
    """Stappen die al een week open moeten staan en waarvoor de ronde nooit iets deed.

    Heeft zo'n stap wel een run, dan wacht zij op een mens: het kantoor is dicht, of niemand is aangewezen.
    """
    return niet_geopend(omgeving, zonder_run=True)


def post_van_vandaag(omgeving: Omgeving) -> list[Bevinding]:
    """Mail die niet weg komt, waarover iemand moet beslissen, of die sinds gisteren niet te bezorgen is."""
    return post(omgeving, onbestelbaar_sinds=omgeving.klok.nu() - NIEUWS)


def beheersignalen(omgeving: Omgeving) -> list[Bevinding]:
    """De open signalen over het systeem zelf."""
    return signalen(omgeving, welke=is_van_het_beheer)


DAGELIJKS: Final[tuple[Onderzoek, ...]] = (
    ("de samenwerkingsafspraken", regio),
    ("de feestdagen", feestdagen),
    ("de volgende stap van elk dossier", volgende_stap),
    ("stappen die niemand oppakte", niet_opgepakt),
    ("de uitgaande post", post_van_vandaag),
    ("open signalen over het systeem", beheersignalen),
    *BEDRIJFSONDERZOEKEN,
    ("een steekproef", steekproef),
)
