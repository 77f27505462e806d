"""De examens die DUO afneemt (hoofdstuk 3 Bi). De inburgeraar meldt zich zelf aan; wij leggen vast wat DUO meldt."""

from datetime import timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import Examen, Stand


def stappen(stand: Stand, kader: Kader) -> Stappen:
    """Navraag bij DUO als een uitslag na acht weken nog niet bekend is."""
    if stand.einde:
        return
    for examen in stand.examens.values():
        if examen.uitslag_op is None:
            yield _navraag(examen, stand, kader)


def _navraag(examen: Examen, stand: Stand, kader: Kader) -> GewensteStap:
    poging = _poging(examen, stand, kader)
    weken = kader.regeling.getal("examen_uitslag_weken", examen.op)
    start = kader.werkdag(examen.op + timedelta(weeks=weken, days=1))
    return GewensteStap(
        kenmerk=f"registratie/examenuitslag/{examen.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Vraag DUO naar de uitslag van het examen",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("duo_besluit_navraag_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=f"Op {datum(examen.op)} deed de inburgeraar examen ({examen.onderdeel.value}).{poging} "
        f"De uitslag komt binnen {weken} weken, maar is nog niet vastgelegd.",
        artikel="hoofdstuk 3 en artikel 9.2 lid 5 Besluit inburgering",
    )


def _poging(examen: Examen, stand: Stand, kader: Kader) -> str:
    """Alleen een asielstatushouder doet een onderdeel een paar keer zonder kosten (art. 3.5 Ri)."""
    if not stand.is_asiel:
        return ""
    eerste = stand.pips[0].dagtekening if stand.pips else examen.op
    vrij = kader.regeling.getal("examenpogingen_kosteloos", eerste)
    eerder = [
        ander for ander in stand.examens.values()
        if ander.onderdeel is examen.onderdeel and (ander.op, ander.nummer) <= (examen.op, examen.nummer)
    ]  # fmt: skip
    kost = "kosteloos" if len(eerder) <= vrij else "niet meer kosteloos"
    return f" Poging {len(eerder)} voor dit onderdeel: {kost} ({vrij} pogingen zijn kosteloos)."
