"""Vaste zinnen die in een brief en in het besluit erna hetzelfde zijn, in klare taal."""

from typing import Final

from domein.begrippen import Gedraging

GEDRAGINGEN: Final = {
    Gedraging.INTAKE: "U kwam niet naar het gesprek over uw inburgering.",
    Gedraging.TRAJECT: "U kwam niet naar een gesprek, les of bijeenkomst die in uw plan staat.",
}
WAARTEGEN: Final = {
    "pip": "uw plan (PIP)",
    "maatregel": "de boete",
    "weigering": "het besluit om uw plan niet te wijzigen",
    "afwijzing": "het besluit om uw plan niet te wijzigen",
}
