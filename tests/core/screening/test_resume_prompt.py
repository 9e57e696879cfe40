"""Prompt to resume the check, and the cases without one."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.core.screening.messages import is_open, with_resume_prompt
from assistant.core.screening.progress import Progress
from assistant.core.screening.questions import Screening

Event = dict[str, Any]
OPEN = Progress(question="infection")
SAID: Event = {"event": "user"}


def bot(topic: str = "pain", outcome: str = "answered", **about: str) -> Event:
    return {"event": "bot", "metadata": {"metadata": {"topic": topic, "outcome": outcome, **about}}}


QUESTION = bot("candidate_check", "clarify", condition="infection")


def test_a_question_waits_while_three_other_things_are_asked() -> None:
    aside = [SAID, bot()]
    assert is_open(OPEN, [QUESTION])
    assert is_open(OPEN, [QUESTION, *aside * 3])
    assert not is_open(OPEN, [QUESTION, *aside * 4])


@pytest.mark.parametrize(
    "graver", [bot("symptom_report", "urgent"), bot("human", "handoff"), bot("goodbye", "smalltalk")]
)
def test_an_alarm_a_person_or_a_goodbye_put_the_check_to_sleep(graver: Event) -> None:
    assert not is_open(OPEN, [QUESTION, SAID, graver])
    assert not is_open(OPEN, [QUESTION, SAID, graver, SAID, bot()])


def test_a_stopped_check_is_not_open() -> None:
    assert not is_open(Progress(question="infection", stopped=True), [QUESTION])
    assert not is_open(Progress(), [bot()])


def test_an_answer_to_something_else_ends_with_the_open_question(check: Screening) -> None:
    answer = {"text": "It hurts a little.", "metadata": {"topic": "pain", "outcome": "answered"}}
    message = with_resume_prompt(answer, OPEN, [QUESTION, SAID], check)
    assert message["text"].startswith(answer["text"])
    assert "an infection of the skin" in message["text"]
    assert message["buttons"][0]["title"] == "Go on with the check"


def test_of_several_answers_only_the_last_leads_back(check: Screening) -> None:
    answer = {"text": "It hurts a little.", "metadata": {"topic": "pain", "outcome": "answered"}}
    first: Event = {"event": "user", "metadata": {"more": True}}
    assert with_resume_prompt(answer, OPEN, [QUESTION, first], check) == answer
    assert with_resume_prompt(answer, OPEN, [QUESTION, first, bot(), {"event": "user"}], check) != answer


@pytest.mark.parametrize(
    ("topic", "outcome"), [("symptom_report", "urgent"), ("human", "handoff"), ("goodbye", "smalltalk")]
)
def test_nobody_is_asked_on_beside_what_is_graver(check: Screening, topic: str, outcome: str) -> None:
    answer = {"text": "Call.", "metadata": {"topic": topic, "outcome": outcome}}
    assert with_resume_prompt(answer, OPEN, [QUESTION, SAID], check) == answer
