"""Wat iemand na een optie typt: JSON, momenten en gemeenten, met een fout die zegt waar het misgaat."""

import json
import re
from datetime import UTC, datetime, time
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from beheer.uitvoer import fout
from domein.regio.gemeenten import alle_gemeenten

_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_DAG: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def lees_json(tekst: str | None, optie: str, voorbeeld: str) -> dict[str, Any]:
    """Lees een JSON-object; leeg zonder tekst. De fout noemt de plaats, nooit de inhoud."""
    if tekst is None:
        return {}
    uitweg = f"Schrijf bijvoorbeeld: {optie} '{voorbeeld}'"
    try:
        waarde: Any = json.loads(tekst)
    except json.JSONDecodeError as mis:
        fout(f"{optie} is geen goede JSON: regel {mis.lineno}, teken {mis.colno}.", uitweg, code=2)
    except RecursionError:
        fout(f"{optie} is te diep genest.", uitweg, code=2)
    if not isinstance(waarde, dict):
        fout(f"{optie} is geen JSON-object.", uitweg, code=2)
    return cast("dict[str, Any]", waarde)


def lees_moment(tekst: str | None, optie: str) -> datetime | None:
    """Lees een moment; zonder tijdzone is het Nederlandse tijd, en een dag is het einde van die dag."""
    if tekst is None:
        return None
    try:
        if _DAG.fullmatch(tekst):
            moment = datetime.combine(datetime.fromisoformat(tekst), time.max)
        else:
            moment = datetime.fromisoformat(tekst)
    except ValueError:
        fout(f"{optie} is geen moment.", "Schrijf 2026-03-06, of 2026-03-06T09:00:00+01:00.", code=2)
    return (moment if moment.tzinfo else moment.replace(tzinfo=_AMSTERDAM)).astimezone(UTC)


def lees_gemeente(tekst: str) -> str:
    """Geef de code van een gemeente, uit haar code of haar naam; een tikfout is geen lege lijst."""
    gezocht = tekst.strip().casefold()
    namen = {naam.casefold(): een.code for een in alle_gemeenten().values() for naam in (een.code, een.naam)}
    if gezocht not in namen:
        fout(f"Gemeente '{tekst[:40]}' bestaat niet.", "Geef haar naam, of haar code bij het CBS, zoals GM0512.")
    return namen[gezocht]
