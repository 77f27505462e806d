"""Een handeling in bulk uitvoeren zoals iemand haar op zijn scherm bekeek, en opschrijven wie welk dossier zag.

Het portaal is de enige die dit gebruikt: daar zit tussen bekijken en uitvoeren een mens, en dus tijd.
"""

from collections.abc import Collection, Iterable
from typing import Final

from domein.fouten import OnbekendDossier
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import bulk
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bulkafdruk import ProefVerouderd, afdrukken
from domein.handelingen.dossierinzage import Dossierinzage
from domein.handelingen.kern import in_ruimte
from domein.handelingen.opsvormen import Bulkverslag, Opdracht
from domein.model import Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.bulkkeuze import Bulkkeuze

MEESTE_DOSSIERS: Final = 300  # meer leest niemand op één pagina, en het voorbeeld blijft binnen seconden
PORTIE: Final = 50  # zoveel dossiers per verzoek: de pagina antwoordt dan op tijd


def voer_uit_zoals_bekeken(
    omgeving: Omgeving, keuze: Bulkkeuze, opdracht: Opdracht, actor: Actor, bulk_id: str, bekeken: Collection[str]
) -> Bulkverslag:
    """Doe een portie van wat is bekeken. ProefVerouderd als er bij het begin al iets anders uit zou komen.

    Verandert er daarna nog iets, dan weigert het dossier waarin dat gebeurde, en gaat de rest door.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        begonnen = ruimte.bulk(bulk_id) is not None
    if not begonnen:
        nu = bulk.proef(omgeving, keuze, opdracht, actor, grens=MEESTE_DOSSIERS)
        if set(afdrukken(nu)) != set(bekeken):
            raise ProefVerouderd
    return bulk.voer_uit(omgeving, keuze, opdracht, actor, bulk_id, verwacht=bekeken, hoogstens=PORTIE)


def noteer_dossiers(
    omgeving: Omgeving, wie: Aangemelde, referenties: Iterable[str], naam: str, soort: Logsoort
) -> None:
    """Schrijf van elk dossier op dat deze persoon het zag of veranderde; OnbekendDossier als er een niet van hem is."""

    def werk(ruimte: Ruimte) -> bool:
        inzage = Dossierinzage(ruimte, omgeving, wie)
        gezien = [inzage.zie(ruimte.dossier_bij(referentie).id) for referentie in dict.fromkeys(referenties)]
        inzage.noteer(naam, soort, ook_geweigerd=True)
        return None not in gezien

    if not in_ruimte(omgeving, werk):  # pas na het bewaren: de weigering blijft staan
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")


def zichtbare_dossiers(omgeving: Omgeving, wie: Aangemelde, referenties: Iterable[str], naam: str) -> frozenset[str]:
    """Geef welke van deze dossiers deze persoon mag zien, en schrijf op dat hij die zag."""

    def werk(ruimte: Ruimte) -> frozenset[str]:
        inzage = Dossierinzage(ruimte, omgeving, wie)
        gezien = [inzage.zie(ruimte.dossier_bij(referentie).id) for referentie in dict.fromkeys(referenties)]
        inzage.noteer(naam, Logsoort.GEZIEN)
        return frozenset(dossier.referentie for dossier in gezien if dossier is not None)

    return in_ruimte(omgeving, werk)
