"""Templates of mail: Jinja2 in a sandbox, where a missing variable is an error and never a gap.

Every value that enters a text is made harmless first: control characters, line breaks and direction marks
go, and it is cut at a length. So a hostile value can neither add a line, a header nor turn text around.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

import sjablonen
from domein.fouten import RegieFout
from domein.ports import Brief

GROOTSTE_TEKST: Final = 20_000
GROOTSTE_WAARDE: Final = 1_500
GROOTSTE_ONDERWERP: Final = 200
MAP: Final = Path(sjablonen.__file__ or "sjablonen/__init__.py").parent

_SJABLOONFOUTEN = (
    TemplateError,
    TypeError,
    AttributeError,
    LookupError,
    ValueError,
    ArithmeticError,
    RecursionError,
)
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


class SjabloonFout(RegieFout):
    """Een sjabloon kan niet worden gevuld; alleen deze ene brief blijft liggen."""

    code = "sjabloon_fout"


def dag(waarde: date) -> str:
    """'maandag 18 mei 2026'"""
    return f"{_DAGEN[waarde.weekday()]} {dag_kort(waarde)} {waarde.year}"


def dag_kort(waarde: date) -> str:
    """'18 mei'"""
    return f"{waarde.day} {_MAANDEN[waarde.month - 1]}"


def tussen_haakjes(waarde: str) -> str:
    return f" ({waarde})" if waarde else ""


def schoon(waarde: Any) -> Any:
    """Make one value harmless: one line, no control or format characters, not endless."""
    if isinstance(waarde, Undefined):
        return waarde  # StrictUndefined raises when it is printed
    if isinstance(waarde, (bool, float)) or waarde is None:
        raise TypeError(f"een {type(waarde).__name__} hoort niet in een brief")
    tekst = dag(waarde) if isinstance(waarde, date) and not isinstance(waarde, datetime) else str(waarde)
    # Cc: control, Cf: format (right-to-left marks), Zl/Zp: line separators, Cs: lone surrogates.
    geschoond = "".join(
        " " if unicodedata.category(teken) in {"Cc", "Zl", "Zp"} else teken
        for teken in tekst[: GROOTSTE_WAARDE * 2]
        if unicodedata.category(teken) not in {"Cf", "Cs", "Co", "Cn"}
    )
    voor, rest = _inspringing(geschoond)
    return (voor + " ".join(rest.split()))[:GROOTSTE_WAARDE]


def _inspringing(tekst: str) -> tuple[str, str]:
    # The filter `tussen_haakjes` starts with a space of ours; keep that one.
    return (" ", tekst[1:]) if tekst.startswith(" (") else ("", tekst)


class Sjablonen:
    """Fills templates from `sjablonen/<soort>/<taal>/`; implements the port `Briefschrijver`."""

    def __init__(self, *mappen: Path, taal: str = "nl") -> None:
        self._taal = taal
        self._omgeving = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(map_) for map_ in (*mappen, MAP)]),
            undefined=StrictUndefined,
            finalize=schoon,
            autoescape=False,  # plain text; HTML pages have an environment of their own
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._omgeving.globals.clear()  # no range, lipsum or cycler: a letter needs none
        self._omgeving.filters.update(dag=dag, dag_kort=dag_kort, tussen_haakjes=tussen_haakjes)

    def soorten(self) -> tuple[str, ...]:
        """All kinds of message that have a template."""
        namen = self._omgeving.list_templates(filter_func=lambda naam: naam.endswith("/tekst.txt.j2"))
        return tuple(sorted({naam.split("/")[0] for naam in namen}))

    def schrijf(self, soort: str, gegevens: Mapping[str, Any]) -> Brief:
        onderwerp = " ".join(self._vul(soort, "onderwerp", gegevens).split())
        if not onderwerp:
            raise SjabloonFout(f"Het sjabloon {soort} geeft een leeg onderwerp.", "Vul onderwerp.txt.j2.")
        return Brief(onderwerp=onderwerp[:GROOTSTE_ONDERWERP], tekst=self._vul(soort, "tekst", gegevens))

    def _vul(self, soort: str, deel: str, gegevens: Mapping[str, Any]) -> str:
        naam = f"{soort}/{self._taal}/{deel}.txt.j2"
        stukken: list[str] = []
        lengte = 0
        try:
            for stuk in self._omgeving.get_template(naam).generate(dict(gegevens)):
                lengte += len(stuk)
                if lengte > GROOTSTE_TEKST:
                    raise SjabloonFout(f"De tekst uit {naam} wordt te lang.", "Maak het sjabloon korter.")
                stukken.append(stuk)
        except TemplateNotFound as fout:
            raise SjabloonFout(f"Het sjabloon {naam} bestaat niet.", "Voeg het bestand toe.") from fout
        except _SJABLOONFOUTEN as fout:
            # Only the type of the error: its text may hold a value of the dossier.
            melding = f"Het sjabloon {naam} kan niet worden gevuld ({type(fout).__name__})."
            raise SjabloonFout(melding, "Kijk of elke variabele in het sjabloon bestaat.") from fout
        return "".join(stukken)
