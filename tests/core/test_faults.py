"""How a fault is told."""

from __future__ import annotations

import pytest

from assistant.core.content.issues import ContentError, Issue


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Issue("data/a.yml", "is wrong"), "data/a.yml: is wrong"),
        (Issue("data/a.yml", "is wrong", got="this"), "data/a.yml: is wrong (got this)"),
        (Issue("data/a.yml", "is wrong", expected="that"), "data/a.yml: is wrong (expected that)"),
        (Issue("data/a.yml", "is wrong", got=3, expected=6), "data/a.yml: is wrong (got 3 / expected 6)"),
    ],
)
def test_a_fault_says_where_what_and_what_was_expected(fault: Issue, line: str) -> None:
    assert str(fault) == line


def test_an_error_tells_all_its_faults() -> None:
    error = ContentError(Issue(path, "is wrong") for path in ("a.yml", "b.yml"))
    assert str(error) == "a.yml: is wrong\nb.yml: is wrong"
    assert [fault.path for fault in error.faults] == ["a.yml", "b.yml"]
