"""Checks for duplicate phrases, and for test questions among the training phrases."""

from __future__ import annotations

import pytest

from tests.core.content_tree import ContentTree

PAIN = "data/en/nlu/procedure/pain.yml"
SAME = [
    "does it hurt",
    "Does it hurt?",
    "  does   it hurt!! ",
    "does-it-hurt",
    "does it hurt…",
    "DOES IT “HURT”",
]


@pytest.mark.parametrize("phrase", SAME)
def test_a_phrase_twice_under_one_topic_is_an_issue(tree: ContentTree, phrase: str) -> None:
    tree.add_phrase("procedure", "pain", "does it hurt")
    tree.add_phrase("procedure", "pain", phrase)
    assert tree.issues() == [f"{PAIN}: the same phrase twice (got {phrase.strip()})"]


@pytest.mark.parametrize("phrase", SAME)
def test_a_phrase_under_two_topics_is_an_issue(tree: ContentTree, phrase: str) -> None:
    tree.add_phrase("basics", "cost", "does it hurt")
    tree.add_phrase("procedure", "pain", phrase)
    assert tree.issues() == [
        f"{PAIN}: the same phrase under two topics (got {phrase.strip()} / also under cost)"
    ]


@pytest.mark.parametrize("phrase", SAME)
def test_a_phrase_that_is_a_test_question_is_an_issue(tree: ContentTree, phrase: str) -> None:
    tree.questions("basics", "cost")[0]["text"] = "does it hurt"
    tree.add_phrase("procedure", "pain", phrase)
    assert tree.issues() == [
        f"{PAIN}: a phrase is a test question too "
        f"(got {phrase.strip()} / expected only in tests/nlu/basics/cost.yml)"
    ]


def test_a_test_question_under_two_topics_is_an_issue(tree: ContentTree) -> None:
    for group, topic in (("basics", "cost"), ("procedure", "pain")):
        tree.questions(group, topic)[0]["text"] = "what about it"
    assert tree.issues() == [
        "tests/nlu/procedure/pain.yml: the same test question under two topics "
        "(got what about it / also under cost)"
    ]


def test_phrases_without_a_word_are_told_apart_by_their_signs(tree: ContentTree) -> None:
    for phrase in ("?", "\U0001f642", "\U0001f62d"):
        tree.add_phrase("procedure", "pain", phrase)
    assert tree.issues() == []
