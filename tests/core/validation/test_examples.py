"""Checks of the training examples of segmentation and follow-ups."""

from __future__ import annotations

from tests.core.content_tree import ContentTree


def test_a_message_of_an_unknown_topic_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/segmentation/some.yml"] = {
        "messages": [{"text": "does it hurt | and is it fun", "topics": ["pain", "fun"]}]
    }
    assert tree.issues() == [
        "data/en/segmentation/some.yml: message 'does it hurt | and is it fun': unknown topic (got fun)"
    ]


def test_a_message_with_other_parts_than_topics_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/segmentation/some.yml"] = {
        "messages": [{"text": "does it hurt", "topics": ["pain", "cost"]}]
    }
    assert tree.issues() == ["data/en/segmentation/some.yml: messages 1: has 1 parts and 2 topics"]


def test_a_talk_may_ask_about_the_answer_but_not_about_an_unknown_topic(tree: ContentTree) -> None:
    talk = {"before": "does it hurt", "topic_before": "pain", "text": "says who", "topic": "follow_up_source"}
    tree.files["data/en/follow_ups/some.yml"] = {"talks": [talk, {**talk, "topic": ["pain", "fun"]}]}
    assert tree.issues() == ["data/en/follow_ups/some.yml: follow-up 'says who': unknown topic (got fun)"]
