"""De besluiten in het draaiboek: een concept met gronden en tekst, een handtekening, een concept dat niet doorgaat."""

import re
from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from beheer.demo.levensloop import Regel
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import besluiten
from domein.handelingen.besluitteksten import INVULLEN
from domein.ports import Omgeving
from domein.regeling.gronden import gronden_voor
from domein.stand import vouw

GEWOON: Final = {
    "het postadres": "Postbus 1, 1000 AA Voorbeeldstad",
    "de rechtbank en haar adres": "de rechtbank Voorbeeldstad, Postbus 2, 1000 AB Voorbeeldstad",
    "de hulp": "een taalmaatje, en gesprekken met uw contactpersoon",
}
BESLUIT: Final = "besluit"  # de soort van zo'n regel in het draaiboek


def doe_besluit(omgeving: Omgeving, dossier_id: UUID, regel: Regel) -> None:
    """Doe wat de regel zegt, als wie `via` noemt, op de dag van de regel."""
    _HANDELINGEN[str(regel.rest["handeling"])](omgeving, dossier_id, regel)


def _concept(omgeving: Omgeving, dossier_id: UUID, regel: Regel) -> None:
    """Concept, alle gronden en een motivering: zoals een behandelaar het klaarlegt voor wie tekent."""
    wie, op = Actor(str(regel.rest["via"])), regel.geldig_op
    voor, wordt = str(regel.rest["voor"]), str(regel.rest["wordt"])
    besluiten.maak_concept(omgeving, dossier_id, voor, wordt, regel.gegevens, wie, op=op)
    with omgeving.magazijn.ruimte() as ruimte:
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        nummer = max(stand.besluiten)
        tekst = ruimte.besluittekst(dossier_id, nummer, 1)
    waarom = str(regel.rest["waarom"])
    for grond in gronden_voor(stand.besluiten[nummer].soort, asiel=stand.is_asiel):
        besluiten.leg_grond_vast(omgeving, dossier_id, nummer, grond.code, "onderzocht", waarom, wie, op=op)
    besluiten.schrijf_tekst(omgeving, dossier_id, nummer, _ingevuld(tekst, waarom), wie, op=op)


def _ingevuld(tekst: str, waarom: str) -> str:
    """Vul in wat het sjabloon aan een mens overlaat; wat het draaiboek niet noemt, krijgt een gewoon antwoord."""
    return re.sub(
        re.escape(INVULLEN) + r" ([^\]]*)\]", lambda plek: waarom if plek[1] == "waarom" else GEWOON[plek[1]], tekst
    )


def _teken(omgeving: Omgeving, dossier_id: UUID, regel: Regel) -> None:
    wie = Actor(str(regel.rest["via"]))
    besluiten.onderteken(omgeving, dossier_id, int(regel.rest["nummer"]), wie, op=regel.geldig_op)


def _trek_in(omgeving: Omgeving, dossier_id: UUID, regel: Regel) -> None:
    wie, reden = Actor(str(regel.rest["via"])), str(regel.rest["reden"])
    besluiten.trek_in(omgeving, dossier_id, int(regel.rest["nummer"]), "anders", wie, reden, op=regel.geldig_op)


_HANDELINGEN: Final[Mapping[str, Callable[[Omgeving, UUID, Regel], None]]] = {
    "concept": _concept, "teken": _teken, "trek-in": _trek_in,
}  # fmt: skip
