"""Pydantic and TOML errors in plain Dutch: what is wrong, and what is allowed."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Pad = tuple[int | str, ...]

_DATUM: Final = "een datum als 2026-03-02 (jaar-maand-dag, zonder aanhalingstekens)"
_VERWACHT: Final[Mapping[str, str]] = {
    "string_type": "een tekst tussen aanhalingstekens",
    "int_type": "een heel getal",
    "int_parsing": "een heel getal",
    "int_from_float": "een heel getal",
    "float_type": "een getal",
    "float_parsing": "een getal",
    "decimal_type": "een bedrag als 11600 of 11600.50",
    "decimal_parsing": "een bedrag als 11600 of 11600.50",
    "decimal_max_places": "een bedrag met hooguit twee decimalen",
    "bool_type": "true of false",
    "bool_parsing": "true of false",
    "date_type": _DATUM,
    "date_parsing": _DATUM,
    "date_from_datetime_parsing": _DATUM,
    "date_from_datetime_inexact": _DATUM,
    "tuple_type": 'een lijst tussen rechte haken, zoals ["GM0512"]',
    "list_type": 'een lijst tussen rechte haken, zoals ["GM0512"]',
    "dict_type": "een tabel, zoals { van = 2026-03-02, tot = 2026-03-06 }",
    "model_type": "een tabel, zoals { van = 2026-03-02, tot = 2026-03-06 }",
    "model_attributes_type": "een tabel, zoals { van = 2026-03-02, tot = 2026-03-06 }",
    "string_too_short": "een tekst die niet leeg is",
    "string_too_long": "een kortere tekst",
    "too_short": "minstens een waarde",
}
_PATRONEN: Final[Mapping[str, str]] = {
    r"^GM\d{4}$": "een gemeentecode als GM0512",
    r"^[a-z0-9][a-z0-9-]*$": "een code van kleine letters, cijfers en koppeltekens, zoals m-jdb",
    r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$": "een e-mailadres als post@partner.example",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "een maand en dag als 12-24",
}
_GRENZEN: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than": ("gt", "meer dan"),
    "greater_than_equal": ("ge", "minstens"),
    "less_than": ("lt", "minder dan"),
    "less_than_equal": ("le", "hooguit"),
}
_TOML: Final[tuple[tuple[str, str], ...]] = (
    ("Expected '=' after a key", "na de naam van een kolom hoort een is-teken"),
    ("Cannot overwrite a value", "deze kolom staat er twee keer"),
    ("Cannot declare", "deze tabel staat er twee keer; bij een lijst horen dubbele haken: [[partners]]"),
    ("Unclosed array", "een lijst is niet afgesloten met ]"),
    ("Unclosed inline table", "een tabel is niet afgesloten met }"),
    ("Unterminated string", "een tekst is niet afgesloten met een aanhalingsteken"),
    (
        "Expected newline or end of document",
        "na de waarde staat nog iets; mist er een komma?",
    ),
    ("Illegal character", "een tekst is niet op dezelfde regel afgesloten met een aanhalingsteken"),
    ("Invalid date", "deze datum bestaat niet"),
    ("Invalid value", "deze waarde is niet leesbaar; tekst hoort tussen aanhalingstekens"),
    ("Invalid statement", "deze regel is niet leesbaar"),
)


def toml_fout(fout: Exception) -> tuple[int | None, str]:
    """Return the line and the Dutch message of a tomllib error."""
    tekst = str(fout)
    plek = re.search(r"line (\d+)", tekst)
    melding = next((nl for en, nl in _TOML if tekst.startswith(en)), "dit is geen geldige TOML")
    return (int(plek[1]) if plek else None), melding


def pydantic_fout(fout: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return the Dutch message and way out of one pydantic error; `model` is the root model."""
    soort, pad, context = fout["type"], fout["loc"], fout.get("ctx", {})
    naam = _kolomnaam(pad)
    if soort == "value_error":
        return f"{context.get('error', fout['msg'])}.", ""
    if soort == "missing":
        return f"'{naam}' ontbreekt.", f"Voeg toe: {naam} = …"
    if soort == "extra_forbidden":
        return _onbekende_kolom(str(pad[-1]), kolommen_van(model, pad[:-1]))
    if soort in ("enum", "literal_error"):
        toegestaan = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return f"'{fout['input']}' mag niet bij '{naam}'.", f"Toegestaan: {toegestaan}."
    if len(pad) == 1 and soort in ("tuple_type", "model_type", "model_attributes_type"):
        haken = f"[[{naam}]]" if soort == "tuple_type" else f"[{naam}]"
        return f"'{naam}' staat er niet als tabel.", f"Schrijf de kop als {haken}."
    if soort == "string_pattern_mismatch":
        verwacht = _PATRONEN.get(str(context.get("pattern", "")), "een andere schrijfwijze")
    elif soort in _GRENZEN:
        grens, woord = _GRENZEN[soort]
        verwacht = f"{woord} {context.get(grens)}"
    else:
        verwacht = _VERWACHT.get(soort, "een andere waarde")
    return f"{_toon(fout['input'])} past niet bij '{naam}'.", f"Verwacht: {verwacht}."


def kolommen_van(model: type[BaseModel], pad: Pad) -> tuple[str, ...]:
    """Return the columns that are allowed at this place in the file."""
    huidig: type[BaseModel] = model
    for deel in pad:
        if isinstance(deel, int):
            continue
        veld = next((v for n, v in huidig.model_fields.items() if deel in (n, v.alias)), None)
        volgende = _model_in(veld.annotation) if veld else None
        if volgende is None:
            break
        huidig = volgende
    return tuple(veld.alias or naam for naam, veld in huidig.model_fields.items())


def _model_in(annotatie: Any) -> type[BaseModel] | None:
    if isinstance(annotatie, type) and issubclass(annotatie, BaseModel):
        return annotatie
    if get_origin(annotatie) in (tuple, list, Union, UnionType):
        return next((m for deel in get_args(annotatie) if (m := _model_in(deel)) is not None), None)
    return None


def _onbekende_kolom(kolom: str, bekend: tuple[str, ...]) -> tuple[str, str]:
    lijkt = get_close_matches(kolom, bekend, n=1)
    hint = f" Bedoelt u '{lijkt[0]}'?" if lijkt else ""
    return f"'{kolom}' is hier geen bekende kolom.{hint}", f"Toegestaan: {', '.join(bekend)}."


def _kolomnaam(pad: Pad) -> str:
    """Name the column as the author wrote it: the last word of the path."""
    return next((deel for deel in reversed(pad) if isinstance(deel, str)), "")


def _toon(waarde: object) -> str:
    tekst = str(waarde) if isinstance(waarde, str) else repr(waarde)
    return f"'{tekst[:60]}'"
