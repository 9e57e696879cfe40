"""Tests of the last line of a test run."""

from __future__ import annotations

from tests.closing_line import closing_line


def test_nothing_left_out_is_said_too() -> None:
    """Silence could mean anything."""
    assert closing_line([], []) == "Left out: nothing."


def test_every_reason_is_named_once_with_its_count() -> None:
    """Tests that were skipped for the same reason are counted together."""
    line = closing_line([], ["Skipped: no browser", "no articles", "Skipped: no browser"])
    assert line == "Left out: 2 because: no browser; 1 because: no articles."


def test_slow_tests_come_with_the_command_that_runs_them() -> None:
    """So that nobody has to look for it."""
    assert "3 slow ones, which `make test-slow` runs" in closing_line([True, True, False, True], [])
