"""Het dagelijks werk van herinneren en escaleren.

Elke stap heeft zijn eigen transactie: één fout houdt de rest niet tegen. De sleutel van het bericht
zorgt dat niets twee keer gebeurt, ook als een dag half werd gedaan.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.handelingen.bericht import ESCALATIE, HERINNERING, zet_klaar
from domein.handelingen.ontvangers import Wijzer, wijzer_op
from domein.handelingen.signalen import meld_signaal
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regeling import regeling
from domein.regels.escalatie import Escalatiebeleid, OpenStap, Trede, bereikte_trede

DAGWERK: Final = "herinneringen"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(slots=True)
class Herinnerverslag:
    """Wat er op deze dag klaargezet is. `al_gedaan`: een ander deed deze dag al."""

    dag: date
    al_gedaan: bool = False
    herinneringen: Counter[int] = field(default_factory=Counter[int])
    escalaties: Counter[int] = field(default_factory=Counter[int])
    zonder_ontvanger: int = 0
    mislukt: list[UUID] = field(default_factory=list[UUID])


def beleid_op(dag: date) -> Escalatiebeleid:
    """Het beleid zoals het op deze dag geldt."""
    regels = regeling()
    return Escalatiebeleid(
        herinnering_dagen_vooraf=regels.getal("herinnering_dagen_vooraf", dag),
        escalatie_werkdagen_na=regels.getal("escalatie_werkdagen_na", dag),
    )


def herinner(
    omgeving: Omgeving,
    dag: date,
    *,
    wijzer: Wijzer | None = None,
    beleid: Escalatiebeleid | None = None,
) -> Herinnerverslag:
    """Zet de herinneringen en escalaties van deze dag klaar; een tweede keer op dezelfde dag doet niets.

    OngeldigeGegevens voor een dag die nog moet komen: die gold anders straks als gedaan (I7).
    """
    vandaag = omgeving.klok.vandaag()
    if dag > vandaag:
        raise OngeldigeGegevens(f"{dag} ligt in de toekomst; vandaag is het {vandaag}.", "Kies vandaag of eerder.")
    verslag = Herinnerverslag(dag)
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dagwerk_gedaan(DAGWERK, dag):
            verslag.al_gedaan = True
            return verslag
        stap_ids = [stap.id for stap in ruimte.stappen_waar(statussen={Stapstatus.OPEN})]
    wijzer = wijzer or wijzer_op(omgeving, dag)
    beleid = beleid or beleid_op(dag)
    if wijzer is None:
        _meld_geen_regio(omgeving)
        verslag.zonder_ontvanger = len(stap_ids)
        return verslag  # niet als gedaan gemerkt: zodra de regio is geladen, komt deze dag alsnog

    for stap_id in stap_ids:
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                _herinner_stap(ruimte, omgeving, stap_id, dag, wijzer, beleid, verslag)
        except Exception:  # één kapotte stap houdt de andere niet tegen; het verslag noemt hem
            verslag.mislukt.append(stap_id)
            _meld_mislukt(omgeving, stap_id)
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.doe_dagwerk(DAGWERK, dag, omgeving.klok.nu())
    return verslag


def _herinner_stap(
    ruimte: Ruimte,
    omgeving: Omgeving,
    stap_id: UUID,
    dag: date,
    wijzer: Wijzer,
    beleid: Escalatiebeleid,
    verslag: Herinnerverslag,
) -> None:
    stap = ruimte.stap(stap_id)
    if stap.status is not Stapstatus.OPEN:
        return  # intussen beantwoord
    trede = bereikte_trede(_als_open_stap(stap), dag, beleid, wijzer.kalender(stap), _al_gedaan(ruimte, stap))
    if trede is None:
        return
    ontvangers = wijzer.ontvangers(stap, trede.soort)
    if not ontvangers:
        verslag.zonder_ontvanger += 1
        _meld_zonder_ontvanger(ruimte, omgeving, stap, trede)
        return
    telling = verslag.herinneringen if trede.soort.value == HERINNERING else verslag.escalaties
    for ontvanger in ontvangers:
        if not ontvanger.kalender.is_open(dag):
            continue  # niets op een dag dat het kantoor dicht is; de eerste open dag komt het alsnog
        bericht = zet_klaar(
            ruimte,
            omgeving,
            soort=trede.soort.value,
            stap=stap,
            ontvanger=ontvanger.code,
            adres=ontvanger.adres,
            niveau=trede.niveau,
        )
        if bericht is not None:
            telling[trede.niveau] += 1


def _als_open_stap(stap: Stap) -> OpenStap:
    geopend = stap.geopend_op.astimezone(_AMSTERDAM).date() if stap.geopend_op else stap.start
    return OpenStap(geopend=geopend, streef=stap.streef, uiterst=stap.uiterst)


def _al_gedaan(ruimte: Ruimte, stap: Stap) -> set[tuple[str, int]]:
    """Welke treden van deze generatie al een bericht kregen, aan wie dan ook.

    Een bericht dat verviel omdat de stap even niet open was, telt niet: daar is niets van aangekomen.
    """
    return {
        (bericht.soort, bericht.niveau)
        for bericht in ruimte.berichten(stap_id=stap.id)
        if bericht.generatie == stap.generatie
        and bericht.soort in {HERINNERING, ESCALATIE}
        and bericht.status is not Berichtstatus.VERVALLEN
    }


def _meld_zonder_ontvanger(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, trede: Trede) -> None:
    melding = "Niemand is te vinden om te waarschuwen. Wijs iemand toe of vul de afspraken aan."
    meld_signaal(ruimte, omgeving, f"{trede.soort.value}_zonder_ontvanger", "waarschuwing", melding, stap)


def _meld_mislukt(omgeving: Omgeving, stap_id: UUID) -> None:
    melding = "De herinnering kon niet worden gemaakt. Kijk naar het sjabloon en de afspraken."
    with omgeving.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, omgeving, "herinnering_mislukt", "fout", melding, ruimte.stap(stap_id))


def _meld_geen_regio(omgeving: Omgeving) -> None:
    melding = "Er zijn geen samenwerkingsafspraken die nu gelden. Laad de regio."
    with omgeving.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, omgeving, "geen_regio", "fout", melding)
