"""Uren en verzuim, met bewijs; en wat daarop rust: de Z-route en haar eindgesprek (art. 9.2 en 3.14 Bi).

In de Z-route tellen lessen en KNM samen als cursusuren. Voor een asielstatushouder komen daar participatie-uren bij;
uren van MAP en PVT tellen daarvoor mee. Eerdere uren uit vso, praktijkonderwijs of entree kunnen meetellen.
"""

from datetime import date, timedelta

from domein.begrippen import Examenonderdeel, Leerroute, Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import laatste_dag
from domein.stand import Stand


def cursusuren(stand: Stand, tot_en_met: date | None = None) -> int:
    """Tel de gevolgde uren les en KNM, met eerdere onderwijsuren die meetellen (art. 3.14 Bi)."""
    return sum(
        u.gevolgd for u in stand.uren if u.soort != "participatie" and (tot_en_met is None or u.op <= tot_en_met)
    )


def lesuren(stand: Stand) -> int:
    """Tel alleen de lessen in dit traject: eerder onderwijs telt niet mee voor afschalen (art. 5.5 Bi)."""
    return sum(u.gevolgd for u in stand.uren if u.soort == "cursus")


def participatie_uren(stand: Stand, kader: Kader, tot_en_met: date | None = None) -> int:
    """Tel de participatie-uren; MAP en PVT tellen mee (art. 3.14 Bi)."""

    def telt(dag: date | None) -> bool:
        return dag is not None and (tot_en_met is None or dag <= tot_en_met)

    uren = sum(u.gevolgd for u in stand.uren if u.soort == "participatie" and telt(u.op))
    eerste = stand.pips[0].dagtekening if stand.pips else None
    pvt = kader.regeling.getal("pvt_uren", eerste) if telt(stand.pvt_op) else 0
    return uren + pvt + (stand.map_uren if telt(stand.map_op) else 0)


def z_gehaald_op(stand: Stand, kader: Kader) -> date | None:
    """Geef de dag waarop alle uren van de Z-route er waren, of None (art. 3.14 lid 1 en 2 Bi)."""
    if stand.leerroute is not Leerroute.Z:
        return None
    eerste = stand.pips[0].dagtekening
    nodig = kader.regeling.getal("z_cursusuren", eerste)
    participatie = kader.regeling.getal("z_participatieuren", eerste) if stand.is_asiel else 0
    if Examenonderdeel.PARTICIPATIE in stand.vrij_van:
        participatie = 0
    for dag in sorted({u.op for u in stand.uren} | {d for d in (stand.pvt_op, stand.map_op) if d is not None}):
        if cursusuren(stand, dag) >= nodig and participatie_uren(stand, kader, dag) >= participatie:
            return max(dag, stand.pips[-1].dagtekening)
    return None


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde or not stand.pips:
        return
    yield from _opgaven(stand, kader)
    yield from _opgevraagd(stand, kader)
    gehaald = z_gehaald_op(stand, kader)
    if gehaald is not None and stand.z_eindgesprek_op is None:
        yield _eindgesprek(stand, kader, gehaald)


def _opgaven(stand: Stand, kader: Kader) -> Stappen:
    """Zolang de lessen lopen, levert de aanbieder elk half jaar uren en verzuim; ook over het laatste deel."""
    einde = laatste_dag(stand, kader)
    if stand.les_gestart_op is None or stand.acceptatie is None or einde is None or not stand.is_asiel:
        return
    nummer, maanden = stand.acceptatie.nummer, kader.regeling.getal("uren_opgave_maanden")
    k = 1
    while (dag := plus_maanden(stand.les_gestart_op, k * maanden)) <= einde:
        begin_deel = plus_maanden(stand.les_gestart_op, (k - 1) * maanden)
        if stand.les_klaar_op is not None and begin_deel > stand.les_klaar_op:
            break
        start = kader.werkdag(dag)
        yield GewensteStap(
            kenmerk=f"aanbieder/uren/{k}/{nummer}",
            stapsoort=Stapsoort.AANMELDING,
            titel="Lever de gevolgde uren en het verzuim",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("uren_opgave_werkdagen")),
            uiterst=None,
            rol=Rol.AANBIEDER,
            waarom=f"De lessen lopen sinds {datum(stand.les_gestart_op)}. Elke {maanden} maanden hoort de gemeente "
            "hoeveel uur is gevolgd en gemist, met bewijs.",
            artikel="artikel 9.2 lid 4 Besluit inburgering",
        )
        k += 1


def _opgevraagd(stand: Stand, kader: Kader) -> Stappen:
    """Van een gezinsmigrant levert de cursusinstelling alleen op verzoek."""
    for nummer, dag in stand.opgevraagd.items():
        start = kader.volgende_werkdag(dag)
        yield GewensteStap(
            kenmerk=f"cursus/voortgang/{nummer}",
            stapsoort=Stapsoort.VOORTGANG,
            titel="Verwerk de voortgang die de cursusinstelling levert",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("voortgang_opvragen_werkdagen")),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"Op {datum(dag)} is de voortgang opgevraagd; voor wie zelf een cursus koos, gebeurt dat alleen op "
            "verzoek.",
            artikel="artikel 9.2 lid 4 Besluit inburgering",
        )


def _eindgesprek(stand: Stand, kader: Kader, gehaald: date) -> GewensteStap:
    start = kader.werkdag(gehaald + timedelta(days=1))
    einde = laatste_dag(stand, kader)
    streef = kader.werkdagen_na(start, kader.regeling.getal("eindgesprek_werkdagen"))
    participatie = f" en {participatie_uren(stand, kader)} uur participatie" if stand.is_asiel else ""
    return GewensteStap(
        kenmerk="eindgesprek/1",
        stapsoort=Stapsoort.EINDGESPREK,
        titel="Voer het eindgesprek van de Z-route",
        start=start,
        streef=streef if einde is None else max(min(streef, kader.kantoor.laatste_open_dag_tot(einde)), start),
        uiterst=None if einde is None or einde < start else einde,
        rol=Rol.KLANTMANAGER,
        waarom=f"Op {datum(gehaald)} waren de uren van de Z-route gehaald: {cursusuren(stand)} uur les{participatie}. "
        "De gemeente voert het eindgesprek zelf.",
        artikel="artikel 3.14 Besluit inburgering",
    )
