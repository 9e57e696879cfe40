"""The contract of topics."""

from __future__ import annotations

from assistant.core.content.topics import load_topics
from tests.core.content_tree import ContentTree


def test_topics_come_in_the_order_of_the_contract(tree: ContentTree) -> None:
    tree.write()
    topics = load_topics(tree.root / "data")
    assert list(topics) == ["pain", "cost", "treats", "symptom_report", "greet", "out_of_scope"]


def test_a_topic_is_covered_unless_the_contract_says_no(tree: ContentTree) -> None:
    tree.write()
    topics = load_topics(tree.root / "data")
    assert [name for name, topic in topics.items() if not topic.covered] == ["cost"]


def test_a_topic_knows_its_response_and_whether_it_is_small_talk(tree: ContentTree) -> None:
    tree.write()
    topics = load_topics(tree.root / "data")
    assert topics["pain"].response == "utter_pain"
    assert (topics["pain"].is_dialogue, topics["greet"].is_dialogue) == (False, True)
