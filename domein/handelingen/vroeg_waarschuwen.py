"""Vroeg waarschuwen als een wettelijke termijn gevaar loopt: het plan zegt of zij loopt, de stappen wat er nog moet."""

from datetime import date
from uuid import UUID

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.bericht import OVERGESLAGEN, VROEGE_WAARSCHUWING, ZONDER_MAIL, leg_vast_zonder_mail, zet_klaar
from domein.handelingen.kern import kader
from domein.handelingen.ontvangers import Ontvanger, Wijzer
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regeling import regeling
from domein.regels.opschaling import Gevaar, loopt_gevaar
from domein.regels.opschalingsbeleid import Opschalingsbeleid
from domein.regels.planning import plan
from domein.regels.termijnen import SOORTEN, Termijn
from domein.stand import vouw

_ONAF = frozenset({Stapstatus.GEPLAND, Stapstatus.OPEN})


def stappen_met_termijn(ruimte: Ruimte, beleid: Opschalingsbeleid) -> list[UUID]:
    """De stappen die nog moeten en waarbij een waarschuwing kan horen."""
    beginnen = tuple({een.stap for een in beleid.waarschuwingen})
    return [stap.id for stap in ruimte.stappen_waar(statussen=_ONAF) if stap.kenmerk.startswith(beginnen)]


def waarschuw(
    ruimte: Ruimte, omgeving: Omgeving, stap_id: UUID, dag: date, wijzer: Wijzer, beleid: Opschalingsbeleid
) -> list[int]:
    """Zet de waarschuwing van vandaag klaar aan elke ontvanger die werkt; geef per bericht de week.

    Wie vandaag dicht is, krijgt haar op zijn eerste open dag.
    """
    stap = ruimte.stap(stap_id)
    if stap.status not in _ONAF or ruimte.persoon(stap.dossier_id) is None:
        return []
    onaf = [een.kenmerk for een in ruimte.stappen(stap.dossier_id) if een.status in _ONAF]
    termijnen = plan(vouw(ruimte.gebeurtenissen(stap.dossier_id)), kader()).termijnen
    uit: list[int] = []
    for waarschuwing in beleid.waarschuwingen:
        termijn = next((t for t in termijnen if t.soort == waarschuwing.termijn), None)
        if termijn is None or not stap.kenmerk.startswith(waarschuwing.stap):
            continue
        for ontvanger in wijzer.allen(stap, ruimte.dossier(stap.dossier_id), waarschuwing.ontvangers):
            gevaar = loopt_gevaar(termijn, dag, waarschuwing, onaf, _gedaan(ruimte, stap, ontvanger.code))
            if gevaar is not None and ontvanger.kalender.is_open(dag):
                uit += _stuur(ruimte, omgeving, stap, ontvanger, termijn, gevaar)
    return uit


def _stuur(
    ruimte: Ruimte, omgeving: Omgeving, stap: Stap, ontvanger: Ontvanger, termijn: Termijn, gevaar: Gevaar
) -> list[int]:
    weken = regeling().getal(SOORTEN[termijn.soort].regel, termijn.anker)
    gegevens = {
        "week": gevaar.week, "van_weken": weken, "termijn_einde": termijn.einde, "wat_ontbreekt": gevaar.ontbreekt,
    }  # fmt: skip
    bericht = zet_klaar(
        ruimte, omgeving, soort=VROEGE_WAARSCHUWING, stap=stap, ontvanger=ontvanger.code, adres=ontvanger.adres,
        gegevens=gegevens, niveau=gevaar.week,
    )  # fmt: skip
    if bericht is None:
        return []
    for week in gevaar.overgeslagen:
        leg_vast_zonder_mail(ruimte, omgeving, bericht, stap, VROEGE_WAARSCHUWING, week, OVERGESLAGEN)
    return [gevaar.week]


def _gedaan(ruimte: Ruimte, stap: Stap, ontvanger: str) -> set[int]:
    """De weken die hij al hoorde of die zijn overgeslagen; ook als de stap intussen is verzet."""
    return {
        bericht.niveau
        for bericht in ruimte.berichten(stap_id=stap.id)
        if bericht.soort == VROEGE_WAARSCHUWING
        and bericht.ontvanger_code == ontvanger
        and (bericht.status is not Berichtstatus.VERVALLEN or bericht.fout_code in ZONDER_MAIL)
    }
