"""Vragen waarover een mens oordeelt: een termijn in het verleden, een tweede antwoord (regels 3, 9 en 13)."""

from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import Stand

AANLEIDINGEN: Final = {
    "termijn_voorbij": "Door een laat bekend feit ligt een termijn in het verleden",
    "tweede_antwoord": "Op een stap die al klaar was, kwam een tweede antwoord",
    "verzet_strijdig": "Een met de hand gekozen dag past niet meer binnen de wettelijke termijn",
    "verhuizing_huishouden": "Een ander lid van het huishouden is verhuisd; geldt dat ook hier",
    "overgang_keuze": "De afspraken zijn veranderd: kies of deze stap bij de vorige partner blijft",
    "niet_voor_mij": "Iemand gaf een taak terug, en er is geen ander die haar kan krijgen",
    "andere_dag_gevraagd": "Iemand vraagt om een andere dag voor een taak",
    "run_geannuleerd": "Iemand heeft de run van een open stap met de hand geannuleerd",
}


def stappen(stand: Stand, kader: Kader) -> Stappen:
    for controle in stand.controles.values():
        kenmerk = f"registratie/controle/{controle.nummer}"
        if kenmerk in stand.afgerond:
            continue
        start = kader.werkdag(controle.gevraagd_op)
        yield GewensteStap(
            kenmerk=kenmerk,
            stapsoort=Stapsoort.REGISTRATIE,
            titel="Beoordeel een bijzonderheid in het dossier",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("controle_werkdagen")),
            uiterst=None,
            rol=Rol.REGIOCOORDINATOR,
            waarom=f"{AANLEIDINGEN[controle.aanleiding]} ({controle.betreft}).",
            artikel="beleid, geen wet",
        )
