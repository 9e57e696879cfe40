"""Checks of the facts."""

from __future__ import annotations

import pytest

from tests.core.content_entries import fact
from tests.core.content_tree import ContentTree


@pytest.mark.parametrize(
    ("key", "wrong", "problem"),
    [
        ("topic", "pian", "unknown topic (got pian / expected pain?)"),
        ("article", "fist", "unknown article (got fist / expected first?)"),
        ("section", "Session", "unknown section of article first (got Session / expected Sessions?)"),
        ("section", "Nowhere", "unknown section of article first (got Nowhere)"),
    ],
)
def test_a_fact_that_names_something_unknown_is_an_issue(
    tree: ContentTree, key: str, wrong: str, problem: str
) -> None:
    tree.facts("procedure")[0][key] = wrong
    assert tree.issues() == [f"data/facts/procedure.yml: fact not-that-painful: {problem}"]


def test_an_id_is_unique_over_all_files(tree: ContentTree) -> None:
    tree.facts("procedure").append(fact("wrinkles-fade"))
    assert tree.issues() == [
        "data/facts/procedure.yml: fact wrinkles-fade: given twice (got already in data/facts/outcomes.yml)"
    ]


def test_a_fact_stands_in_the_file_of_its_topics_group(tree: ContentTree) -> None:
    tree.facts("outcomes").append(tree.facts("procedure").pop())
    assert tree.issues() == [
        "data/facts/outcomes.yml: fact more-intense-later: its topic pain belongs to another group "
        "(expected data/facts/procedure.yml)"
    ]


def test_a_fact_that_nothing_uses_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure").append(fact("never-used"))
    assert tree.issues() == [
        "data/facts/procedure.yml: fact never-used: nothing uses it "
        "(expected a response that cites it, or a claim in data/facts/left_out.yml instead)"
    ]


def test_an_unknown_place_that_says_the_same_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["also"] = [{"article": "second", "section": "Pian", "line": 3}]
    assert tree.issues() == [
        "data/facts/procedure.yml: fact not-that-painful, also: unknown section of article second "
        "(got Pian / expected Pain?)"
    ]
