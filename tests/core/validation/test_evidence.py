"""Checks that facts support every answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.content_tree import ContentTree


def metadata(tree: ContentTree, group: str, name: str) -> dict[str, Any]:
    """Return the metadata of a response's first variation."""
    about: dict[str, Any] = tree.answers(group, name)[0]["metadata"]
    return about


def test_an_answer_that_no_fact_carries_is_a_fault(tree: ContentTree) -> None:
    metadata(tree, "outcomes", "utter_treats")["facts"] = []
    assert tree.faults() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 1: no fact carries it (expected facts: [...])"
    ]


def test_what_is_not_covered_rests_on_facts_about_what_is_near(tree: ContentTree) -> None:
    metadata(tree, "basics", "utter_cost")["facts"] = []
    assert tree.faults() == [
        "data/en/responses/basics.yml: utter_cost: no fact carries it (expected facts: [...])"
    ]


@pytest.mark.parametrize("outcome", ["smalltalk", "handoff", "out_of_scope", "clarify", "error"])
def test_an_answer_that_says_nothing_of_the_articles_needs_no_fact(tree: ContentTree, outcome: str) -> None:
    metadata(tree, "dialogue", "utter_greet")["outcome"] = outcome
    assert tree.faults() == []


def test_a_disagreement_with_one_side_is_a_fault(tree: ContentTree) -> None:
    metadata(tree, "outcomes", "utter_treats")["disagreement"] = True
    assert tree.faults() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 1: says that the articles disagree, but rests "
        "on one side only (got wrinkles-fade / expected the facts of both sides)"
    ]


def test_an_article_may_disagree_with_itself(tree: ContentTree) -> None:
    tree.facts("procedure")[1].update(article="first", section="Sessions")
    tree.files["data/articles.yml"]["articles"].pop()
    assert tree.faults() == []


def test_a_gap_that_is_told_as_an_answer_is_a_fault(tree: ContentTree) -> None:
    metadata(tree, "basics", "utter_cost")["outcome"] = "answered"
    assert tree.faults() == [
        "data/en/responses/basics.yml: utter_cost: the articles do not cover this topic, and the answer does "
        "not say so (got outcome answered / expected not_covered)"
    ]


def test_what_is_not_covered_offers_what_is(tree: ContentTree) -> None:
    metadata(tree, "basics", "utter_cost")["near"] = []
    assert tree.faults() == [
        "data/en/responses/basics.yml: utter_cost: offers nothing that is covered (expected near: [...])"
    ]
