"""Tests that symptoms after a treatment get a personal answer, not one about treatments in general."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers import RunningAssistant

TREATED = "i had it done 4 days ago at 10am"
BOOKED = "my session is in 4 days at 10am"
IN_GENERAL = "It doesn't hurt that much"


def last(assistant: RunningAssistant, *says: str) -> list[dict[str, Any]]:
    """The answer to the last of the messages of somebody new."""
    visitor = assistant.visitor()
    return [visitor.say(text) for text in says][-1]


@pytest.mark.parametrize(
    "text", ["it is sore", "it hurts", "it stings", "a bit sore", "my face is a little sore"]
)
def test_pain_that_may_be_mild_is_asked_about_and_then_says_when_to_call(
    text: str, assistant: RunningAssistant
) -> None:
    (asked,) = last(assistant, TREATED, text)
    assert "Is it getting worse?" in asked["text"]
    (answer,) = last(assistant, TREATED, text, "no")
    assert IN_GENERAL not in answer["text"]
    assert "contact the clinic" in answer["text"]


@pytest.mark.parametrize("text", ["is it supposed to hurt"])
def test_mild_pain_after_a_treatment_says_when_to_call(text: str, assistant: RunningAssistant) -> None:
    (answer,) = last(assistant, TREATED, text)
    assert IN_GENERAL not in answer["text"]
    assert "don't wait" in answer["text"].lower()
    assert "contact the clinic" in answer["text"]


@pytest.mark.parametrize(
    "says", [["does it hurt"], [BOOKED, "does it hurt"], [TREATED, "do they numb your face"]]
)
def test_a_question_about_pain_in_general_is_answered_in_general(
    says: list[str], assistant: RunningAssistant
) -> None:
    (answer,) = last(assistant, *says)
    assert IN_GENERAL in answer["text"]
    assert "Already treated?" in answer["text"]


@pytest.mark.parametrize("before", [[], [TREATED]])
@pytest.mark.parametrize(
    "text",
    [
        "my skin is irritated after it",
        "my skin got irritated after the session",
        "brown spots appeared",
        "brown spots appeared on my cheeks",
        "dark patches have come up since",
    ],
)
def test_what_came_up_after_a_treatment_is_about_the_skin_now(
    before: list[str], text: str, assistant: RunningAssistant
) -> None:
    answer = last(assistant, *before, text)
    assert [said["metadata"]["topic"] for said in answer] == ["symptom_report"]


@pytest.mark.parametrize(
    "text", ["i have cold sores now", "i have a cold sore right now", "got cold sores at the moment"]
)
def test_cold_sores_that_are_there_are_an_infection(text: str, assistant: RunningAssistant) -> None:
    (answer,) = last(assistant, text)
    assert answer["metadata"].get("condition") == "infection"
