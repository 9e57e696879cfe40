"""Tests of messages that name nothing after an answer, over HTTP with the trained assistant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers import RunningAssistant, Visitor

ZONE = "Europe/London"
Message = dict[str, Any]


def after(assistant: RunningAssistant, *said: str) -> tuple[Visitor, Message]:
    """The person, and the answer to the last of the messages."""
    person = assistant.visitor()
    answers = [person.say(text, timezone=ZONE)[-1] for text in said]
    return person, answers[-1]


@pytest.mark.parametrize("dated", ["my session is in 9 days", "i was treated 2 days ago at 10am", ""])
@pytest.mark.parametrize(
    ("medicine", "follow_up"),
    [
        ("my cardiologist has me on rivaroxaban", "should i stop it"),
        ("i take fluoxetine", "do i have to pause it"),
        ("i am on edoxaban", "can i leave it out tonight"),
        ("my consultant prescribed azathioprine", "should i stop"),
        ("i take diclofenac from my doctor", "is it better to come off it"),
        ("my doctor put me on a steroid cream", "can i skip it"),
    ],
)
def test_nobody_is_told_to_leave_out_the_medicine_before(
    dated: str, medicine: str, follow_up: str, assistant: RunningAssistant
) -> None:
    _, message = after(assistant, *filter(None, (dated, medicine, follow_up)))
    assert message["metadata"].get("verdict") == "ask_professional"
    assert "on't stop" in message["text"]
    assert not message["text"].startswith(("**Yes", "**No.", "**Not yet"))


@pytest.mark.parametrize(
    "follow_up", ["and my escitalopram", "and methylprednisolone", "meloxicam", "and zyblorixan"]
)
def test_another_medicine_after_one_is_answered_as_one(follow_up: str, assistant: RunningAssistant) -> None:
    _, message = after(assistant, "session in 3 days", "should i stop my ramipril", follow_up)
    assert message["metadata"]["topic"] == "prep_medication"
    assert message["metadata"]["verdict"] == "ask_professional" or "avoid" in message["text"].lower()


@pytest.mark.parametrize(
    "text", ["can i throw insulin needles in the bin", "does ozempic work for bald cats"]
)
def test_a_foreign_question_that_names_a_medicine_stays_foreign(
    text: str, assistant: RunningAssistant
) -> None:
    [message] = assistant.visitor().say(text)
    assert message["metadata"]["topic"] != "prep_medication"


def test_stopping_without_a_subject_bans_nothing(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "i was treated yesterday at 10am", "should i stop")
    assert "leave it out" not in message["text"].lower()


def test_a_painkiller_is_named_in_place_of_the_one_that_has_to_wait(assistant: RunningAssistant) -> None:
    _, message = after(
        assistant, "i was treated yesterday at 10am", "can i have an advil", "what can i have instead"
    )
    assert message["metadata"]["verdict"] == "ok"
    assert "no anti-inflammatory" in message["text"]


@pytest.mark.parametrize("doubt", ["should i be worried", "is it serious", "can it wait until monday"])
def test_urgent_advice_is_repeated_to_who_doubts_it(doubt: str, assistant: RunningAssistant) -> None:
    _, message = after(assistant, "there is yellow pus on my cheek", doubt)
    assert message["metadata"]["outcome"] == "urgent" or "I stand by it" in message["text"]


@pytest.mark.parametrize(
    "text", ["i was treated 4 months ago", "my session is in 2 weeks", "treated yesterday"]
)
def test_a_message_that_is_only_a_date_gets_the_timeline(text: str, assistant: RunningAssistant) -> None:
    _, message = after(assistant, text)
    assert message["metadata"]["topic"] == "timeline"
    assert message["custom"]["type"] == "timeline"


@pytest.mark.parametrize("text", ["shouldn't the marks be gone by now", "my skin feels rough"])
def test_what_a_treated_person_sees_is_judged_by_the_day(text: str, assistant: RunningAssistant) -> None:
    _, message = after(assistant, "i was treated 4 days ago at 10am", text)
    assert message["metadata"]["topic"] in {"symptom_report", "peeling"}
    assert "can be normal" in message["text"] or "can happen" in message["text"].lower()


def test_whether_it_goes_away_is_about_what_was_reported(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "i was treated 4 days ago", "my skin looks darker", "does it fade again")
    assert message["metadata"]["topic"] in {"symptom_report", "darkening"}


def test_blood_after_the_session_is_shown_to_somebody(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "i was treated an hour ago", "there is a bit of blood, is that normal")
    assert message["metadata"]["outcome"] in {"not_covered", "urgent", "clarify"}
    assert "YouTube" not in message["text"]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("my nurse said no makeup for two days", "**Follow what you were told**"),
        ("the clinic told me i can ice it", "**My sources are more careful"),
        ("my dermatologist said foundation is fine today", "**My sources are more careful"),
    ],
)
def test_what_the_clinic_told_comes_first(text: str, opening: str, assistant: RunningAssistant) -> None:
    _, message = after(assistant, "i was treated an hour ago", text)
    assert message["text"].startswith(opening)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("tinted sunscreen", "not_yet"),
        ("can i put cicaplast on", "not_covered"),
        ("can the clinic put ice on it", "ask_professional"),
        ("can i get lip filler", "not_covered"),
        ("what about a facial", "not_covered"),
    ],
)
def test_what_only_resembles_a_named_thing_gets_no_yes_or_no(
    text: str, verdict: str, assistant: RunningAssistant
) -> None:
    _, message = after(assistant, "i was treated an hour ago", text)
    assert message["metadata"]["verdict"] == verdict


def test_the_week_before_is_told_to_who_takes_a_blood_thinner(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "my session is in 4 days", "should i stop my eliquis")
    assert message["text"].startswith("**Don't stop it yourself")
    assert "a week before" in message["text"]


def test_aspirin_on_nobodys_advice_is_a_question_for_the_pharmacist(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "my session is in 4 days", "can i take an aspirin for my headache")
    assert message["text"].startswith("**Ask first.**")
    assert "pharmacist" in message["text"]


def test_scabs_are_not_answered_as_blood(assistant: RunningAssistant) -> None:
    _, message = after(assistant, "my session is in 4 days", "will i have scabs")
    assert message["metadata"]["topic"] == "symptom_report"
    assert message["metadata"]["outcome"] == "not_covered"
