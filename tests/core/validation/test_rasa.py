"""Checks of Rasa's own files against the topics."""

from __future__ import annotations

from typing import Any

from tests.core.content_tree import ContentTree

PAIN = "data/rules/procedure.yml"


def steps(tree: ContentTree) -> list[dict[str, Any]]:
    """Return the steps of the rule about pain."""
    found: list[dict[str, Any]] = tree.files[PAIN]["rules"][0]["steps"]
    return found


def test_a_topic_without_an_intent_is_a_fault(tree: ContentTree) -> None:
    tree.files["domain.yml"]["intents"].remove("pain")
    assert tree.faults() == ["domain.yml: topic pain has no intent (expected intents: - pain)"]


def test_an_intent_without_a_topic_is_a_fault(tree: ContentTree) -> None:
    tree.files["domain.yml"]["intents"].append({"joy": {"use_entities": []}})
    assert tree.faults() == ["domain.yml: intents: unknown topic (got joy)"]


def test_an_intent_given_twice_is_a_fault(tree: ContentTree) -> None:
    tree.files["domain.yml"]["intents"].append("pain")
    assert tree.faults() == ["domain.yml: intent pain: given twice"]


def test_a_topic_without_a_rule_is_a_fault(tree: ContentTree) -> None:
    tree.files[PAIN]["rules"] = []
    assert tree.faults() == [f"{PAIN}: topic pain has no rule (expected intent pain, action utter_pain)"]


def test_a_rule_that_does_nothing_is_none(tree: ContentTree) -> None:
    steps(tree).pop()
    assert tree.faults() == [f"{PAIN}: topic pain has no rule (expected intent pain, action utter_pain)"]


def test_a_rule_for_an_unknown_topic_is_a_fault(tree: ContentTree) -> None:
    rule = {"rule": "joy", "steps": [{"intent": "joy"}, {"action": "action_dance"}]}
    tree.files[PAIN]["rules"].append(rule)
    assert tree.faults() == [f"{PAIN}: rule joy: unknown topic (got joy)"]


def test_a_rule_that_answers_something_else_is_a_fault(tree: ContentTree) -> None:
    steps(tree)[1]["action"] = "utter_cost"
    assert tree.faults() == [
        f"{PAIN}: rule pain: answers something else (got utter_cost / expected utter_pain)"
    ]


def test_a_rule_may_leave_the_answer_to_an_action(tree: ContentTree) -> None:
    steps(tree)[1]["action"] = "action_look_up_pain"
    assert tree.faults() == []


def test_the_rule_for_asking_back_belongs_to_no_topic(tree: ContentTree) -> None:
    rule = {"rule": "ask back", "steps": [{"intent": "nlu_fallback"}, {"action": "utter_nlu_fallback"}]}
    tree.files["data/rules/dialogue.yml"]["rules"].append(rule)
    assert tree.faults() == []
