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


@pytest.mark.parametrize(
    "text",
    [
        "my nose is swollen, day 2",
        "only one cheek is sore",
        "there are sore bumps on my chin",
        "one spot feels hot",
        "a bit of clear fluid on my forehead",
        "it was fine and now it's red again",
        "still sore on day 5",
    ],
)
def test_a_symptom_that_may_be_expected_is_asked_about(assistant: RunningAssistant, text: str) -> None:
    (answer,) = assistant.visitor().say(text)
    assert answer["text"].startswith("**Is it getting worse?**")


@pytest.mark.parametrize(
    "text",
    [
        "can I wear foundation over pus",
        "do i shave over the weeping bits",
        "could i put vaseline on an open sore",
        "is powder alright on top of blisters",
        "may i swim with a weeping cheek",
    ],
)
def test_nothing_is_allowed_over_an_alarm_after_a_treatment(assistant: RunningAssistant, text: str) -> None:
    visitor = assistant.visitor()
    visitor.say("i had it done 4 days ago at 10am")
    (answer, *_) = visitor.say(text)
    assert answer["metadata"]["outcome"] == "urgent" or answer["text"].startswith("**Is it getting worse?**")


@pytest.mark.parametrize("text", ["only one cheek is sore", "there are sore bumps on my chin"])
def test_it_is_asked_about_after_an_answer_too(assistant: RunningAssistant, text: str) -> None:
    visitor = assistant.visitor()
    visitor.say("how long will i be red")
    (answer,) = visitor.say(text)
    assert answer["text"].startswith("**Is it getting worse?**")


@pytest.fixture
def treated(assistant: RunningAssistant) -> Visitor:
    """Somebody who was treated three days ago."""
    visitor = assistant.visitor()
    visitor.say("i had it done 3 days ago at 10am")
    return visitor


@pytest.mark.parametrize(
    "text", ["my forehead is itchy", "cheeks are warm as anything", "my chin stings more tonight"]
)
def test_what_no_rule_expects_on_that_day_is_asked_about(treated: Visitor, text: str) -> None:
    (answer,) = treated.say(text)
    assert answer["text"].startswith("**Is it getting worse?**")
    (calm,) = treated.say("no")
    assert (calm["metadata"]["topic"], calm["metadata"]["outcome"] == "urgent") == ("symptom_report", False)
    assert "don't wait" in calm["text"]


@pytest.mark.parametrize(
    "text", ["how long does redness last", "is peeling normal on day 3", "my nose is flaking"]
)
def test_a_question_and_what_is_expected_are_answered(treated: Visitor, text: str) -> None:
    (answer,) = treated.say(text)
    assert answer["metadata"]["outcome"] == "answered"


@pytest.mark.parametrize(
    "text",
    ["pus? not a single drop", "my friend had pus after hers, mine looks clean", "blisters: nope, just dry"],
)
def test_what_is_denied_behind_the_sign_is_no_alarm(treated: Visitor, text: str) -> None:
    (answer, *_) = treated.say(text)
    assert answer["metadata"]["outcome"] != "urgent"


@pytest.mark.parametrize("text", ["redness duration", "what's going on under the skin while they needle it"])
def test_a_question_of_somebody_untreated_is_answered(assistant: RunningAssistant, text: str) -> None:
    (answer, *_) = assistant.visitor().say(text)
    assert "Is it getting worse?" not in answer["text"]
