"""De tijd tussen de koppeling door het COA en de kennisgeving van DUO (art. 14 Wi, art. 9.4 Bi).

De gemeente mag dan al beginnen; de tien weken voor het PIP lopen nog niet.
"""

from datetime import timedelta
from itertools import count

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import Stand


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.koppeling is None or stand.einde:
        return
    koppeling = stand.koppeling
    start = kader.volgende_werkdag(koppeling.op)
    if stand.brp_op is None or stand.brp_op > koppeling.op:
        azc = f" De persoon verblijft in {koppeling.azc}." if koppeling.azc else ""
        yield GewensteStap(
            kenmerk=f"begeleiding/warme-overdracht/{koppeling.nummer}",
            stapsoort=Stapsoort.BEGELEIDING,
            titel="Neem de warme overdracht van het COA aan",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("warme_overdracht_werkdagen")),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"Het COA koppelde deze persoon op {datum(koppeling.op)} aan de gemeente.{azc}",
            artikel="artikel 9.4 Besluit inburgering",
        )
    if stand.kennisgeving_op is None:
        yield _navraag(stand, kader)


def _navraag(stand: Stand, kader: Kader) -> GewensteStap:
    """Zonder kennisgeving loopt er geen termijn: iemand moet blijven vragen (I1)."""
    assert stand.koppeling is not None
    gehad = {**stand.afgerond, **{k: ("", dag) for k, dag in stand.overgeslagen.items()}}
    nummer = next(n for n in count(1) if f"registratie/kennisgeving/{n}" not in gehad)
    vorige = gehad[f"registratie/kennisgeving/{nummer - 1}"][1] if nummer > 1 else stand.koppeling.op
    wachttijd = timedelta(weeks=kader.regeling.getal("kennisgeving_navraag_weken"))
    start = kader.werkdag(vorige + wachttijd)
    return GewensteStap(
        kenmerk=f"registratie/kennisgeving/{nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Vraag DUO waar de kennisgeving blijft",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("controle_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=f"Deze persoon is op {datum(stand.koppeling.op)} gekoppeld, maar DUO gaf nog geen kennis van de "
        "inburgeringsplicht. Pas dan lopen de tien weken voor het PIP.",
        artikel="artikel 5.3 Besluit inburgering",
    )
