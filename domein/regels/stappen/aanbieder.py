"""De aanmelding bij de taalaanbieder (art. 16 Wi): alleen voor asielstatushouders doet de gemeente een aanbod.

Een gezinsmigrant kiest en betaalt zelf een cursus (art. 19 Wi); dan kijkt de klantmanager naar het keurmerk. Een nieuwe
leerroute of gestopte lessen beginnen een nieuwe aanbodronde; de nummers tellen door (regel 6).
"""

from dataclasses import replace
from datetime import date

from domein.begrippen import Leerroute, Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import laatste_dag, weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Acceptatie, Stand


def aanbod_termijn(stand: Stand, kader: Kader) -> Termijn | None:
    """De dag waarna het ontbreken van een aanbod grond geeft voor verlenging (art. 4.1 lid 1 onder g Ri)."""
    eigen = [pip for pip in stand.pips if not pip.elders]
    if not eigen or not stand.is_asiel:
        return None
    eerste = eigen[0]
    soort = "taalschakeltraject-start" if eerste.leerroute is Leerroute.ONDERWIJS else "aanbod"
    # Wie met een PIP van elders kwam, krijgt zijn aanbod na het eerste PIP van deze regio.
    bewijs = "dagtekening van het eerste PIP" if eerste is stand.pips[0] else "dagtekening van het PIP na de verhuizing"
    termijn = bereken(soort, eerste.dagtekening, bewijs, regels=kader.regeling)
    return replace(termijn, gehaald_op=aanbod_gedaan_op(stand), vervallen=weg_door_einde(stand))


def aanbod_gedaan_op(stand: Stand) -> date | None:
    """De dag waarop er een aanbod was; in de onderwijsroute telt de echte start van de lessen.

    Wie de onderwijsroute verliet, heeft een aanbod zodra een aanbieder hem in de nieuwe route accepteert.
    """
    eigen = [pip for pip in stand.pips if not pip.elders]
    if not eigen or eigen[0].leerroute is not Leerroute.ONDERWIJS:
        return stand.aanbod_op
    if stand.eerste_les_op is None and stand.leerroute is not Leerroute.ONDERWIJS and stand.acceptatie is not None:
        return stand.acceptatie.op
    return stand.eerste_les_op


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde or not stand.pips:
        return
    for nummer, sinds in stand.te_stoppen.items():
        yield _stop(kader, nummer, sinds)
    if not stand.is_asiel:
        yield from _eigen_cursus(stand, kader)
        return
    termijn = aanbod_termijn(stand, kader)
    if termijn is None or stand.les_gestart_op is not None:
        return
    if stand.acceptatie is not None:
        yield _start(stand.acceptatie, kader)
        return
    nummer = max((*stand.weigeringen, *stand.wachtlijst, stand.ronde_vanaf), default=0)
    if nummer in stand.wachtlijst:
        yield _wachtlijst(stand, kader, nummer)
    else:
        yield _aanmelding(stand, kader, termijn, nummer + 1)


def _aanmelding(stand: Stand, kader: Kader, termijn: Termijn, nummer: int) -> GewensteStap:
    eerste_van_ronde = nummer == stand.ronde_vanaf + 1
    if not eerste_van_ronde:
        vorige = stand.weigeringen[nummer - 1]
        reden = f"Een andere aanbieder weigerde op {datum(vorige)}; daarom gaat de aanmelding nu naar u."
    elif stand.ronde_op is not None:
        vorige = stand.ronde_op
        reden = f"De lessen of de leerroute veranderden op {datum(vorige)}; de gemeente doet een nieuw aanbod."
    else:
        eigen = next(pip for pip in stand.pips if not pip.elders)
        vorige = eigen.dagtekening
        reden = f"Het PIP is vastgesteld op {datum(vorige)}; de gemeente doet een aanbod voor de leerroute."
    if stand.pip is not None and stand.pip.naast_werk:
        reden += f" De inburgeraar werkt: les in de {stand.pip.naast_werk}."
    start = kader.volgende_werkdag(vorige)
    uiterst = max(termijn.einde, start) if stand.ronde_op is None else None
    return GewensteStap(
        kenmerk=f"aanbieder/aanmelding/{nummer}",
        stapsoort=Stapsoort.AANMELDING,
        titel="Accepteer of weiger de aanmelding",
        start=start,
        streef=kader.streef(start, kader.regeling.getal("aanmelding_antwoord_werkdagen"), uiterst),
        uiterst=uiterst,
        rol=Rol.AANBIEDER,
        waarom=f"{reden} {termijn.uitleg}" if stand.ronde_op is None else reden,
        artikel="artikel 16 Wet inburgering 2021",
    )


def _start(acceptatie: Acceptatie, kader: Kader) -> GewensteStap:
    start = kader.werkdag(acceptatie.startdatum)
    return GewensteStap(
        kenmerk=f"aanbieder/start/{acceptatie.nummer}",
        stapsoort=Stapsoort.AANMELDING,
        titel="Bevestig dat de lessen zijn gestart",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("aanbieder_start_werkdagen")),
        uiterst=None,
        rol=Rol.AANBIEDER,
        waarom=f"De aanmelding is geaccepteerd op {datum(acceptatie.op)}, met als eerste lesdag "
        f"{datum(acceptatie.startdatum)}. De gemeente moet weten of de lessen echt zijn begonnen.",
        artikel="artikel 16 Wet inburgering 2021; artikel 9.2 lid 4 Besluit inburgering",
    )


def _wachtlijst(stand: Stand, kader: Kader, nummer: int) -> GewensteStap:
    plek = stand.wachtlijst[nummer]
    start = kader.werkdag(plek.herzien_op)
    return GewensteStap(
        kenmerk=f"aanbieder/wachtlijst/{plek.keer}/{nummer}",
        stapsoort=Stapsoort.AANMELDING,
        titel="Kijk of er nu plaats is",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("aanmelding_antwoord_werkdagen")),
        uiterst=None,
        rol=Rol.AANBIEDER,
        waarom=f"De inburgeraar staat op de wachtlijst; op {datum(plek.herzien_op)} zou opnieuw worden gekeken.",
        artikel="artikel 16 Wet inburgering 2021",
    )


def _stop(kader: Kader, nummer: int, sinds: date) -> GewensteStap:
    start = kader.volgende_werkdag(sinds)
    return GewensteStap(
        kenmerk=f"aanbieder/stop/{nummer}",
        stapsoort=Stapsoort.AANMELDING,
        titel="Beëindig de lessen",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("aanbieder_stop_werkdagen")),
        uiterst=None,
        rol=Rol.AANBIEDER,
        waarom=f"De leerroute is op {datum(sinds)} gewijzigd; de lessen bij u stoppen. Lever ook de laatste uren.",
        artikel="artikel 17 lid 2 Wet inburgering 2021; artikel 9.2 lid 4 Besluit inburgering",
    )


def _eigen_cursus(stand: Stand, kader: Kader) -> Stappen:
    """Wie zelf een cursus kiest, hoort te weten of de instelling een keurmerk heeft (art. 19 Wi, art. 8.1 Ri)."""
    einde = laatste_dag(stand, kader)
    if stand.eigen_cursus_op is not None or einde is None:
        return
    maanden = kader.regeling.getal("eigen_cursus_maanden")
    start = kader.werkdag(plus_maanden(stand.pips[0].dagtekening, maanden))
    yield GewensteStap(
        kenmerk="cursus/eigen/1",
        stapsoort=Stapsoort.VOORTGANG,
        titel="Leg vast welke cursus de inburgeraar volgt",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("eigen_cursus_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"Het PIP is van {datum(stand.pips[0].dagtekening)}. Deze inburgeraar kiest en betaalt zelf een cursus; "
        "alleen lessen bij een instelling met keurmerk tellen mee.",
        artikel="artikel 19 Wet inburgering 2021; artikel 8.1 Regeling inburgering",
    )


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    termijn = aanbod_termijn(stand, kader)
    return [termijn] if termijn else []
