"""Checks that a contested fact is never stated as undisputed."""

from __future__ import annotations

import pytest

from tests.core.content_tree import ContentTree

PLACE = "data/en/responses/procedure.yml: utter_pain"


@pytest.fixture
def contested(tree: ContentTree) -> ContentTree:
    """The tiny project with two contradicting facts about pain."""
    tree.facts("procedure")[0]["conflicts_with"] = ["more-intense-later"]
    return tree


def test_a_disagreement_that_is_told_with_both_sides_is_right(contested: ContentTree) -> None:
    assert contested.faults() == []


def test_a_contested_fact_that_is_told_as_agreed_is_a_fault(contested: ContentTree) -> None:
    del contested.answers("procedure", "utter_pain")[0]["metadata"]["disagreement"]
    assert contested.faults() == [
        f"{PLACE}: states what another fact contradicts, and does not say so "
        "(got not-that-painful / expected disagreement: true)"
    ]


def test_a_contested_fact_without_its_other_side_is_a_fault(contested: ContentTree) -> None:
    contested.facts("procedure")[0]["conflicts_with"] = ["ask-the-professional"]
    assert contested.faults() == [
        f"{PLACE}: states what another fact contradicts, and does not rest on that one too "
        "(got not-that-painful / expected ask-the-professional)"
    ]


def test_what_is_not_covered_names_contested_facts_as_neighbours_only(contested: ContentTree) -> None:
    assert contested.answers("basics", "utter_cost")[0]["metadata"]["facts"] == ["not-that-painful"]
    assert contested.faults() == []


def test_a_conflict_with_a_fact_that_there_is_not_is_a_fault(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["conflicts_with"] = ["more-intense-latter", "more-intense-later"]
    assert tree.faults() == [
        "data/facts/procedure.yml: fact not-that-painful, conflicts_with: unknown fact "
        "(got more-intense-latter / expected more-intense-later?)"
    ]
