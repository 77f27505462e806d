"""De regio als gegevens: partners, medewerkers, verbanden, mandaten en samenwerkingsafspraken."""

from domein.regio.afspraken import Mandaat, Samenwerkingsafspraak, Samenwerkingsverband
from domein.regio.bevinding import Bevinding, Ernst, Plek, RegioOngeldig
from domein.regio.geladen import GeladenRegio
from domein.regio.model import Regio, Regiokop
from domein.regio.onderdelen import Conditie, Periode, Tarief
from domein.regio.partijen import Medewerker, Partner

__all__ = [
    "Bevinding",
    "Conditie",
    "Ernst",
    "GeladenRegio",
    "Mandaat",
    "Medewerker",
    "Partner",
    "Periode",
    "Plek",
    "Regio",
    "RegioOngeldig",
    "Regiokop",
    "Samenwerkingsafspraak",
    "Samenwerkingsverband",
    "Tarief",
]
