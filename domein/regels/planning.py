"""Het plan: een pure functie van de stand. Zij leest geen klok en geen database (regel 2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Plan, Stappen
from domein.regels.stappen import (
    aanbieder,
    begeleiding,
    besluit,
    bezwaar,
    controle,
    duo,
    duo_besluit,
    dwangsom,
    einde,
    examen,
    intake,
    koppeling,
    maatregel,
    overdracht,
    participatie,
    persoon,
    pip,
    pip_wijzigen,
    tolk,
    uren,
    verhuizing,
    verzoek,
    voortgang,
)
from domein.regels.stilstand import schuif, stilstanden
from domein.regels.termijnbreuk import is_aanvaard
from domein.regels.termijnen import Termijn
from domein.stand import Stand

THEMAS: Final[tuple[Callable[[Stand, Kader], Stappen], ...]] = (
    koppeling.stappen, intake.stappen, pip.stappen, pip_wijzigen.stappen, verhuizing.stappen, aanbieder.stappen,
    uren.stappen, begeleiding.stappen, voortgang.stappen, participatie.stappen, duo.stappen, duo_besluit.stappen,
    examen.stappen, persoon.stappen, overdracht.stappen, besluit.stappen, bezwaar.stappen,
    dwangsom.stappen, maatregel.stappen, einde.stappen, verzoek.stappen, controle.stappen,
)  # fmt: skip
TERMIJNEN: Final[tuple[Callable[[Stand, Kader], list[Termijn]], ...]] = (
    pip.termijnen, pip_wijzigen.termijnen, verhuizing.termijnen, aanbieder.termijnen, begeleiding.termijnen,
    duo_besluit.termijnen, bezwaar.termijnen, dwangsom.termijnen, einde.termijnen, verzoek.termijnen,
)  # fmt: skip


def plan(stand: Stand, kader: Kader) -> Plan:
    """Geef elke stap die nog moet gebeuren en elke termijn, met kenmerk, dagen en waarom.

    Een stap die klaar is of is overgeslagen staat er niet in. Dezelfde stand geeft altijd hetzelfde plan.
    """
    if stand.gewist_op is not None:
        # Van een gewiste persoon is niets meer te doen: niemand kan een stap nog beantwoorden (regel 12).
        return Plan((), (), kader.regeling.versie)
    stil = stilstanden(stand, kader)
    gewenst: dict[str, GewensteStap] = {}

    def neem_op(stappen: Stappen) -> None:
        for thema_stap in stappen:
            kale_stap = besluit.naar_voren(thema_stap, stand, kader) if thema_stap.besluit else thema_stap
            kale_stap = schuif(kale_stap, stil, kader) if stil else kale_stap
            verzet = kale_stap.kenmerk in stand.verzet and not _gedaan(kale_stap, stand)
            for stap in _pas_verzet_toe(kale_stap, stand, kader) if verzet else [kale_stap]:
                if not _gedaan(stap, stand):
                    gewenst[stap.kenmerk] = stap

    for thema in THEMAS:
        neem_op(thema(stand, kader))
    # Een tolk hoort bij een gesprek: pas als alle dagen vaststaan, is te zien welke boeking nodig is.
    neem_op(list(tolk.stappen(stand, kader, gewenst)))
    termijnen = tuple(termijn for geef in TERMIJNEN for termijn in geef(stand, kader))
    volgorde = sorted(gewenst.values(), key=lambda stap: (stap.start, stap.kenmerk))
    return Plan(tuple(volgorde), termijnen, kader.regeling.versie)


def _gedaan(stap: GewensteStap, stand: Stand) -> bool:
    return stap.kenmerk in stand.afgerond or stap.kenmerk in stand.overgeslagen


def _pas_verzet_toe(stap: GewensteStap, stand: Stand, kader: Kader) -> Stappen:
    """Voer de gekozen dag door; botst zij met het wettelijke einde, dan wint de wet en beslist een mens (regel 13).

    Had iemand die botsing met zoveel woorden aanvaard, dan telt zijn dag; de termijn zelf verschuift er niet door.
    """
    gekozen = kader.werkdag(stand.verzet[stap.kenmerk].dag)
    vooraf = stap.streef - stap.start
    toelichting = f" Op verzoek verzet van {datum(stap.streef)} naar {datum(gekozen)}."
    uiterst = stap.uiterst
    if uiterst is not None and gekozen > uiterst:
        if not is_aanvaard(stand.verzet[stap.kenmerk], uiterst):
            yield from _strijdig(stap, gekozen, uiterst, stand, kader)
            return
        toelichting += f" Dat is na de uiterste dag {datum(uiterst)}; dat is met een reden aanvaard."
    yield replace(stap, start=kader.werkdag(gekozen - vooraf), streef=gekozen, waarom=stap.waarom + toelichting)


def _strijdig(stap: GewensteStap, gekozen: date, uiterst: date, stand: Stand, kader: Kader) -> Stappen:
    streef = max(kader.kantoor.laatste_open_dag_tot(uiterst), stap.start)
    yield replace(
        stap,
        streef=streef,
        waarom=stap.waarom + f" De gekozen dag {datum(gekozen)} ligt na de uiterste dag.",
    )
    yield GewensteStap(
        # Het volgnummer van de verzetting hoort erbij: een volgende botsing is een nieuwe taak (regel 6).
        kenmerk=f"registratie/strijdig/{stap.kenmerk}/{stand.verzet_nummer[stap.kenmerk]}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Kies een andere dag: de gekozen dag ligt na de uiterste dag",
        start=stap.start,
        streef=streef,
        uiterst=uiterst,
        rol=Rol.REGIOCOORDINATOR,
        waarom=f"'{stap.titel}' was verzet naar {datum(gekozen)}, maar moet uiterlijk {datum(uiterst)}. "
        f"{'De wet' if stap.wettelijk else 'De afspraak'} gaat voor.",
        artikel=stap.artikel,
        wettelijk=stap.wettelijk,
    )
