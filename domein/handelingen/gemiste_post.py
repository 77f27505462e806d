"""Berichten alsnog maken die bleven liggen omdat hun sjabloon stuk was.

De ronde doet dit zolang er een signaal openstaat; is het sjabloon hersteld, dan gaat de post vanzelf weg. Wat intussen
geen zin meer heeft, vervalt.
"""

from typing import Final
from uuid import UUID

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.bericht import opzij_gelegd, vul
from domein.handelingen.berichtsoorten import VRAAGT_IETS, VROEGE_WAARSCHUWING
from domein.handelingen.signalen import los_op
from domein.model import Bericht, Stap
from domein.ports import SJABLOON_FOUT, Omgeving, Ruimte

ACHTERHAALD: Final = "De stap is intussen veranderd of klaar."


def maak_gemiste_post(omgeving: Omgeving) -> int:
    """Probeer elk bericht dat op zijn sjabloon wacht; geef hoeveel er nu klaarstaan. Elke stap een eigen transactie."""
    with omgeving.magazijn.ruimte() as ruimte:
        stappen = {s.stap_id for s in ruimte.signalen(soort=SJABLOON_FOUT) if s.stap_id is not None}
    gemaakt = 0
    for stap_id in sorted(stappen):
        with omgeving.magazijn.ruimte() as ruimte:
            gemaakt += _van_een_stap(ruimte, omgeving, stap_id)
    return gemaakt


def _van_een_stap(ruimte: Ruimte, omgeving: Omgeving, stap_id: UUID) -> int:
    stap = ruimte.stap(stap_id)
    wachtend = [
        bericht
        for bericht in ruimte.berichten(statussen={Berichtstatus.VERVALLEN}, stap_id=stap_id)
        if bericht.fout_code == SJABLOON_FOUT
    ]
    gemaakt = 0
    for bericht in wachtend:
        if not heeft_nog_zin(stap, bericht):
            bericht.fout_code, bericht.antwoord = None, ACHTERHAALD
            ruimte.bewaar(bericht)
            continue
        sjabloon, gegevens = opzij_gelegd(bericht)
        if vul(ruimte, omgeving, bericht, stap, gegevens, sjabloon) is None:
            return gemaakt  # nog steeds stuk: het signaal blijft staan
        gemaakt += 1
    los_op(ruimte, omgeving, SJABLOON_FOUT, stap)
    return gemaakt


def heeft_nog_zin(stap: Stap, bericht: Bericht) -> bool:
    """Zeg of een bericht dat iets vraagt, dat nu nog mag vragen; een mededeling blijft gelden."""
    if bericht.soort == VROEGE_WAARSCHUWING:
        return stap.status in {Stapstatus.GEPLAND, Stapstatus.OPEN} and stap.generatie == bericht.generatie
    if bericht.soort not in VRAAGT_IETS:
        return True
    return stap.status is Stapstatus.OPEN and stap.generatie == bericht.generatie
