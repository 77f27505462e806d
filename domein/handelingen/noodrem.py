"""De noodrem: de post stilzetten kan altijd, ook als de afspraken van vandaag niemand meer aanwijzen.

Beleid van deze software, geen wet (zie docs/besluiten/0015). Stilzetten neemt niets weg en is terug te draaien; mail
die ten onrechte weggaat is dat niet. Daarom telt dan wie het in de laatste bruikbare afspraken mocht. Alleen voor
stilzetten: al het andere, ook weer laten gaan, vraagt afspraken die vandaag gelden.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from domein.fouten import GeenUitvoerder, OpslagOnbeschikbaar
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import OPSROLLEN, OnbekendeMedewerker, eis_ops
from domein.handelingen.regio import AfsprakenOnleesbaar, lees_versie, regio_op
from domein.ports import Omgeving, Ruimte
from domein.regio.model import Regio

ZONDER_AFSPRAKEN: Final = "noodrem: er zijn geen leesbare afspraken"


def eis_rem(ruimte: Ruimte, omgeving: Omgeving, actor: Actor) -> str:
    """Geef op welke afspraken iemand de post stilzet als het niet die van vandaag zijn; leeg als het gewoon mag.

    GeenBevoegdheid als hij het ook volgens die laatste afspraken niet mag. Wijst geen enkele versie iemand aan, dan mag
    wie bij de opdrachtregel kan; wie hij zegt te zijn, staat erbij.
    """
    vandaag = omgeving.klok.vandaag()
    try:
        regio = regio_op(ruimte, omgeving, vandaag)
    except (GeenUitvoerder, AfsprakenOnleesbaar):
        regio = None
    if regio is not None and _wijst_iemand_aan(regio, vandaag):
        eis_ops(regio, None, actor, vandaag)
        return ""
    for eerder in _leesbare_versies(ruimte, omgeving):
        dag = _laatste_dag(eerder, vandaag)
        if _wijst_iemand_aan(eerder, dag):
            eis_ops(eerder, None, actor, dag)
            return f"noodrem: volgens afsprakenversie {eerder.versie}"
    if not actor.code.strip():
        raise OnbekendeMedewerker("Zeg wie u bent.", "Geef uw medewerkercode met --door.")
    return ZONDER_AFSPRAKEN


def _leesbare_versies(ruimte: Ruimte, omgeving: Omgeving) -> Iterator[Regio]:
    """De versies die te lezen zijn, de laatste eerst."""
    try:
        versies = ruimte.regioversies(omgeving.regio)
    except OpslagOnbeschikbaar:
        raise
    except Exception:  # de inhoud van een versie is geen JSON meer: dan is er geen enkele op te halen
        return
    for versie in reversed(versies):
        try:
            yield lees_versie(versie)
        except AfsprakenOnleesbaar:
            continue


def _wijst_iemand_aan(regio: Regio, dag: date) -> bool:
    return any(wie.in_dienst_op(dag) and set(OPSROLLEN) & set(wie.rollen) for wie in regio.medewerkers)


def _laatste_dag(regio: Regio, vandaag: date) -> date:
    """Vandaag, of de dag van deze afspraken die daar het dichtst bij ligt: alleen dan zeggen zij wie er werkt."""
    return min(max(vandaag, regio.kop.geldig_van), regio.kop.geldig_tot)
