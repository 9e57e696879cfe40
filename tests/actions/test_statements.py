"""Regression tests of answers by date, over HTTP with the trained assistant and its action server."""

from __future__ import annotations

import pytest

from tests.actions.talks import ZONE, ask
from tests.servers import Visitor

TO_COME = "my session is in 3 days at 10am"
TREATED = "i had it done yesterday at 3pm"
DENIAL = "don't cover that"


@pytest.mark.parametrize(
    "text",
    ["what should i do to prepare", "anything to do the week before", "should i avoid anything before"],
)
def test_who_is_booked_and_prepares_gets_the_plan(text: str, person: Visitor) -> None:
    [plan] = ask(person, TO_COME, text)
    assert plan["metadata"]["outcome"] == "answered"
    assert DENIAL not in plan["text"]
    for title in ("retinol and exfoliants", "shaving", "wash your face before the session"):
        assert title in plan["text"].lower()


@pytest.mark.parametrize("date", [TO_COME, TREATED])
@pytest.mark.parametrize("text", ["how long do the results last", "does it wear off", "do i need top ups"])
def test_how_long_results_last_is_three_to_five_months(text: str, date: str, person: Visitor) -> None:
    [answer] = ask(person, date, text)
    assert "3 to 5 months" in answer["text"]
    assert "verdict" not in answer["metadata"]


def test_who_asks_for_a_top_up_hears_how_long_to_wait(person: Visitor) -> None:
    [answer] = ask(person, TREATED, "can i have a top up in 2 weeks")
    assert answer["metadata"]["verdict"] == "not_yet"


@pytest.mark.parametrize("text", ["how long will i be red", "will my face swell", "how long is the downtime"])
def test_what_a_session_will_bring_is_told_with_its_dates(text: str, person: Visitor) -> None:
    [answer] = ask(person, TO_COME, text)
    assert answer["metadata"]["outcome"] == "answered"
    assert "should be over by" in answer["text"]
    assert "still to come" not in answer["text"]


def test_whether_it_will_flake_is_told_without_days(person: Visitor) -> None:
    [answer] = ask(person, TO_COME, "will i peel")
    assert "Mild peeling or flaking can happen" in answer["text"]
    assert "should be over" not in answer["text"]


def test_what_is_seen_before_the_session_does_not_come_from_it(person: Visitor) -> None:
    [answer] = ask(person, TO_COME, "my skin is peeling a bit on my nose, is that from it")
    assert "still to come" in answer["text"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how long am i red", "That can be normal until about"),
        ("will my skin peel", "My sources give no days for that"),
        ("how long is the downtime", "should be over by about"),
    ],
)
def test_the_button_for_the_date_answers_the_question_above_it(
    question: str, said: str, person: Visitor
) -> None:
    [general] = ask(person, question)
    payload = next(button["payload"] for button in general["buttons"] if button["payload"] == "/ask_date")
    person.send(payload=payload, timezone=ZONE)
    answer, timeline = ask(person, "20 hours ago")
    assert said in answer["text"]
    assert DENIAL not in answer["text"]
    assert timeline["metadata"]["topic"] == "timeline"


@pytest.mark.parametrize("when", ["10 minutes ago", "20 hours ago", "2 days ago"])
def test_the_button_under_shaving_does_not_take_its_answer_back(when: str, person: Visitor) -> None:
    ask(person, "should i shave before")
    person.send(payload="/ask_date", timezone=ZONE)
    messages = ask(person, when)
    assert [message["metadata"]["topic"] for message in messages] == ["prep_shaving", "timeline"]
    assert "that's for your next one" in messages[0]["text"]
    assert DENIAL not in messages[0]["text"]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "had it 20 hours ago, can i wear make-up and go to the gym",
            ("Leave all make-up off", DENIAL),
        ),
        (
            "had it 20 hours ago, can i wash my hair and have a glass of wine",
            ("Washing the hair: ", "Alcohol: "),
        ),
        ("had it 20 hours ago, can i use retinol and sunscreen", ("Leave harsh skincare off", "SPF 30")),
    ],
)
def test_two_things_in_one_question_are_both_answered(
    text: str, subjects: tuple[str, str], person: Visitor
) -> None:
    said = "\n".join(message["text"] for message in ask(person, text))
    assert all(subject in said for subject in subjects)


def test_are_you_sure_claims_nothing_about_the_other_articles(person: Visitor) -> None:
    for question in ("how long does redness last", "is it safe", "is it worth it", "can i touch my face"):
        ask(person, question)
        [answer] = ask(person, "are you sure")
        assert "say nothing" not in answer["text"]
        assert "contradiction" not in answer["text"]
