"""Bezwaar en beroep als stappen: ontvangst, te laat, horen, (opnieuw) beslissen, een PIP opnieuw (Awb 6:7 tot 7:12)."""

from datetime import timedelta
from typing import Final

from domein.begrippen import Besluitsoort, Rol, Stapsoort
from domein.regels.bezwaartermijn import beroepstermijn, beslistermijn, bezwaartermijn, hogerberoepstermijn, te_laat
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.besluit import ZONDER_VERVOLG
from domein.regels.stappen.dwangsom import zin_in_gebreke
from domein.regels.termijnen import Termijn
from domein.stand import Bezwaar, Stand

WEEK: Final = timedelta(weeks=1)


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    uit: list[Termijn] = []
    for maatregel in stand.maatregelen.values():
        termijn = bezwaartermijn(stand, "maatregel", maatregel.nummer, kader)
        if termijn is not None:
            uit.append(termijn)
    for besluit in stand.besluiten.values():
        termijn = bezwaartermijn(stand, "weigering", besluit.nummer, kader)
        if besluit.soort is Besluitsoort.WEIGERING and termijn is not None:
            uit.append(termijn)
    afwijzingen = (bezwaartermijn(stand, "afwijzing", nummer, kader) for nummer in stand.afwijzingen)
    uit += [termijn for termijn in afwijzingen if termijn is not None]
    for bezwaar in stand.bezwaren.values():
        uit += [t for t in (beslistermijn(stand, bezwaar, kader), beroepstermijn(stand, bezwaar, kader)) if t]
    uit += [t for beroep in stand.beroepen.values() if (t := hogerberoepstermijn(beroep, kader))]
    return uit


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None and stand.einde.grond in ZONDER_VERVOLG:
        return
    for bezwaar in stand.bezwaren.values():
        if bezwaar.loopt:
            yield from _lopend(bezwaar, stand, kader)
    yield from _opnieuw(stand, kader)


def _lopend(bezwaar: Bezwaar, stand: Stand, kader: Kader) -> Stappen:
    termijn = beslistermijn(stand, bezwaar, kader)
    assert termijn is not None
    begin = kader.werkdag(bezwaar.opnieuw_op or bezwaar.op)
    if te_laat(stand, bezwaar, kader) and bezwaar.verschoonbaar is None:
        maken = bezwaartermijn(stand, bezwaar.tegen, bezwaar.van, kader)
        assert maken is not None
        yield GewensteStap(
            kenmerk=f"bezwaar/te-laat/{bezwaar.nummer}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="Beoordeel of te laat bezwaar te verontschuldigen is",
            start=begin,
            streef=kader.streef(begin, kader.regeling.getal("bezwaar_ontvangst_werkdagen"), termijn.einde),
            uiterst=termijn.einde,
            rol=Rol.REGIOCOORDINATOR,
            waarom=f"Het bezwaar kwam op {datum(bezwaar.op)}. {maken.uitleg}{_met_de_post(bezwaar, maken)}",
            artikel="artikelen 6:9 en 6:11 Algemene wet bestuursrecht",
        )
    if bezwaar.gehoord_op is None:
        yield GewensteStap(
            kenmerk=f"bezwaar/horen/{bezwaar.nummer}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="Hoor wie bezwaar maakte",
            start=begin,
            streef=kader.streef(begin, kader.regeling.getal("bezwaar_horen_werkdagen"), termijn.einde),
            uiterst=termijn.einde,
            rol=Rol.REGIOCOORDINATOR,
            waarom=f"Op {datum(bezwaar.op)} is bezwaar gemaakt. Vóór de beslissing mag de inburgeraar zijn verhaal "
            "doen.",
            artikel="artikelen 7:2 en 7:3 Algemene wet bestuursrecht",
        )
    gehoord = None if bezwaar.opnieuw_op else bezwaar.gehoord_op
    start = gehoord or kader.kantoor.tel_werkdagen(
        termijn.einde, -kader.regeling.getal("bezwaar_voorbereiden_werkdagen")
    )
    start = max(kader.werkdag(start), begin)
    yield GewensteStap(
        kenmerk=bezwaar.stap,
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Bereid de beslissing op bezwaar voor",
        start=start,
        streef=max(kader.kantoor.laatste_open_dag_tot(termijn.einde), start),
        uiterst=termijn.einde,
        rol=Rol.REGIOCOORDINATOR,
        waarom=f"{_opnieuw_zin(bezwaar)}{termijn.uitleg} Wie het bestreden besluit nam, tekent niet."
        + zin_in_gebreke(stand, "bezwaar", bezwaar.nummer, kader),
        artikel=f"{termijn.artikel}; artikel 10:3 lid 3 Algemene wet bestuursrecht",
        besluit=True,
    )


def _met_de_post(bezwaar: Bezwaar, maken: Termijn) -> str:
    """Wat op tijd is gepost en binnen een week daarna kwam, is niet te laat (Awb 6:9 lid 2)."""
    if bezwaar.op > maken.einde + WEEK:
        return ""
    return (
        f" Is het uiterlijk op {datum(maken.einde)} op de post gedaan, dan is het op tijd, want het kwam binnen een "
        "week daarna (artikel 6:9 lid 2 Awb): kies dan 'te verontschuldigen' en noem de poststempel in de reden."
    )


def _opnieuw_zin(bezwaar: Bezwaar) -> str:
    if bezwaar.opnieuw_op is None:
        return ""
    return f"De rechter vernietigde op {datum(bezwaar.opnieuw_op)} de vorige beslissing op dit bezwaar. "


def _opnieuw(stand: Stand, kader: Kader) -> Stappen:
    """Na een herroepen PIP komt er een nieuw; de inburgeringstermijn blijft die van het eerste (art. 11 lid 3 Wi)."""
    pip = stand.pip
    if stand.einde or pip is None or pip.herroepen_op is None:
        return
    start = kader.werkdag(pip.herroepen_op)
    yield GewensteStap(
        kenmerk=f"pip/herzien/{pip.nummer}",
        stapsoort=Stapsoort.PIP,
        titel="Stel het PIP opnieuw vast",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("pip_herzien_werkdagen")),
        uiterst=None,
        rol=Rol.MANDAATHOUDER,
        waarom=f"PIP {pip.nummer} is op {datum(pip.herroepen_op)} herroepen. Er komt een nieuw PIP; de "
        "inburgeringstermijn blijft dezelfde.",
        artikel="artikel 7:11 Algemene wet bestuursrecht; artikel 11 lid 3 Wet inburgering 2021",
        besluit=True,
    )
