"""The Resume forms of Prefect, built from the one list of outcomes that portal and command line use too.

Prefect stores what is typed, so text fields are left out: codes, choices, numbers and dates only. One form
serves all outcomes of a step: the outcome and its day are required, the fields of each outcome are optional
here and checked by the act, which knows which of them the chosen outcome needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final

from prefect.input import RunInput
from pydantic import Field, StringConstraints, create_model

from domein.regels.uitkomsten import UITKOMSTEN, Uitkomst, Veld

VASTE_VELDEN: Final = ("uitkomst", "datum", "medewerkercode")
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$")]


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What someone filled in on a Resume form."""

    soort: str
    datum: date
    medewerkercode: str
    gegevens: Mapping[str, Any]


class Besluitformulier(RunInput):
    """For a decision: Prefect takes none. The field only makes the form show this explanation."""

    gelezen: bool = Field(
        default=False,
        title="Dit is een besluit: neem het in het portaal",
        description="Een besluit neemt een mandaathouder in het portaal of met 'regie stap uitkomst'. "
        "Hervatten verandert niets.",
    )


@cache
def formulier(stapvorm: str, *, besluit: bool = False) -> type[RunInput]:
    """Give the form of a kind of step; the same class each time."""
    if besluit:
        return Besluitformulier
    uitkomsten = UITKOMSTEN[stapvorm]
    velden: dict[str, Any] = {
        "uitkomst": (
            _choices(_name(stapvorm) + "Uitkomst", [(u.soort, u.label) for u in uitkomsten]),
            Field(title="Uitkomst", description=_explanation(uitkomsten)),
        ),
        "datum": (date, Field(title=" of ".join(dict.fromkeys(u.datumlabel for u in uitkomsten)))),
        "medewerkercode": (
            Code,
            Field(title="Uw medewerkercode", description="Zoals in de samenwerkingsafspraken, geen naam."),
        ),
    }
    for uitkomst in uitkomsten:
        for veld in uitkomst.velden:
            if veld.type != "tekst" and veld.naam not in velden:
                velden[veld.naam] = _field(stapvorm, uitkomst, veld)
    return create_model(_name(stapvorm), __base__=RunInput, **velden)


def lees_antwoord(invoer: RunInput | None) -> Antwoord | None:
    """Turn a filled-in form into an answer; None for an empty one and for the form of a decision."""
    if invoer is None or isinstance(invoer, Besluitformulier):
        return None
    waarden = {k: w for k, w in invoer.model_dump(mode="json").items() if w is not None}
    gegevens = {naam: waarde for naam, waarde in waarden.items() if naam not in VASTE_VELDEN}
    bij_keuze = _field_names(str(waarden["uitkomst"]))
    return Antwoord(
        str(waarden["uitkomst"]),
        date.fromisoformat(waarden["datum"]),
        str(waarden["medewerkercode"]),
        {naam: waarde for naam, waarde in gegevens.items() if naam in bij_keuze},
    )


def _field_names(soort: str) -> frozenset[str]:
    return frozenset(veld.naam for groep in UITKOMSTEN.values() for u in groep if u.soort == soort for veld in u.velden)


def _field(stapvorm: str, uitkomst: Uitkomst, veld: Veld) -> tuple[Any, Any]:
    nodig = "Verplicht" if veld.verplicht else "Mag leeg blijven"
    uitleg = f"{nodig} bij '{uitkomst.label}'. {veld.hulp}".strip()
    soorten: dict[str, Any] = {"datum": date | None, "ja_nee": bool | None, "getal": int | None}
    if veld.type in ("keuze", "meerkeuze"):
        keuze = _choices(_name(stapvorm) + veld.naam.title().replace("_", ""), list(veld.keuzes))
        soort = list[keuze] | None if veld.type == "meerkeuze" else keuze | None
    else:
        soort = soorten.get(veld.type, Code | None)
    return soort, Field(default=None, title=veld.label, description=uitleg, ge=veld.minimum, le=veld.maximum)


def _explanation(uitkomsten: tuple[Uitkomst, ...]) -> str:
    return " · ".join(f"{u.soort}: {u.label}" for u in uitkomsten)


def _choices(naam: str, keuzes: list[tuple[str, str]]) -> Any:
    return Enum(naam, [(waarde.replace("-", "_").upper(), waarde) for waarde, _ in keuzes], type=str)


def _name(stapvorm: str) -> str:
    return "".join(deel.title() for deel in stapvorm.replace("-", "/").split("/"))


# Made here, at import, so that the warm process has them and they can be found by name.
FORMULIEREN: Final = {stapvorm: formulier(stapvorm) for stapvorm in UITKOMSTEN}
