"""Tests of medicines and products over HTTP, with the trained assistant and its action server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers import RunningAssistant, Visitor

ZONE = "Europe/London"
DONT_STOP = "Don't stop it yourself: ask the doctor who"
Message = dict[str, Any]


@pytest.fixture
def booked(assistant: RunningAssistant) -> Visitor:
    """Somebody with a session in four days."""
    return _who_said(assistant, "my session is in 4 days at 10am")


@pytest.fixture
def treated(assistant: RunningAssistant) -> Visitor:
    """Somebody since yesterday morning."""
    return _who_said(assistant, "had it done yesterday at 9am")


def _who_said(assistant: RunningAssistant, text: str) -> Visitor:
    person = assistant.visitor()
    person.say(text, timezone=ZONE)
    return person


def ask(person: Visitor, text: str) -> Message:
    """The answer."""
    return person.say(text, timezone=ZONE)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "i take aspirin for my heart, should i stop",
        "can i take my aspirin",
        "on naproxen every day for my arthritis, still ok?",
        "my cardiologist has me on clopidogrel, do i stop it",
        "i take zyblorix for my heart should i stop",
    ],
)
def test_a_doctors_medicine_is_the_doctors_on_both_sides(
    text: str, booked: Visitor, treated: Visitor
) -> None:
    for person in (booked, treated):
        message = ask(person, text)
        assert message["metadata"]["verdict"] == "ask_professional"
        assert message["text"].lstrip("*").startswith(DONT_STOP)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("can i take paracetamol before", "not_covered"),
        ("can i take tramadol", "not_covered"),
        ("can i use my usual actives today", "ask_professional"),
        ("can i use retinol today", "ask_professional"),
        ("can i shave tomorrow", "ask_professional"),
        ("can i sunbathe before", "ask_professional"),
        ("can i go on a sunbed tomorrow", "ask_professional"),
    ],
)
def test_before_a_session_silence_is_neither_fine_nor_forbidden(
    text: str, verdict: str, booked: Visitor
) -> None:
    assert ask(booked, text)["metadata"]["verdict"] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("can i take paracetamol", "ok"),
        ("is a period pain tablet ok", "ask_professional"),
        ("can i have a codeine", "ask_professional"),
        ("can i use spf 15", "avoid"),
        ("should i use sunscreen", "ok"),
        ("going to the beach tomorrow, ok?", "ask_professional"),
        ("can i use panoxyl wash", "not_covered"),
        ("can i use my anti ageing serum", "ask_professional"),
    ],
)
def test_afterwards_only_what_an_article_names_is_fine(text: str, verdict: str, treated: Visitor) -> None:
    assert ask(treated, text)["metadata"]["verdict"] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "my face is burning is that normal",
        "is it normal that it feels tight",
        "little scabs on my chin, normal?",
    ],
)
def test_what_no_article_names_is_not_called_expected(text: str, treated: Visitor) -> None:
    message = ask(treated, text)
    assert message["metadata"]["outcome"] == "not_covered"
    assert "don't mention this" in message["text"]


def test_what_no_article_names_is_asked_about_where_it_is_reported(treated: Visitor) -> None:
    message = ask(treated, "my skin feels really tight")
    assert message["text"].startswith("**Is it getting worse?**")


def test_somebody_on_a_blood_thinner_is_told_so_and_not_asked_again(assistant: RunningAssistant) -> None:
    person = assistant.visitor()
    message = person.say("im on blood thinners can i have it")[-1]
    assert "Don't stop it yourself" in message["text"]
    assert message["metadata"].get("condition") == "blood_thinners"
    assert (
        "blood thinners or anti-inflammatory medicines already" in person.say("am i a candidate?")[0]["text"]
    )


def test_a_blood_thinner_that_was_told_is_remembered_when_stopping_is_asked_about(booked: Visitor) -> None:
    ask(booked, "im on warfarin")
    for text in ("do i need to stop it before", "how many days before should i stop"):
        message = ask(booked, text)
        assert message["metadata"].get("verdict") in {"ask_professional", None}
        assert "stop" in message["text"]
        assert not message["text"].startswith(("**No.", "**Yes"))
