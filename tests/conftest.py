"""Wat voor alle tests geldt. Hulp per soort test staat in de conftest van haar eigen map."""

import os

import pytest

REGEL_CI = "in CI is een overgeslagen test een fout: wat hij nodig heeft hoort daar te zijn geinstalleerd"


def _overgeslagen(config: pytest.Config) -> list[pytest.TestReport]:
    verslaggever = config.pluginmanager.get_plugin("terminalreporter")
    return [] if verslaggever is None else list(verslaggever.stats.get("skipped", []))


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if in_ci() and exitstatus == pytest.ExitCode.OK and _overgeslagen(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    aantal = len(_overgeslagen(config))
    if in_ci() and aantal:
        terminalreporter.write_line(f"FOUT: {aantal} overgeslagen; {REGEL_CI}", red=True)
