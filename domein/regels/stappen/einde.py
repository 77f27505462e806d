"""Het einde: de termijn loopt af, DUO meldt hoe het traject eindigt, en het dossier gaat dicht (art. 11, 24 Wi)."""

from itertools import count

from domein.begrippen import Eindegrond, Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import DAG, GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import inburgeringstermijn
from domein.regels.termijnen import Termijn
from domein.stand import Stand


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    termijn = inburgeringstermijn(stand, kader)
    return [termijn] if termijn else []


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None:
        if stand.afgesloten_op is None:
            yield _afsluiten(stand, kader)
        return
    termijn = inburgeringstermijn(stand, kader)
    if termijn is None:
        return
    start = kader.werkdag(termijn.einde + DAG)
    # Na een afgehandelde afloop (verlengd, nieuwe termijn) volgt een nieuwe stap met een nieuw nummer (regel 6). Ook
    # na overslaan: zolang DUO niets meldt, houdt iemand het einde van de termijn in het oog (I1).
    gehad = {*stand.afgerond, *stand.overgeslagen}
    nummer = next(n for n in count(1) if f"einde/termijn/{n}" not in gehad)
    yield GewensteStap(
        kenmerk=f"einde/termijn/{nummer}",
        stapsoort=Stapsoort.EINDE,
        titel="Leg vast hoe DUO de termijn afsluit",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("einde_afsluiten_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"{termijn.uitleg} DUO beslist of aan de plicht is voldaan.",
        artikel="artikel 11 en 24 Wet inburgering 2021",
    )


def _afsluiten(stand: Stand, kader: Kader) -> GewensteStap:
    assert stand.einde is not None
    start = kader.volgende_werkdag(stand.einde.op)
    woorden = {
        Eindegrond.VOLDAAN: "De inburgeraar heeft aan de plicht voldaan",
        Eindegrond.TERMIJN_OVERSCHREDEN: "De termijn is overschreden",
        Eindegrond.OVERLIJDEN: "De inburgeraar is overleden",
        Eindegrond.VERTREK: "De inburgeraar is vertrokken",
        Eindegrond.INGETROKKEN: "DUO trok de kennisgeving in",
    }
    return GewensteStap(
        kenmerk="einde/afsluiten/1",
        stapsoort=Stapsoort.EINDE,
        titel="Sluit het dossier af",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("einde_afsluiten_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"{woorden[stand.einde.grond]}, op {datum(stand.einde.op)}. Kijk het dossier na en sluit het.",
        artikel="artikel 9.9 Besluit inburgering",
    )
