"""Het plan: een pure functie van de stand. Zij leest geen klok en geen database (regel 2)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regels.planvormen import GewensteStap, Kader, Plan, Stappen
from domein.regels.stappen import aanbieder, controle, duo, einde, intake, participatie, pip, voortgang
from domein.regels.termijnen import Termijn
from domein.stand import Stand

THEMAS: Final[tuple[Callable[[Stand, Kader], Stappen], ...]] = (
    intake.stappen, pip.stappen, aanbieder.stappen, voortgang.stappen,
    participatie.stappen, duo.stappen, einde.stappen, controle.stappen,
)  # fmt: skip
TERMIJNEN: Final[tuple[Callable[[Stand, Kader], list[Termijn]], ...]] = (
    pip.termijnen, aanbieder.termijnen, einde.termijnen,
)  # fmt: skip


def plan(stand: Stand, kader: Kader) -> Plan:
    """Geef elke stap die nog moet gebeuren en elke termijn, met kenmerk, dagen en waarom.

    Een stap die klaar is of is overgeslagen staat er niet in. Dezelfde stand geeft altijd hetzelfde plan.
    """
    gewenst: dict[str, GewensteStap] = {}
    for thema in THEMAS:
        for stap in thema(stand, kader):
            if stap.kenmerk in stand.afgerond or stap.kenmerk in stand.overgeslagen:
                continue
            gewenst[stap.kenmerk] = stap
    for kenmerk in list(gewenst):
        if kenmerk in stand.verzet:
            gewenst.update({s.kenmerk: s for s in _pas_verzet_toe(gewenst[kenmerk], stand, kader)})
    termijnen = tuple(termijn for geef in TERMIJNEN for termijn in geef(stand, kader))
    volgorde = sorted(gewenst.values(), key=lambda stap: (stap.start, stap.kenmerk))
    return Plan(tuple(volgorde), termijnen, kader.regeling.versie)


def _pas_verzet_toe(stap: GewensteStap, stand: Stand, kader: Kader) -> Stappen:
    """Voer de gekozen dag door; botst zij met het wettelijke einde, dan wint de wet en beslist een mens (regel 13)."""
    gekozen = kader.werkdag(stand.verzet[stap.kenmerk].dag)
    vooraf = stap.streef - stap.start
    toelichting = f" Op verzoek verzet naar {gekozen}."
    if stap.uiterst is not None and gekozen > stap.uiterst:
        streef = max(kader.kantoor.laatste_open_dag_tot(stap.uiterst), stap.start)
        yield replace(
            stap, streef=streef, waarom=stap.waarom + f" De gekozen dag {gekozen} ligt na de uiterste dag."
        )
        yield GewensteStap(
            kenmerk=f"registratie/strijdig/{stap.kenmerk}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="Kies een andere dag: de gekozen dag ligt na de uiterste dag",
            start=stap.start,
            streef=streef,
            uiterst=stap.uiterst,
            rol=Rol.REGIOCOORDINATOR,
            waarom=f"'{stap.titel}' was verzet naar {gekozen}, maar moet uiterlijk {stap.uiterst}. De wet gaat voor.",
            artikel=stap.artikel,
        )
        return
    yield replace(
        stap, start=kader.werkdag(gekozen - vooraf), streef=gekozen, waarom=stap.waarom + toelichting
    )
