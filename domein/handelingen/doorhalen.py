"""Een gebeurtenis doorhalen: zij geldt niet meer, maar blijft leesbaar (regel 11)."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domein.fouten import DoorhalingGeweigerd, OnbekendeGebeurtenis, RedenNodig
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, Doorgehaald
from domein.handelingen.bevoegdheid import eis_doorhaler
from domein.handelingen.kern import Uitwerking, in_ruimte, leg_vast, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.berusten import berust_op
from domein.regels.kalender import datum
from domein.stand import geldende, vouw

# Hiermee begint een dossier: een van deze moet blijven gelden.
_BEGIN: Final = frozenset({"kennisgeving", "koppeling", "kennisgeving_ingetrokken"})


def _vind(ruimte: Ruimte, dossier_id: UUID, wijzer: str) -> Gebeurtenis:
    """Zoek een gebeurtenis op volgnummer of id."""
    for g in ruimte.gebeurtenissen(dossier_id):
        if wijzer in (str(g.volgnummer), str(g.id)):
            return g
    raise OnbekendeGebeurtenis(
        f"Dit dossier heeft geen gebeurtenis '{wijzer[:40]}'.", "Kijk met 'regie dossier toon' welke er zijn."
    )


def voorbereiden(
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, wijzer: str, actor: Actor, reden: str
) -> NieuweGebeurtenis:
    """Toets een doorhaling en maak haar gebeurtenis; er wordt niets geschreven."""
    if not reden.strip():
        raise RedenNodig("Een doorhaling heeft een reden nodig.", "Geef haar met --reden.")
    alle = ruimte.gebeurtenissen(dossier_id)
    f = _vind(ruimte, dossier_id, wijzer)
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    eis_doorhaler(regio, vouw(alle).gemeente, _waarover(f, alle), actor, vandaag)
    if f.id not in {g.id for g in geldende(alle)}:
        raise DoorhalingGeweigerd(
            f"Gebeurtenis {f.volgnummer} geldt al niet meer.",
            "Zij is doorgehaald of vervangen; er is niets te doen.",
        )
    if rust := berust_op(f, alle):
        lijst = "; ".join(f"{g.volgnummer}: {SOORTEN[g.soort].label} op {datum(g.geldig_op)}" for g in rust)
        raise DoorhalingGeweigerd(
            f"Op gebeurtenis {f.volgnummer} ({SOORTEN[f.soort].label}) berusten latere gebeurtenissen: {lijst}.",
            "Haal die eerst door, de laatste het eerst.",
        )
    _eis_doorhaalbaar(f, alle)
    return NieuweGebeurtenis("doorgehaald", f.geldig_op, Doorgehaald(gebeurtenis=f.id), actor, reden=reden)


def _waarover(f: Gebeurtenis, alle: Sequence[Gebeurtenis]) -> Gebeurtenis:
    """Het feit waar het om gaat: wie een doorhaling doorhaalt, laat dat feit weer gelden."""
    per_id = {g.id: g for g in alle}
    while isinstance(f.gegevens, Doorgehaald):
        f = per_id[f.gegevens.gebeurtenis]
    return f


def _eis_doorhaalbaar(f: Gebeurtenis, alle: Sequence[Gebeurtenis]) -> None:
    """Weiger wat niet ongedaan te maken is: een taak die iemand al kreeg, en het begin van het dossier."""
    if f.soort == "stap_geopend":
        raise DoorhalingGeweigerd(
            f"Gebeurtenis {f.volgnummer} is de opening van '{f.stap}'; de behandelaar heeft de taak al.",
            "U kunt de stap overdragen, verzetten of overslaan.",
        )
    over = geldende(g for g in alle if g.id != f.id)
    if f.soort in _BEGIN and not any(g.soort in _BEGIN for g in over):
        raise DoorhalingGeweigerd(
            "Zonder kennisgeving of koppeling heeft dit dossier geen plan meer, en zou niemand er nog naar kijken.",
            "Trok DUO of het COA haar in, meld dan 'plicht_beeindigd' met grond 'ingetrokken'. Klopte zij niet, "
            "registreer dan de verbeterde versie.",
        )


def haal_door(omgeving: Omgeving, dossier_id: UUID, wijzer: str, actor: Actor, reden: str) -> Uitwerking:
    """Haal een gebeurtenis door (`wijzer`: volgnummer of id) en plan opnieuw.

    DoorhalingGeweigerd, met de lijst, als latere gebeurtenissen erop berusten.
    """

    def werk(ruimte: Ruimte) -> Uitwerking:
        nieuw = voorbereiden(ruimte, omgeving, dossier_id, wijzer, actor, reden)
        return leg_vast(ruimte, omgeving, dossier_id, [nieuw], reden="Een eerdere gebeurtenis is doorgehaald.")

    return in_ruimte(omgeving, werk)


def proef_doorhaling(omgeving: Omgeving, dossier_id: UUID, wijzer: str, actor: Actor, reden: str) -> Uitwerking:
    """Laat zien wat een doorhaling zou veranderen; er wordt niets geschreven."""
    with omgeving.magazijn.ruimte() as ruimte:
        nieuw = voorbereiden(ruimte, omgeving, dossier_id, wijzer, actor, reden)
        return voorbeeld(ruimte, dossier_id, [hypothese(ruimte, omgeving, dossier_id, nieuw)])
