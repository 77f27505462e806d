"""Verkeerd gebruik van een opdracht, in het Nederlands.

De opdrachtregelbibliotheek schrijft Engels; hier staat per soort fout wat een gebruiker leest.
"""

import difflib
from collections.abc import Sequence
from enum import EnumMeta
from typing import Any, Literal, get_args, get_origin

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)


def in_het_nederlands(fout: CycloptsError, opdrachten: Sequence[str]) -> tuple[str, str]:
    """Geef de melding en de uitweg bij verkeerd gebruik."""
    opdracht = " ".join(["regie", *(fout.command_chain or ())])
    uitweg = f"Kijk met `{opdracht} --help` wat er kan."
    match fout:
        case UnknownCommandError():
            woord = (fout.unused_tokens or [""])[0]
            eigen = opdrachten if not fout.command_chain else _onderdelen(fout)
            return _onbekende_opdracht(opdracht, woord, eigen)
        case UnknownOptionError():
            woord = fout.token.keyword or fout.token.value
            namen = [naam for argument in fout.argument_collection for naam in argument.names]
            return f"De optie {woord} bestaat hier niet.", _bedoelde_u(woord, namen) or uitweg
        case MissingArgumentError():
            naam = fout.argument.name if fout.argument else ""
            return f"Er ontbreekt iets: {naam} heeft een waarde nodig.", uitweg
        case RepeatArgumentError():
            return f"{fout.token.keyword or 'Een waarde'} staat er twee keer.", "Geef haar één keer."
        case UnusedCliTokensError():
            over = " ".join(fout.unused_tokens or ())
            return f"Hier hoort niets meer te staan: {over}", uitweg
        case CoercionError():
            return _ongeldige_waarde(fout), uitweg
        case ValidationError():
            return fout.exception_message or "Een waarde past niet.", uitweg
        case _:
            return "De opdracht is niet goed geschreven.", uitweg


def _onderdelen(fout: CycloptsError) -> list[str]:
    if fout.app is None:
        return []
    return [naam for naam in fout.app if not naam.startswith("-")]


def _onbekende_opdracht(opdracht: str, woord: str, bekend: Sequence[str]) -> tuple[str, str]:
    mogelijk = ", ".join(bekend)
    return (
        f"De opdracht `{opdracht} {woord}` bestaat niet.",
        _bedoelde_u(woord, bekend) or (f"Kies uit: {mogelijk}." if mogelijk else "Kijk met --help wat er kan."),
    )


def _bedoelde_u(woord: str, bekend: Sequence[str]) -> str:
    lijkt = difflib.get_close_matches(woord, bekend, n=1)
    return f"Bedoelde u {lijkt[0]}?" if lijkt else ""


def _ongeldige_waarde(fout: CoercionError) -> str:
    waarde = fout.token.value if fout.token else ""
    naam = (fout.token.keyword if fout.token else None) or (fout.argument.name if fout.argument else "")
    return f"`{waarde}` past niet bij {naam}: {_verwacht(fout.target_type)}."


def _verwacht(soort: Any) -> str:
    if get_origin(soort) is Literal:
        return "kies uit " + ", ".join(str(keuze) for keuze in get_args(soort))
    keuzes: list[Any] = list(soort) if isinstance(soort, EnumMeta) else []
    if keuzes:
        return "kies uit " + ", ".join(str(lid.value) for lid in keuzes)
    namen = {
        "date": "geef een datum als 2026-03-06",
        "datetime": "geef een moment als 2026-03-06T09:00:00+01:00",
        "int": "geef een heel getal",
        "float": "geef een getal",
        "UUID": "geef een kenmerk als 3f0e…",
        "Path": "geef een bestand of map",
    }
    return namen.get(str(getattr(soort, "__name__", "")), "dat kunnen wij niet lezen")
