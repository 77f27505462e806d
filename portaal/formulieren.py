"""Een formulier dat bij één handeling hoort: zijn vragen tonen, lezen, en bij een fout laten staan wat er stond."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from starlette.requests import Request

from domein.fouten import OngeldigeGegevens, RegieFout
from domein.regels.uitkomsten import Uitkomst
from portaal import formulier
from portaal.weigering import GOED, Weigering, weigering


@dataclass(frozen=True, slots=True)
class Ingediend:
    """Welk formulier iemand verstuurde (de soort van zijn uitkomst), wat erin stond, en waarom het niet kon."""

    bij: str = ""
    invoer: Mapping[str, str] = field(default_factory=dict[str, str])
    weigering: Weigering = GOED

    @property
    def status(self) -> int:
        return self.weigering.status

    def voor_pagina(self) -> dict[str, Any]:
        """Wat elke pagina met zulke formulieren toont."""
        return {"weigering": self.weigering, "mis": self.status != GOED.status, "bij": self.bij}


NIETS: Final = Ingediend()


def geweigerd(bij: str, invoer: Mapping[str, str], fout: RegieFout) -> Ingediend:
    return Ingediend(bij, invoer, weigering(fout))


@dataclass(frozen=True, slots=True)
class Formulier:
    """Wat de macro `formulier` toont: waar het heen gaat, zijn vragen, de knop, en wat er nu mis is."""

    actie: str
    kop: str
    uitleg: str
    keuze: formulier.Keuze
    knop: str
    weigering: Weigering = GOED
    vast: tuple[tuple[str, str], ...] = ()
    id: str = ""

    @property
    def foutenlijst(self) -> dict[str, str]:
        return {vraag.id: vraag.foutregel for vraag in self.keuze.vragen if vraag.fout}

    @property
    def los(self) -> dict[str, str]:
        """Fouten bij een veld dat niet op het formulier staat."""
        namen = {vraag.veld.naam for vraag in self.keuze.vragen}
        return {naam: tekst for naam, tekst in self.weigering.fouten.items() if naam not in namen}


def maak(
    uitkomst: Uitkomst,
    actie: str,
    knop: str,
    vandaag: date,
    ingediend: Ingediend = NIETS,
    *,
    vast: Mapping[str, str] | None = None,
) -> Formulier:
    """Maak het formulier; was dit het ingediende, dan staat er wat iemand typte. `vast` gaat onzichtbaar mee."""
    eigen = ingediend if ingediend.bij == uitkomst.soort else NIETS
    (keuze,) = formulier.toon((uitkomst,), eigen.invoer, eigen.weigering.fouten, vandaag=vandaag)
    vaste = tuple((vast or {}).items())
    return Formulier(
        actie, uitkomst.label, uitkomst.uitleg, keuze, knop, eigen.weigering, vaste, uitkomst.soort
    )  # fmt: skip


def lees(uitkomst: Uitkomst, invoer: Mapping[str, str]) -> tuple[date | None, dict[str, Any]]:
    """Lees het formulier; OngeldigeGegevens met alle fouten in één keer."""
    ingevuld = formulier.lees((uitkomst,), invoer)
    if ingevuld.fouten:
        raise OngeldigeGegevens("Het formulier is niet volledig.", "", ingevuld.fouten)
    return ingevuld.datum, ingevuld.gegevens


def invoer_van(request: Request) -> dict[str, str]:
    return request.state.invoer
