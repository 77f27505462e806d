"""Het logboek bekijken, voor toezicht en beheer. Ook dat kijken staat in het logboek."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domein.begrippen import Verificatie
from domein.fouten import OnbekendDossier, PersoonGewist
from domein.gebeurtenissen.soorten import SOORTEN
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import TOEZICHT, regel
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Dossier, Logregel, Logsoort
from domein.ports import Omgeving, Ruimte


@dataclass(frozen=True, slots=True)
class Wijziging:
    """Een feit in het dossier, ook als het niet door het portaal kwam; de reden blijft in het dossier."""

    volgnummer: int
    op: datetime
    wat: str
    actor: str
    verificatie: Verificatie


@dataclass(frozen=True, slots=True)
class Logbeeld:
    """`gewist`: van dit dossier zijn de feiten niet meer te lezen; het logboek zelf wel."""

    regels: Sequence[Logregel]
    wijzigingen: tuple[Wijziging, ...] = ()
    gewist: bool = False


def bekijk_logboek(omgeving: Omgeving, wie: Aangemelde, vraag: Logvraag, naam: str) -> Logbeeld:
    """Geef de regels die gevraagd zijn, en bij één dossier ook wie het op een andere weg veranderde."""

    def werk(ruimte: Ruimte) -> Logbeeld:
        regels = ruimte.logregels(vraag)
        dossier = _dossier(ruimte, vraag.betrokkene)
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, Logsoort.GEZIEN, dossier, verwerking=TOEZICHT))
        if dossier is None:
            return Logbeeld(regels)
        try:
            return Logbeeld(regels, _wijzigingen(ruimte, dossier))
        except PersoonGewist:
            return Logbeeld(regels, gewist=True)

    return in_ruimte(omgeving, werk)


def _dossier(ruimte: Ruimte, referentie: str) -> Dossier | None:
    if not referentie:
        return None
    try:
        return ruimte.dossier_bij(referentie)
    except OnbekendDossier:
        return None


def _wijzigingen(ruimte: Ruimte, dossier: Dossier) -> tuple[Wijziging, ...]:
    alle = ruimte.gebeurtenissen(dossier.id)
    return tuple(
        Wijziging(g.volgnummer, g.vastgelegd_op, SOORTEN[g.soort].label, g.actor.code, g.actor.verificatie)
        for g in reversed(alle)
    )
