"""The small language of our templates: Jinja2 without everything a letter does not need.

A region writes templates of its own, so a template is input. Each one is checked before it is compiled: only
the node types below, no arithmetic (`"x" * 10**9` is computed while compiling), loops only over a list of the
data and at most two deep, attributes only of our own rows, and no way to switch escaping off. What is left
always ends, and costs at most the length limit of a letter.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from adapters.sjablonen_datum import dag_in, dag_kort_in

GROOTSTE_WAARDE: Final = 1_500
MEESTE_RIJEN: Final = 200
DIEPSTE_LUS: Final = 2
GEDEELD: Final = "_basis/"  # the shared parts: layout, blocks and endings

_TOEGESTAAN: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For,
    nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
    nodes.Const, nodes.Concat, nodes.Call, nodes.Keyword, nodes.Extends, nodes.Block, nodes.Include,
    nodes.FromImport, nodes.Macro, nodes.CallBlock,
)  # fmt: skip
_TESTS: Final = frozenset({"none"})


def schoon(tekst: str) -> str:
    """Make one value harmless: one line, no control or format characters, not endless."""
    # Nothing of what is taken out below is printable, and white space goes either way.
    if len(tekst) <= GROOTSTE_WAARDE and (gewoon := " ".join(tekst.split())).isprintable():
        return gewoon
    # Cc: control, Cf: format (right-to-left marks), Zl/Zp: line separators, Cs: lone surrogates.
    geschoond = "".join(
        " " if unicodedata.category(teken) in {"Cc", "Zl", "Zp"} else teken
        for teken in tekst[: GROOTSTE_WAARDE * 2]
        if unicodedata.category(teken) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(geschoond.split())[:GROOTSTE_WAARDE]


def maak_gewoon(waarde: Any) -> Any:
    """Copy the data as plain, harmless values: nothing in it calls itself safe HTML, runs code or turns text around."""
    if waarde is None or isinstance(waarde, (bool, int, date)):
        return waarde
    if type(waarde) is str:
        return schoon(waarde)
    if isinstance(waarde, Mapping):
        return {str(sleutel): maak_gewoon(inhoud) for sleutel, inhoud in waarde.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(waarde, (list, tuple)):
        return [maak_gewoon(een) for een in waarde[:MEESTE_RIJEN]]  # pyright: ignore[reportUnknownVariableType]
    return schoon(str(waarde))  # joined anew, so no subclass of str comes through


def _zet_neer(waarde: object) -> Any:
    """What an expression may print: the data was made harmless, and Markup comes only from our own macros."""
    if isinstance(waarde, str):  # also Markup; by far the most, and asked dozens of times for one mail
        return waarde
    match waarde:
        case Undefined():
            return waarde  # StrictUndefined raises when it is printed
        case datetime() | bool():
            raise TypeError(f"een {type(waarde).__name__} hoort niet in een brief")
        case date():
            return dag_in(waarde, "nl")
        case int():
            return str(waarde)
        case _:
            raise TypeError(f"een {type(waarde).__name__} hoort niet in een brief")


# filters


@pass_context
def _dag(context: Context, waarde: date) -> str:
    """'maandag 18 mei 2026', in the language of the letter."""
    return dag_in(waarde, str(context.get("taal", "nl")))


@pass_context
def _dag_kort(context: Context, waarde: date) -> str:
    """'18 mei', in the language of the letter."""
    return dag_kort_in(waarde, str(context.get("taal", "nl")))


def tussen_haakjes(waarde: str) -> str:
    return f" ({waarde})" if waarde else ""


def invullen(waarde: str | None) -> str:
    """The value, or dots for a person to write on."""
    return waarde or "." * 20


@pass_context
def _van_links(context: Context, waarde: str) -> str:
    """A telephone number reads from left to right, also in a text that does not."""
    return f"\u2066{waarde}\u2069" if context.get("richting") == "rtl" else waarde


def met_hoofdletter(waarde: str) -> str:
    return waarde[:1].upper() + waarde[1:]


FILTERS: Final[Mapping[str, Any]] = {
    "dag": _dag,
    "dag_kort": _dag_kort,
    "tussen_haakjes": tussen_haakjes,
    "invullen": invullen,
    "met_hoofdletter": met_hoofdletter,
    "van_links": _van_links,
}


class _Eigen(FileSystemLoader):
    """Templates of a region; the shared parts are always ours."""

    def get_source(self, environment: Environment, template: str) -> Any:
        if template.startswith(GEDEELD):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


class Sjabloonomgeving(ImmutableSandboxedEnvironment):
    """An environment that refuses a template outside the small language, wherever it was loaded from."""

    def __init__(self, standaard: Path, eigen: Path | None = None) -> None:
        laders: list[BaseLoader] = [] if eigen is None else [_Eigen(eigen)]
        super().__init__(
            loader=ChoiceLoader([*laders, FileSystemLoader(standaard)]),
            # Our own templates come with the program; only those of a region change while it runs.
            auto_reload=eigen is not None,
            undefined=StrictUndefined,
            finalize=_zet_neer,
            autoescape=_is_html,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals.clear()  # no range, lipsum or cycler: a letter needs none
        self.filters.clear()
        self.filters.update(FILTERS)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        boom = super()._parse(source, name, filename)
        keur(boom, name)
        return boom


def _is_html(naam: str | None) -> bool:
    return naam is not None and naam.endswith("html.j2")


def keur(boom: nodes.Template, naam: str | None) -> None:
    """Raise TemplateSyntaxError when a template does something that a letter does not need."""
    _keur_knoop(boom, naam, 0)


def _keur_knoop(knoop: nodes.Node, naam: str | None, lussen: int) -> None:
    if isinstance(knoop, nodes.For):
        lussen += 1
    bezwaar = _bezwaar(knoop, lussen) or _bezwaar_tegen_gebruik(knoop, naam or "")
    if bezwaar:
        raise TemplateSyntaxError(bezwaar, knoop.lineno, naam)
    for kind in knoop.iter_child_nodes():
        _keur_knoop(kind, naam, lussen)


def _bezwaar(knoop: nodes.Node, lussen: int) -> str:
    match knoop:
        case nodes.For() if lussen > DIEPSTE_LUS or knoop.recursive:
            return f"lussen gaan hier hoogstens {DIEPSTE_LUS} diep"
        case nodes.For() if not isinstance(knoop.iter, (nodes.Name, nodes.Getattr)):
            return "een lus loopt over een lijst uit de gegevens"
        case nodes.Getattr() if knoop.attr.startswith("_") or not isinstance(knoop.node, nodes.Name):
            return "alleen een veld van een rij kan, zoals rij.titel"
        case nodes.Filter() if knoop.name not in FILTERS:
            return f"het filter {knoop.name} kan niet in een sjabloon"
        case nodes.Test() if knoop.name not in _TESTS:
            return f"de toets {knoop.name} kan niet in een sjabloon"
        case _:
            return "" if isinstance(knoop, _TOEGESTAAN) else f"{type(knoop).__name__} kan niet in een sjabloon"


def _bezwaar_tegen_gebruik(knoop: nodes.Node, naam: str) -> str:
    match knoop:
        case nodes.Call() if not isinstance(knoop.node, nodes.Name):
            return f"alleen een blok uit {GEDEELD} kan worden aangeroepen"
        # A macro that calls itself twice never ends; ours do not.
        case nodes.Macro() if not naam.startswith(GEDEELD):
            return "een sjabloon maakt geen eigen blokken"
        case nodes.Extends() | nodes.Include() | nodes.FromImport() if not _is_gedeeld(knoop.template):
            return f"alleen iets uit {GEDEELD} kan worden gebruikt"
        case _:
            return ""


def _is_gedeeld(wat: nodes.Expr) -> bool:
    return isinstance(wat, nodes.Const) and isinstance(wat.value, str) and wat.value.startswith(GEDEELD)
