"""Welke velden een partner van een inburgeraar mag zien: alleen wat zijn taak vraagt.

De afspraak noemt gegevensgroepen; hier staat welke velden daarin zitten. Wat in geen groep van
de afspraak zit, gaat niet mee. Bron: AVG art. 5 lid 1 onder c (minimale gegevensverwerking); het
BSN alleen met een wettelijke grondslag (Wet inburgering 2021 art. 36, Besluit inburgering 2021
art. 9.10).
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from domein.regels.samenwerking_antwoord import Toewijzing
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep

W = TypeVar("W")
_G: Final = Gegevensgroep

VELDEN: Final[Mapping[Gegevensgroep, tuple[str, ...]]] = MappingProxyType(
    {
        _G.AANTALLEN: (),  # tellingen van de regio; niets over een persoon
        _G.REFERENTIE: ("referentie", "gemeente", "klantmanager", "betaler", "perceel", "ordernummer"),
        _G.NAAM: ("naam",),
        _G.CONTACT: ("straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal"),
        _G.BSN: ("bsn",),
        _G.GEBOORTEDATUM: ("geboortedatum",),
        _G.DOELGROEP: ("doelgroep", "nareiziger", "ontzorgen"),
        _G.LEERROUTE: ("leerroute", "leerroute_vanaf"),
        # Het niveau en het advies; de punten van de toets worden nergens bewaard.
        _G.LEERBAARHEID: ("leerbaarheidstoets_op", "advies", "startniveau", "alfabetisering"),
        _G.PIP: ("pip_dagtekening", "gesprekken_afgesproken", "uren_per_week", "beschikbaarheid"),
        _G.TERMIJNEN: ("kennisgeving_op", "start_uiterlijk", "pip_uiterlijk", "termijn_einde"),
        _G.AANWEZIGHEID: ("uren_aangeboden", "uren_gevolgd", "uren_geoorloofd", "uren_ongeoorloofd"),
        _G.VOORTGANG: ("gesprekken", "niveau_bereikt", "examens", "pvt_op", "map_op", "aanbieder_advies"),
        _G.MAATREGELEN: ("waarschuwingen", "maatregelen", "boetes"),
    }
)


def zichtbare_velden(groepen: Collection[Gegevensgroep], *, bsn_grondslag: bool = False) -> frozenset[str]:
    """Geef de velden die bij deze groepen horen; het BSN alleen met een grondslag."""
    mag = (g for g in groepen if g is not Gegevensgroep.BSN or bsn_grondslag)
    return frozenset(veld for groep in mag for veld in VELDEN[groep])


def velden_voor(regio: Regio, toewijzing: Toewijzing) -> frozenset[str]:
    """Geef wat de uitvoerder van deze toewijzing mag zien."""
    partner = regio.partner(toewijzing.uitvoerder)
    return zichtbare_velden(toewijzing.inzage, bsn_grondslag=partner is not None and partner.bsn_grondslag)


def beperk(gegevens: Mapping[str, W], velden: Collection[str]) -> dict[str, W]:
    """Geef alleen de gegevens die mogen; een veld dat nergens is ingedeeld, gaat nooit mee."""
    return {naam: waarde for naam, waarde in gegevens.items() if naam in velden}
