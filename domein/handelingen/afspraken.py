"""Bij een gesprek hoort een afspraak in de agenda van wie het voert; zij gaat met de taakmail mee.

Er staat niets van de persoon in: alleen de verwijzing en de link. Dezelfde stap houdt dezelfde afspraak, ook als
zij naar een ander gaat of een nieuwe dag krijgt.
"""

from typing import Final

from domein.handelingen.berichtsoorten import MET_AGENDA, TAAK_INGETROKKEN
from domein.model import Stap
from domein.ports import Afspraak, AgendaMethode, Omgeving
from domein.regels.uitkomsten import stapvorm

GESPREKKEN: Final = frozenset({"intake/gesprek", "voortgang", "eindgesprek"})


def is_gesprek(stap: Stap) -> bool:
    """Zeg of deze stap een gesprek op een afgesproken dag is."""
    try:
        return stapvorm(stap.kenmerk) in GESPREKKEN
    except KeyError:  # een kenmerk van een oudere versie
        return False


def volgnummer(generatie: int, methode: AgendaMethode) -> int:
    """Het volgnummer in de agenda: hoger bij elke generatie, en een afzegging boven haar uitnodiging (RFC 5546)."""
    return 2 * generatie + (1 if methode == "CANCEL" else 0)


def bij_de_mail(
    omgeving: Omgeving, stap: Stap, soort: str, *, referentie: str, adres: str, link: str
) -> tuple[str, AgendaMethode] | None:
    """Geef het agendabestand bij dit bericht en wat het doet, of None als er geen bij hoort."""
    afspraak = afspraak_bij(omgeving, stap, soort, referentie=referentie, adres=adres, link=link)
    tekst = omgeving.agenda.schrijf(afspraak) if afspraak is not None else ""
    return (tekst, afspraak.methode) if afspraak is not None and tekst else None


def afspraak_bij(
    omgeving: Omgeving, stap: Stap, soort: str, *, referentie: str, adres: str, link: str
) -> Afspraak | None:
    """Geef de afspraak bij een bericht over deze stap, of None als er geen bij hoort."""
    if soort not in MET_AGENDA or not is_gesprek(stap):
        return None
    methode: AgendaMethode = "CANCEL" if soort == TAAK_INGETROKKEN else "REQUEST"
    return Afspraak(
        stap_id=stap.id,
        volgnummer=volgnummer(stap.generatie, methode),
        methode=methode,
        referentie=referentie,
        dag=stap.streef,
        adres=adres,
        link=link,
        gemaakt_op=omgeving.klok.nu(),
    )
