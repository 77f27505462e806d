"""De oproepen en de brede intake (art. 14 Wi).

Na elke keer niet verschijnen volgt een nieuwe oproep, met een schriftelijke waarschuwing. Na de derde oproep rondt
het college de intake af zonder de persoon. Een verschoonbare afwezigheid telt daarvoor niet mee.
"""

from datetime import date, timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.stand import Stand


def verwijtbaar_gemist(stand: Stand) -> int:
    """Tel de keren dat de persoon zonder goede reden niet verscheen."""
    return sum(not verzuim.verschoonbaar for verzuim in stand.verzuim.values())


def waarschuwing_nodig(stand: Stand, nummer: int, kader: Kader) -> bool:
    """Zeg of oproep `nummer` een schriftelijke waarschuwing moet bevatten (art. 14 lid 2 Wi)."""
    vorige = stand.verzuim.get(nummer - 1)
    if vorige is None or vorige.verschoonbaar:
        return False
    gemist = sum(not verzuim.verschoonbaar for n, verzuim in stand.verzuim.items() if n < nummer)
    return gemist + 1 >= kader.regeling.getal("oproep_waarschuwing_vanaf", stand.begin_op)


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    yield from _derden(stand, kader)
    if stand.intake_op is not None:
        if stand.startmeting_op is None and not stand.intake_ambtshalve:
            yield _startmeting(stand.intake_op, kader)
        return
    if stand.begin_op is None or stand.pips:
        return
    laatste_dag = eerste_pip_termijn(stand, kader).einde if stand.kennisgeving_op else None
    if verwijtbaar_gemist(stand) >= kader.regeling.getal("max_oproepen", stand.begin_op):
        yield _ambtshalve(stand, kader, laatste_dag)
        return
    nummer = max(stand.verzuim, default=0) + 1
    oproep = stand.oproepen.get(nummer)
    if oproep is not None:
        afspraak = kader.werkdag(oproep.afspraak_op)
        yield GewensteStap(
            kenmerk=f"intake/gesprek/{nummer}",
            stapsoort=Stapsoort.INTAKE,
            titel="Voer de brede intake en neem de leerbaarheidstoets af",
            start=afspraak,
            streef=afspraak,
            uiterst=None if laatste_dag is None else max(laatste_dag, afspraak),
            rol=Rol.KLANTMANAGER,
            waarom=f"De persoon is op {datum(oproep.verzonden_op)} opgeroepen "
            f"voor een gesprek op {datum(oproep.afspraak_op)}. "
            f"De intake gaat vooraf aan het PIP.{_pip_uiterlijk(laatste_dag, afspraak)}",
            artikel="artikel 14 Wet inburgering 2021",
        )
        return
    yield _oproep(stand, kader, nummer, laatste_dag)


def _ambtshalve(stand: Stand, kader: Kader, laatste_dag: date | None) -> GewensteStap:
    assert stand.begin_op is not None
    gemist_op = max(verzuim.op for verzuim in stand.verzuim.values())
    start = kader.volgende_werkdag(gemist_op)
    aantal = kader.regeling.getal("max_oproepen", stand.begin_op)
    return GewensteStap(
        kenmerk="intake/ambtshalve/1",
        stapsoort=Stapsoort.INTAKE,
        titel="Rond de intake af zonder de persoon",
        start=start,
        streef=kader.streef(start, kader.regeling.getal("intake_ambtshalve_werkdagen"), laatste_dag),
        uiterst=laatste_dag,
        rol=Rol.KLANTMANAGER,
        waarom=f"Na {aantal} oproepen is de persoon niet verschenen (laatst op {datum(gemist_op)}). "
        f"Het college rondt de intake dan zelf af.{_pip_uiterlijk(laatste_dag, start)}",
        artikel="artikel 14 lid 2 Wet inburgering 2021",
    )


def _oproep(stand: Stand, kader: Kader, nummer: int, laatste_dag: date | None) -> GewensteStap:
    if nummer == 1:
        start, waarom = _eerste_oproep(stand, kader)
    else:
        gemist_op = stand.verzuim[nummer - 1].op
        start = kader.volgende_werkdag(gemist_op)
        waarom = f"De persoon verscheen niet op {datum(gemist_op)}. " + (
            "Een nieuwe oproep met een schriftelijke waarschuwing is verplicht."
            if waarschuwing_nodig(stand, nummer, kader)
            else "Daar was een goede reden voor; er volgt een nieuwe oproep zonder waarschuwing."
            if stand.verzuim[nummer - 1].verschoonbaar
            else "Er volgt een nieuwe oproep, nog zonder waarschuwing."
        )
    streef = kader.werkdagen_na(start, kader.regeling.getal("oproep_binnen_werkdagen"))
    return GewensteStap(
        kenmerk=f"intake/oproep/{nummer}",
        stapsoort=Stapsoort.INTAKE,
        titel=f"Verstuur oproep {nummer} voor de brede intake",
        start=start,
        streef=streef,
        uiterst=None if laatste_dag is None else max(laatste_dag, streef),
        rol=Rol.KLANTMANAGER,
        waarom=f"{waarom}{_pip_uiterlijk(laatste_dag, streef)}",
        artikel="artikel 14 lid 2 Wet inburgering 2021" if nummer > 1 else "artikel 14 Wet inburgering 2021",
    )


def _pip_uiterlijk(laatste_dag: date | None, dag: date) -> str:
    """Zeg waar de uiterste dag van de intake vandaan komt: artikel 14 noemt er geen, de tien weken wel."""
    if laatste_dag is None:
        return ""
    wanneer = "moet er uiterlijk op" if dag <= laatste_dag else "had er uiterlijk op"
    daarna = "zijn" if dag <= laatste_dag else "moeten zijn"
    return f" Het PIP {wanneer} {datum(laatste_dag)} {daarna} (artikel 5.3 Besluit inburgering)."


def _eerste_oproep(stand: Stand, kader: Kader) -> tuple[date, str]:
    assert stand.begin_op is not None
    start = kader.werkdag(stand.begin_op)
    dag = datum(stand.begin_op)
    if stand.kennisgeving_op is None or stand.begin_op < stand.kennisgeving_op:
        return start, f"Het COA koppelde deze persoon op {dag} aan de gemeente; de intake mag al beginnen."
    weken = kader.regeling.getal("pip_weken", stand.kennisgeving_op)
    ingeschreven = stand.eerste_brp_op
    lopen = (
        "lopen."
        if ingeschreven is None or ingeschreven <= stand.kennisgeving_op
        else f"tellen vanaf de inschrijving op {datum(ingeschreven)}."
    )
    return start, f"DUO gaf op {dag} kennis van de inburgeringsplicht. De {weken} weken voor het PIP {lopen}"


def _startmeting(intake_op: date, kader: Kader) -> GewensteStap:
    start = kader.volgende_werkdag(intake_op)
    return GewensteStap(
        kenmerk="intake/startmeting/1",
        stapsoort=Stapsoort.INTAKE,
        titel="Leg opleiding, werkervaring en taalniveau bij de start vast",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("startmeting_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"Bij de intake van {datum(intake_op)} is dit niet vastgelegd. Zonder startpunt is later niet te "
        "zien wat het traject deed.",
        artikel="artikel 14 Wet inburgering 2021; artikel 5.2 Besluit inburgering",
    )


def _derden(stand: Stand, kader: Kader) -> Stappen:
    """Navraag zolang informatie van een derde uitblijft en er nog geen PIP is (art. 5.3 lid 2 Bi)."""
    if stand.pips:
        return
    for nummer, derde in stand.derden.items():
        if derde.ontvangen_op is not None:
            continue
        wachttijd = timedelta(weeks=kader.regeling.getal("derde_navraag_weken"))
        start = kader.werkdag(derde.gevraagd_op + wachttijd)
        yield GewensteStap(
            kenmerk=f"pip/informatie/{nummer}",
            stapsoort=Stapsoort.INTAKE,
            titel="Vraag de informatie van de derde na",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("controle_werkdagen")),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"Op {datum(derde.gevraagd_op)} is informatie gevraagd die nodig is voor het PIP. "
            f"Na de ontvangst zijn er nog {kader.regeling.getal('pip_na_derde_weken', derde.gevraagd_op)} weken.",
            artikel="artikel 5.3 lid 2 Besluit inburgering",
        )
