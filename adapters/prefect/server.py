"""Prefect's server on SQLite with one writer at a time. `python -m adapters.prefect.server --port N`.

Prefect opens its transactions deferred: two of them that read first and write later fail at once with "database is
locked", and others wait a full minute. SQLite takes one writer anyway, so the writers queue here, inside the server,
and each begins immediate. It leans on one private spot of Prefect; a test fails first when that changes. On
PostgreSQL nothing is touched.
"""

import argparse
import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Final
from weakref import WeakKeyDictionary

import uvicorn
from prefect.server.database.configurations import SQLITE_BEGIN_MODE, AioSqliteConfiguration
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

_locks: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]] = WeakKeyDictionary()
_writing: Final[ContextVar[bool]] = ContextVar("writing", default=False)


@asynccontextmanager
async def _one_writer(
    _self: AioSqliteConfiguration, session: AsyncSession, with_for_update: bool = False
) -> AsyncGenerator[AsyncSessionTransaction, None]:
    """Replace `begin_transaction`: wait for our turn, then begin immediate."""
    del with_for_update  # every transaction may write
    if _writing.get():  # a transaction inside one of ours: waiting for ourselves would never end
        async with session.begin() as transaction:
            yield transaction
        return
    lock = _locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())
    async with lock:
        turn, mode = _writing.set(True), SQLITE_BEGIN_MODE.set("IMMEDIATE")
        try:
            async with session.begin() as transaction:
                yield transaction
        finally:
            SQLITE_BEGIN_MODE.reset(mode)
            _writing.reset(turn)


def patch() -> None:
    """Let all transactions on SQLite take turns."""
    AioSqliteConfiguration.begin_transaction = _one_writer  # pyright: ignore[reportAttributeAccessIssue]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, required=True)
    chosen = options.parse_args()
    patch()
    from prefect.server.api.server import create_app

    uvicorn.run(create_app, factory=True, host=chosen.host, port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
