"""Checks of the held-out questions."""

from __future__ import annotations

import pytest

from tests.core.content_tree import ContentTree

PAIN = "tests/nlu/procedure/pain.yml"


def test_a_topic_with_too_few_test_questions_is_an_issue(tree: ContentTree) -> None:
    tree.questions("procedure", "pain").pop()
    assert tree.issues() == [f"{PAIN}: too few test questions (got 5 / expected at least 6)"]


def test_a_topic_without_test_questions_is_an_issue(tree: ContentTree) -> None:
    del tree.files[PAIN]
    assert tree.issues() == [f"{PAIN}: too few test questions (got none / expected at least 6)"]


def test_questions_of_an_unknown_topic_are_an_issue(tree: ContentTree) -> None:
    tree.files["tests/nlu/procedure/joy.yml"] = {"topic": "joy", "questions": []}
    assert tree.issues() == ["tests/nlu/procedure/joy.yml: questions: unknown topic (got joy)"]


def test_questions_stand_in_the_file_of_their_topic(tree: ContentTree) -> None:
    tree.files["tests/nlu/basics/pains.yml"] = tree.files.pop(PAIN)
    assert tree.issues() == [
        f"tests/nlu/basics/pains.yml: questions of pain: stand in the wrong file (expected {PAIN})"
    ]


def test_another_right_topic_exists(tree: ContentTree) -> None:
    tree.questions("procedure", "pain")[1]["also"] = ["cots"]
    assert tree.issues() == [f"{PAIN}: question 2, also: unknown topic (got cots / expected cost?)"]


@pytest.mark.parametrize("value", ["wrinkles", "other", "none"])
def test_a_label_is_a_covered_concern_or_other_or_none(tree: ContentTree, value: str) -> None:
    tree.questions("outcomes", "treats")[0]["concern"] = value
    assert tree.issues() == []


def test_a_label_that_is_no_covered_concern_is_an_issue(tree: ContentTree) -> None:
    tree.questions("outcomes", "treats")[0]["concern"] = "wrinkle"
    assert tree.issues() == [
        "tests/nlu/outcomes/treats.yml: question 1: unknown concern (got wrinkle / expected wrinkles?)"
    ]
