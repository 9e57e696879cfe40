"""Checks of the facts that contradict each other."""

from __future__ import annotations

from tests.core.content_tree import ContentTree

FACT = "data/facts/procedure.yml: fact not-that-painful, conflicts_with"


def test_a_conflict_with_another_fact_is_right(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["conflicts_with"] = ["more-intense-later"]
    assert tree.issues() == []


def test_a_conflict_with_a_fact_that_there_is_not_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["conflicts_with"] = ["more-intense-latter", "more-intense-later"]
    assert tree.issues() == [f"{FACT}: unknown fact (got more-intense-latter / expected more-intense-later?)"]


def test_a_conflict_with_itself_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["conflicts_with"] = ["not-that-painful"]
    assert tree.issues() == [f"{FACT}: contradicts itself"]
