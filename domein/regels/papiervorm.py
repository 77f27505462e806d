"""Het formulier van een besluit dat al op papier is genomen: wat is er onderzocht, en wanneer is het bekendgemaakt?"""

from dataclasses import replace
from typing import Final

from domein.begrippen import Besluitsoort
from domein.regels.besluitgang import ALTIJD_TWEE, VORMEN
from domein.regels.uitkomsten import stapvorm
from domein.regels.uitkomstvormen import Uitkomst, Veld

# Verplicht in het portaal (Awb 3:2). Een opdracht of een bestand mag het weglaten: dan staat het alleen op het papier.
ONDERZOCHT: Final = Veld(
    "onderzocht", "Wat is er onderzocht?", "tekst",
    hulp="Kort, zoals het op het papier staat: de intake, de leerbaarheidstoets, en bij een PIP ook de onderwijsroute. "
    "Schrijf zonder naam of nummer.",
)  # fmt: skip
BEKENDGEMAAKT: Final = Veld("bekendgemaakt_op", "Bekendgemaakt op", "datum")


def besluitvormen(kenmerk: str, uitkomsten: tuple[Uitkomst, ...]) -> tuple[Uitkomst, ...]:
    """Geef de formulieren van een stap met een besluit; een besluit dat altijd twee personen vraagt heeft er geen."""
    return tuple(_met_verantwoording(u) for u in uitkomsten if besluit_van(kenmerk, u) not in ALTIJD_TWEE)


def besluit_van(kenmerk: str, uitkomst: Uitkomst) -> Besluitsoort | None:
    """Geef welk besluit deze uitkomst is; None als zij er geen is."""
    return VORMEN.get((stapvorm(kenmerk), uitkomst.soort))


def _met_verantwoording(uitkomst: Uitkomst) -> Uitkomst:
    if uitkomst.soort not in ("pip_vastgesteld", "voorstel_afgewezen"):
        return uitkomst
    er = {veld.naam for veld in uitkomst.velden}
    bekend = () if BEKENDGEMAAKT.naam in er else (BEKENDGEMAAKT,)
    return replace(uitkomst, velden=(*bekend, *uitkomst.velden, ONDERZOCHT))
