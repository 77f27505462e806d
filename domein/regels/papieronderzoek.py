"""Wat er is onderzocht vóór een besluit dat op papier is genomen: dezelfde lijst als bij een concept (Awb 3:2 en 3:46).

Per grond staat op het papier wat bleek. Wie het besluit vastlegt, noemt hier welke gronden zijn onderzocht (codes) en
schrijft kort wat bleek. Zonder dat is een besluit niet te verantwoorden, door welke deur het ook komt.
"""

from typing import Final

from domein.begrippen import Besluitsoort
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.soorten import PipVastgesteld, VoorstelAfgewezen
from domein.regeling.gronden import Grond, alle_gronden, gronden_voor

# Meer onderzoeken dan de lijst van dit besluit vraagt mag; een code die nergens bestaat is een typefout.
BEKEND: Final = frozenset(grond.code for lijst in alle_gronden().values() for grond in lijst)
KORTST: Final = 3  # tekens; zoals de toelichting van een grond bij een concept


def eis_onderzocht(soort: Besluitsoort, gegevens: PipVastgesteld | VoorstelAfgewezen, *, asiel: bool) -> None:
    """OngeldigeGegevens als een grond die altijd telt niet is genoemd, of als er niet staat wat bleek."""
    lijst = gronden_voor(soort, asiel=asiel)
    if vreemd := [code for code in gegevens.gronden if code not in BEKEND]:
        fout = f"'{vreemd[0][:40]}' is geen grond van een besluit."
        raise OngeldigeGegevens(fout, f"Kies uit: {', '.join(grond.code for grond in lijst)}.", {"gronden": fout})
    fouten: dict[str, str] = {}
    if open_ := niet_genoemd(lijst, gegevens.gronden):
        fouten["gronden"] = f"Niet onderzocht, of niet vastgelegd: {', '.join(_met_vraag(g) for g in open_)}."
    if len(gegevens.onderzocht.strip()) < KORTST:
        fouten["onderzocht"] = "Er staat niet bij wat het onderzoek opleverde."
    if fouten:
        codes = ", ".join(grond.code for grond in lijst if grond.altijd)
        raise OngeldigeGegevens(
            f"{' '.join(fouten.values())} Een besluit rust op onderzoek (artikelen 3:2 en 3:46 Awb).",
            f"Noem bij 'gronden' wat is onderzocht ({codes}) en schrijf bij 'onderzocht' kort wat bleek. Is het nog "
            "niet onderzocht, begin dan met een concept ('regie besluit concept').",
            fouten,
        )


def niet_genoemd(lijst: tuple[Grond, ...], genoemd: tuple[str, ...]) -> tuple[Grond, ...]:
    """Geef de gronden die altijd tellen en niet zijn genoemd."""
    return tuple(grond for grond in lijst if grond.altijd and grond.code not in genoemd)


def _met_vraag(grond: Grond) -> str:
    return f"{grond.code} ('{grond.vraag}')"
