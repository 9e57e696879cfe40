"""Tests of the question back about a symptom that may be an alarm, and of the answers to it."""

from __future__ import annotations

import pytest

from tests.servers import RunningAssistant, Visitor

UNCLEAR = "my cheek looks odd and feels tender, day 4"


@pytest.fixture
def asked(assistant: RunningAssistant) -> Visitor:
    """Somebody who was asked whether it gets worse."""
    visitor = assistant.visitor()
    (answer,) = visitor.say(UNCLEAR)
    assert answer["text"].startswith("**Is it getting worse?**")
    return visitor


@pytest.mark.parametrize(
    "text", ["yes", "Yeah", "👍", "1", "not sure", "dunno", "yes it's getting worse", "yes, and there's pus"]
)
def test_what_gets_worse_or_may_do_is_urgent(text: str, asked: Visitor) -> None:
    (answer,) = asked.say(text)
    assert answer["metadata"]["outcome"] == "urgent"


@pytest.mark.parametrize("text", ["no", "Nope", "👎", "2", "no it's about the same"])
def test_what_does_not_get_worse_is_answered_calmly_with_when_to_call(text: str, asked: Visitor) -> None:
    (answer,) = asked.say(text)
    assert answer["metadata"]["topic"] == "symptom_report"
    assert answer["metadata"]["outcome"] != "urgent"
    assert "don't wait" in answer["text"]


def test_another_question_is_answered_as_such(asked: Visitor) -> None:
    (answer,) = asked.say("how much is a session")
    assert answer["metadata"]["topic"] == "cost"
