"""The border between the domain and Prefect: what crosses it is codes only.

Prefect stores exception texts, so a message of the domain or of the database (which may quote a row) never
gets there. What went wrong in full goes to our own log.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from domein.fouten import OpslagOnbeschikbaar, RegieFout

T = TypeVar("T")
_log = logging.getLogger("regie.taken")
TIJDELIJK: Final = (OperationalError, InterfaceError, ConnectionError, TimeoutError)


class Geweigerd(Exception):
    """The domain refused; the text is its code, at most with the fixed sentence of that code."""


class DatabaseOnbereikbaar(Exception):
    """Our database did not answer; the only thing that is worth a retry."""


class OnverwachteFout(Exception):
    """Anything else; the text is the name of its type."""


async def over_de_grens(work: Callable[[], T]) -> T:
    """Run a synchronous act beside the event loop; let only codes out."""
    try:
        return await asyncio.to_thread(work)
    except OpslagOnbeschikbaar as error:
        _log.warning("the database cannot go on now: %s", error.code)
        raise DatabaseOnbereikbaar(error.code) from None
    except RegieFout as error:
        raise Geweigerd(error.code) from None
    except TIJDELIJK as error:
        _log.warning("the database did not answer", exc_info=error)
        raise DatabaseOnbereikbaar(type(error).__name__) from None
    except DBAPIError as error:
        _log.exception("the database refused")
        raise OnverwachteFout(type(error).__name__) from None
    except Exception as error:
        _log.exception("a task failed")
        raise OnverwachteFout(type(error).__name__) from None


def is_temporary(_task: Any, _run: Any, state: Any) -> bool:
    """Retry condition: only when the database was unreachable."""
    return isinstance(getattr(state, "data", None), DatabaseOnbereikbaar) or "DatabaseOnbereikbaar" in str(
        state.message or ""
    )


HERHAAL: Final[dict[str, Any]] = {
    "retries": 3,
    "retry_delay_seconds": [2, 8, 30],
    "retry_condition_fn": is_temporary,
    "persist_result": False,
}
