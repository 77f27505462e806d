"""Welke uitkomsten een stap kan hebben, en wat er dan gevraagd wordt.

Eén bron voor het formulier in het portaal, het formulier in Prefect en de opdrachtregel.
"""

from collections.abc import Mapping
from typing import Any, Final

from domein.gebeurtenissen.soorten import SOORTEN
from domein.regels.stappen.duo import melding_van
from domein.regels.uitkomstlijst import UITKOMSTEN
from domein.regels.uitkomstvormen import Uitkomst, Veld, Veldtype


def stapvorm(kenmerk: str) -> str:
    """Geef de vorm van een stap: het langste begin van het kenmerk waarvoor uitkomsten bestaan."""
    delen = kenmerk.split("/")
    for lengte in range(len(delen), 0, -1):
        begin = "/".join(delen[:lengte])
        if begin in UITKOMSTEN:
            return begin
    raise KeyError(kenmerk)


def uitkomsten_voor(kenmerk: str) -> tuple[Uitkomst, ...]:
    return UITKOMSTEN[stapvorm(kenmerk)]


def stap_voor_feit(soort: str, kenmerken: list[str], waarden: Mapping[str, Any]) -> str | None:
    """Zoek onder de onafgemaakte stappen de stap waarop dit feit het antwoord is; None als er geen is.

    Noemt het feit een nummer of een melding, dan moet de stap daarover gaan. Participatie-uren en uren van eerder
    onderwijs zijn nooit het antwoord op een stap: die vragen alle om uren les.
    """
    if waarden.get("urensoort", "cursus") != "cursus":
        return None
    passend = [k for k in kenmerken if any(u.soort == soort for u in uitkomsten_voor(k))]
    if "nummer" in waarden:
        passend = [k for k in passend if k.rsplit("/", 1)[-1] == str(waarden["nummer"])]
    if "melding" in waarden:
        passend = [k for k in passend if melding_van(k) == waarden["melding"]]
    if "gesprek" in waarden:
        passend = [k for k in passend if k.split("/", 3)[-1] == waarden["gesprek"]]
    if soort == "plicht_beeindigd" and "grond" in waarden:
        # Wie overlijdt of vertrekt, bereikte niet de AOW-leeftijd: de stap die daarop wacht, gaat over iets anders.
        passend = [k for k in passend if _EINDEGRONDEN.get(stapvorm(k)) == waarden["grond"]]
    if "aanvraag" in waarden:
        passend = [k for k in passend if k == f"{DUO_BESLUIT}{waarden['aanvraag']}"]
    return passend[0] if len(passend) == 1 else None


# De velden die een stap zelf invult; een bron noemt ze meestal niet.
AANGEVULD: Final = frozenset(
    {
        "nummer",
        "melding",
        "inhoud",
        "mandaathouder",
        "mandaat",
        "grondslag",
        "aanvraag",
        "gesprek",
        "grond",
        "a2_onderdelen",
        "van",
        "buiten_regio",
    }
)
DUO_BESLUIT: Final = "registratie/duo-besluit/"
_PIPGRONDEN: Final = {
    "vaststellen": "eerste",
    "verhuizing": "verhuizing",
    "leerroute": "leerroute",
    "afschalen": "afschalen",
    "herzien": "herziening",
}
_EINDEGRONDEN: Final = {"registratie/verblijfsgat": "verblijfsrecht", "registratie/aow": "aow"}


def vraagt_inhoud(kenmerk: str, soort: str) -> bool:
    """Zeg of deze uitkomst overneemt wat in het plan bij de stap staat."""
    velden = SOORTEN[soort].model.model_fields if soort in SOORTEN else {}
    return "inhoud" in velden or (soort == "pip_vastgesteld" and kenmerk.startswith("pip/afschalen/"))


def vul_aan(kenmerk: str, soort: str, gegevens: dict[str, Any], *, inhoud: str, door: str) -> dict[str, Any]:
    """Vul de velden aan die uit de stap zelf volgen: het nummer, de melding, wie het besluit nam."""
    velden = SOORTEN[soort].model.model_fields if soort in SOORTEN else {}
    laatste = kenmerk.rsplit("/", 1)[-1]
    vast: dict[str, Any] = {}
    if "nummer" in velden and laatste.isdigit():
        vast["nummer"] = int(laatste)
    if "aanvraag" in velden and kenmerk.startswith(DUO_BESLUIT):
        vast["aanvraag"] = int(laatste)
    if "gesprek" in velden and kenmerk.startswith("tolk/"):
        vast["gesprek"] = kenmerk.split("/", 3)[3]  # tolk/boeken/1/voortgang/3 gaat over voortgang/3
    if soort == "pip_vastgesteld" and kenmerk.startswith("pip/"):
        vast["grond"] = _PIPGRONDEN[kenmerk.split("/")[1]]
        if kenmerk.startswith("pip/afschalen/"):
            vast["a2_onderdelen"] = tuple(inhoud.split(","))
    if soort == "plicht_beeindigd" and (grond := _EINDEGRONDEN.get(stapvorm(kenmerk))):
        vast["grond"] = grond
    if "melding" in velden:
        vast["melding"] = melding_van(kenmerk)
    if "inhoud" in velden:
        vast["inhoud"] = inhoud
    if "mandaathouder" in velden:
        vast["mandaathouder"] = door
    return {**gegevens, **vast}


__all__ = [
    "AANGEVULD",
    "UITKOMSTEN",
    "Uitkomst",
    "Veld",
    "Veldtype",
    "stap_voor_feit",
    "stapvorm",
    "uitkomsten_voor",
    "vul_aan",
]
