"""What the fork server imports before its first fork. Never import this anywhere else.

Importing Prefect and our flows costs over a second of CPU; a fork of the result costs a few milliseconds.
Nothing here may start a thread or open a socket or a database: a fork would share it.
"""

import gc
import importlib
import os
import pkgutil
import sys
import threading
from collections.abc import Iterable
from types import ModuleType

WARM_MODULES = "REGIE_WARME_MODULES"  # comma separated names; the tests warm their own flows
_DEFAULT = "flows"
# Prefect and httpx import these on first use, so every child would pay for them again.
_LAZY = (
    "prefect.engine",
    "prefect.flow_engine",
    "adapters.prefect.kind",
    "prefect.cli",  # the main module of the console script, which multiprocessing imports in each child
    "prefect.client.orchestration",
    "prefect.client.subscriptions",
    "prefect.events.worker",
    "prefect.events.clients",
    "prefect.input.run_input",
    "prefect.logging.handlers",
    "prefect.logging.loggers",
    "prefect.runtime.flow_run",
    "prefect.task_engine",
    "prefect.task_runners",
    "prefect._internal.metrics",
    "prefect._internal.waiters",
    "httpx",
    "websockets.asyncio.client",
    "anyio._backends._asyncio",
)


def warm_up(names: Iterable[str]) -> tuple[str, ...]:
    """Import the named modules, a package with all its direct modules; give the names that failed.

    A failure is reported and not raised: the child imports the module again, and Prefect shows how it fails.
    """
    failed: list[str] = []
    for name in names:
        try:
            for part in _with_modules(importlib.import_module(name)):
                importlib.import_module(part)
        except Exception as error:  # importing runs foreign code; what fails here fails again, and loudly, in the run
            failed.append(name)
            print(f"pre-warming {name} failed: {error!r}", file=sys.stderr)
    return tuple(failed)


def _with_modules(module: ModuleType) -> list[str]:
    path = getattr(module, "__path__", None)
    if path is None:
        return []
    return [f"{module.__name__}.{found.name}" for found in pkgutil.iter_modules(path)]


def _warm_this_process() -> None:
    warm_up(_LAZY)
    warm_up(name for name in os.environ.get(WARM_MODULES, _DEFAULT).split(",") if name)
    if threading.active_count() > 1:
        names = sorted(thread.name for thread in threading.enumerate())
        print(f"pre-warming started threads, which a fork does not carry: {names}", file=sys.stderr)
    gc.collect()
    gc.freeze()  # the garbage collector of a child would otherwise copy every page it looks at


_warm_this_process()
