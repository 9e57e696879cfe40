"""Checks of Rasa's own files against the topics."""

from __future__ import annotations

from typing import Any

from assistant.core.content.topics import generated_files
from tests.core.content_tree import ContentTree

RULES = "data/rules/topics.yml"
OWN = "data/rules/own.yml"


def with_rule(tree: ContentTree, intent: str, action: str) -> list[str]:
    """The issues after a rule by hand."""
    rule: dict[str, Any] = {"rule": "mine", "steps": [{"intent": intent}, {"action": action}]}
    tree.files[OWN] = {"rules": [rule]}
    return tree.issues()


def test_a_domain_without_the_intent_of_a_topic_is_out_of_date(tree: ContentTree) -> None:
    tree.files["domain.yml"]["intents"] = ["pain"]
    assert tree.issues() == ["domain.yml: is out of date with data/topics.yml (expected make content)"]


def test_rules_that_answer_otherwise_than_the_topics_say_are_out_of_date(tree: ContentTree) -> None:
    tree.write()
    text = (tree.root / RULES).read_text(encoding="utf-8")
    tree.files[RULES] = text.replace("action: utter_pain", "action: utter_cost")
    assert tree.issues() == [f"{RULES}: is out of date with data/topics.yml (expected make content)"]


def test_a_topic_whose_answer_depends_on_the_date_gets_a_rule_for_it(tree: ContentTree) -> None:
    tree.topic("pain")["dated"] = "action_judge_symptom"
    assert tree.issues() == []
    rules = (tree.root / RULES).read_text(encoding="utf-8")
    assert (
        "rule: pain, with a date\n    condition:\n      - slot_was_set:\n          - treatment: true" in rules
    )
    assert "      - intent: pain\n      - action: action_judge_symptom\n" in rules


def test_generating_again_changes_nothing(tree: ContentTree) -> None:
    tree.write()
    assert all(path.read_text(encoding="utf-8") == text for path, text in generated_files(tree.root).items())


def test_a_rule_for_an_unknown_topic_is_an_issue(tree: ContentTree) -> None:
    assert with_rule(tree, "joy", "action_dance") == [f"{OWN}: rule mine: unknown topic (got joy)"]


def test_a_rule_that_answers_something_else_is_an_issue(tree: ContentTree) -> None:
    assert with_rule(tree, "pain", "utter_cost") == [
        f"{OWN}: rule mine: answers something else (got utter_cost / expected utter_pain)"
    ]


def test_a_rule_may_leave_the_answer_to_an_action(tree: ContentTree) -> None:
    assert with_rule(tree, "pain", "action_look_up_pain") == []


def test_a_rule_by_hand_may_be_about_an_intent_that_is_no_topic(tree: ContentTree) -> None:
    assert with_rule(tree, "nlu_fallback", "utter_nlu_fallback") == []


def test_a_general_answer_that_is_no_topic_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/topics.yml"]["intents"][1]["general"] = "joy"
    assert tree.issues() == ["data/topics.yml: urgent, general: unknown topic (got joy)"]


def test_a_counterpart_that_is_no_topic_is_an_issue(tree: ContentTree) -> None:
    tree.topic("pain")["counterpart"] = "joy"
    assert tree.issues() == ["data/topics.yml: topic pain: unknown topic (got joy)"]
