"""Aantallen die naar buiten gaan: een cel onder de 5 staat er niet in, en is ook niet uit het totaal te rekenen.

Beleid, geen wet: wie in een kleine gemeente "1" leest, weet soms om wie het gaat. Is een cel weggelaten, dan blijft het
totaal alleen staan als elke weggelaten cel daarna nog minstens twee waarden kan hebben. Lukt dat niet, dan gaat de
kleinste andere cel erbij, en anders het totaal. Wij gaan uit van een lezer die deze regels kent.

Reken groepen over dezelfde mensen nooit twee keer uit: een groep zonder gaten verraadt dan het totaal van de andere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

GRENS: Final = 5
ONDER_DE_GRENS: Final = f"minder dan {GRENS}"
NIET_GENOEMD: Final = "niet genoemd"


@dataclass(frozen=True, slots=True)
class Groep:
    """Een titel met rijen van naam en aantal als tekst, zoals het sjabloon ze noemt; het totaal staat onderaan."""

    titel: str
    rijen: tuple[tuple[str, str], ...]


def onderdruk(titel: str, cellen: Mapping[str, int], *, totaal: str = "Samen") -> Groep:
    """Schrijf een groep aantallen zonder cellen onder de 5, ook niet door aftrekken. De cellen samen zijn alles."""
    waarden = list(cellen.values())
    klein = {n for n, waarde in enumerate(waarden) if waarde < GRENS}
    erbij: set[int] = set()
    andere = sorted((n for n in range(len(waarden)) if n not in klein), key=lambda n: (waarden[n], n))
    geheel = sum(waarden)
    met_totaal = True
    while klein and geheel >= GRENS and not _veilig([waarden[n] for n in klein], [waarden[n] for n in erbij]):
        if not andere:
            met_totaal = False
            erbij.clear()
            break
        erbij.add(andere.pop(0))
    rijen = [(naam, _tekst(n, waarden[n], klein, erbij)) for n, naam in enumerate(cellen)]
    if len(cellen) > 1:
        rijen.append((totaal, _totaaltekst(geheel) if met_totaal else NIET_GENOEMD))
    return Groep(titel, tuple(rijen))


def _tekst(nummer: int, waarde: int, klein: set[int], erbij: set[int]) -> str:
    if nummer in klein:
        return ONDER_DE_GRENS
    return NIET_GENOEMD if nummer in erbij else str(waarde)


def _totaaltekst(geheel: int) -> str:
    return str(geheel) if geheel >= GRENS else ONDER_DE_GRENS


def _veilig(klein: Sequence[int], erbij: Sequence[int]) -> bool:
    """Zeg of geen van de weggelaten cellen vastligt als hun som bekend is.

    Een kleine cel is 0 tot en met 4, een cel die erbij ging is 5 of meer.
    """
    som = sum(klein) + sum(erbij)
    hoogste_klein = (GRENS - 1) * len(klein)
    if erbij:
        # Boven is er altijd ruimte in de andere cel; alleen op de bodem ligt alles vast.
        return som > GRENS * len(erbij)
    return len(klein) > 1 and 0 < som < hoogste_klein
