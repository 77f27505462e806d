"""Wat er met de post zou gebeuren: een voorbeeld dat weigert waar de handeling zelf weigert."""

from dataclasses import dataclass

from domein.begrippen import Berichtstatus, Postkeuze
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.postpauze import te_beslissen
from domein.ports import Omgeving

_WACHT = (Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD)


@dataclass(frozen=True, slots=True)
class Hervatproef:
    """Hoeveel berichten er bij het hervatten weg zouden gaan, en wat er met de onzekere gebeurt."""

    gaat_weg: int  # wat klaarstaat, en wat opnieuw gaat
    opnieuw: int
    aangekomen: int
    vervalt: int
    blijft_onzeker: int


def proef_hervat(omgeving: Omgeving, actor: Actor, reden: str, teruggezet: Postkeuze | None) -> Hervatproef:
    """Zeg wat hervatten zou doen; RegieFout waar hervatten zelf weigert."""
    with omgeving.magazijn.ruimte() as ruimte:
        beslist = len(te_beslissen(ruimte, omgeving, actor, reden, teruggezet))
        wacht = len(ruimte.berichten(statussen=_WACHT))
        onzeker = len(ruimte.berichten(statussen=[Berichtstatus.ONZEKER]))
    per_keuze = {keuze: beslist if keuze is teruggezet else 0 for keuze in Postkeuze}
    return Hervatproef(
        gaat_weg=wacht + per_keuze[Postkeuze.OPNIEUW],
        opnieuw=per_keuze[Postkeuze.OPNIEUW],
        aangekomen=per_keuze[Postkeuze.AANGEKOMEN],
        vervalt=per_keuze[Postkeuze.LAAT_VALLEN],
        blijft_onzeker=onzeker - beslist,
    )


def te_versturen(omgeving: Omgeving) -> int:
    """Het aantal berichten dat nu aan de beurt is; niets als de post stilstaat."""
    nu = omgeving.klok.nu()
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.postpauze() is not None:
            return 0
        return sum(b.volgende_poging is None or b.volgende_poging <= nu for b in ruimte.berichten(statussen=_WACHT))
