"""Wording of issues."""

from __future__ import annotations

import pytest

from assistant.core.content.issues import ContentError, Issue


@pytest.mark.parametrize(
    ("issue", "line"),
    [
        (Issue("data/a.yml", "is wrong"), "data/a.yml: is wrong"),
        (Issue("data/a.yml", "is wrong", got="this"), "data/a.yml: is wrong (got this)"),
        (Issue("data/a.yml", "is wrong", expected="that"), "data/a.yml: is wrong (expected that)"),
        (Issue("data/a.yml", "is wrong", got=3, expected=6), "data/a.yml: is wrong (got 3 / expected 6)"),
    ],
)
def test_an_issue_says_where_what_and_what_was_expected(issue: Issue, line: str) -> None:
    assert str(issue) == line


def test_an_error_tells_all_its_issues() -> None:
    error = ContentError(Issue(path, "is wrong") for path in ("a.yml", "b.yml"))
    assert str(error) == "a.yml: is wrong\nb.yml: is wrong"
    assert [issue.path for issue in error.issues] == ["a.yml", "b.yml"]
