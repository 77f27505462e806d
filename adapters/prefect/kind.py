"""The child of the pre-warmed worker: one flow run in a process forked from a warm one.

It behaves as `python -m prefect.engine` does, because that is the very module it runs.
"""

import os
import runpy
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

import prefect.context


def run_engine(environment: Mapping[str, str], directory: str, stream_output: bool) -> None:
    """Run one flow run to its end. The environment is all the child knows; the engine sets the exit code."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    if not stream_output:
        _silence()
    # The warm process read the settings of the moment it started; this run may have others.
    prefect.context.refresh_global_settings_context()
    sys.argv = ["prefect.engine"]
    with warnings.catch_warnings():
        # runpy warns that the engine is imported already: that is the point of this module.
        warnings.simplefilter("ignore", RuntimeWarning)
        sys.modules.pop("prefect.engine", None)
        runpy.run_module("prefect.engine", run_name="__main__", alter_sys=False)


def _silence() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
