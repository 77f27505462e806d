"""Vragen aan een kleine regio, in een regel: een test noemt alleen wat ertoe doet."""

from datetime import date
from typing import Any

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import Antwoord, Gat, Toewijzing, zoek
from domein.regio.model import Regio

DAG = date(2026, 3, 2)


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


def vraag(van: Regio, **anders: Any) -> Antwoord:
    """Wie doet de aanmelding voor een asielstatushouder in de B1-route, op 2 maart 2026?"""
    gewoon: dict[str, Any] = {
        "gemeente": van.gemeenten[0],
        "stap": Stapsoort.AANMELDING,
        "leerroute": Leerroute.B1,
        "doelgroep": Doelgroep.ASIELSTATUSHOUDER,
        "op": DAG,
    }
    return zoek(van, **(gewoon | anders))


def toegewezen(van: Regio, **anders: Any) -> Toewijzing:
    antwoord = vraag(van, **anders)
    assert isinstance(antwoord, Toewijzing), antwoord
    return antwoord


def gat(van: Regio, **anders: Any) -> Gat:
    antwoord = vraag(van, **anders)
    assert isinstance(antwoord, Gat), antwoord
    return antwoord


def redenen(antwoord: Antwoord) -> dict[str, str]:
    """Per afgevallen uitvoerder (of afspraak, zonder uitvoerder) waarom hij het niet werd."""
    return {weg.uitvoerder or weg.afspraak: weg.reden for weg in antwoord.afgevallen}
