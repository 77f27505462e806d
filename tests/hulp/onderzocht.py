"""Wat bij een besluit op papier is onderzocht, voor tests die over iets anders gaan."""

from typing import Any, Final

from domein.regeling.gronden import alle_gronden

ONDERZOEK: Final[dict[str, Any]] = {
    "gronden": sorted({grond.code for lijst in alle_gronden().values() for grond in lijst}),
    "onderzocht": "Alles van de lijst is bekeken; de onderwijsroute past niet.",
}
OP_PAPIER: Final = frozenset({"pip_vastgesteld", "voorstel_afgewezen"})


def met_onderzoek(soort: str, gegevens: dict[str, Any]) -> dict[str, Any]:
    """Vul het onderzoek aan bij een besluit op papier; wat de test zelf noemt, gaat voor."""
    return ONDERZOEK | gegevens if soort in OP_PAPIER else gegevens
