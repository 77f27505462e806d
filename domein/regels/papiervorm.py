"""Het formulier van een besluit dat al op papier is genomen: wat is er onderzocht, en wanneer is het bekendgemaakt?"""

from dataclasses import replace
from typing import Final

from domein.begrippen import Besluitsoort
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import ALTIJD_TWEE, VORMEN
from domein.regels.uitkomsten import stapvorm
from domein.regels.uitkomstvormen import Uitkomst, Veld

# Verplicht door welke deur het besluit ook komt (Awb 3:2); zie `papieronderzoek`.
ONDERZOCHT: Final = Veld(
    "onderzocht", "Wat bleek uit het onderzoek?", "tekst",
    hulp="Kort, zoals het op het papier staat: de intake, de leerbaarheidstoets, en bij een PIP ook de onderwijsroute. "
    "Schrijf zonder naam of nummer.",
)  # fmt: skip
BEKENDGEMAAKT: Final = Veld("bekendgemaakt_op", "Bekendgemaakt op", "datum")


def besluitvormen(kenmerk: str, uitkomsten: tuple[Uitkomst, ...]) -> tuple[Uitkomst, ...]:
    """Geef de formulieren van een stap met een besluit; een besluit dat altijd twee personen vraagt heeft er geen."""
    return tuple(
        _met_verantwoording(u, soort)
        for u in uitkomsten
        if (soort := besluit_van(kenmerk, u)) is None or soort not in ALTIJD_TWEE
    )


def besluit_van(kenmerk: str, uitkomst: Uitkomst) -> Besluitsoort | None:
    """Geef welk besluit deze uitkomst is; None als zij er geen is."""
    return VORMEN.get((stapvorm(kenmerk), uitkomst.soort))


def _met_verantwoording(uitkomst: Uitkomst, soort: Besluitsoort | None) -> Uitkomst:
    if soort is None or uitkomst.soort not in ("pip_vastgesteld", "voorstel_afgewezen"):
        return uitkomst
    er = {veld.naam for veld in uitkomst.velden}
    bekend = () if BEKENDGEMAAKT.naam in er else (BEKENDGEMAAKT,)
    return replace(uitkomst, velden=(*bekend, *uitkomst.velden, onderzochte_gronden(soort), ONDERZOCHT))


def onderzochte_gronden(soort: Besluitsoort) -> Veld:
    """De lijst van dit besluit om aan te vinken. Wat alleen bij asiel hoort staat er ook in: het hoeft niet."""
    return Veld(
        "gronden", "Wat is er onderzocht?", "meerkeuze",
        keuzes=tuple((grond.code, grond.vraag) for grond in gronden_voor(soort, asiel=True)),
        hulp="Vink aan wat is onderzocht. Is iets niet onderzocht, begin dan met een concept.",
    )  # fmt: skip
