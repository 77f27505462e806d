"""De oproepen en de brede intake (art. 14 Wi).

Na elke keer niet verschijnen volgt een nieuwe oproep, met een schriftelijke waarschuwing. Na de derde oproep rondt
het college de intake af zonder de persoon. Een verschoonbare afwezigheid telt daarvoor niet mee.
"""

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.stand import Stand


def verwijtbaar_gemist(stand: Stand) -> int:
    """Tel de keren dat de persoon zonder goede reden niet verscheen."""
    return sum(not verzuim.verschoonbaar for verzuim in stand.verzuim.values())


def waarschuwing_nodig(stand: Stand, nummer: int) -> bool:
    """Zeg of oproep `nummer` een schriftelijke waarschuwing moet bevatten (art. 14 lid 2 Wi)."""
    vorige = stand.verzuim.get(nummer - 1)
    return vorige is not None and not vorige.verschoonbaar


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.kennisgeving_op is None or stand.intake_op is not None or stand.pips or stand.einde:
        return
    laatste_dag = eerste_pip_termijn(stand, kader).einde
    if verwijtbaar_gemist(stand) >= kader.regeling.getal("max_oproepen", stand.kennisgeving_op):
        gemist_op = max(verzuim.op for verzuim in stand.verzuim.values())
        start = kader.volgende_werkdag(gemist_op)
        yield GewensteStap(
            kenmerk="intake/ambtshalve/1",
            stapsoort=Stapsoort.INTAKE,
            titel="Rond de intake af zonder de persoon",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("intake_ambtshalve_werkdagen")),
            uiterst=laatste_dag,
            rol=Rol.KLANTMANAGER,
            waarom=f"Na drie oproepen is de persoon niet verschenen (laatst op {datum(gemist_op)}). "
            "Het college rondt de intake dan zelf af.",
            artikel="artikel 14 lid 2 Wet inburgering 2021",
        )
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
            uiterst=max(laatste_dag, afspraak),
            rol=Rol.KLANTMANAGER,
            waarom=f"De persoon is op {datum(oproep.verzonden_op)} opgeroepen "
            f"voor een gesprek op {datum(oproep.afspraak_op)}. "
            "De intake gaat vooraf aan het PIP.",
            artikel="artikel 14 Wet inburgering 2021",
        )
        return
    yield _oproep(stand, kader, nummer)


def _oproep(stand: Stand, kader: Kader, nummer: int) -> GewensteStap:
    assert stand.kennisgeving_op is not None
    if nummer == 1:
        start = kader.werkdag(stand.kennisgeving_op)
        dag = datum(stand.kennisgeving_op)
        waarom = f"DUO gaf op {dag} kennis van de inburgeringsplicht. De tien weken voor het PIP lopen."
    else:
        gemist_op = stand.verzuim[nummer - 1].op
        start = kader.volgende_werkdag(gemist_op)
        waarom = f"De persoon verscheen niet op {datum(gemist_op)}. " + (
            "Een nieuwe oproep met een schriftelijke waarschuwing is verplicht."
            if waarschuwing_nodig(stand, nummer)
            else "Daar was een goede reden voor; er volgt een nieuwe oproep zonder waarschuwing."
        )
    streef = kader.werkdagen_na(start, kader.regeling.getal("oproep_binnen_werkdagen"))
    return GewensteStap(
        kenmerk=f"intake/oproep/{nummer}",
        stapsoort=Stapsoort.INTAKE,
        titel=f"Verstuur oproep {nummer} voor de brede intake",
        start=start,
        streef=streef,
        uiterst=max(eerste_pip_termijn(stand, kader).einde, streef),
        rol=Rol.KLANTMANAGER,
        waarom=waarom,
        artikel="artikel 14 lid 2 Wet inburgering 2021" if nummer > 1 else "artikel 14 Wet inburgering 2021",
    )
