"""Het draaiboek van de voorbeeldregio in één proces doorlopen: dezelfde handelingen, zonder Prefect, post en portaal.

De tests lopen er alle personen mee door; wie iets aan de regels of het draaiboek verandert, ziet zo in seconden
wat dat doet.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from beheer.demo.speler import Speler, antwoord_direct
from beheer.demo.vergelijken import Verschil, vergelijk
from beheer.demo.vullen import Voorbeeld, registreer_tot
from domein.begrippen import Stapstatus
from domein.fouten import RegieFout
from domein.handelingen.openen import open_stap
from domein.ports import Omgeving

DAG: Final = timedelta(days=1)


class StaatStil(RegieFout):
    """Het draaiboek wacht op een stap die niet opengaat."""

    code = "staat_stil"


@dataclass(slots=True)
class Verloop:
    """Wat er onderweg gebeurde, en per persoon (DUO-kenmerk) zijn dossier."""

    dossiers: dict[str, UUID] = field(default_factory=dict[str, UUID])
    geopend: int = 0
    antwoorden: int = 0
    dagen: int = 0


def doorloop(omgeving: Omgeving, voorbeeld: Voorbeeld, zet_klok: Callable[[date], None], *, sprong: int = 0) -> Verloop:
    """Doorloop alle personen tot het einde van hun draaiboek.

    `zet_klok` zet de klok van de omgeving op een dag. Met een `sprong` komen er, zodra iedereen is geregistreerd,
    zo veel dagen tegelijk aan de beurt, zoals in de snelle demo; de uitkomst hoort dezelfde te zijn.
    """
    verloop = Verloop()
    speler = Speler(omgeving, [], verloop.dossiers, voorbeeld)
    speler.noem(voorbeeld.lopen)
    regels = {loop.kenmerk: loop.regels for loop in voorbeeld.lopen}
    vandaag = min(voorbeeld.begin().values()) - DAG
    while (dag := _volgende_dag(speler, voorbeeld, vandaag, sprong)) is not None:
        vandaag = dag
        zet_klok(vandaag)
        verloop.dagen += 1
        for kenmerk in registreer_tot(omgeving, voorbeeld, vandaag, verloop.dossiers):
            speler.nog[kenmerk] = deque(regels[kenmerk])
        while _werk(omgeving, speler, vandaag, verloop):
            pass
        vast = [regel for regel in speler.wacht_op(vandaag) if regel.op < vandaag - timedelta(days=sprong)]
        if vast:
            raise StaatStil(
                f"{vast[0].kenmerk} wacht op {vast[0].stap}, die niet open is.", "Kijk met 'regie stap lijst'."
            )
    return verloop


def _volgende_dag(speler: Speler, voorbeeld: Voorbeeld, vandaag: date, sprong: int) -> date | None:
    nieuw = [op for kenmerk, op in voorbeeld.begin().items() if kenmerk not in speler.dossiers]
    kandidaten = [dag for dag in (speler.volgende_dag(), min(nieuw, default=None)) if dag is not None]
    if not kandidaten:
        return None
    # Een antwoord dat vandaag nog niet kon, komt morgen weer aan de beurt: de klok gaat altijd vooruit.
    eerste = max(min(kandidaten), vandaag + DAG)
    # Zolang er mensen bijkomen gaat het dag voor dag: iedereen wordt op zijn eigen dag geregistreerd.
    return eerste if nieuw else max(eerste, speler.laatste_dag_binnen(eerste + timedelta(days=sprong)))


def _werk(omgeving: Omgeving, speler: Speler, vandaag: date, verloop: Verloop) -> bool:
    """Open wat aan de beurt is en geef de antwoorden; zegt of er iets gebeurde."""
    with omgeving.magazijn.ruimte() as ruimte:
        gepland = [stap.id for stap in ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=vandaag)]
    geopend = sum(open_stap(omgeving, stap_id).status is Stapstatus.OPEN for stap_id in gepland)
    antwoorden = speler.aan_de_beurt(vandaag)
    for antwoord in antwoorden:
        antwoord_direct(omgeving, antwoord)
    verloop.geopend += geopend
    verloop.antwoorden += len(antwoorden)
    return bool(geopend or antwoorden)


def loop_en_vergelijk(
    omgeving: Omgeving, voorbeeld: Voorbeeld, zet_klok: Callable[[date], None], *, sprong: int = 0
) -> tuple[Verloop, list[Verschil]]:
    """Doorloop het draaiboek en geef elk verschil met `verwacht.csv`."""
    verloop = doorloop(omgeving, voorbeeld, zet_klok, sprong=sprong)
    return verloop, vergelijk(omgeving, verloop.dossiers, voorbeeld.verwacht)
