"""Maatwerk over het antwoord van de afspraken heen leggen, of zeggen waarom dat niet mag."""

from collections.abc import Mapping
from typing import Final

from domein.begrippen import Rol
from domein.regels.kalender import datum, voluit
from domein.regels.maatwerk import Maatwerk, bezwaar
from domein.regels.samenwerking_antwoord import Afgevallen, Antwoord, Toewijzing
from domein.regels.samenwerking_partijen import afzender, orgaan, toegestane_inzage
from domein.regels.samenwerking_partner import partnercode
from domein.regels.samenwerking_vraag import Vraag
from domein.regio.afspraken import COLLEGE, GEMEENTE
from domein.regio.model import Regio
from domein.regio.soorten import AvgRol, Overgangsregime, Peildatumsoort

MAATWERK: Final = "maatwerk"


def pas_toe(
    regio: Regio, vraag: Vraag, maatwerk: Maatwerk, gewoon: Antwoord, uitgesloten: Mapping[str, str]
) -> Antwoord:
    """Geef het antwoord met het maatwerk, of het gewone antwoord met de reden waarom het niet telt."""
    afspraak = regio.afspraak(gewoon.afspraak) if isinstance(gewoon, Toewijzing) else None
    reden = uitgesloten.get(maatwerk.partner) or bezwaar(regio, maatwerk, vraag.gemeente, vraag.op, afspraak)
    if reden:
        weg = Afgevallen(afspraak=MAATWERK, uitvoerder=maatwerk.partner, reden=reden)
        waarom = f"{gewoon.waarom.removesuffix('.')}; het maatwerk telt niet, want {reden}."
        return gewoon.model_copy(update={"waarom": waarom, "afgevallen": (weg, *gewoon.afgevallen)})
    if not isinstance(gewoon, Toewijzing) or afspraak is None:
        return _zonder_afspraak(regio, vraag, maatwerk, gewoon)
    ander = Afgevallen(afspraak=gewoon.afspraak, uitvoerder=gewoon.uitvoerder, reden="het maatwerk gaat voor")
    return gewoon.model_copy(
        update={
            "uitvoerder": maatwerk.partner,
            "rol": maatwerk.rol or gewoon.rol,
            "betaler": maatwerk.betaler or gewoon.betaler,
            "inzage": toegestane_inzage(regio, maatwerk.partner, maatwerk.inzage or gewoon.inzage),
            "afzender": afzender(regio, afspraak.afzender, maatwerk.partner, vraag.gemeente),
            "waarom": _waarom(regio, vraag, maatwerk),
            "afgevallen": (ander, *gewoon.afgevallen),
            "opties": (),
            "blijft": False,
            "maatwerk": maatwerk,
        }
    )


def _zonder_afspraak(regio: Regio, vraag: Vraag, maatwerk: Maatwerk, gewoon: Antwoord) -> Toewijzing:
    """Maatwerk waar geen afspraak iemand noemt: de goedkeurder tekent, de gemeente betaalt."""
    assert maatwerk.rol is not None  # anders had `bezwaar` het geweigerd
    return Toewijzing(
        uitvoerder=maatwerk.partner,
        rol=maatwerk.rol,
        voorbereider=None,
        bevoegd_orgaan=orgaan(regio, COLLEGE, vraag.gemeente),
        mandaat=None,
        ondertekenaar=maatwerk.goedgekeurd_door,
        betaler=maatwerk.betaler or partnercode(regio, GEMEENTE, vraag.gemeente),
        tarief=None,
        inzage=toegestane_inzage(regio, maatwerk.partner, maatwerk.inzage),
        avg_rol=AvgRol.VERWERKER,
        afzender=orgaan(regio, COLLEGE, vraag.gemeente),
        afspraak=MAATWERK,
        escalatie=(Rol.TEAMLEIDER, Rol.REGIOCOORDINATOR),
        peildatumsoort=Peildatumsoort.OPENING,
        overgangsregime=Overgangsregime.UITDIENEN,
        waarom=_waarom(regio, vraag, maatwerk),
        afgevallen=(Afgevallen(afspraak=MAATWERK, reden=gewoon.waarom), *gewoon.afgevallen),
        peildatum=vraag.op,
        maatwerk=maatwerk,
    )


def _waarom(regio: Regio, vraag: Vraag, maatwerk: Maatwerk) -> str:
    partner = regio.partner(maatwerk.partner)
    return (
        f"{partner.naam if partner else maatwerk.partner} doet stap {vraag.stap} voor "
        f"{regio.gemeentenaam(vraag.gemeente)} op {voluit(vraag.op)}, als maatwerk tot en met "
        f"{datum(maatwerk.geldig_tot)}, goedgekeurd door {maatwerk.goedgekeurd_door} op "
        f"{datum(maatwerk.goedgekeurd_op)}: {maatwerk.reden.removesuffix('.')}."
    )
