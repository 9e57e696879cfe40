"""Checks that the line of a fact stands below the heading of its section."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.content_tree import ContentTree

FIRST = "The first\n\nHello.\n\nSessions\n\nThey take a while.\n\nLonger.\n"
SECOND = "Pain\n\nA little.\n"


def issues(tree: ContentTree, line: int, **more: object) -> list[str]:
    """Return the issues if a fact of the section "Sessions" has this line."""
    folder: Path = tree.root / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    for group in ("outcomes", "dialogue"):
        tree.facts(group)[0]["line"] = 7
    tree.facts("procedure")[0].update(line=line, **more)
    return tree.issues(folder)


@pytest.mark.parametrize("line", [7, 9])
def test_a_line_with_text_below_the_heading_is_right(tree: ContentTree, line: int) -> None:
    assert issues(tree, line) == []


@pytest.mark.parametrize("line", [3, 5, 8, 11])
def test_a_line_elsewhere_is_an_issue(tree: ContentTree, line: int) -> None:
    assert issues(tree, line) == [
        f"data/facts/procedure.yml: fact not-that-painful: line {line} of first is not in its section "
        "(got Sessions / expected 7, 9)"
    ]


def test_an_introduction_needs_no_heading(tree: ContentTree) -> None:
    assert issues(tree, 3, section="Introduction") == []


def test_the_line_of_another_place_that_says_the_same_is_checked_too(tree: ContentTree) -> None:
    also = [{"article": "second", "section": "Pain", "line": 1}]
    (issue,) = issues(tree, 7, also=also)
    assert "line 1 of second is not in its section (got Pain / expected 3)" in issue
