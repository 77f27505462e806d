"""Verzoeken om inzage of verbetering in het portaal: van de gemeenten waarvoor iemand werkt; nooit wie het is."""

from typing import Any, Final

from domein.fouten import OnbekendDossier
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bewaarbeeld import mijn_gemeenten
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import INZAGERECHT, regel
from domein.handelingen.verzoeken import verzoeklijst
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte

Rij = dict[str, Any]
ONBEKEND: Final = "Dit dossier is er niet, of het is niet van uw gemeente."


def verzoeken_voor(omgeving: Omgeving, wie: Aangemelde, *, alle: bool) -> list[Rij]:
    """De verzoeken van zijn gemeenten, het dringendste eerst; met `alle` ook wat is afgehandeld."""
    with omgeving.magazijn.ruimte() as ruimte:
        mijn = mijn_gemeenten(ruimte, omgeving, wie)
    return verzoeklijst(omgeving, alle=alle, gemeenten=mijn)


def verzoekdossier(omgeving: Omgeving, wie: Aangemelde, referentie: str, naam: str, soort: Logsoort) -> Dossier:
    """Geef het dossier van een verzoek en schrijf op dat het is gezien; OnbekendDossier als het niet van hem is."""

    def werk(ruimte: Ruimte) -> Dossier | None:
        dossier = ruimte.dossier_bij(referentie)
        mag = dossier.gemeente in mijn_gemeenten(ruimte, omgeving, wie)
        wat = soort if mag else Logsoort.GEWEIGERD
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, wat, dossier, verwerking=INZAGERECHT))
        return dossier if mag else None

    gevonden = in_ruimte(omgeving, werk)
    if gevonden is None:  # pas na het bewaren: de weigering blijft staan
        raise OnbekendDossier(ONBEKEND, "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    return gevonden


def open_verzoek(
    omgeving: Omgeving, wie: Aangemelde, referentie: str, nummer: int, naam: str, soort: Logsoort = Logsoort.GEZIEN
) -> tuple[Dossier, Rij]:
    """Geef één verzoek; OnbekendDossier als het er niet is, of niet van zijn gemeente."""
    with omgeving.magazijn.ruimte() as ruimte:
        gezocht = ruimte.dossier_bij(referentie).referentie
    alle = verzoeklijst(omgeving, alle=True, referentie=gezocht)
    rij = next((een for een in alle if een["nummer"] == nummer), None)
    if rij is None:
        raise OnbekendDossier(ONBEKEND, "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    return verzoekdossier(omgeving, wie, gezocht, naam, soort), rij
