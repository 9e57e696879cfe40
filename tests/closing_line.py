"""The last line of a test run, as a pytest plugin: what was left out, and why (the Makefile names it with ``-p``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

_Deselected = pytest.StashKey[list[pytest.Item]]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Pytest tells which tests it leaves out for ``-m`` and ``-k``."""
    if items:
        items[0].config.stash.setdefault(_Deselected, []).extend(items)


def pytest_unconfigure(config: pytest.Config) -> None:
    """After everything else, pytest's own closing line included."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or config.option.collectonly:
        return
    deselected = config.stash.get(_Deselected, [])
    skipped = [report.longrepr[2] for report in reporter.stats.get("skipped", [])]
    reporter.write_line(closing_line(["slow" in item.keywords for item in deselected], skipped))


def closing_line(deselected: Sequence[bool], skipped: Sequence[str]) -> str:
    """``deselected`` says of each such test if it is a slow one; ``skipped`` holds a reason for each such test."""
    slow = sum(deselected)
    others = len(deselected) - slow
    reasons = Counter(reason.removeprefix("Skipped: ") for reason in skipped)
    parts = [f"{count} because: {reason}" for reason, count in reasons.items()]
    if slow:
        parts.append(f"{slow} slow ones, which `make test-slow` runs")
    if others:
        parts.append(f"{others} that were not asked for, which `make test` runs")
    return f"Left out: {'; '.join(parts) or 'nothing'}."
