"""Checks of the training phrases."""

from __future__ import annotations

import pytest

from tests.core.content_tree import ContentTree


@pytest.mark.parametrize(
    ("group", "topic", "enough"),
    [("procedure", "pain", 60), ("dialogue", "greet", 30), ("dialogue", "out_of_scope", 250)],
)
def test_a_topic_with_too_few_phrases_is_an_issue(
    tree: ContentTree, group: str, topic: str, enough: int
) -> None:
    tree.write_phrases(group, topic, [f"{topic} number {number}" for number in range(enough - 1)])
    assert tree.issues() == [
        f"data/en/nlu/{group}/{topic}.yml: too few phrases (got {enough - 1} / expected at least {enough})"
    ]


def test_a_topic_without_phrases_is_an_issue(tree: ContentTree) -> None:
    del tree.files["data/en/nlu/procedure/pain.yml"]
    assert tree.issues() == [
        "data/en/nlu/procedure/pain.yml: too few phrases (got none / expected at least 60)"
    ]


def test_phrases_of_an_unknown_topic_are_an_issue(tree: ContentTree) -> None:
    tree.write_phrases("procedure", "joy", ["is it fun"])
    assert tree.issues() == ["data/en/nlu/procedure/joy.yml: intent: unknown topic (got joy)"]


def test_a_file_holds_only_its_own_topic(tree: ContentTree) -> None:
    entries = tree.files["data/en/nlu/procedure/pain.yml"]["nlu"]
    entries.append({"intent": "cost", "examples": "- how much is it\n- and in euros\n"})
    assert tree.issues() == [
        "data/en/nlu/procedure/pain.yml: intent cost: stands in the wrong file "
        "(expected data/en/nlu/basics/cost.yml)"
    ]


def test_a_file_stands_in_the_folder_of_its_group(tree: ContentTree) -> None:
    tree.files["data/en/nlu/basics/pain.yml"] = tree.files.pop("data/en/nlu/procedure/pain.yml")
    assert tree.issues() == [
        "data/en/nlu/basics/pain.yml: intent pain: stands in the wrong file "
        "(expected data/en/nlu/procedure/pain.yml)"
    ]


@pytest.mark.parametrize("phrase", ["does [it](pain) hurt", "does {it} hurt", "/pain", "[hurts?"])
def test_markup_in_a_phrase_is_an_issue(tree: ContentTree, phrase: str) -> None:
    tree.add_phrase("procedure", "pain", phrase)
    assert tree.issues() == [
        "data/en/nlu/procedure/pain.yml: a phrase with markup "
        f"(got {phrase} / expected no [ ] {{ }} and no leading /)"
    ]


def test_a_slash_in_the_middle_is_no_markup(tree: ContentTree) -> None:
    tree.add_phrase("procedure", "pain", "does it hurt y/n")
    assert tree.issues() == []
