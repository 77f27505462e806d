"""Een mailadres dat niet werkt merken, zodat er geen mail meer naartoe gaat; en dat weer herstellen."""

from datetime import datetime

from domein.fouten import RedenNodig, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import eis_ops
from domein.handelingen.postpoort import Geclaimd
from domein.handelingen.regio import regio_op
from domein.model import Adresstand, Bericht
from domein.ports import Omgeving, Ruimte


class OnbekendAdres(RegieFout):
    """Dit adres is niet gemerkt als onbestelbaar."""

    code = "onbekend_adres"


def markeer_adres(ruimte: Ruimte, bericht: Bericht | Geclaimd, code: str, nu: datetime) -> bool:
    """Merk het adres van dit bericht als onbestelbaar; False als het dat al was."""
    adres = bericht.adres.lower()
    stand = ruimte.adresstand(adres)
    if stand is not None and stand.hersteld_op is None:
        return False
    if stand is None:
        stand = Adresstand(adres=adres, onbestelbaar_sinds=nu, code=code)
    stand.onbestelbaar_sinds, stand.code, stand.bericht_id = nu, code, bericht.id
    stand.hersteld_op = stand.hersteld_door = stand.herstel_reden = None
    ruimte.bewaar(stand)
    return True


def herstel_adres(omgeving: Omgeving, adres: str, actor: Actor, reden: str) -> None:
    """Stuur weer mail naar dit adres. Wat intussen niet weg kon, blijft onbestelbaar: maak daarvoor een nieuwe taak."""
    with omgeving.magazijn.ruimte() as ruimte:
        herstel_in(ruimte, omgeving, adres, actor, reden)


def herstel_in(ruimte: Ruimte, omgeving: Omgeving, adres: str, actor: Actor, reden: str) -> None:
    """Herstel een adres in deze transactie. GeenBevoegdheid als deze persoon geen ops is."""
    vandaag = omgeving.klok.vandaag()
    eis_ops(regio_op(ruimte, omgeving, vandaag), None, actor, vandaag)
    if not reden.strip():
        raise RedenNodig("Zeg waarom dit adres weer werkt.", "Geef een reden met --reden.")
    stand = ruimte.adresstand(adres)
    if stand is None or stand.hersteld_op is not None:
        raise OnbekendAdres(
            "Dit adres is niet gemerkt als onbestelbaar.", "Bekijk de gemerkte adressen met 'regie post adressen'."
        )
    stand.hersteld_op = omgeving.klok.nu()
    stand.hersteld_door = actor.code
    stand.herstel_reden = reden.strip()[:1000]
    ruimte.bewaar(stand)
