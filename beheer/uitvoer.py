"""Wat een opdracht laat zien: gegevens op stdout, al het andere op stderr."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, NoReturn, cast
from uuid import UUID

from cyclopts import Parameter

Json = Annotated[bool, Parameter(name="--json", help="Geef één JSON-document op stdout.")]
Proef = Annotated[bool, Parameter(name="--proef", help="Laat zien wat er zou gebeuren; bewaar niets.")]
Door = Annotated[str, Parameter(name="--door", help="Code van de medewerker die dit doet.")]
Reden = Annotated[str, Parameter(name="--reden", help="Waarom; dit komt bij de gebeurtenis te staan.")]


class Afgebroken(Exception):
    """Een opdracht stopt met een zin voor een mens en een eindcode; `fout()` maakt hem."""

    def __init__(self, melding: str, uitweg: str, code: int) -> None:
        super().__init__(melding)
        self.melding = melding
        self.uitweg = uitweg
        self.code = code


def fout(melding: str, uitweg: str = "", code: int = 1) -> NoReturn:
    """Stop de opdracht: `melding` zegt wat er is, `uitweg` wat iemand kan doen."""
    raise Afgebroken(melding, uitweg, code)


def toon(data: Any, als_json: bool, tekst: Callable[[Any], None] | None = None) -> None:
    """Toon `data` als één JSON-document, of door `tekst` aan een mens.

    Zonder `tekst` krijgt ook een mens de JSON, maar dan ingesprongen.
    """
    if als_json:
        sys.stdout.write(json.dumps(data, default=naar_json, ensure_ascii=False) + "\n")
    elif tekst is not None:
        tekst(data)
    else:
        sys.stdout.write(json.dumps(data, default=naar_json, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def meld_fout(melding: str, uitweg: str = "", *, als_json: bool = False) -> None:
    """Zet een fout op stderr, als zin of als `{"fout", "uitweg"}`."""
    if als_json:
        regel = json.dumps({"fout": melding, "uitweg": uitweg}, ensure_ascii=False)
    else:
        regel = f"Fout: {melding}" + (f"\n{uitweg}" if uitweg else "")
    print(regel, file=sys.stderr)


def meld(tekst: str) -> None:
    """Zeg op stderr wat de opdracht aan het doen is, zodat stdout één document blijft."""
    print(tekst, file=sys.stderr, flush=True)


def naar_json(waarde: object) -> Any:
    """Maak van een waarde uit het domein iets dat JSON kent: datums en momenten in ISO-vorm."""
    match waarde:
        case datetime() | date() | time():
            return waarde.isoformat()
        case Enum():
            return waarde.value
        case UUID() | Path() | Decimal():
            return str(waarde)
        case timedelta():
            return waarde.total_seconds()
        case set() | frozenset():
            return sorted(cast("set[Any]", waarde), key=str)
        case Mapping():
            return dict(cast("Mapping[str, Any]", waarde))
        case _:
            return _model_naar_json(waarde)


def _model_naar_json(waarde: object) -> Any:
    if is_dataclass(waarde) and not isinstance(waarde, type):
        return asdict(waarde)
    # Een pydantic-model of een tabelrij; pydantic zelf hoeft hier niet geladen te worden.
    uitschrijven: Callable[[], Any] | None = getattr(waarde, "model_dump", None)
    if uitschrijven is None:
        raise TypeError(f"geen JSON-vorm voor {type(waarde).__name__}")
    return uitschrijven()
