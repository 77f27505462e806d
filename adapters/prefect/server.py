"""`prefect server start`, with two repairs for SQLite: python -m adapters.prefect.server start --port …

**Dropped cursors.** Prefect reaches SQLite through aiosqlite, which gives each connection a thread. A cursor that is
dropped without being closed is freed on the event loop's thread; freeing resets its statement, and that waits for
the mutex of the connection. When the thread of that connection is waiting for the write lock at that moment (up to
60 seconds), the event loop stands still, and with it the very transaction that holds the lock: the whole server
stops for a minute. Measured: about once in 30 resumed runs on two cores. Here a dropped cursor is freed by the thread
of its own connection, so the loop never waits.

**Writers.** Prefect begins its transactions deferred: one that reads first and writes later fails at once with
"database is locked" when another wrote in between. SQLite takes one writer anyway, so the writers queue inside the
server, and each begins immediate.

Both lean on private spots; a test fails first when they change. On PostgreSQL neither does anything.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

PRIVATE: Final = ("_conn", "_cursor")  # of aiosqlite.Cursor; a test fails first when they change

_locks: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]] = WeakKeyDictionary()
_writing: Final[ContextVar[bool]] = ContextVar("writing", default=False)


def free_cursors_on_their_own_thread() -> None:
    """Give aiosqlite's cursors a finaliser that leaves the work to the thread of their connection."""
    from aiosqlite import Cursor

    def leave_to_thread(self: Any) -> None:
        raw, connection = self.__dict__.get("_cursor"), self.__dict__.get("_conn")
        if raw is not None and connection is not None:
            connection._tx.put_nowait((None, raw.close))

    Cursor.__del__ = leave_to_thread  # pyright: ignore[reportAttributeAccessIssue]


@asynccontextmanager
async def one_writer(
    _self: object, session: "AsyncSession", with_for_update: bool = False
) -> "AsyncGenerator[AsyncSessionTransaction, None]":
    """Take the place of `AioSqliteConfiguration.begin_transaction`: wait for our turn, then begin immediate."""
    from prefect.server.database.configurations import SQLITE_BEGIN_MODE

    del with_for_update  # every transaction may write
    if _writing.get():  # a transaction inside one of ours: waiting for ourselves would never end
        async with session.begin() as transaction:
            yield transaction
        return
    async with _locks.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        turn, mode = _writing.set(True), SQLITE_BEGIN_MODE.set("IMMEDIATE")
        try:
            async with session.begin() as transaction:
                yield transaction
        finally:
            SQLITE_BEGIN_MODE.reset(mode)
            _writing.reset(turn)


def let_writers_queue() -> None:
    """Let all transactions on SQLite take turns."""
    from prefect.server.database.configurations import AioSqliteConfiguration

    AioSqliteConfiguration.begin_transaction = one_writer  # pyright: ignore[reportAttributeAccessIssue]


def main(arguments: list[str]) -> None:
    """Run Prefect's own command line with these repairs in place."""
    free_cursors_on_their_own_thread()
    let_writers_queue()
    from prefect.cli import app

    sys.argv = ["prefect", "server", *arguments]
    app()


if __name__ == "__main__":
    main(sys.argv[1:])
