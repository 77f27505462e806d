"""Logging: one format, to stderr, and nothing in it that leads to a person (invariant I5).

Everything passes the same mask, also what libraries log and the text of exceptions: a run of nine digits
that passes the eleven test may be a BSN, and fields with a known name hold a secret or a person.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Final, cast

import structlog
from stdnum.nl import bsn
from structlog.types import EventDict, Processor

from adapters.klok import EchteKlok

VERBORGEN: Final = "***"
GEHEIME_VELDEN: Final = frozenset(
    {
        "wachtwoord", "smtp_wachtwoord", "password", "geheim", "secret", "token", "authorization", "cookie",
        "bsn", "naam", "geboortedatum", "nationaliteit", "adres", "telefoon", "email", "persoon",
        "tekst", "reden",
    }
)  # fmt: skip

# An id is let through as it is: its hexadecimals may well hold nine digits in a row.
_UUID: Final = r"(?P<id>\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b)"
_NEGEN: Final = r"(?<!\d)(?P<getal>\d(?:[ .]?\d){8})(?!\d)"
_ZOEK: Final = re.compile(f"{_UUID}|{_NEGEN}")


def masker(waarde: Any) -> Any:
    """The same value without anything that may be a BSN, at any depth."""
    if isinstance(waarde, str):
        return _ZOEK.sub(_verberg, waarde)
    if isinstance(waarde, bool) or waarde is None:
        return waarde
    if isinstance(waarde, int):
        tekst = str(waarde)
        return VERBORGEN if _verberg_getal(tekst) != tekst else waarde
    if isinstance(waarde, Mapping):
        velden = cast("Mapping[Any, Any]", waarde)
        return {naam: VERBORGEN if _is_geheim(naam) else masker(inhoud) for naam, inhoud in velden.items()}
    if isinstance(waarde, (list, tuple, set, frozenset)):
        return [masker(deel) for deel in cast("list[Any]", waarde)]
    return waarde if isinstance(waarde, float) else masker(str(waarde))


def verberg_personen(_logger: Any, _methode: str, regel: EventDict) -> EventDict:
    """The structlog processor: mask every field of a log line."""
    # structlog's own fields start with an underscore and never reach the output.
    return {
        naam: inhoud if naam.startswith("_") else VERBORGEN if _is_geheim(naam) else masker(inhoud)
        for naam, inhoud in regel.items()
    }


def stel_in(*, niveau: int = logging.INFO, json: bool = False) -> None:
    """Set up logging of this process; the lines of libraries follow the same road."""
    gedeeld: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        _moment,
        structlog.processors.format_exc_info,  # before the mask: the text of an exception may hold anything
    ]
    uitvoer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*gedeeld, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    opmaak = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=gedeeld,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, verberg_personen, uitvoer],
    )
    uitgang = logging.StreamHandler(sys.stderr)
    uitgang.setFormatter(opmaak)
    wortel = logging.getLogger()
    wortel.handlers[:] = [uitgang]
    wortel.setLevel(niveau)


def _moment(_logger: Any, _methode: str, regel: EventDict) -> EventDict:
    # Real time, also in the demo: a log tells when the machine did something.
    regel["op"] = EchteKlok().nu().isoformat(timespec="milliseconds")
    return regel


def _is_geheim(naam: Any) -> bool:
    return isinstance(naam, str) and naam.lower() in GEHEIME_VELDEN


def _verberg(treffer: re.Match[str]) -> str:
    if treffer["id"]:
        return treffer["id"]
    return _verberg_getal(treffer["getal"])


def _verberg_getal(tekst: str) -> str:
    cijfers = re.sub(r"[ .]", "", tekst)
    return VERBORGEN if len(cijfers) == 9 and bsn.is_valid(cijfers) else tekst
