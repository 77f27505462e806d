"""De voortgangsgesprekken zoals het PIP ze afspreekt (art. 5.3 lid 4 Bi).

De wet noemt geen aantal en geen afstand: beide staan in het PIP. Nummers worden nooit opnieuw gebruikt: een nieuw
PIP telt door vanaf het laatst geopende gesprek, en een gemist gesprek krijgt een nieuw nummer achteraan.
"""

from datetime import date, timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import laatste_dag
from domein.stand import GESPREK, Pip, Stand


def _dagen(stand: Stand, kader: Kader) -> dict[int, tuple[date, str]]:
    """Geef per gespreksnummer de afgesproken dag en de reden."""
    dagen: dict[int, tuple[date, str]] = {}
    eigen = [pip for pip in stand.pips if not pip.elders]
    for volgnummer, pip in enumerate(eigen):
        volgende = eigen[volgnummer + 1] if volgnummer + 1 < len(eigen) else None
        basis = max(pip.eerder_geopend, default=0) if volgnummer else 0
        for nummer, afspraak in _van_een_pip(stand, kader, pip, basis).items():
            # Een nieuw PIP vervangt wat nog niet was geopend; wat openstond loopt gewoon af.
            if volgende is None or nummer in volgende.eerder_geopend:
                dagen.setdefault(nummer, afspraak)
    return dagen


def _van_een_pip(stand: Stand, kader: Kader, pip: Pip, basis: int) -> dict[int, tuple[date, str]]:
    """Geef de gesprekken van één PIP: de afgesproken gesprekken, en daarachter die een gemist gesprek inhalen."""
    dagen = {
        basis + k: (plus_maanden(pip.dagtekening, k * pip.interval_maanden), _waarom(pip, k))
        for k in range(1, pip.aantal_gesprekken + 1)
    }
    wachttijd = timedelta(days=kader.regeling.getal("gesprek_na_niet_verschenen_dagen"))
    for nummer in sorted(n for n, gesprek in stand.gesprekken.items() if not gesprek.gevoerd):
        if nummer in dagen:  # een inhaalgesprek kan zelf ook weer worden gemist
            gemist_op = stand.gesprekken[nummer].op
            reden = f"Gesprek {nummer} ging op {datum(gemist_op)} niet door; het wordt ingehaald."
            dagen[max(dagen) + 1] = (gemist_op + wachttijd, reden)
    return dagen


def _waarom(pip: Pip, k: int) -> str:
    maanden = "elke maand" if pip.interval_maanden == 1 else f"om de {pip.interval_maanden} maanden"
    if pip.aantal_gesprekken == 1:
        na = "een maand" if pip.interval_maanden == 1 else f"{pip.interval_maanden} maanden"
        return f"Het PIP van {datum(pip.dagtekening)} spreekt één gesprek af, na {na}."
    return (
        f"Het PIP van {datum(pip.dagtekening)} spreekt {pip.aantal_gesprekken} gesprekken af, {maanden}; "
        f"dit is nummer {k} daarvan."
    )


def stappen(stand: Stand, kader: Kader) -> Stappen:
    einde = laatste_dag(stand, kader)
    if einde is None or stand.einde:
        return
    vooraf = timedelta(days=kader.regeling.getal("gesprek_opent_dagen_vooraf"))
    speling = timedelta(days=kader.regeling.getal("gesprek_uiterst_dagen_na"))
    for nummer, (dag, waarom) in sorted(_dagen(stand, kader).items()):
        if nummer in stand.gesprekken or dag > einde:
            continue
        # Eindigt de termijn in een weekend, dan is het afgesproken gesprek er nog vlak voor.
        gepland = min(kader.werkdag(dag), kader.kantoor.laatste_open_dag_tot(einde))
        door_de_wet = kader.werkdag(gepland + speling) >= einde
        beleid = "" if door_de_wet else f" De uiterste dag is beleid: hoogstens {speling.days} dagen later."
        yield GewensteStap(
            kenmerk=f"{GESPREK}{nummer}",
            stapsoort=Stapsoort.VOORTGANG,
            titel=f"Voer voortgangsgesprek {nummer}",
            start=kader.werkdag(gepland - vooraf),
            streef=gepland,
            uiterst=min(kader.werkdag(gepland + speling), einde),
            wettelijk=door_de_wet,
            rol=Rol.KLANTMANAGER,
            waarom=f"{waarom}{beleid}",
            artikel="artikel 5.3 lid 4 Besluit inburgering",
        )
