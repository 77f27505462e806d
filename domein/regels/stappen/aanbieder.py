"""De aanmelding bij de taalaanbieder (art. 16 Wi): alleen voor asielstatushouders doet de gemeente een aanbod.

Een gezinsmigrant kiest en betaalt zelf een cursus (art. 19 Wi); daar is geen stap voor.
"""

from datetime import date

from domein.begrippen import Leerroute, Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def aanbod_termijn(stand: Stand, kader: Kader) -> Termijn | None:
    """De dag waarna het ontbreken van een aanbod grond geeft voor verlenging (art. 4.1 lid 1 onder g Ri)."""
    if not stand.pips or not stand.is_asiel:
        return None
    eerste = stand.pips[0]
    soort = "taalschakeltraject-start" if eerste.leerroute is Leerroute.ONDERWIJS else "aanbod"
    return bereken(soort, eerste.dagtekening, "dagtekening van het eerste PIP", regels=kader.regeling)


def aanbod_gedaan_op(stand: Stand) -> date | None:
    """De dag waarop er een aanbod was; in de onderwijsroute telt de echte start van de lessen."""
    if stand.pips and stand.pips[0].leerroute is Leerroute.ONDERWIJS:
        return stand.les_gestart_op
    return stand.acceptatie.op if stand.acceptatie else None


def stappen(stand: Stand, kader: Kader) -> Stappen:
    termijn = aanbod_termijn(stand, kader)
    if termijn is None or stand.einde or stand.les_gestart_op is not None:
        return
    if stand.acceptatie is not None:
        start = kader.werkdag(stand.acceptatie.startdatum)
        yield GewensteStap(
            kenmerk=f"aanbieder/start/{stand.acceptatie.nummer}",
            stapsoort=Stapsoort.AANMELDING,
            titel="Bevestig dat de lessen zijn gestart",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("aanbieder_start_werkdagen")),
            uiterst=None,
            rol=Rol.AANBIEDER,
            waarom=f"De aanmelding is geaccepteerd op {datum(stand.acceptatie.op)}, met als eerste lesdag "
            f"{datum(stand.acceptatie.startdatum)}. De gemeente moet weten of de lessen echt zijn begonnen.",
            artikel="artikel 16 Wet inburgering 2021; artikel 9.2 lid 4 Besluit inburgering",
        )
        return
    nummer = max(stand.weigeringen, default=0) + 1
    vorige = stand.weigeringen[nummer - 1] if nummer > 1 else stand.pips[0].dagtekening
    start = kader.volgende_werkdag(vorige)
    reden = (
        f"Een andere aanbieder weigerde op {datum(vorige)}; daarom gaat de aanmelding nu naar u."
        if nummer > 1
        else f"Het PIP is vastgesteld op {datum(vorige)}; de gemeente doet een aanbod voor de leerroute."
    )
    yield GewensteStap(
        kenmerk=f"aanbieder/aanmelding/{nummer}",
        stapsoort=Stapsoort.AANMELDING,
        titel="Accepteer of weiger de aanmelding",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("aanmelding_antwoord_werkdagen")),
        uiterst=max(termijn.einde, start),
        rol=Rol.AANBIEDER,
        waarom=f"{reden} {termijn.uitleg}",
        artikel="artikel 16 Wet inburgering 2021",
    )


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    termijn = aanbod_termijn(stand, kader)
    return [termijn] if termijn else []
