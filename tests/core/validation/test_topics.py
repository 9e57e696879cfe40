"""Checks of the topics."""

from __future__ import annotations

from tests.core.content_tree import ContentTree


def test_a_topic_given_twice_is_an_issue(tree: ContentTree) -> None:
    tree.topics.append({**tree.topic("pain"), "label": "Another label"})
    assert tree.issues() == ["data/topics.yml: topic pain: given twice"]


def test_two_buttons_with_one_label_are_an_issue(tree: ContentTree) -> None:
    tree.topic("cost")["label"] = "whether it HURTS"
    assert tree.issues() == ["data/topics.yml: label whether it hurts: given twice"]


def test_a_label_of_40_characters_fits_on_a_button(tree: ContentTree) -> None:
    tree.topic("cost")["label"] = "x" * 40
    assert tree.issues() == []


def test_a_label_of_41_characters_is_an_issue(tree: ContentTree) -> None:
    tree.topic("cost")["label"] = "x" * 41
    assert tree.issues() == [
        "data/topics.yml: topic cost: the label is too long for a button "
        "(got 41 characters / expected at most 40)"
    ]


def test_an_entity_that_the_domain_does_not_know_is_an_issue(tree: ContentTree) -> None:
    tree.files["domain.yml"]["entities"].remove("alarm")
    assert tree.issues() == ["data/topics.yml: topic symptom_report: unknown entity (got alarm)"]
