"""Aanvragen bij DUO: vrijstelling, ontheffing en verlenging (art. 4, 5 en 12 Wi). DUO beslist; wij leggen vast.

Het traject gaat intussen gewoon door.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from domein.begrippen import Aanvraagsoort, Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.regels.verlenging import INSPANNING, ontbreekt_voor_inspanning
from domein.stand import Aanvraag, Stand

BIJZONDER: Final = "bijzonder"
# De acht weken staan per soort aanvraag ergens anders; voor vrijstelling alleen in de Regeling.
ARTIKEL: Final = {
    Aanvraagsoort.VRIJSTELLING: "artikel 2.3 Regeling inburgering",
    Aanvraagsoort.ONTHEFFING: "artikelen 2.7 en 2.8 Besluit inburgering",
    Aanvraagsoort.VERLENGING: "artikelen 4.3 tot en met 4.5 Besluit inburgering",
}


def besluittermijn(aanvraag: Aanvraag, kader: Kader) -> Termijn:
    """Geef de acht weken waarbinnen DUO beslist."""
    bewijs = f"aanvraag {aanvraag.nummer} om {aanvraag.soort.value}"
    termijn = bereken("duo-besluit", aanvraag.op, bewijs, regels=kader.regeling, artikel=ARTIKEL[aanvraag.soort])
    return replace(termijn, gehaald_op=aanvraag.besloten_op)


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    weg = weg_door_einde(stand)
    return [
        replace(besluittermijn(aanvraag, kader), vervallen="" if aanvraag.besloten_op else weg)
        for aanvraag in stand.aanvragen.values()
    ]


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    for aanvraag in stand.aanvragen.values():
        if aanvraag.besloten_op is not None:
            continue
        termijn = besluittermijn(aanvraag, kader)
        if aanvraag.soort is Aanvraagsoort.ONTHEFFING and aanvraag.grond == BIJZONDER:
            yield _advies(aanvraag, kader)
        start = kader.werkdag(termijn.einde + timedelta(days=1))
        yield GewensteStap(
            kenmerk=f"registratie/duo-besluit/{aanvraag.nummer}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel=f"Vraag DUO naar het besluit over de {aanvraag.soort.value}",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("duo_besluit_navraag_werkdagen")),
            uiterst=None,
            rol=Rol.ADMINISTRATIE,
            waarom=f"Op {datum(aanvraag.op)} vroeg de inburgeraar DUO om {aanvraag.soort.value}. {termijn.uitleg} "
            f"Er is nog geen besluit vastgelegd.{_inspanning(aanvraag, stand, kader)}",
            artikel=termijn.artikel,
        )


def _inspanning(aanvraag: Aanvraag, stand: Stand, kader: Kader) -> str:
    """Zeg wat er volgens het dossier ontbreekt voor aantoonbare inspanning (art. 4.3 tot en met 4.5 Bi)."""
    if aanvraag.soort is not Aanvraagsoort.VERLENGING or aanvraag.grond != INSPANNING:
        return ""
    ontbreekt = ontbreekt_voor_inspanning(stand, aanvraag.op, kader)
    wat = ", ".join(ontbreekt) if ontbreekt else "niets"
    return f" Voor aantoonbare inspanning ontbreekt volgens het dossier: {wat}."


def _advies(aanvraag: Aanvraag, kader: Kader) -> GewensteStap:
    start = kader.volgende_werkdag(aanvraag.op)
    return GewensteStap(
        kenmerk=f"registratie/duo-advies/{aanvraag.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Adviseer DUO over de bijzondere omstandigheden",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("advies_duo_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"Op {datum(aanvraag.op)} vroeg de inburgeraar ontheffing wegens bijzondere individuele omstandigheden. "
        "De gemeente adviseert DUO.",
        artikel="artikel 5 Wet inburgering 2021; artikel 2.8 Besluit inburgering",
    )
