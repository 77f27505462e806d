"""The daily message to ops: what the domain found, with what this machine found about itself."""

from datetime import date

from adapters.gezondheid import database, sleutels
from adapters.gezondheid_machine import MACHINE
from adapters.instellingen import Instellingen
from domein.handelingen.beheerbericht import DAGWERK, zet_beheerbericht_klaar
from domein.model import Bericht
from domein.ports import Omgeving
from domein.regio.bevinding import Bevinding


def doe_dagbeheer(omgeving: Omgeving, keuze: Instellingen, dag: date) -> Bericht | None:
    """Queue the message of this day, or None: nothing to tell, done already, or nobody to tell it to."""
    if not keuze.beheer_mail or dag < omgeving.klok.vandaag():
        return None
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dagwerk_gedaan(DAGWERK, dag):  # asked every few seconds: look at nothing else then
            return None
    return zet_beheerbericht_klaar(omgeving, dag, keuze.beheer_mail, keuze.adres_portaal, _van_hier(omgeving, keuze))


def _van_hier(omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    uit = [*database(keuze), *sleutels(keuze)]
    for _, functie in MACHINE:
        uit += functie(omgeving, keuze)
    return uit
