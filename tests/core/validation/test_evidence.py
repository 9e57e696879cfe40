"""Checks that facts support every answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.content_entries import TEXT
from tests.core.content_tree import ContentTree


def metadata(tree: ContentTree, group: str, name: str) -> dict[str, Any]:
    """Return the metadata of a response's first variation."""
    about: dict[str, Any] = tree.answers(group, name)[0]["metadata"]
    return about


def cite(tree: ContentTree, group: str, name: str, citation: str) -> None:
    """Let a response's first variation have this citation alone."""
    tree.answers(group, name)[0]["text"] = f"{TEXT} {citation}".strip()


@pytest.mark.parametrize(("group", "name"), [("outcomes", "utter_treats"), ("basics", "utter_cost")])
def test_an_answer_that_cites_no_fact_is_an_issue(tree: ContentTree, group: str, name: str) -> None:
    cite(tree, group, name, "")
    (issue,) = tree.issues()
    assert issue.startswith(f"data/en/responses/{group}.yml: {name}")
    assert issue.endswith(": cites no fact (expected [id-of-a-fact] behind what it says, or basis: safety)")


def test_common_sense_about_safety_needs_no_fact(tree: ContentTree) -> None:
    cite(tree, "outcomes", "utter_treats", "[safety]")
    metadata(tree, "outcomes", "utter_treats")["basis"] = "safety"
    assert tree.issues() == []


def test_an_answer_of_common_sense_that_cites_a_fact_is_an_issue(tree: ContentTree) -> None:
    metadata(tree, "outcomes", "utter_treats")["basis"] = "safety"
    assert tree.issues() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 1: basis is common sense, and it cites facts "
        "(expected no basis, and [safety] behind the sentences that are common sense)"
    ]


@pytest.mark.parametrize("basis", ["sources", "clinic"])
def test_a_basis_that_follows_from_the_citations_is_an_issue(tree: ContentTree, basis: str) -> None:
    metadata(tree, "outcomes", "utter_treats")["basis"] = basis
    assert tree.issues() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 1: basis follows from what it cites "
        f"(got {basis} / expected no basis, or safety)"
    ]


@pytest.mark.parametrize("citation", ["[1]", "[Wrinkles fade]", "[]", "[wrinkles-fade"])
def test_brackets_that_cite_nothing_are_an_issue(tree: ContentTree, citation: str) -> None:
    cite(tree, "outcomes", "utter_treats", f"[wrinkles-fade]. More {citation}")
    assert tree.issues() == [
        f"data/en/responses/outcomes.yml: utter_treats, variation 1: is no citation (got {citation} / "
        "expected [id-of-a-fact] or [id, id]; numbers are put in by the program)"
    ]


def test_a_response_of_ours_cannot_speak_for_the_clinic(tree: ContentTree) -> None:
    cite(tree, "outcomes", "utter_treats", "[wrinkles-fade, clinic]")
    assert tree.issues() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 1: cites the clinic, whose instructions stand "
        "in its own files (got [wrinkles-fade, clinic])"
    ]


@pytest.mark.parametrize("outcome", ["smalltalk", "handoff", "out_of_scope", "clarify", "error"])
def test_an_answer_that_says_nothing_of_the_articles_needs_no_fact(tree: ContentTree, outcome: str) -> None:
    metadata(tree, "dialogue", "utter_greet")["outcome"] = outcome
    assert tree.issues() == []


def test_a_gap_that_is_told_as_an_answer_is_an_issue(tree: ContentTree) -> None:
    metadata(tree, "basics", "utter_cost")["outcome"] = "answered"
    assert tree.issues() == [
        "data/en/responses/basics.yml: utter_cost: the articles do not cover this topic, and the answer does "
        "not say so (got outcome answered / expected not_covered)"
    ]


def test_what_is_not_covered_offers_what_is(tree: ContentTree) -> None:
    metadata(tree, "basics", "utter_cost")["near"] = []
    assert tree.issues() == [
        "data/en/responses/basics.yml: utter_cost: offers nothing that is covered (expected near: [...])"
    ]
